"""From an accepted grant to an approved status report, the second instalment, and figures that agree."""

import csv
import io

import sqlalchemy as sa

from app.audit.verify import faults
from app.db import clock, db
from app.reports.models import Report
from app.rules.domain import ReportKind
from tests.client import Page
from tests.journeys import round_paid
from tests.journeys.people import House, body
from tests.journeys.round_opens import by_label


def delivered(house: House) -> str:
    """The writer fills in the status report, the signer delivers it, twice by mistake. Gives its public key."""
    key = house.ask(
        lambda: db.session.scalars(sa.select(Report.public_id).where(Report.kind == ReportKind.STATUS)).one()
    )
    address = f"/vaar-side/rapporter/{key}"
    house.both_languages("bergen-writer", [address])
    page = _filled(house.see("bergen-writer", address))
    assert page.address == address + "/signer", page.text
    assert "Signer og lever" not in page.buttons() and "kan signere" in page.text
    page = house.see("bergen", address + "/signer")
    form = page.form("Signer og lever")
    data = form.filled({})
    first, second = (house.person("bergen").send(form.action or page.address, data) for _ in range(2))
    assert first.status == second.status == 200 and first.address == second.address == address + "/kvittering"
    assert "Rapporten er levert" in first.text
    house.both_languages("bergen", ["/vaar-side", first.address])
    return key


def _filled(page: Page) -> Page:
    typed = {"own_goal": "partly", "used_0": "700 000", "why_0": "Litt senere ansatt.", "used_1": "200 000,50"}
    typed |= {"why_1": "Et kurs kostet mer.", "expected_used": "1 200 000"}
    typed |= {by_label(page, "", "Hva har dere gjort?"): "Førti leger er lært opp."}
    typed |= {by_label(page, "", "Antall opplærte ansatte"): "40"}
    return page.press("Se over og lever", **typed)


def approved(house: House, number: str, key: str) -> None:
    """Controlled by the officer, with a conclusion on the goal that must be given."""
    address = f"/saker/{number}/rapport/{key}"
    page = house.see("officer1", address)
    assert "Godkjenn rapporten" not in page.buttons()
    page = page.press("Kontroller rapporten")
    assert page.press("Godkjenn rapporten", reason="Nesten i mål.").status == 422
    done = page.press("Godkjenn rapporten", conclusion="partly", reason="Nesten i mål.")
    assert done.status == 200, done.text
    assert house.person("decider").send(address + "/konklusjon", {"version": "1"}).status == 403
    house.both_languages("officer1", [address, "/rapporter"])


def summed_up(house: House) -> None:
    """The summary shows the report with its figures, on the page and in the file."""
    page = house.see("officer1", "/rapporter")
    summary = house.see("officer1", page.links()["Statusrapporter 2025"])
    assert "900\u00a0000,50\u00a0kr" in body(summary), summary.text
    assert "Bergen kommune" in summary.links()
    file = house.person("officer1").get(f"{summary.address}/oppsummering.csv")
    rows = list(csv.reader(io.StringIO(file.get_data().decode("utf-8-sig")), delimiter=";"))
    assert [row[1] for row in rows[1:]] == ["Bergen kommune"]
    assert any("900000,50" in cell.replace("\u00a0", "").replace(" ", "") for cell in rows[1]), rows
    house.both_languages("officer1", [summary.address, f"{summary.address}/utskrift"])


def found_whole(house: House) -> None:
    """The record is proven, and frames and ledger tell the same."""
    from app.budget.jobs import verify
    from app.budget.queries import frame_of
    from app.rules.queries import pot_by_code

    house.work()
    with house.inside():
        assert list(faults()) == []
        assert verify(clock.now()) == 2
        pot = pot_by_code("samhandling")
        assert pot is not None
        frame = frame_of(pot.id, 2025)
        assert frame is not None
        assert (frame.committed_ore, frame.paid_ore) == (1_200_000_00, 1_200_000_00)
    assert [ore for ore, _ in round_paid.payables(house)] == [720_000_00, 480_000_00]
