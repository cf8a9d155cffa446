"""A practice with several GPs, and claims that are outside what it may claim."""

from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from app.compensation.models import Claim
from app.db import db, writing
from app.db.clock import start_at
from app.parties.models import Party
from tests import factories
from tests.features.compensation.test_pages import APRIL, reckoned


@pytest.fixture
def agreed(gp_house: Flask) -> Flask:
    """An agreement, and the clock in April."""
    with gp_house.app_context():
        factories.agreement()
        with writing():
            start_at(APRIL)
    return gp_house


def test_a_practice_has_all_its_gps_on_one_page_and_goes_from_one_to_the_next(agreed: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    with agreed.app_context():
        for nr, name in ((7654321, "Anne Lege"), (7654322, "Berit Lege")):
            factories.agreement(hpr_no=str(nr), gp_name=name)
        db.session.remove()
    client = client_for("gp1")
    own = client.see("/krav-om-kompensasjon")
    listed = own.text.rsplit("Fastlegene deres", 1)[1]
    assert listed.index("Anne Lege") < listed.index("Berit Lege") < listed.index("Lege Demo")
    assert "Neste: krav for Anne Lege" not in own.links(), "only after one is sent"
    page = client.see(own.links()["01.01.2025–31.03.2025 Berit Lege"])
    page = page.press("Regn ut", units_patient="100")
    done = page.press("Send inn krav på 10 000 kr", declared="y")
    assert "Kravet er sendt inn." in done.text and "Neste: krav for Lege Demo" in done.links()
    row = " ".join(done.text.rsplit("Fastlegene deres", 1)[1].split("Berit Lege")[1].split())
    assert row.startswith("10 000 kr10 000 kr20 000 kr"), row
    page = client.see(done.links()["Neste: krav for Lege Demo"]).press("Regn ut", units_patient="1")
    done = page.press("Send inn krav på 100 kr", declared="y")
    assert "Neste: krav for Anne Lege" in done.links(), "and round again"


def test_no_claim_is_offered_for_days_that_are_claimed(agreed: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    client = client_for("gp1")
    page = client.see(client.see("/krav-om-kompensasjon").links()["Nytt krav"])
    page = page.press("Regn ut", units_patient="1", to_on="10.04.2025")
    done = page.press("Send inn krav på 100 kr", declared="y")
    assert "Det er krevd kompensasjon til og med 10. april 2025." in done.text and "Nytt krav" not in done.links()


def test_a_claim_outside_the_agreement_or_of_a_closed_practice_is_told_why(agreed: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    page = reckoned(client_for)
    button = "Send inn krav på 25 000 kr"
    for days in ({"from_on": "31.12.2024"}, {"to_on": "01.01.2026"}):
        wrong = page.press(button, declared="y", **days)
        assert wrong.status == 422 and f'id="{next(iter(days))}-error"' in wrong.response.get_data(as_text=True)
    for typed in ("1e9", "1000000000", "-3", "0,5", "to"):
        assert page.press(button, declared="y", units_patient=typed).status == 422, typed
    with agreed.app_context():
        with writing() as session:
            session.execute(sa.update(Party).where(Party.orgnr == "312999021").values(closed_on=date(2025, 4, 1)))
        db.session.remove()
    shut = page.press(button, declared="y")
    assert shut.status == 409 and "registrert som nedlagt" in shut.text
    with agreed.app_context():
        assert db.session.scalars(sa.select(Claim)).all() == []


def test_many_gps_are_folded_and_many_claims_have_pages(  # type: ignore[no-untyped-def]
    agreed: Flask, client_for, monkeypatch: pytest.MonkeyPatch
) -> None:
    for room in ("queries.claims", "routes.paging"):
        monkeypatch.setattr(f"app.compensation.{room}.PAGE", 2)
    with agreed.app_context():
        for nr in range(3):
            factories.claim(factories.agreement(hpr_no=str(7654321 + nr), gp_name=f"Lege {nr}"))
        db.session.remove()
    own = client_for("gp1").see("/krav-om-kompensasjon")
    assert own.response.get_data(as_text=True).count('<details class="ds-details"') == 4
    assert "1–2 av 3" in own.text
    assert "3–3 av 3" in client_for("gp1").see(own.links()["Neste"]).text
