"""Races on people: the last administrators take each other out, superiors turn in a ring, a link is used by two."""

from datetime import timedelta
from threading import Event

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access import actions as access
from app.access.domain import Role
from app.audit.models import AuditEntry
from app.cases.models import Case
from app.cases.workflow import Status
from app.db import db, writing
from app.db.session import writing_began
from app.flow import Refused
from app.people import actions, queries
from app.people.domain import PersonFacts
from tests import factories
from tests.factories import AT
from tests.hostile import client_of
from tests.ordeal.racing import race

RING = ("officer1", "officer2", "lead", "archivist")


@pytest.fixture
def house(app: Flask) -> Flask:
    with app.app_context():
        factories.people()
        db.session.remove()
    return app


def test_of_two_administrators_who_end_each_other_at_once_one_is_left(house: Flask) -> None:
    with house.app_context():
        both = [factories.acting("admin"), factories.acting("admin2")]
        db.session.remove()

    def end(number: int) -> None:
        with writing():
            actions.end_person(both[1 - number].id, None, by=both[number], at=AT)

    ended = race(house, 2, end)
    assert sorted(type(each) for each in ended if each is not None) == [Refused], ended
    with house.app_context():
        assert len(queries.admins()) == 1


def test_superiors_set_at_once_make_no_ring(house: Flask) -> None:
    with house.app_context():
        admin = factories.acting("admin")
        people = [factories.user(name) for name in RING]
        db.session.remove()

    def lead(number: int) -> None:
        person, superior = people[number], people[(number + 1) % len(people)]
        facts = PersonFacts(person.name, person.title, person.email, person.phone, superior.id)
        with writing():
            actions.change_person(person.id, facts, by=admin, at=AT, version=1)

    done = race(house, len(people), lead)
    assert [type(each) for each in done if each is not None] == [Refused], done


def test_a_link_used_by_two_at_once_sets_one_password(house: Flask) -> None:
    with house.app_context():
        with writing():
            token = access.make_link(factories.user("officer1"), timedelta(hours=1), by=None, at=AT)
        db.session.remove()

    def use(number: int) -> bool:
        with writing():
            return actions.choose_by_link(token, f"hash {number}", at=AT) is not None

    assert sorted(map(str, race(house, 4, use))) == ["False", "False", "False", "True"]


def test_a_role_taken_and_a_person_ended_at_once_keep_an_administrator(house: Flask) -> None:
    with house.app_context():
        both = [factories.acting("admin"), factories.acting("admin2")]
        db.session.remove()

    def act(number: int) -> None:
        with writing():
            if number:
                actions.take_role(both[0].id, Role.ADMIN, by=both[1], at=AT)
            else:
                actions.end_person(both[1].id, None, by=both[0], at=AT)

    done = race(house, 2, act)
    assert sorted(type(each) for each in done if each is not None) == [Refused], done


def test_administrators_who_end_each_other_from_their_pages_leave_one(house: Flask) -> None:
    both = ("admin", "admin2")
    clients = [client_of(house, name) for name in both]
    forms = [client.see(f"/personer/{other}/avslutt") for client, other in zip(clients, reversed(both), strict=True)]

    def end(number: int) -> int:
        form = forms[number].form("Avslutt tilgangen")
        return clients[number].post(form.action or forms[number].address, data=form.fields()).status_code

    race(house, 2, end, inside=False)
    with house.app_context():
        assert len(queries.admins()) == 1


def test_whoever_is_ended_while_their_decision_waits_is_ended_after_it(house: Flask) -> None:
    """The decider is ended as their decision begins to write. Either comes first, never one in the other's midst."""
    with house.app_context():
        factories.frame()
        case_id = factories.recommended()
        admin, decider = factories.acting("admin"), factories.user("decider").id
        db.session.remove()
    page = client_of(house, "decider").see("/saker/T25-0001/vedtak")
    form = page.form(next(each for each in page.buttons() if each.startswith("Vedta")))

    writes = Event()

    def tell(_sender: object) -> None:
        writes.set()

    def act(number: int) -> None:
        if number == 0:
            with writing_began.connected_to(tell):
                page.client.post(form.action or page.address, data=form.fields())
            return
        assert writes.wait(30)
        with house.app_context(), writing():
            actions.end_person(decider, None, by=admin, at=AT)

    race(house, 2, act, inside=False)
    with house.app_context():
        told = sa.select(AuditEntry.event).order_by(AuditEntry.id)
        events = [each for each in db.session.scalars(told) if each in ("access.user_ended", "case.grant")]
        assert events in (["case.grant", "access.user_ended"], ["access.user_ended"])
        status = db.session.scalars(sa.select(Case.status).where(Case.id == case_id)).one()
        assert (status is Status.RECOMMENDED) == (events == ["access.user_ended"])


def test_a_case_is_never_given_to_somebody_who_is_being_ended(house: Flask) -> None:
    with house.app_context():
        case_id = factories.recommended()
        admin, receiver = factories.acting("admin"), factories.user("officer2").id
        db.session.remove()
    page = client_of(house, "lead").see("/saker/T25-0001/fordel")
    form = page.form("Fordel saken")

    def act(number: int) -> object:
        if number == 0:
            data = form.filled({"officer": str(receiver)})
            return page.client.post(form.action or page.address, data=data).status_code
        with house.app_context(), writing():
            return actions.end_person(receiver, None, by=admin, at=AT)

    done = race(house, 2, act, inside=False)
    assert not any(isinstance(each, Exception) for each in done), done
    with house.app_context():
        assert db.session.scalars(sa.select(Case.officer_id).where(Case.id == case_id)).one() != receiver


def test_one_who_changes_their_password_twice_at_once_is_no_deadlock(house: Flask) -> None:
    client = client_of(house, "officer1")
    form = client.see("/passord").form("Bytt passord")
    data = form.filled({"old_password": "demo", "new_password": "fire ord om høsten ute"})

    def change(_number: int) -> int:
        return client.post("/passord", data=data).status_code

    # The slower may find that the old password is another one already.
    done = race(house, 2, change, inside=False)
    assert 303 in done and set(done) <= {303, 422}, done
