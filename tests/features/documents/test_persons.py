"""A workbook is looked through for persons in every place a program keeps something, seen in the sheet or not."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from app.documents.checks import child, persons
from app.documents.domain.files import Fault, FileType
from tests.hostile_files import changed

ID = "13097248022"
ASIDE = child.Wrong(Fault.ASIDE)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
KEPT = f'<pivotCacheRecords xmlns="{MAIN}"><r><s v="Kari"/><n v="{ID}"/></r></pivotCacheRecords>'


def book(more: Callable[[Workbook, Worksheet], object] = lambda _book, _sheet: None) -> bytes:
    made = io.BytesIO()
    workbook = xlsxwriter.Workbook(made)
    sheet = workbook.add_worksheet()
    sheet.write_row(0, 0, ["HPR-nummer", "Antall"])
    sheet.write_row(1, 0, [1234567, 2])
    more(workbook, sheet)
    workbook.close()
    return made.getvalue()


def charted(workbook: Workbook, sheet: Worksheet) -> None:
    chart = workbook.add_chart({"type": "column"})
    chart.add_series({"values": "=Sheet1!$B$2:$B$2", "name": f"Kari {ID}"})
    sheet.insert_chart("D1", chart)


def judged(tmp_path: Path, data: bytes, kind: FileType = FileType.XLSX) -> child.Wrong | None:
    path = tmp_path / "x"
    path.write_bytes(data)
    return child.check(path, kind, counts_only=True)


@pytest.mark.parametrize(
    "data",
    [
        book(lambda _, sheet: sheet.write_formula(4, 0, "=A1", None, ID)),
        book(lambda _, sheet: sheet.write_formula(4, 0, "=A2*1", None, int(ID))),
        book(lambda _, sheet: sheet.set_header(f"&Lfnr {ID}")),
        book(lambda _, sheet: sheet.data_validation("A1", {"validate": "list", "source": [ID, "b"]})),
        book(lambda _, sheet: sheet.data_validation("A1", {"validate": "any", "input_message": f"fnr {ID}"})),
        book(lambda _, sheet: sheet.write_url("D1", f"https://x.no/?n={ID}", string="her")),
        book(charted),
        changed({"xl/pivotCache/pivotCacheRecords1.xml": KEPT.encode()}),
        changed({"customXml/item1.xml": f"<a><b>{ID}</b></a>".encode()}),
    ],
)
def test_what_no_cell_shows_is_found(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "y"
    path.write_bytes(data)
    assert persons.find(path, FileType.XLSX) == (Fault.ASIDE, 0)


def test_a_plain_workbook_with_formulas_and_charts_is_taken(tmp_path: Path) -> None:
    def plain(workbook: Workbook, sheet: Worksheet) -> None:
        sheet.write_formula(4, 0, "=SUM(B2:B3)", None, 2)
        sheet.set_header("&LAntall i mars 2025")
        chart = workbook.add_chart({"type": "column"})
        chart.add_series({"values": "=Sheet1!$B$2:$B$2", "name": "Antall"})
        sheet.insert_chart("D1", chart)

    assert judged(tmp_path, book(plain)) is None


@pytest.mark.parametrize("number", ["1057900055", "1057900055.0", "1057900055,00"])
def test_a_number_that_lost_its_nought_and_got_decimals_is_found(tmp_path: Path, number: str) -> None:
    data = f"HPR-nummer;Antall\n1234567;{number}\n".encode()
    assert judged(tmp_path, data, FileType.CSV) == child.Wrong(Fault.PERSONS, 2)
