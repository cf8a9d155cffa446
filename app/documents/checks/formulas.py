"""Formulas that start a program (DDE), call code or fetch from elsewhere, wherever a workbook may hold one."""

import re
from collections.abc import Iterator
from io import BytesIO

from defusedxml.ElementTree import iterparse

_STRINGS = re.compile(r'"(?:[^"]|"")*"')
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
# What cells, headers and footers show; all other words of a sheet, a name, a rule or a chart are read as a formula.
_SHOWN = re.compile("t|v|(?:odd|even|first)(?:Header|Footer)")


def reaches_out(formula: str) -> bool:
    """Whether the formula (its equals sign may be there) reaches outside the workbook. Links are clicked."""
    bare = _STRINGS.sub('""', formula)
    return bool(_CALLS.search(bare) or _ELSEWHERE.search(bare))


def formulas(part: bytes) -> Iterator[str]:
    """All that may be a formula in one part of a workbook. Raises defusedxml's faults and ParseError."""
    for _event, element in iterparse(BytesIO(part), forbid_dtd=True):
        name = element.tag.rpartition("}")[2]
        if element.text and not _SHOWN.fullmatch(name):
            yield element.text
        if name == "cfvo":
            yield element.get("val", "")
        element.clear()
