"""The password once more before a step that binds."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.models import KeptForm
from app.awards.models import Decision
from app.db import clock, db, writing
from tests import factories
from tests.client import Client

Aged = Callable[..., None]
ClientFor = Callable[[str], Client]
Stored = Callable[[sa.Select[Any]], list[Any]]
QUARTER = timedelta(minutes=15)
pytestmark = pytest.mark.usefixtures("quick_passwords")

# What binds: a decision, the second hand on a payment, and what goes to the bank. The list is the rule.
BINDING = {"awards.decide", "awards.lapse", "payouts.approve", "payouts.new_list"}


@pytest.fixture
def dialect() -> str:
    """One database: both count in the same way, as tests/ordeal/test_guessing.py shows with thirty at once."""
    return "sqlite"


def test_these_steps_and_no_others_ask_for_the_password(app: Flask) -> None:
    asking = {name for name, view in app.view_functions.items() if getattr(view, "asks_password", False)}
    assert asking == BINDING


@pytest.fixture
def decision(house: Flask) -> str:
    """A case to decide; gives the page's address."""
    with house.app_context():
        with writing():
            clock.start_at(factories.AT)
        factories.frame()
        factories.recommended(number="T25-9001")
        db.session.remove()
    return "/saker/T25-9001/vedtak"


def test_a_decision_asks_and_then_stands_where_it_stood(
    decision: str, client_for: ClientFor, aged: Aged, stored: Stored
) -> None:
    client = client_for("decider")
    page = client.see(decision)
    aged(created_at=QUARTER, password_given_at=QUARTER)
    asked = page.press("Vedta")
    assert asked.h1 == "Bekreft at det er deg"
    assert stored(sa.select(Decision.id)) == []
    wrong = asked.press("Bekreft", password="feil")
    assert (wrong.status, "Passordet er feil." in wrong.text) == (422, True)
    again = client.send(f"/bekreft-passord?til={stored(sa.select(KeptForm.public_id))[0]}", {"password": "demo"})
    assert again.address == decision
    assert "Ingenting er sendt ennå" in again.text
    assert again.press("Vedta").status == 200
    assert len(stored(sa.select(Decision.id))) == 1
    assert stored(sa.select(KeptForm.id)) == []


def test_within_the_quarter_nothing_is_asked(decision: str, client_for: ClientFor, stored: Stored) -> None:
    client_for("decider").see(decision).press("Vedta")
    assert len(stored(sa.select(Decision.id))) == 1


def test_guesses_at_the_password_are_braked_here_too(decision: str, client_for: ClientFor, stored: Stored) -> None:
    client = client_for("decider")
    page = client.see("/bekreft-passord")
    for _ in range(5):
        assert page.press("Bekreft", password="feil").status == 422
    assert page.press("Bekreft", password="demo").status == 429
