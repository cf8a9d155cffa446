"""A GP's home leads to a claim or says why there is none to make, and the answer is a message to be read there."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask

from app.compensation import actions
from app.db import db, writing
from app.db.clock import start_at
from app.dispatch.jobs import render_due, send_due
from tests import compensation_rows, factories
from tests.client import Client

ClientFor = Callable[[str], Client]
APRIL = datetime(2025, 4, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def agreed(app: Flask) -> Flask:
    """An agreement, and the clock in April."""
    with app.app_context():
        compensation_rows.ground()
        factories.agreement()
        with writing():
            start_at(APRIL)
        db.session.remove()
    return app


def test_home_leads_to_a_claim(agreed: Flask, client_for: ClientFor) -> None:
    page = client_for("gp1").see("/vaar-side")
    assert "Igjen av taket i avtalen: 30 000 kr" in page.text
    assert page.client.see(page.links()["Nytt krav"]).h1 == "Nytt krav om kompensasjon"


def test_what_is_claimed_and_answered_stands_there_with_the_answers_own_words(
    agreed: Flask, client_for: ClientFor
) -> None:
    with agreed.app_context():
        made = compensation_rows.claim(_agreement(), {"patient": 10})
        claim = compensation_rows.confirmed(made)
        officer = factories.acting("officer1")
        with writing():
            actions.declare_impartial(claim.id, by=officer, at=APRIL)
            actions.refuse(claim.id, claim.version, "Perioden er ikke dokumentert.", by=officer, at=APRIL)
        render_due(APRIL)
        send_due(APRIL)
        db.session.remove()
    page = client_for("gp1").see("/vaar-side")
    assert "Svar på krav om kompensasjon for 1. januar 2025 til 31. mars 2025" in page.text
    case = page.client.see(next(link for words, link in page.links().items() if words.startswith("T25-")))
    assert "Svar på krav om kompensasjon for 1. januar 2025 til 31. mars 2025" in case.text
    answered = page.client.see(case.links()["01.01.2025–31.03.2025"])
    assert "Perioden er ikke dokumentert." in answered.response.get_data(as_text=True)
    assert "Åpne svaret (PDF)" in answered.buttons()
    assert "Nytt krav" in case.links() and "01.01.2025–31.03.2025" in case.links()


def test_where_nothing_can_be_claimed_it_says_why(agreed: Flask, client_for: ClientFor) -> None:
    with agreed.app_context():
        compensation_rows.claim(_agreement(), {"start": 1, "patient": 500})
        db.session.remove()
    page = client_for("gp1").see("/vaar-side")
    assert "Det er ikke mer å kreve i denne avtalen." in page.text
    assert "Nytt krav" not in page.links()


def _agreement() -> compensation_rows.GpAgreement:
    return db.session.query(compensation_rows.GpAgreement).one()
