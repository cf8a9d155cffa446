"""Sending in over the web: few statements, and what the one locked read must still hold."""

from collections.abc import Callable
from threading import Event, Thread

import pytest
import sqlalchemy as sa
from flask import Flask

from app.applications import actions, queries
from app.applications.domain import Project
from app.audit.verify import faults
from app.cases.models import Case
from app.cases.workflow import Status
from app.db import db, writing
from app.db.clock import start_at
from app.flow import Stale
from tests import factories as make
from tests.applying import SUBMITTED
from tests.bench.places import counted
from tests.client import Client

MOST = 20


@pytest.fixture
def ground(app: Flask) -> Flask:
    with app.app_context():
        make.people()
        make.published_call()
        with writing():
            start_at(SUBMITTED)
        db.session.remove()
    return app


def drafted(app: Flask) -> str:
    with app.app_context():
        public_id = str(make.draft("demovik").public_id)
        db.session.remove()
    return public_id


def test_an_application_is_sent_in_with_few_statements(ground: Flask, client_for: Callable[[str], Client]) -> None:
    client = client_for("demovik")
    for _ in range(2):  # the first time the rules are read, and the account is told
        public_id = drafted(ground)
        address = f"/vaar-side/soknad/{public_id}/signer"
        form = client.see(address).form("Signer og send inn").filled({})
        with counted(ground) as sent:
            assert client.post(address, data=form).location.endswith("/kvittering")
    assert len(sent) <= MOST, "\n".join(statement for statement, _ in sent)
    with ground.app_context():
        assert db.session.scalars(sa.select(Case.status)).all() == [Status.SUBMITTED] * 2
        assert list(faults()) == []


def test_the_address_of_anothers_draft_is_nobodys(ground: Flask, client_for: Callable[[str], Client]) -> None:
    public_id = drafted(ground)
    address = f"/vaar-side/soknad/{public_id}/signer"
    form = client_for("demovik").see(address).form("Signer og send inn").filled({})
    del form["csrf_token"]
    other = client_for("fjordnes").see("/vaar-side").client
    assert other.post(address, data=form).status_code == 404
    with ground.app_context():
        assert db.session.scalars(sa.select(Case.status)).all() == [Status.DRAFT]


def test_whoever_waited_for_a_colleagues_saving_signs_nothing_they_have_not_seen(ground: Flask) -> None:
    """On PostgreSQL the locked row is read anew after the wait; what is joined to it only when it is locked too."""
    with ground.app_context():
        case = make.draft("bergen")
        case_id, public_id, seen = case.id, case.public_id, queries.by_case(case.id).version
        signer, writer = make.acting("bergen"), make.acting("bergen-writer")
        db.session.remove()
    began, told = Event(), []

    def sign() -> None:
        with ground.app_context():
            began.set()
            try:
                with writing():
                    actions.sign_own(public_id, version=seen, by=signer, at=SUBMITTED)
            except Stale as stale:
                told.append(stale)
            finally:
                db.session.remove()

    with ground.app_context():
        waiting = Thread(target=sign)
        with writing():
            actions.save_section(case_id, Project("Et annet navn", "x"), version=1, by=writer, at=SUBMITTED)
            db.session.flush()
            waiting.start()
            began.wait(10)
            waiting.join(1.0)
            assert waiting.is_alive(), "it waits for the saving"
        waiting.join(20)
        assert len(told) == 1 and isinstance(told[0], Stale)
        assert db.session.get_one(Case, case_id).status is Status.DRAFT
        db.session.remove()


def test_whoever_waited_sees_what_the_organisation_took_back_meanwhile(ground: Flask) -> None:
    """Else the hands people had in the first application would be forgotten in the one that follows it."""
    with ground.app_context():
        first, by = make.submitted("bergen"), make.acting("bergen")
        first_id, version, case_id = first.id, first.version, make.draft("bergen").id
        db.session.remove()
    began, told = Event(), []

    def sign() -> None:
        with ground.app_context():
            began.set()
            with writing():
                told.append(queries.locked(case_id)[1])
            db.session.remove()

    with ground.app_context():
        waiting = Thread(target=sign)
        with writing():
            queries.locked(case_id)
            waiting.start()
            began.wait(10)
            waiting.join(1.0)
            assert waiting.is_alive(), "it waits for the first to be taken back"
            actions.withdraw(first_id, "", version=version, by=by, at=SUBMITTED)
        waiting.join(20)
        assert told == [True]
        db.session.remove()
