"""A spreadsheet (ECMA-376): a package within bounds, without macros, links, objects or formulas that reach out."""

import re
import zipfile
import zlib
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from app.documents.checks import parts as kinds
from app.documents.checks import zipped
from app.documents.checks.formulas import has_reaching, reaches_out
from app.documents.checks.lookalike import HEAD, PROGRAMS_AND_PACKAGES, begins_as_markup, begins_as_pdf
from app.documents.domain.files import Fault

MOST_CELLS = 1_000_000
MOST_SHEETS = 100
_PACKAGE, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PARTS = (
    ("vbaproject", Fault.MACRO),
    ("macrosheets/", Fault.MACRO),
    ("activex/", Fault.MACRO),
    ("customui/", Fault.MACRO),
    ("embeddings/", Fault.OBJECTS),
    ("oleobject", Fault.OBJECTS),
    ("externallinks/", Fault.LINKS),
    ("connections.xml", Fault.LINKS),
    ("querytables/", Fault.LINKS),
    ("webextensions/", Fault.LINKS),
    ("richdata/rdrichvaluewebimage", Fault.LINKS),
)
_READ = (".xml", ".rels", ".vml")
_PICTURES = re.compile(
    r"xl/media/[^/]+\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|svg)|docprops/thumbnail\.(?:jpe?g|wmf|emf|png)"
)
# How the sheet is printed, for the printer's driver, and what an add-in notes on it.
_SETTINGS = re.compile(r"xl/(?:printersettings|customproperty)/[^/]+\.bin|xl/customproperty[0-9]*\.bin")
_ALPHABET = re.compile(rb"^\s*<\?xml[^>]*\bencoding\s*=\s*[\"']([^\"']*)", re.IGNORECASE)
_UTF8_MARK = b"\xef\xbb\xbf"


def check(path: Path) -> Fault | None:
    """What is wrong with the file, or None."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if head.startswith(_OLD_OFFICE):
        # A workbook with a password is the old container round an encrypted package; an old .xls is one too.
        return (
            Fault.LOCKED if b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e" in path.read_bytes() else Fault.NOT_XLSX
        )
    if not head.startswith(_PACKAGE):
        return Fault.NOT_XLSX
    if begins_as_pdf(head) or begins_as_markup(head):
        return Fault.TWO_IN_ONE
    try:
        # Handed over open: openpyxl judges a path by its ending, and a file laid aside has none.
        with path.open("rb") as file:
            return _whole(file) or _cells(file)
    except DefusedXmlException:
        return Fault.BOMB
    except (zipfile.BadZipFile, zlib.error, ParseError, EOFError, NotImplementedError, OSError):
        return Fault.BROKEN
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        # openpyxl meets broken files with whatever its code stumbles on.
        return Fault.BROKEN
    except (RecursionError, MemoryError):
        return Fault.TOO_HARD


def _whole(file: IO[bytes]) -> Fault | None:
    with zipfile.ZipFile(file) as package:
        if found := _package(package):
            return found
        return None if zipped.is_nothing_but(package, file) else Fault.TWO_IN_ONE


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
        if found := _part(package, lower, name):
            return found
    return None


def _part(package: zipfile.ZipFile, lower: str, name: str) -> Fault | None:
    if lower.endswith(_READ):
        return _xml(package.read(name), lower)
    if name.endswith("/"):
        return None
    if not (_PICTURES.fullmatch(lower) or _SETTINGS.fullmatch(lower)):
        return Fault.OBJECTS
    with package.open(name) as part:
        return Fault.OBJECTS if part.read(8).startswith(PROGRAMS_AND_PACKAGES) else None


def _xml(data: bytes, name: str) -> Fault | None:
    """One part: UTF-8 without a DTD. What the package is and points at, and what its formulas reach."""
    alphabet = _ALPHABET.match(data.removeprefix(_UTF8_MARK)[:200])
    if b"\0" in data[:64] or (alphabet and alphabet[1].lower() not in (b"utf-8", b"us-ascii")):
        return Fault.BROKEN
    root = fromstring(data, forbid_dtd=True)
    if name == "[content_types].xml":
        return kinds.types(root)
    if name.endswith(".rels"):
        return kinds.relations(root)
    if found := kinds.reaching(root):
        return found
    if kinds.is_words(root, name):
        return None
    return Fault.FORMULA if has_reaching(data) else None


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
                if any(isinstance(value, str) and value.startswith("=") and reaches_out(value) for value in row):
                    return Fault.FORMULA
        return None
    finally:
        book.close()
