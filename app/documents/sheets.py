"""The rows of a spreadsheet or a CSV that was taken, one at a time: nothing is held but the row at hand."""

import codecs
import csv
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from app.documents.domain.files import FileType
from app.values.dates import format_short
from app.values.text import clean_line

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CHUNK = 256 * 1024
_SEPARATORS = ";,\t"
_LONGEST_CELL = 200
_TOLD = re.compile(r'\s*"?sep=([;,\t])[";,\s]*', re.IGNORECASE)


def rows(path: Path, kind: FileType) -> Iterator[tuple[int, list[str]]]:
    """Each row that holds something, with the number a spreadsheet shows it by, and its cells as the eye sees them.

    Dates as 15.02.2025, numbers with a decimal comma, a formula as it is written («=A1*2»); the first sheet alone.
    """
    yield from _seen(_of_csv(path) if kind is FileType.CSV else _of_workbook(path), _LONGEST_CELL)


def whole_rows(path: Path, kind: FileType) -> Iterator[tuple[int, list[str]]]:
    """The same with each cell as long as it is: for who looks for what may not be there."""
    yield from _seen(_of_csv(path) if kind is FileType.CSV else _of_workbook(path), None)


def other_sheets(path: Path, kind: FileType) -> Iterator[Iterator[tuple[int, list[str]]]]:
    """The rows of each sheet after the first, hidden ones too, cells as long as they are; none in a CSV."""
    if kind is FileType.XLSX:
        for at in range(1, _sheets(path)):
            yield _seen(_of_workbook(path, at), None)


def _seen(found: Iterable[Iterable[Any]], longest: int | None) -> Iterator[tuple[int, list[str]]]:
    for number, cells in enumerate(found, start=1):
        texts = [_text(cell, longest) for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        if texts:
            yield number, texts


def _of_csv(path: Path) -> Iterator[list[str]]:
    with path.open(encoding=_encoding(path), newline="") as file:
        first = next((line for line in file if line.strip()), "")
        told = separator_told(first)
        if told is None:
            file.seek(0)
        # A spreadsheet does not show the line that tells, and counts its rows from the next.
        yield from csv.reader(file, delimiter=told or max(_SEPARATORS, key=first.count))


def separator_told(first: str) -> str | None:
    """What stands between the cells, where the first line is there to say that («sep=;», as some programs begin)."""
    found = _TOLD.fullmatch(first.lstrip("\ufeff"))
    return found[1] if found else None


def _encoding(path: Path) -> str:
    """By the byte order mark, else UTF-8 where all of it is that, else as Windows has it in Norway."""
    with path.open("rb") as file:
        head = file.read(4)
        marked = next((name for mark, name in _MARKS if head.startswith(mark)), None)
        if marked:
            return marked
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8"


def _sheets(path: Path) -> int:
    import openpyxl

    with path.open("rb") as file:
        book = openpyxl.load_workbook(file, read_only=True, keep_links=False)
        try:
            return len(book.worksheets)
        finally:
            book.close()


def _of_workbook(path: Path, at: int = 0) -> Iterator[tuple[Any, ...]]:
    import openpyxl

    with path.open("rb") as file:
        book = openpyxl.load_workbook(file, read_only=True, keep_links=False)
        try:
            sheet = book.worksheets[at]
            # The sheet's own word for its size may be a lie.
            sheet.reset_dimensions()
            yield from sheet.iter_rows(values_only=True)
        finally:
            book.close()


def _text(cell: Any, longest: int | None) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        # What is plain is read a hundred thousand times; the rest by the house's one cleaning.
        plain = cell.isascii() and cell.isprintable()
        return (" ".join(cell.split()) if plain else clean_line(cell))[:longest]
    if isinstance(cell, datetime):
        return format_short(cell.date()) + ("" if cell.time() == time() else f" {cell:%H.%M}")
    if isinstance(cell, date):
        return format_short(cell)
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell).replace(".", ",")
    if isinstance(cell, int):
        return str(cell)
    return clean_line(str(getattr(cell, "text", cell)))[:longest]
