"""Whoever is ended, or loses a right, between asking for a page and its writing: nothing is written."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.models import BudgetDelegation, User
from app.cases.models import Case
from app.cases.workflow import Status
from app.db import clock, db, writing
from tests import factories
from tests.client import Client, Page

People = Callable[[str], Client]
DECIDER = sa.select(User.id).where(User.username == "decider").scalar_subquery()
AN_AUTHORITY_ENDS = (
    sa.update(BudgetDelegation)
    .where(BudgetDelegation.user_id == DECIDER)
    .values(ended_at=datetime(2025, 3, 1, tzinfo=UTC), ended_by=DECIDER)
)
THE_PERSON_ENDS = sa.update(User).where(User.username == "decider").values(active=False)
A_RIGHT_CHANGES = sa.update(User).where(User.username == "decider").values(session_stamp=User.session_stamp + 1)


@pytest.fixture
def shown(app: Flask, client_for: People) -> Page:
    """The decision page of a recommended case, as the decider has it before them."""
    with app.app_context():
        factories.people()
        factories.frame()
        factories.recommended()
        with writing():
            clock.start_at(factories.AT)
        db.session.remove()
    return client_for("decider").see("/saker/T25-0001/vedtak")


def meanwhile(app: Flask, change: sa.Update) -> None:
    """The next request has read who asks; then this is done by somebody else, before it writes."""

    def once() -> None:
        if change in waiting:
            waiting.remove(change)
            with db.engine.connect().execution_options(writing=True) as other, other.begin():
                other.execute(change)

    waiting = [change]
    app.before_request_funcs.setdefault(None, []).append(once)


@pytest.mark.parametrize("change", [THE_PERSON_ENDS, A_RIGHT_CHANGES], ids=["ended", "rights changed"])
def test_whoever_is_ended_while_the_form_is_on_its_way_decides_nothing(
    app: Flask, shown: Page, change: sa.Update
) -> None:
    form = shown.form(next(each for each in shown.buttons() if each.startswith("Vedta")))
    meanwhile(app, change)
    answer = shown.client.post(form.action or shown.address, data=form.fields())
    assert (answer.status_code, answer.location) == (303, "/logg-inn")
    assert status(app) is Status.RECOMMENDED
    assert shown.client.get("/mine-oppgaver").status_code == 303


def test_an_authority_ended_while_the_form_is_on_its_way_decides_nothing(app: Flask, shown: Page) -> None:
    form = shown.form(next(each for each in shown.buttons() if each.startswith("Vedta")))
    meanwhile(app, AN_AUTHORITY_ENDS)
    assert shown.client.post(form.action or shown.address, data=form.fields()).status_code == 409
    assert status(app) is Status.RECOMMENDED


def status(app: Flask) -> Status:
    with app.app_context():
        found = db.session.scalars(sa.select(Case.status)).one()
        db.session.remove()
    return found
