"""A locked list as CSV and XLSX for finance's own system. Pure: the same lines always give the same bytes."""

import csv
import hashlib
import io
from collections.abc import Sequence
from datetime import datetime

import xlsxwriter

from app.payouts.domain import Line
from app.values.dates import format_short

CSV_TYPE = "text/csv"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Names as the finance systems know them (domain E.1). Account kind, cost centre and project are finance's own to fill.
COLUMNS = (
    "liste",
    "linje",
    "saksnr",
    "tilsagn",
    "ordning",
    "kap",
    "post",
    "budsjettår",
    "mottaker",
    "orgnr",
    "kontonr",
    "beløp",
    "forfall",
    "tekst",
    "artskonto",
    "koststed",
    "prosjekt",
    "mottakertype",
    "rate",
    "akseptert",
    "attestert av",
    "attestert",
    "bdm",
    "godkjent",
    "vedtak",
    "sha256",
)
_AMOUNT = COLUMNS.index("beløp")
# What a spreadsheet would run as a formula when it stands first in a cell.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_BOM = "\ufeff"


def csv_bytes(lines: Sequence[Line]) -> bytes:
    """Semicolons, decimal comma and a byte order mark, as Norwegian Excel reads it; formulas are defused."""
    out = io.StringIO(newline="")
    out.write(_BOM)
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for line in lines:
        writer.writerow([_defused(cell) for cell in cells(line)])
    return out.getvalue().encode()


def xlsx_bytes(lines: Sequence[Line], number: str, made_at: datetime) -> bytes:
    """One sheet, amounts as numbers and the sum below; `made_at` stands as its date, so it can be made again alike."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    book.set_properties({"title": f"Utbetalingsliste {number}", "created": made_at.replace(tzinfo=None)})
    sheet, head = book.add_worksheet(number), book.add_format({"bold": True})
    amount = book.add_format({"num_format": "#,##0.00"})
    total = book.add_format({"num_format": "#,##0.00", "bold": True})
    sheet.freeze_panes(1, 0)
    for column, words in enumerate(COLUMNS):
        sheet.write_string(0, column, words, head)
        sheet.set_column(column, column, max(12, len(words) + 2))
    for row, line in enumerate(lines, start=1):
        for column, text in enumerate(cells(line)):
            if column == _AMOUNT:
                sheet.write_number(row, column, _number(line.amount_ore), amount)
            else:
                sheet.write_string(row, column, text)
    foot = len(lines) + 1
    sheet.write_string(foot, 0, "Sum", head)
    sheet.write_number(foot, _AMOUNT, _number(sum(line.amount_ore for line in lines)), total)
    book.close()
    return out.getvalue()


def cells(line: Line) -> list[str]:
    """The texts of a line, one for each column; the last is the SHA-256 of the others."""
    chapter, _, post = line.chapter_post.partition(".")
    texts = [
        line.list_number,
        str(line.line_no),
        line.case_number,
        line.award_no,
        line.scheme,
        chapter,
        post,
        str(line.budget_year),
        line.recipient,
        line.orgnr,
        line.account_no,
        _decimal(line.amount_ore, ","),
        format_short(line.due_on),
        line.text,
        *line.extra,
        line.recipient_type,
        line.instalment,
        format_short(line.accepted_on) if line.accepted_on else "",
        line.attested_by,
        line.attested_at,
        line.approved_by,
        line.approved_at,
        line.decision,
    ]
    return [*texts, hashlib.sha256("\x1f".join(texts).encode()).hexdigest()]


def _defused(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text


def _decimal(amount_ore: int, comma: str) -> str:
    kroner, ore = divmod(amount_ore, 100)
    return f"{kroner}{comma}{ore:02d}"


def _number(amount_ore: int) -> float:
    """A spreadsheet knows only binary numbers; read from the exact text it shows every øre of any sum here."""
    return float(_decimal(amount_ore, "."))
