"""The password once more before a step that binds."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.domain import Permission as P
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

# Whoever holds one of these decides a right, a sum, where money goes, or who may. What opens with it asks.
BINDING = {
    P.APPROVE_RULES, P.PUBLISH, P.DECIDE, P.APPROVE_PAYOUT, P.AUTHORISE_FILE, P.CONTROL_ACCOUNT, P.REVIEW_REPORT,
    P.REVIEW_CLAIM, P.MANAGE_USERS, P.CONFIRM_BUDGET, P.PROPOSE_FRAME, P.APPROVE_SUMMARY, P.SIGN_OWN, P.CLAIM_OWN,
}  # fmt: skip
# Steps behind those permissions that bind nobody, each with why.
QUIET = {
    "assessments.send_back": "undecided still: it goes back to the officer",
    "cases.declare": "bars oneself at most",
    "cases.declare_round": "bars oneself at most",
    "compensation.attach": "nothing is paid by it",
    "compensation.add_check": "what was found is written down",
    "compensation.add_contact": "what was said is written down",
    "compensation.declare": "bars oneself at most",
    "compensation.declare_agreement": "bars oneself at most",
    "compensation.declare_queue": "bars oneself at most",
    "compensation.confirm_centrally": "a first hand: another approves, and is asked",
    "compensation.keep_draft": "a draft, judged when it is sent",
    "compensation.remind": "a notice, once a quarter",
    "compensation.set_goal": "nothing is paid by it",
    "compensation.throw_draft": "a draft",
    "payouts.cancel": "nothing is paid by it",
    "payouts.declare_accounts": "bars oneself at most",
    "payouts.declare_line": "bars oneself at most",
    "payouts.declare_list": "bars oneself at most",
    "payouts.declare_queue": "bars oneself at most",
    "payouts.declare_repayments": "bars oneself at most",
    "payouts.register_repayment": "a first hand: another confirms, and is asked",
    "payouts.send_back": "nothing is paid by it",
    "reports.ask": "the report stays open",
    "reports.take": "the report stays open",
    "rules.send_back": "a draft still",
    "summaries.send_back": "a draft still",
}


def test_every_step_that_binds_asks_for_the_password_and_no_other(app: Flask) -> None:
    views = app.view_functions
    sent = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    behind = {name for name in sent if BINDING & set(getattr(views[name], "post_guard", ()))}
    assert behind >= set(QUIET)
    asking = {name for name, view in views.items() if getattr(view, "asks_password", False)}
    assert asking == behind - set(QUIET)


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
