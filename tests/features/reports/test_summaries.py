"""The summaries: figures that are their rows, on page, print and in files."""

import csv
import io
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event

from app.cases.models import Case
from app.db import db, writing
from app.reports.domain import Goal
from app.reports.models import Report
from tests import factories, reporting
from tests.client import Client
from tests.remembered import remembered

ClientFor = Callable[[str], Client]
BASE = "/rapporter/hto-samhandling/2025/arsrapport"
MOST_QUERIES = 8
MOST_ON_A_CASE = 12


@remembered
def three_reports() -> None:
    """One approved, one delivered late and one that has not come."""
    factories.people()
    first = reporting.report_due(number="T25-0001")
    reporting.approved(reporting.in_review(reporting.delivered(first, used_ore=500_000_50)), Goal.PARTLY)
    late = reporting.report_due(number="T25-0002", orgnr="964338531", signer="bergen")
    reporting.delivered(late, used_ore=600_000_00, signer="bergen", at=reporting.day("2026-04-07"))
    reporting.report_due(number="T25-0003", orgnr="312999013", signer="fjordnes")


@pytest.fixture
def three(app: Flask) -> None:
    with app.app_context():
        three_reports()
        db.session.remove()


def _recipients(page: Any) -> list[str]:
    tables = [t for t in page.root.iter("table") if "Rapportene" in "".join(t.find("caption").itertext())]
    return ["".join(th.itertext()).strip() for th in tables[0].iter("th") if th.get("scope") == "row"] if tables else []


def test_the_summary_has_its_title_figures_and_names(three: None, client_for: ClientFor) -> None:
    page = client_for("officer1").see(BASE)
    assert page.h1 == "Oppsummering av rapportering for 2025, frist 1. mai 2026"
    assert "Siste virkedag før fristen: 30. april 2026." in page.text
    assert "3 Skal levere" in page.text
    assert "Fjordnes kommune" in page.text
    assert "1 100 000,50 kr" in page.text  # 500 000,50 + 600 000
    assert "99 999,50 kr" in page.text
    assert _recipients(page) == ["Bergen kommune", "Demovik kommune", "Fjordnes kommune"]


@pytest.mark.parametrize(
    ("figure", "names"),
    [
        ("missing", ["Fjordnes kommune"]),
        ("late", ["Bergen kommune"]),
        ("delivered", ["Bergen kommune", "Demovik kommune"]),
        ("partly", ["Demovik kommune"]),
        ("reached", []),
    ],
)
def test_a_number_leads_to_exactly_its_rows(three: None, client_for: ClientFor, figure: str, names: list[str]) -> None:
    client = client_for("officer1")
    assert _recipients(client.see(f"{BASE}?vis={figure}")) == names
    data = client.get(f"{BASE}/oppsummering.csv?vis={figure}").get_data()
    read = list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    assert [row[1] for row in read[1:]] == names


def test_the_home_page_counts_what_the_summary_shows(three: None, client_for: ClientFor) -> None:
    page = client_for("officer1").see("/rapporter")
    assert "Årsrapporter 2025" in page.links()
    assert page.links()["Årsrapporter 2025"] == BASE
    assert client_for("demovik").see("/rapporter").status == 403


def test_two_years_stand_on_a_page_and_older_ones_are_a_step_away(
    app: Flask, three: None, client_for: ClientFor
) -> None:
    with app.app_context(), writing():
        for number, year in (("T25-0001", 2019), ("T25-0002", 2023)):
            case_id = sa.select(Case.id).where(Case.number == number).scalar_subquery()
            db.session.execute(sa.update(Report).where(Report.case_id == case_id).values(year=year))
    client = client_for("officer1")
    newest = client.see("/rapporter")
    assert {words for words in newest.links() if words.startswith("Årsrapporter")} == {
        "Årsrapporter 2025",
        "Årsrapporter 2023",
    }
    assert "Forrige" not in newest.links()
    oldest = client.see(newest.links()["Neste"])
    assert [words for words in oldest.links() if words.startswith("Årsrapporter")] == ["Årsrapporter 2019"]
    assert "Neste" not in oldest.links()
    assert client.see(oldest.links()["Forrige"]).text == newest.text


def test_pages_keep_to_their_queries(app: Flask, three: None, client_for: ClientFor) -> None:
    client = client_for("officer1")
    number = "T25-0001"
    with app.app_context():
        engine = db.engine
        mine = sa.select(Report.public_id).where(Report.party_id == factories.party("312999005").id)
        open_id, public_id = db.session.scalars(mine.order_by(Report.due_on, Report.id))
        db.session.remove()
    own = client_for("demovik")
    pages = [
        (client, "/rapporter"),
        (client, BASE),
        (client, f"{BASE}/utskrift"),
        (client, f"/saker/{number}/rapport/{public_id}"),
        (own, f"/vaar-side/rapporter/{public_id}/kvittering"),
        (own, f"/vaar-side/rapporter/{open_id}"),
        (own, f"/vaar-side/rapporter/{open_id}/signer"),
    ]
    for who, address in pages:
        seen: list[str] = []
        event.listen(engine, "before_cursor_execute", lambda *a, seen=seen: seen.append(a[2]))
        assert who.see(address).status == 200
        asked = [one for one in seen if one.startswith("SELECT")]
        most = MOST_ON_A_CASE if address.startswith("/saker/") else MOST_QUERIES
        assert len(asked) <= most, (address, asked)


def test_the_spreadsheet_opens_and_adds_up(three: None, client_for: ClientFor) -> None:
    answer = client_for("officer1").get(f"{BASE}/oppsummering.xlsx")
    assert answer.status_code == 200
    sheet = openpyxl.load_workbook(io.BytesIO(answer.get_data())).active
    heads = [cell.value for cell in sheet[1]]
    used = heads.index("Brukt")
    assert sum(row[used].value or 0 for row in sheet.iter_rows(min_row=2)) == 1_100_000.5
    assert heads[-1] == "Ansatte med opplæring"
    assert client_for("officer1").get(f"{BASE}/oppsummering.pdf").status_code == 404


def test_libreoffice_opens_the_spreadsheet(three: None, client_for: ClientFor, tmp_path: Path, dialect: str) -> None:
    office = shutil.which("soffice")
    if office is None:
        assert not os.environ.get("CI"), "LibreOffice must be there under CI"  # noqa: TID251 - the session's own setting
        pytest.skip("no LibreOffice here")
    if dialect != "sqlite":
        pytest.skip("the same bytes on both")
    book = tmp_path / "rapporter.xlsx"
    book.write_bytes(client_for("officer1").get(f"{BASE}/oppsummering.xlsx").get_data())
    command = [office, "--headless", f"-env:UserInstallation=file://{tmp_path}/office", "--convert-to"]
    command += ["csv:Text - txt - csv (StarCalc):59,34,76", "--outdir", str(tmp_path), str(book)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    text = (tmp_path / "rapporter.csv").read_text(encoding="utf-8")
    assert "Bergen kommune" in text
    assert len(text.splitlines()) == 4


def test_print_and_nynorsk(three: None, client_for: ClientFor) -> None:
    client = client_for("officer1")
    page = client.see(f"{BASE}/utskrift")
    assert "3 prosjekter skulle levere innen 1. april 2026. 2 har levert, av dem 1 etter fristen." in page.text
    assert "Disse har ikke levert: Fjordnes kommune." in page.text
    with client.session_transaction() as session:
        session["language"] = "nn"
    assert "Desse har ikkje levert: Fjordnes kommune." in client.see(f"{BASE}/utskrift").text
    assert client.see(BASE).status == 200
    assert client.see("/rapporter").status == 200


@pytest.mark.parametrize("address", ["/rapporter/finnes-ikke/2025/arsrapport", "/rapporter/hto-samhandling/2025/annet"])
def test_what_does_not_exist_is_not_found(three: None, client_for: ClientFor, address: str) -> None:
    assert client_for("officer1").see(address).status == 404
