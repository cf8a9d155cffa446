"""The files of a list: repeatable bytes, exact sums, and no formula."""

import csv
import io
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.payouts.domain import FileLine
from app.payouts.exports import HEADS, csv_bytes, xlsx_bytes

MADE = date(2025, 3, 10)
LINE = FileLine(
    "2025-01", 1, "T25-0001", "a", "HTO", "701.21", 2025, "Bodø kommune", "972418013", "12345600009", 1_500_001_50,
    date(2025, 3, 12), date(2025, 3, 14), "Tilskudd HTO 2025 sak T25-0001 rate 1/2", "kommune", "1/2",
    date(2025, 3, 1), "Arne Demo", "10.03.2025 kl. 10.00", "Marit Demo", "10.03.2025 kl. 11.00", "T25-0001-V1",
)  # fmt: skip


def test_the_same_lines_give_the_same_bytes() -> None:
    assert csv_bytes([LINE]) == csv_bytes([LINE])
    assert xlsx_bytes([LINE], "2025-01", MADE) == xlsx_bytes([LINE], "2025-01", MADE)


def test_csv_is_as_norwegian_excel_reads_it() -> None:
    data = csv_bytes([LINE])
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == list(HEADS)
    assert rows[1][HEADS.index("beløp")] == "1500001,50"


def test_what_is_set_off_is_not_sent() -> None:
    row = csv_bytes([replace(LINE, set_off_ore=1_500_001_00)]).decode("utf-8-sig").splitlines()[1].split(";")
    told = {name: row[HEADS.index(name)] for name in ("beløp", "brutto", "motregnet")}
    assert told == {"beløp": "0,50", "brutto": "1500001,50", "motregnet": "1500001,00"}


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_no_name_is_run_as_a_formula(sign: str) -> None:
    evil = replace(LINE, recipient=f"{sign}cmd|' /C calc'!A0")
    text = csv_bytes([evil]).decode("utf-8-sig")
    assert f"'{sign}cmd" in text
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes([evil], "2025-01", MADE))).active
    assert sheet is not None
    cell = sheet.cell(2, HEADS.index("mottaker") + 1)
    assert cell.data_type == "s"


@settings(max_examples=20)
@given(st.lists(st.integers(1, 10**12), min_size=1, max_size=20))
def test_sums_are_exact_in_both_files(amounts: list[int]) -> None:
    lines = [replace(LINE, line_no=n, amount_ore=ore) for n, ore in enumerate(amounts, start=1)]
    column = HEADS.index("beløp")
    rows = list(csv.reader(io.StringIO(csv_bytes(lines).decode("utf-8-sig")), delimiter=";"))[1:]
    assert sum(int(row[column].replace(",", "")) for row in rows) == sum(amounts)
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(lines, "2025-01", MADE))).active
    assert sheet is not None
    assert round(sheet.cell(len(lines) + 2, column + 1).value * 100) == sum(amounts)
