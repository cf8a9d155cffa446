"""Whether a table tells of persons it must not: national identity numbers, or a column for each patient.

All of the file is looked through and not only what is read from it: other sheets, hidden ones, notes and names, what a
formula came to, headers, charts, and what a pivot table keeps of rows that were taken away.
"""

import html
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path

from defusedxml.ElementTree import fromstring

from app.documents.domain.files import Fault, FileType
from app.documents.sheets import other_sheets, whole_rows
from app.values.no_patients import holds_national_id, tells_of_patients

Found = tuple[Fault, int]

# What people write in a workbook besides cells: notes, texts of drawings, names of sheets, what it says of itself.
_ASIDE = re.compile(
    r"xl/(?:.*/)?(?:threaded)?comments?/?[^/]*\.xml|xl/drawings/[^/]*\.xml|xl/workbook\.xml|docprops/.*\.xml"
)
# Where numbers stand that a person may be known by; elsewhere ten digits are a program's own mark.
_NUMBERS = ("xl/worksheets/", "xl/pivotcache/")
_READ = (".xml", ".rels", ".vml")
# What stands in or between two marks of XML and is long enough.
_PIECE = re.compile(rb"[^<>\"']{10,}")
# A number that has lost the nought in front, and may have got decimals that say nothing.
_TEN = re.compile("([0-9]{10})(?:[.,]0+)?")


def find(path: Path, kind: FileType) -> Found | None:
    """What is wrong and in which row, or None. The first row with something is the heading."""
    if found := _in(whole_rows(path, kind)):
        return found
    if kind is FileType.XLSX and (any(map(_in, other_sheets(path, kind))) or _besides_cells(path)):
        return Fault.ASIDE, 0
    return None


def _in(rows: Iterable[tuple[int, list[str]]]) -> Found | None:
    head = True
    for number, cells in rows:
        if head and any(tells_of_patients(cell) for cell in cells):
            return Fault.PATIENTS, number
        head = False
        if any(len(cell) >= 10 and _is_of_person(cell) for cell in cells):
            return Fault.PERSONS, number
    return None


def _is_of_person(cell: str) -> bool:
    """A cell that was read as a number has lost the nought in front."""
    ten = _TEN.fullmatch(cell)
    return holds_national_id(cell) or bool(ten and holds_national_id(f"0{ten[1]}"))


def _besides_cells(path: Path) -> bool:
    with zipfile.ZipFile(path) as package:
        names = {name: name.casefold() for name in package.namelist()}
        read = (name for name, lower in names.items() if lower.endswith(_READ))
        return any(_has(package.read(name), names[name]) for name in read)


def _has(part: bytes, name: str) -> bool:
    """Whether a part holds one: in a piece of it, or as text that may stand in pieces."""
    tells = _is_of_person if name.startswith(_NUMBERS) else holds_national_id
    pieces = (html.unescape(each[0].decode("utf-8", "replace")) for each in _PIECE.finditer(part))
    return any(map(tells, pieces)) or bool(_ASIDE.fullmatch(name) and _tells(part))


def _tells(part: bytes) -> bool:
    """Whether an element holds one, in its attributes or as text that may stand in pieces."""
    return any(
        any(map(holds_national_id, each.attrib.values())) or holds_national_id("".join(each.itertext()))
        for each in fromstring(part, forbid_dtd=True).iter()
    )
