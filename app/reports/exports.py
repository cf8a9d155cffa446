"""The summary's rows as files. Pure: the same rows and date give the same bytes."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time

import xlsxwriter

from app.values.dates import format_short
from app.values.money import ORE_PER_KRONE
from app.values.text import clean_line

CHUNK = 64 * 1024
# A spreadsheet takes text that begins with one of these for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WIDTHS = (14, 32, 40)


class Kroner(int):
    """Øre that a file shows as kroner and øre."""


Cell = str | int | Kroner | date | None


def csv_file(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Semicolons, decimal comma and a byte order mark: what a Norwegian spreadsheet opens without asking."""
    yield "\ufeff".encode()
    for row in (heads, *rows):
        line = io.StringIO()
        csv.writer(line, delimiter=";", lineterminator="\r\n").writerow([_plain(cell) for cell in row])
        yield line.getvalue().encode()


def xlsx_file(title: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]], made_on: date) -> Iterator[bytes]:
    """One sheet, rows written as they come and never held; `made_on` is the only date in the file."""
    target = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "in_memory": False}
    book = xlsxwriter.Workbook(target, options)
    # No zone: the file format has none, and the date is all that is told.
    book.set_properties({"title": title, "created": datetime.combine(made_on, time())})
    sheet = book.add_worksheet("Rapporter")
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True}),
        "money": book.add_format({"num_format": "#,##0.00"}),
        "day": book.add_format({"num_format": "dd.mm.yyyy"}),
    }
    for column, width in enumerate([*_WIDTHS, *[16] * (len(heads) - len(_WIDTHS))]):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    for column, head in enumerate(heads):
        sheet.write_string(0, column, clean_line(head), formats["head"])
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            _write(sheet, number, column, cell, formats)
    book.close()
    target.seek(0)
    while chunk := target.read(CHUNK):
        yield chunk


def _write(
    sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: Cell, formats: dict[str, object]
) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        sheet.write_string(row, column, clean_line(cell))
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, datetime.combine(cell, time()), formats["day"])
    elif isinstance(cell, Kroner):
        # A spreadsheet has only binary numbers; the text is exact and shows two decimals.
        sheet.write_number(row, column, float(_kroner(cell, ".")), formats["money"])
    else:
        sheet.write_number(row, column, cell)


def _kroner(cell: Kroner, point: str) -> str:
    whole, rest = divmod(cell, ORE_PER_KRONE)
    return f"{whole}{point}{rest:02d}"


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Kroner):
        return _kroner(cell, ",")
    if isinstance(cell, date):
        return format_short(cell)
    if isinstance(cell, int):
        return str(cell)
    text = clean_line(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text
