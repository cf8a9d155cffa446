"""Formulas that start a program (DDE), call code or fetch from elsewhere, wherever a workbook may hold one."""

import re
from collections.abc import Iterator
from io import BytesIO

from defusedxml.ElementTree import iterparse

from app.documents.checks.functions import ORDINARY

_STRINGS = re.compile(r'"(?:[^"]|"")*"')
# A link is clicked, but one to a share sends who clicks it, and to where is told only by a text that begins it.
_PAGE = re.compile(r'"(?:\#|https?:|mailto:)', re.IGNORECASE)
_LINK_ELSEWHERE = re.compile(r'\bHYPERLINK\s*\((?!\s*"#")', re.IGNORECASE)
# INDIRECT makes an address of any text, so what it reads cannot be told beforehand.
_CALLS = re.compile(
    r"\b(?:WEBSERVICE|FILTERXML|CALL|REGISTER(?:\.ID)?|EXEC|RTD|IMAGE|DDE|SQL\.REQUEST|INDIRECT)\s*\(", re.IGNORECASE
)
_ELSEWHERE = re.compile(
    r"""\|.*!                       # DDE: program|topic!item
      | ://|\\\\|file:             # an address, a share
      | \][\w ]*'?!               # [book]sheet!
      | '[^']*\[[^']*\][^']*'!    # '[book]a sheet of any name'!""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
# A column of a table («[Beløp (kr)]», where an apostrophe takes the next sign as it is) and a sheet («'År (2025)'!»)
# may be called something that looks like a function.
_COLUMNS, _SHEETS = re.compile(r"\[(?:'.|[^\[\]'])*\]", re.DOTALL), re.compile("'(?:[^']|'')*'")
_FUNCTION = re.compile(r"(?:_xlfn\.|_xlws\.|_+xludf\.)*([^\W\d][\w.]*)\s*\(", re.IGNORECASE)
_FORMULAS = re.compile("f|formula[12]?|definedName|calculatedColumnFormula|totalsRowFormula")
# What cells, headers and footers show; all other words of a sheet, a name, a rule or a chart are read as a formula.
_SHOWN = re.compile("t|v|(?:odd|even|first)(?:Header|Footer)")


def reaches_out(formula: str) -> bool:
    """Whether the formula (its equals sign may be there) reaches outside the workbook.

    A link that is surely to a page, a place in the workbook or an address for mail does not.
    """
    bare = _STRINGS.sub(lambda text: '"#"' if _PAGE.match(text[0]) else '""', formula)
    return bool(_CALLS.search(bare) or _ELSEWHERE.search(bare) or _LINK_ELSEWHERE.search(bare))


def calls_the_unknown(formula: str) -> bool:
    """Whether it calls anything but ordinary functions."""
    bare = _STRINGS.sub('""', formula)
    bare = _SHEETS.sub("", _COLUMNS.sub("", _COLUMNS.sub("", bare)))
    return any(name.upper() not in ORDINARY for name in _FUNCTION.findall(bare))


def has_reaching(part: bytes) -> bool:
    """Whether a formula in one part of a workbook reaches outside. Raises defusedxml's faults and ParseError."""
    return any(reaches_out(text) or (surely and calls_the_unknown(text)) for text, surely in _formulas(part))


def _formulas(part: bytes) -> Iterator[tuple[str, bool]]:
    """All that may be a formula, and whether it surely is one."""
    for _event, element in iterparse(BytesIO(part), forbid_dtd=True):
        name = element.tag.rpartition("}")[2]
        if element.text and not _SHOWN.fullmatch(name):
            yield element.text, bool(_FORMULAS.fullmatch(name))
        if name == "cfvo":
            yield element.get("val", ""), True
        element.clear()
