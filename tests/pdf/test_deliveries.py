"""A delivery is PDF/A-2a and PDF/UA-1 as every letter is, in both languages, as draft and frozen, with wide tables."""

from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from app.rules.domain import Words
from app.summaries.domain import Column, Counted, Figure, Kind, Section, Table, TableRow, Unit
from app.summaries.exports import Sender, as_pdf
from app.summaries.models import Summary
from app.values.language import Language
from tests.pdf.conftest import VeraPdf

AT = datetime(2025, 10, 1, 8, tzinfo=UTC)
COLUMNS = (
    Column("area", Words("Område", "Område"), Unit.TEXT),
    Column("period", Words("Periode", "Periode"), Unit.TEXT),
    *(Column(f"c{n}", Words(f"Kolonne {n}", f"Kolonne {n}"), Unit.ORE) for n in range(11)),
)
ROWS = tuple(
    TableRow(str(n), (f"Område {n}", Words("året", "året"), *([n * 100, None, ":"] * 4)[:11])) for n in range(60)
)
COUNTED = Counted(
    (Figure("a", Words("Antall", "Talet"), 1234),),
    (Table("data", Words("Data", "Data"), COLUMNS, ROWS, named=2), Table("none", Words("Tom", "Tom"), COLUMNS)),
)
SENDER = Sender("Helsedirektoratet", "983 544 622", "https://example.no", demo=True)


def kind() -> Kind:
    section = Section("main", "Effekt", "Effekt")
    return Kind("k", "gp", "Leveranse", "Leveranse", (10, 1), (section,), lambda year, at: COUNTED)


def delivery(language: Language, frozen: datetime | None) -> Summary:
    return Summary(
        kind="k", year=2025, number=2, due_on=date(2025, 10, 1), language=language, drafted_at=AT,
        texts={"main": "Det er {{a}} i alt.\n\n- ett\n- to\n\nSlutt."}, approved_at=frozen, counted_at=frozen,
    )  # fmt: skip


def test_a_delivery_passes_both_standards(verapdf: VeraPdf, tmp_path: Path) -> None:
    files = []
    for language in Language:
        for name, frozen in (("draft", None), ("frozen", AT)):
            file = tmp_path / f"{name}-{language}.pdf"
            file.write_bytes(as_pdf(delivery(language, frozen), kind(), COUNTED, SENDER, AT.date()))
            files.append(file)
    verdicts = verapdf.check(files)
    assert {key: broken for key, broken in verdicts.items() if broken} == {}


def test_a_long_word_of_a_heading_stands_whole() -> None:
    told = Words("Per pasient med legemiddelliste", "Per pasient med legemiddelliste")
    columns = (*COLUMNS[:2], *(Column(f"c{n}", told, Unit.NUMBER) for n in range(4)))
    rows = (TableRow("1", (Words("Område", "Område"), Words("året", "året"), 1, 2, 3, 4)),)
    counted = Counted(tables=(Table("data", Words("Data", "Data"), columns, rows, named=2),))
    made = as_pdf(delivery(Language.NB, AT), kind(), counted, SENDER, AT.date())
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages)
    assert text.count("legemiddelliste") == 4
