"""What a spreadsheet makes of our files: every cell is what it was, to the øre, and nothing is run."""

import csv
import io
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from app.payouts.exports import HEADS, cells, csv_bytes
from app.public.domain import GivenGrant
from app.public.exports import awards_csv, awards_xlsx
from app.spreadsheet import Cell, Kroner, csv_file, plain, xlsx_file
from app.values.text import clean_line
from tests.drivers import needs_program
from tests.unit.payouts.test_exports import LINE

DAY = date(2025, 4, 1)
# Others read these files by program: a head that changes is a change for them.
AWARD_HEADS = "ordning;år;kapittel_post;mottaker_orgnr;mottaker_navn;formål;søkt_kr;tildelt_kr;vedtaksdato;demodata"
# LibreOffice's words for: semicolon, quotes, UTF-8, from line 1, Norwegian; the last turns on its reading of dates.
NORWEGIAN = "59,34,76,1,,1044,false,true"
CHANGED = [
    "01234567890", "12345678901", "1/2", "2025-01", "2025-13", "1-2", "01.02.2025", "12,50", "12.30", "1.5", "12:30",
    "1e5", "1E10", "SANN", "TRUE", "usann", "007", "0301", "kr 5", "5 %", "1 250", "1.250.000", "jan 25", "1. mai",
    "mars 2025", "701.21", "(5)", "$5", "€ 5", "lørdag 1. mars 2025", "ti. 4.3.25", "man 3.3.2025", "fre. 7. mars",
    "2025-02-15T10:00", "2025-02-15t10:00:00.5", "5:00 p.m.", "5 A.M.", "5:00 p", "12:30 a", "0001-01-01", "1899-12-31",
    "1582-10-15",
]  # fmt: skip
RUN = ["=1+1", "+47 22 33 44 55", "-5", "@SUM(A1)", '=HYPERLINK("x";"y")', "=cmd|' /C calc'!A0"]
KEPT = [
    "T25-0001",
    "Bodø kommune",
    "Prosjekt 1/2",
    "a;b",
    'Han sa "ja"',
    "972418013",
    "2025-02-15",
    "1910-01-01",
    "5 timer",
    "",
    "10.03.2025 kl. 10.00",
]
AMOUNTS = [0, 1, 99, 1_250_000_50, 99_999_999_999_99, -12_50]
ROWS: list[list[Cell]] = [
    *([text, Kroner(ore), DAY, 12] for text, ore in zip([*CHANGED, *RUN, *KEPT], AMOUNTS * 99, strict=False)),
    ["Sum", None, None, 0],
]
GRANT = GivenGrant(
    1, "a", 2025, "HTO", "HTO", "701.21", "312999005", "1/2", "=SUM(A1)", 300_05, 200_00,
    datetime(2025, 3, 1, 23, 30, tzinfo=UTC), frozenset({"granted_ore"}),
)  # fmt: skip


def test_every_cell_survives_a_spreadsheet_with_norwegian_settings(tmp_path: Path) -> None:
    line = replace(LINE, account_no="01234567890", recipient="1. mai", instalment="1/2")
    files = {
        "house": (b"".join(csv_file(["a", "b", "c", "d"], ROWS)), ROWS),
        "payouts": (csv_bytes([line]), [cells(line)]),
        "awards": (b"".join(awards_csv([GRANT])), read(b"".join(awards_xlsx([GRANT], 2025)))[1:]),
    }
    for name, (data, _rows) in files.items():
        (tmp_path / f"{name}.csv").write_bytes(data)
    office = needs_program("soffice", "libreoffice")
    command = [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", f"--infilter=CSV:{NORWEGIAN}"]
    command += ["--convert-to", "xlsx", "--outdir", str(tmp_path), *(f"{tmp_path}/{name}.csv" for name in files)]
    subprocess.run(command, check=True, timeout=120, capture_output=True)
    for name, (_data, rows) in files.items():
        shown = read((tmp_path / f"{name}.xlsx").read_bytes())[1:]
        assert len(shown) == len(rows)
        for told, found in zip(rows, shown, strict=True):
            wrong = [(a, b) for a, b in zip(told, found, strict=True) if not _is_same(a, b)]
            assert not wrong, f"{name}: {wrong}"


def _is_same(told: Any, found: Any) -> bool:
    """The value itself; a text may carry our mark, and a text of digits alone may be that number."""
    if isinstance(told, Kroner):
        return round(found * 100) == told
    if isinstance(told, date):
        return _day(found) == _day(told)
    if isinstance(told, str):
        if isinstance(found, datetime):
            return told == found.date().isoformat()
        return isinstance(found, str | int) and str(found).lstrip("\t'") == told.lstrip("'")
    return bool(found == ("" if told is None else told))


def _day(value: Any) -> date:
    return value.date() if isinstance(value, datetime) else value


def read(data: bytes) -> list[tuple[Any, ...]]:
    """The cells of a sheet; an empty one is the empty text."""
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    assert not [cell for row in sheet for cell in row if cell.data_type == "f"], "a formula"
    return [tuple("" if cell is None else cell for cell in row) for row in sheet.iter_rows(values_only=True)]


def test_only_what_would_be_changed_or_run_is_marked() -> None:
    marked = {cell: row[0] for cell, row in zip([*CHANGED, *RUN, *KEPT], _csv(ROWS)[1:], strict=False)}
    assert [marked[text] for text in CHANGED] == [f"\t{text}" for text in CHANGED]
    assert [marked[text] for text in RUN] == [f"'{text}" for text in RUN]
    assert [marked[text] for text in KEPT] == KEPT


@settings(max_examples=40)
@given(st.lists(st.text(max_size=20), min_size=1, max_size=4), st.integers(-(10**14), 10**14))
def test_a_program_reads_back_what_was_written(texts: list[str], ore: int) -> None:
    row: list[Cell] = [*texts, Kroner(ore), DAY]
    found = _csv([row])[1]
    assert [text.strip("\t").removeprefix("'") for text in found[: len(texts)]] == [
        clean_line(text).removeprefix("'") for text in texts
    ]
    assert found[-2:] == [plain(Kroner(ore)), "01.04.2025"]
    assert int(found[-2].replace(",", "")) == ore


def test_the_same_rows_give_the_same_bytes_with_kinds_and_no_formula() -> None:
    data = b"".join(xlsx_file("Rapporter", ["a", "b", "c", "d"], ROWS, DAY))
    assert data == b"".join(xlsx_file("Rapporter", ["a", "b", "c", "d"], ROWS, DAY))
    rows = read(data)
    assert [row[0] for row in rows[1:]] == [row[0] for row in ROWS]
    assert rows[4][1:] == (1_250_000.5, datetime(2025, 4, 1), 12)  # noqa: DTZ001 - a sheet knows no zone


MARKUP = [
    "<r>Digital & trygg</r>", "<r></r>", "<r>x</r>", "<r><t>x</t></r>", "<R>x</R>", "<r>x", "x</r>", " <r>x</r> ",
    '<r><t>a</t></r></is></c><c r="Z9" t="str"><f>1+1</f></c><c><is><r><t>b</t></r>', "<is><t>x</t></is>",
    "a<b>&amp;&lt;", "<![CDATA[x]]>", "<!--x-->", "]]>", "=1+1", "{=1}", "{=1+1}", "+1", "@x", "'=1", "http://x.no",
    "mailto:a@b.no", "internal:Ark1!A1", "external:c:\\x", "True", "#N/A", "1", "007", "1e5", "1/2", "01.02.2025",
]  # fmt: skip


def test_no_text_is_taken_as_anything_but_text(tmp_path: Path) -> None:
    data = b"".join(xlsx_file("<r>&</r>", ["<r>a</r>", "b"], [[text, 1] for text in MARKUP], DAY))
    told = ["<r>a</r>", *(clean_line(text) for text in MARKUP)]
    rows = read(data)
    assert [row[0] for row in rows] == told
    assert {len(row) for row in rows} == {2}
    (tmp_path / "sheet.xlsx").write_bytes(data)
    office = needs_program("soffice", "libreoffice")
    command = [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to"]
    command += ["csv:Text - txt - csv (StarCalc):59,34,76", "--outdir", str(tmp_path), f"{tmp_path}/sheet.xlsx"]
    subprocess.run(command, check=True, timeout=120, capture_output=True)
    with (tmp_path / "sheet.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row[0] for row in csv.reader(file, delimiter=";")] == told


PIECES = st.sampled_from(["<r>", "</r>", "<t>", "</t>", "</is></c>", "&", "&amp;", "_x000D_", "]]>", " ", "x", '"'])


@settings(max_examples=150)
@given(st.lists(st.one_of(st.text(max_size=20), st.lists(PIECES, max_size=6).map("".join)), min_size=1, max_size=9))
def test_a_sheet_reads_back_what_was_written(texts: list[str]) -> None:
    rows = read(b"".join(xlsx_file("a", ["a"], [["x", text] for text in texts], DAY)))
    assert [_escaped(row[1]) if len(row) > 1 else "" for row in rows[1:]] == [clean_line(text) for text in texts]


def _escaped(text: str) -> str:
    """openpyxl leaves the file format's own escape of «_x000D_» as it stands."""
    return text.replace("_x005F_x", "_x")


def test_the_heads_are_the_columns() -> None:
    assert _csv([], list(HEADS))[0] == list(HEADS)
    assert csv_bytes([]).decode("utf-8-sig").strip().split(";") == list(HEADS)
    assert b"".join(awards_csv([])).decode("utf-8-sig").strip() == AWARD_HEADS


def _csv(rows: Sequence[Sequence[Cell]], heads: Sequence[str] = ("a", "b", "c", "d")) -> list[list[str]]:
    data = b"".join(csv_file(heads, rows))
    assert data == b"".join(csv_file(heads, rows))
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_a_column_is_as_wide_as_what_it_holds() -> None:
    name = "Nordre Follo og Ås samarbeidskommune i Akershus"
    rows: list[list[Cell]] = [["T25-0001", name, "ord " * 60, Kroner(123_456_789_00)]] * 2
    file = b"".join(xlsx_file("Saker", ["Sak", "Søker", "Tekst", "Beløp"], rows, date(2025, 1, 1)))
    sheet = openpyxl.load_workbook(io.BytesIO(file)).active
    assert sheet is not None
    number, applicant, text, sum_ = (sheet.column_dimensions[letter].width for letter in "ABCD")
    assert applicant > len(name) and number < 16
    assert text < 65, "a whole text is not laid on one line"
    assert sum_ > len("123 456 789,00")
