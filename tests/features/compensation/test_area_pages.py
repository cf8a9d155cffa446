"""The pages of a pilot area: how it is followed up, and each row of a confirmation with its answer."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from app.compensation import actions
from app.compensation.domain import ClaimFacts
from app.db import db, writing
from app.db.clock import start_at
from app.parties.models import PilotArea
from tests import compensation_rows, factories
from tests.compensation_rows import QUARTER

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
