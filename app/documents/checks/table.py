"""A CSV: text in an encoding that is known, and a table."""

import codecs
import csv
import io
import re
from pathlib import Path

from app.documents.checks.lookalike import HEAD, PICTURES, PROGRAMS_AND_PACKAGES, begins_as_markup, begins_as_pdf
from app.documents.checks.zipped import opens_as_zip
from app.documents.domain.files import Fault
from app.documents.sheets import separator_told
from app.values.text import clean_code

MOST_COLUMNS = 500
MOST_ROWS = 200_000
_LONGEST_FIELD = 100_000
_SEPARATORS = ";,\t"
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
# What another spreadsheet may separate cells by, whatever this one does.
_EDGES = re.compile("[;,\t\r\n]")
# Without one of these, what begins with plus, minus or an at reaches nothing outside itself. People write
# «- Reise (tog)» and «+47 900 00 000 (mobil)»: a parenthesis counts straight after a name, and with a gap only after a
# name that fetches.
_REACHES = re.compile(
    r"[!|\[#'\\{]|[^\W\d][\w.]*\(|\b(?:HYPERLINK|WEBSERVICE|CALL|EXEC|RTD|IMAGE|DDE|INDIRECT|IMPORT\w+)\s*\(",
    re.IGNORECASE,
)


def check(path: Path) -> Fault | None:
    """What is wrong with the file, or None."""
    data = path.read_bytes()
    text = _text(data)
    if data.startswith((*PROGRAMS_AND_PACKAGES, *PICTURES)) or text is None or text.lstrip().startswith("<?xml"):
        return Fault.NOT_CSV
    head = text[:HEAD].encode()
    if begins_as_markup(head) or begins_as_pdf(head):
        return Fault.NOT_CSV
    if opens_as_zip(path):
        return Fault.TWO_IN_ONE
    return _table(text)


def _text(data: bytes) -> str | None:
    """What is written, by the byte order mark, else as UTF-8, else as Windows has it; None when it is no text."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    for tried in [encoding] if encoding else ["utf-8", "cp1252"]:
        try:
            text = data.decode(tried)
        except UnicodeDecodeError:
            continue
        return None if _CONTROL.search(text) else text
    return None


def _table(text: str) -> Fault | None:
    csv.field_size_limit(_LONGEST_FIELD)
    first = next((line for line in text.splitlines(keepends=True) if line.strip()), "")
    told = separator_told(first)
    separator = told or max(_SEPARATORS, key=first.count)
    text = text.partition(first)[2] if told else text
    widths: set[int] = set()
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)):
            if number >= MOST_ROWS or len(row) > MOST_COLUMNS:
                return Fault.TOO_MUCH
            if any(_is_formula(cell) for cell in row):
                return Fault.CELL
            if any(cell.strip() for cell in row):
                widths.add(len(row))
    except csv.Error:
        return Fault.SHAPE
    return Fault.SHAPE if len(widths) != 1 or widths == {1} else None


def _is_formula(cell: str) -> bool:
    """Whether any spreadsheet may run it, or a part of it that another spreadsheet has for a cell."""
    return any(_runs(clean_code(piece).strip(' "')) for piece in _EDGES.split(cell))


def _runs(text: str) -> bool:
    if text.startswith("="):
        return len(text) > 1
    return text.startswith(("+", "-", "@")) and bool(_REACHES.search(text))
