"""Sessions on the server: ended by log-out, time and changes; seen and ended by their owner."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask

from app.access import actions
from app.access.domain import Role
from app.access.models import LoginSession, User
from app.audit.verify import faults
from app.db import db, writing
from app.values.clock import system_now
from tests import factories
from tests.client import Client
from tests.features.desk.conftest import statements_of

Aged = Callable[..., None]
ClientFor = Callable[[str], Client]
Stored = Callable[[sa.Select[Any]], list[Any]]
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def is_in(client: Client) -> bool:
    """Whether a page of one's own is opened."""
    return client.get("/innlogginger").status_code == 200


def thief_of(house: Flask, client: Client) -> Client:
    """Somebody who copied the cookie."""
    copied = client.get_cookie("tilsagn")
    assert copied is not None
    thief = house.test_client()
    assert isinstance(thief, Client)
    thief.set_cookie("tilsagn", copied.value)
    return thief


def test_a_cookie_copied_before_log_out_opens_nothing_afterwards(house: Flask, client_for: ClientFor) -> None:
    client = client_for("officer1")
    thief = thief_of(house, client)
    assert is_in(thief)
    client.see("/innlogginger").press("Logg ut")
    assert not is_in(thief)


def test_only_the_hash_of_the_token_is_stored(house: Flask, client: Client, stored: Stored) -> None:
    client.see("/logg-inn").press("Logg inn", username="officer1", password="demo")
    with client.session_transaction() as session:
        token = session["_user_id"]
    row = stored(sa.select(LoginSession))[0]
    assert len(token) >= 43
    assert token not in json.dumps({c.name: str(getattr(row, c.name)) for c in LoginSession.__table__.columns})
    assert row.token_sha256 == actions.sha256(token)
    assert row.address == "127.0.0.1"


def test_a_session_nobody_uses_ends(client_for: ClientFor, aged: Aged) -> None:
    for who, lasts in (("officer1", 29 * MINUTE), ("bergen", 59 * MINUTE)):
        client = client_for(who)
        aged(created_at=lasts, last_used_at=lasts)
        assert is_in(client)
        aged(created_at=lasts + MINUTE, last_used_at=lasts + MINUTE)
        assert "siden ikke var i bruk en stund" in client.see("/innlogginger").text


def test_a_session_in_use_ends_all_the_same_after_twelve_hours(client_for: ClientFor, aged: Aged) -> None:
    client = client_for("officer1")
    aged(created_at=12 * HOUR - MINUTE)
    assert is_in(client)
    aged(created_at=MINUTE)
    assert not is_in(client)


def test_use_is_written_every_five_minutes_and_not_more_often(
    client_for: ClientFor, aged: Aged, stored: Stored
) -> None:
    client = client_for("officer1")
    first = stored(sa.select(LoginSession.last_used_at))
    client.get("/innlogginger")
    assert stored(sa.select(LoginSession.last_used_at)) == first
    aged(created_at=6 * MINUTE, last_used_at=6 * MINUTE)
    client.get("/innlogginger")
    assert system_now() - stored(sa.select(LoginSession.last_used_at))[0] < MINUTE


def test_a_page_asks_once_who_is_there(house: Flask, client_for: ClientFor) -> None:
    client = client_for("officer1")
    client.get("/logg-inn")
    with statements_of(house) as sent:
        client.get("/logg-inn")
    assert len(sent) == 1, sent


CHANGES: dict[str, Callable[[User], None]] = {
    "a role": lambda user: actions.give_roles(user, [Role.ARCHIVIST], by=None, at=factories.AT),
    "a membership": lambda user: actions.give_membership(user, Role.COORDINATOR, area_id=1, by=None, at=factories.AT),
    "closed": lambda user: setattr(user, "active", False),
}


def test_a_change_of_what_one_may_ends_the_session(house: Flask, client_for: ClientFor) -> None:
    for change in CHANGES:
        client = client_for("officer1")
        with house.app_context():
            with writing():
                CHANGES[change](factories.user("officer1"))
            db.session.remove()
        assert not is_in(client), change


def test_each_log_in_is_a_new_session_and_ends_the_one_before_in_this_browser(
    house: Flask, client: Client, stored: Stored
) -> None:
    client.see("/logg-inn").press("Logg inn", username="officer1", password="demo")
    thief = thief_of(house, client)
    client.post("/logg-inn", data={"username": "officer2", "password": "demo"})
    assert not is_in(thief)
    assert len(set(stored(sa.select(LoginSession.token_sha256)))) == 2


def test_i_see_my_own_log_ins_and_end_one_or_all_the_others(house: Flask, client_for: ClientFor) -> None:
    here, there, elsewhere, stranger = (client_for(who) for who in ("officer1", "officer1", "officer1", "officer2"))
    page = here.see("/innlogginger")
    assert page.text.count("Firefox på Linux") >= 3
    assert page.text.count("Her sitter du nå") == 1
    assert page.press("Avslutt – Firefox på Linux").status == 200
    assert [is_in(there), is_in(elsewhere)].count(True) == 1
    here.see("/innlogginger").press("Avslutt alle de andre")
    assert [is_in(each) for each in (here, there, elsewhere, stranger)] == [True, False, False, True]


def test_nobody_ends_anothers_session(house: Flask, client_for: ClientFor, stored: Stored) -> None:
    victim, attacker = client_for("officer1"), client_for("bergen")
    ids = stored(sa.select(LoginSession.public_id).order_by(LoginSession.id))
    attacker.see("/innlogginger")
    attacker.post("/innlogginger/avslutt", data={"which": ids[0]})
    assert is_in(victim)


def test_what_is_kept_is_deleted_when_its_time_is_out(house: Flask, client_for: ClientFor, stored: Stored) -> None:
    client_for("officer1").get("/sikkerhet")
    with house.app_context():
        at = system_now()
        assert actions.forget(at=at) == 0
        assert actions.forget(at=at + timedelta(days=91)) == 2
        assert list(faults()) == []
        db.session.remove()
    assert stored(sa.select(LoginSession)) == []
