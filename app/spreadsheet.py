"""The files people open in a spreadsheet: one CSV and one XLSX for the whole house. The same rows give the same bytes.

A spreadsheet reads a CSV cell anew: 01234567890 loses its nought, 1/2 becomes a date, =A1 is run. Such a text carries a
mark in front (docs/decisions/2026-11-26-a-text-in-csv-keeps-its-signs.md); XLSX holds the kinds themselves.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import chain, islice
from typing import Generic, TypeVar

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.values.dates import format_short
from app.values.money import ORE_PER_KRONE
from app.values.text import clean_line

CHUNK = 64 * 1024
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv"
FORMULA_SIGNS = ("=", "+", "-", "@")
_RICH = ("<r>", "</r>")
# A column is as wide as what it holds in the first so many rows, within these (signs); a head is broken into lines.
_LOOKED_AT = 200
_NARROW, _WIDE, _HEAD = 10, 60, 18
# Words that a Norwegian or English spreadsheet reads as part of a number, a date or a truth.
_READ = re.compile(
    "e|kr|nok|eur|usd|am|pm|sann|usann|true|false|jan(?:uary?)?|feb(?:ruary?)?|mars?|march|apr(?:il)?|mai|may|jun[ie]?"
    "|jul[iy]?|aug(?:ust)?|sept?(?:ember)?|o[kc]t(?:ober)?|nov(?:ember)?|de[sc](?:ember)?"
    "|m[aå](?:n(?:dag)?)?|ti(?:r(?:sdag)?)?|ty(?:s(?:dag)?)?|on(?:s(?:dag)?)?|to(?:r(?:sdag)?)?|fr(?:e(?:dag)?)?"
    "|l[aø](?:[ru](?:r?dag)?)?|s[uø](?:n(?:dag)?)?|(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?|wed|thu|sat"
)
_CLOCK = re.compile(r"[0-9][0-9:.,]*\s?[ap](?:\W*m)?\W*|[0-9]{4}-[0-9]+-[0-9]+t[0-9].*")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_WHOLE = re.compile("0|[1-9][0-9]{0,8}")
# Years in which every spreadsheet counts days alike: some have none before 1900, and quarrel about that one.
_DAY = re.compile("(?:19[1-9]|20[0-9])[0-9]-[0-9]{2}-[0-9]{2}")


class Kroner(int):
    """Øre that a file shows as kroner with two decimals."""


Cell = str | int | Kroner | date | None
T = TypeVar("T")


@dataclass(frozen=True)
class Column(Generic[T]):
    """A column of a file, told once: its head, and what it holds of a row."""

    head: str
    value: Callable[[T], Cell]


def heads_of(columns: Sequence[Column[T]]) -> list[str]:
    """The first line of the file."""
    return [column.head for column in columns]


def cells_of(columns: Sequence[Column[T]], row: T) -> list[Cell]:
    """One row of the file."""
    return [column.value(row) for column in columns]


def csv_file(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Semicolons, decimal comma and a byte order mark: what a Norwegian spreadsheet opens without asking."""
    yield "\ufeff".encode()
    for row in (heads, *rows):
        line = io.StringIO()
        csv.writer(line, delimiter=";", lineterminator="\r\n").writerow([_marked(cell) for cell in row])
        yield line.getvalue().encode()


@dataclass(frozen=True)
class Sheet:
    """One sheet of a book; a spreadsheet takes names of at most 31 signs, without some."""

    name: str
    heads: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def xlsx_file(title: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]], made_on: date) -> Iterator[bytes]:
    """One sheet, rows written as they come and never held; `made_on` is the only date of its making in the file."""
    return xlsx_book(title, [Sheet("", heads, rows)], made_on)


def xlsx_book(title: str, sheets: Sequence[Sheet], made_on: date) -> Iterator[bytes]:
    """Several sheets, likewise; each name once."""
    target = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "in_memory": False}
    book = xlsxwriter.Workbook(target, options)
    # No zone: the file format has none, and the date is all that is told.
    book.set_properties({"title": title, "created": datetime.combine(made_on, time())})
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True}),
        "money": book.add_format({"num_format": "#,##0.00"}),
        "day": book.add_format({"num_format": "dd.mm.yyyy"}),
        "text": book.add_format(),
    }
    for told in sheets:
        _fill(book.add_worksheet(_FORBIDDEN.sub(" ", told.name)[:31] or None), told, formats)
    book.close()
    target.seek(0)
    while chunk := target.read(CHUNK):
        yield chunk


def _fill(sheet: Worksheet, told: Sheet, formats: dict[str, Format]) -> None:
    rest = iter(told.rows)
    first = list(islice(rest, _LOOKED_AT))
    for column, head in enumerate(told.heads):
        sheet.set_column(column, column, _width(head, [row[column] for row in first if column < len(row)]))
    sheet.freeze_panes(1, 0)
    for column, head in enumerate(told.heads):
        _write_text(sheet, 0, column, clean_line(head), formats["head"])
    for number, row in enumerate(chain(first, rest), start=1):
        for column, cell in enumerate(row):
            _write(sheet, number, column, cell, formats)


def _width(head: str, cells: Iterable[Cell]) -> int:
    """In signs. A sum is shown with spaces between its thousands, which takes a sign for every third."""
    lengths = (
        len(shown) + (len(shown) // 3 if isinstance(cell, Kroner) else 0) for cell in cells if (shown := plain(cell))
    )
    return min(_WIDE, max(_NARROW, min(len(head), _HEAD), *lengths, 0) + 2)


def plain(cell: Cell) -> str:
    """The cell as text: "1250000,50" for Kroner, "15.02.2025" for a date, "" for None."""
    if cell is None:
        return ""
    if isinstance(cell, Kroner):
        return _kroner(cell, ",")
    if isinstance(cell, date):
        return format_short(cell)
    return str(cell) if isinstance(cell, int) else clean_line(cell)


def _marked(cell: Cell) -> str:
    text = plain(cell)
    if not isinstance(cell, str):
        return text
    if text.startswith(FORMULA_SIGNS):
        return f"'{text}"
    return f"\t{text}" if _is_read_anew(text) else text


def _is_read_anew(text: str) -> bool:
    """Whether a spreadsheet may take the text for a number, a date or a truth and show it otherwise than it is."""
    if _WHOLE.fullmatch(text) or _DAY.fullmatch(text):
        return False
    if _CLOCK.fullmatch(text.casefold()):
        return True
    return bool(text) and all(_READ.fullmatch(word) for word in re.findall(r"[^\W\d_]+", text.casefold()))


def _write(sheet: Worksheet, row: int, column: int, cell: Cell, formats: dict[str, Format]) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        _write_text(sheet, row, column, clean_line(cell), formats["text"])
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, datetime.combine(cell, time()), formats["day"])
    elif isinstance(cell, Kroner):
        # A spreadsheet has only binary numbers; the text is exact and shows two decimals.
        sheet.write_number(row, column, float(_kroner(cell, ".")), formats["money"])
    else:
        sheet.write_number(row, column, cell)


def _write_text(sheet: Worksheet, row: int, column: int, text: str, own: Format) -> None:
    """Text is never markup. XlsxWriter lays what begins and ends as a rich text into the file as it stands; such a
    text is handed over as one, in two pieces that look alike, so that the library escapes each of them."""
    if text.startswith(_RICH[0]) and text.endswith(_RICH[1]):
        sheet.write_rich_string(row, column, _RICH[0], own, text.removeprefix(_RICH[0]), own)
    else:
        sheet.write_string(row, column, text, own)


def _kroner(cell: Kroner, point: str) -> str:
    whole, rest = divmod(abs(cell), ORE_PER_KRONE)
    return f"{'-' if cell < 0 else ''}{whole}{point}{rest:02d}"
