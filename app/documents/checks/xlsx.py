"""A spreadsheet (ECMA-376): a package within bounds, without macros, links, objects or formulas that reach out."""

import re
import zipfile
import zlib
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import ParseError, fromstring

import openpyxl

from app.documents.checks import zipped
from app.documents.domain.files import Fault

MOST_CELLS = 1_000_000
MOST_SHEETS = 100
_PACKAGE, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_PARTS = (
    ("vbaproject", Fault.MACRO),
    ("macrosheets/", Fault.MACRO),
    ("activex/", Fault.MACRO),
    ("customui/", Fault.MACRO),
    ("embeddings/", Fault.INSIDE),
    ("oleobject", Fault.INSIDE),
    ("externallinks/", Fault.LINKS),
    ("connections.xml", Fault.LINKS),
    ("querytables/", Fault.LINKS),
    ("webextensions/", Fault.LINKS),
    ("richdata/rdrichvaluewebimage", Fault.LINKS),
)
# A formula that starts a program (DDE), calls code or fetches from elsewhere.
REACHES_OUT = re.compile(
    r"""^\s*[=+\-@].*(?:\|.*!|\b(?:WEBSERVICE|FILTERXML|CALL|REGISTER(?:\.ID)?|EXEC|RTD|IMAGE|DDE|SQL\.REQUEST)\s*\()""",
    re.IGNORECASE | re.DOTALL,
)
_DTD = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def check(path: Path) -> Fault | None:
    """What is wrong with the file, or None."""
    with path.open("rb") as file:
        head = file.read(8)
    if head == _OLD_OFFICE:
        # A workbook with a password is the old container round an encrypted package; an old .xls is one too.
        return (
            Fault.LOCKED if b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e" in path.read_bytes() else Fault.NOT_XLSX
        )
    if not head.startswith(_PACKAGE):
        return Fault.NOT_XLSX
    try:
        with zipfile.ZipFile(path) as package:
            if found := _package(package):
                return found
        # Handed over open: openpyxl judges a path by its ending, and a file laid aside has none.
        with path.open("rb") as file:
            return _cells(file)
    except (zipfile.BadZipFile, zlib.error, ParseError, EOFError, NotImplementedError, OSError):
        return Fault.BROKEN
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        # openpyxl meets broken files with whatever its code stumbles on.
        return Fault.BROKEN
    except (RecursionError, MemoryError):
        return Fault.TOO_HARD


def _package(package: zipfile.ZipFile) -> Fault | None:
    parts = package.infolist()
    if found := zipped.sizes(parts):
        return found
    names = {part.filename.casefold(): part.filename for part in parts}
    for mark, fault in _PARTS:
        if any(mark in name for name in names):
            return fault
    if "[content_types].xml" not in names or "xl/workbook.xml" not in names:
        return Fault.NOT_XLSX
    for lower, name in names.items():
        if lower.endswith((".xml", ".rels")) and (found := _xml(package.read(name), lower)):
            return found
    return None


def _xml(data: bytes, name: str) -> Fault | None:
    """One part: UTF-8 without a DTD; of the two kinds that say what the package is, what they say."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:64]:
        return Fault.BROKEN
    if _DTD.search(data):
        return Fault.BOMB
    if name == "[content_types].xml":
        return _types(data)
    return _relations(data) if name.endswith(".rels") else None


def _types(data: bytes) -> Fault | None:
    said = {element.get("ContentType", "") for element in fromstring(data)}  # noqa: S314  # no DTD, and bounded
    if any("macroenabled" in each.casefold() or "vbaproject" in each.casefold() for each in said):
        return Fault.MACRO
    return None if _SHEET in said else Fault.NOT_XLSX


def _relations(data: bytes) -> Fault | None:
    """A hyperlink is followed by a person; every other thing outside the package is fetched by the program."""
    for element in fromstring(data):  # noqa: S314  # no DTD, and bounded
        kind = element.get("Type", "").rsplit("/", 1)[-1]
        if kind.casefold() in ("vbaproject", "xlmacrosheet"):
            return Fault.MACRO
        if element.get("TargetMode", "") == "External" and kind != "hyperlink":
            return Fault.LINKS
    return None


def _cells(file: IO[bytes]) -> Fault | None:
    book = openpyxl.load_workbook(file, read_only=True, keep_links=False)
    try:
        if not book.worksheets:
            return Fault.BROKEN
        if len(book.worksheets) > MOST_SHEETS:
            return Fault.TOO_MUCH
        room = MOST_CELLS
        for sheet in book.worksheets:
            # The sheet's own word for its size may be a lie that makes empty rows without end.
            sheet.reset_dimensions()
            for row in sheet.iter_rows(values_only=True):
                room -= max(1, len(row))
                if room < 0:
                    return Fault.TOO_MUCH
                if any(isinstance(value, str) and REACHES_OUT.match(value) for value in row):
                    return Fault.FORMULA
        return None
    finally:
        book.close()
