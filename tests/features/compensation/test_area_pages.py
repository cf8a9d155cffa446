"""The pages of a pilot area: how it is followed up, and each row of a confirmation with its answer."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from app.compensation import actions
from app.compensation.domain import CheckFacts, ClaimFacts, ContactKind
from app.db import db, writing
from app.db.clock import start_at
from app.parties.models import PilotArea
from tests import compensation_rows, factories
from tests.compensation_rows import QUARTER
from tests.features.desk.conftest import statements_of

APRIL = datetime(2025, 4, 10, 9, 0, tzinfo=UTC)


@pytest.fixture
def agreed(gp_house: Flask) -> Flask:
    """An agreement, and the clock in April."""
    with gp_house.app_context():
        factories.agreement()
        with writing():
            start_at(APRIL)
    return gp_house


def test_an_area_is_followed_up_on_its_own_page(agreed: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    office = client_for("officer1")
    with agreed.app_context():
        name = db.session.scalars(sa.select(PilotArea.name)).first()
        db.session.remove()
    page = office.see(office.see("/fastleger").links()[name])
    assert "I gang: 0. Mål: 12." in page.press("Sett mål", gps="12").text
    checked = page.press("Skriv inn kontrollen", topic="Bekreftelse av krav", finding="Mangler.", next_on="01.05.2025")
    assert checked.status == 200 and "Bekreftelse av krav" in checked.text
    wrong = page.press("Skriv inn kontrollen", topic="", finding="Mangler.", checked_on="01.01.2031")
    body = wrong.response.get_data(as_text=True)
    assert wrong.status == 422 and 'id="topic-error"' in body and 'id="checked_on-error"' in body
    assert page.press("Skriv inn kontakten", words="Snakket om rutinene.").status == 200
    reminded = page.press("Send påminnelse til de stille")
    assert "Sendt i dette kvartalet" in reminded.text and "Send påminnelse til de stille" not in reminded.buttons()
    assert page.press("Send påminnelse til de stille").status == 409
    own = client_for("area-nordland").see(page.address)
    assert own.status == 200 and "Snakket om rutinene." in own.text and "Sett mål" not in own.buttons()
    assert client_for("area-nordland").get("/fastleger/omrader/finnes-ikke").status_code == 404


def test_long_lists_of_an_area_have_pages_of_their_own(agreed: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    with agreed.app_context():
        gp, coordinator = factories.acting("gp1"), factories.acting("area-nordland")
        for nr in range(54):
            made = compensation_rows.agreement(hpr_no=str(nr), gp_name=f"Lege {nr:02d}")
            with writing():
                claim = actions.submit(made.case_id, ClaimFacts(QUARTER, {"patient": 1}), by=gp, at=APRIL)
            if nr > 26:
                with writing():
                    actions.confirm({claim.id: 1}, by=coordinator, at=APRIL)
        officer = factories.acting("officer1")
        area_id, address = db.session.execute(sa.select(PilotArea.id, PilotArea.public_id).limit(1)).one()
        db.session.rollback()
        for nr in range(26):
            with writing():
                told = f"Samtale {nr:02d}."
                actions.add_contact(area_id, ContactKind.PHONE, date(2025, 4, 1), told, by=officer, at=APRIL)
                facts = CheckFacts(date(2025, 4, 1), f"Rutine {nr:02d}", "Funn.")
                actions.add_check(area_id, facts, by=officer, at=APRIL)
        db.session.remove()
    client = client_for("area-nordland")
    first = client.see("/utprovingsomrade")
    assert "Lege 24" in first.links() and "Lege 25" not in first.links() and "1–25 av 27" in first.text
    assert "Lege 53" in first.links() and "Lege 28" not in first.links()
    second = client.see("/utprovingsomrade?side=2&bekreftet=2")
    assert "Lege 26" in second.links() and "Lege 24" not in second.links() and "26–27 av 27" in second.text
    assert "Lege 28" in second.links() and "Lege 29" not in second.links() and "Side 2" in second.text
    for beyond in ("side=3", "bekreftet=99"):
        assert client.see(f"/utprovingsomrade?{beyond}").address == "/utprovingsomrade"
    page = client.see(f"/fastleger/omrader/{address}")
    assert all(f"{word} 25" in page.text and f"{word} 00" not in page.text for word in ("Samtale", "Rutine"))
    more = client.see(f"/fastleger/omrader/{address}?rutiner=2&kontakt=2&stille=1")
    assert all(f"{word} 00" in more.text and f"{word} 25" not in more.text for word in ("Samtale", "Rutine"))
    assert client.see(f"/fastleger/omrader/{address}?kontor=7").address == f"/fastleger/omrader/{address}"


def test_the_pages_of_an_area_ask_few_times(agreed: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    with agreed.app_context():
        compensation_rows.claim(compensation_rows.agreement(hpr_no="7"), {"patient": 1}, at=APRIL)
        address = db.session.scalars(sa.select(PilotArea.public_id)).first()
        db.session.remove()
    for who, page in (
        ("area-nordland", "/utprovingsomrade"),
        ("area-nordland", f"/fastleger/omrader/{address}"),
        ("officer1", f"/fastleger/omrader/{address}"),
    ):
        client = client_for(who)
        with statements_of(agreed) as sent:
            assert client.see(page).status == 200
        assert len(sent) <= 8, [statement for statement, _ in sent]


def test_each_row_of_a_confirmation_is_told_and_outliers_are_not_ticked(agreed: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    with agreed.app_context():
        gp = factories.acting("gp1")
        for nr, patients in enumerate((1, 1, 1, 199)):
            made = compensation_rows.agreement(hpr_no=str(nr), gp_name=f"Lege {nr}")
            with writing():
                actions.submit(made.case_id, ClaimFacts(QUARTER, {"patient": patients}), by=gp, at=APRIL)
        db.session.remove()
    page = client_for("area-nordland").see("/utprovingsomrade")
    assert "Uvanlig høyt" in page.text and "Det midterste kravet i området er på 100" in page.text
    done = page.press("Bekreft valgte")
    assert done.text.count("Bekreftet nå") == 3, "the unusual one is looked at by itself"
    assert done.text.count("Uvanlig høyt") == 1


def test_a_claim_leads_back_and_its_area_confirms_it_where_it_is_looked_at(agreed: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    with agreed.app_context():
        made = compensation_rows.agreement(hpr_no="7", gp_name="Lege Syv")
        with writing():
            actions.submit(made.case_id, ClaimFacts(QUARTER, {"patient": 1}), by=factories.acting("gp1"), at=APRIL)
        db.session.remove()
    area = client_for("area-nordland")
    page = area.see(area.see("/utprovingsomrade").links()["Lege Syv"])
    for who, back in (("gp1", "Krav om kompensasjon"), ("officer1", "Fastleger"), ("finance1", "Utbetalinger")):
        seen = client_for(who).see(page.address)
        assert seen.links()[back] and "Bekreft kravet" not in seen.buttons(), who
    assert page.links()["Utprøvingsområde"] == "/utprovingsomrade"
    done = page.press("Bekreft kravet")
    assert done.address.startswith("/utprovingsomrade") and "Bekreftet nå" in done.text
    assert "Bekreft kravet" not in area.see(page.address).buttons()
