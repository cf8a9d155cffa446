"""Guessing: counted before the hash, per place, name, address and in all; a wait and never a lock."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from app.access import actions
from app.access.actions import hashing
from app.access.actions.braking import count, take_out
from app.access.domain import Brake, Happening, Known, brakes
from app.access.domain.tries import ADDRESS, ALL, NAME, PLACE
from app.access.models import LoginBrake, SecurityEvent
from app.db import db, writing
from tests import factories
from tests.client import Client

AT = datetime(2026, 1, 7, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
HERE, THERE = "192.0.2.1", "192.0.2.2"


@pytest.fixture
def inside(house: Flask, quick_passwords: None) -> Iterator[Flask]:
    """Within the program."""
    with house.app_context():
        yield house
        db.session.remove()


def knock(
    name: str = "officer1", password: str = "feil", address: str = HERE, at: datetime = AT, device: str = ""
) -> object:
    """One try: the account's key, None, or how long to wait."""
    people = frozenset([factories.user(name).id]) if device else frozenset()
    db.session.rollback()
    try:
        known = actions.log_in(name, password, actions.Came(name, address, device, people), at=at)
        return known and known.user_id
    except actions.TooMany as braked:
        return braked.wait


def test_the_wait_grows_from_the_fifth_failure_on_and_has_an_end(inside: Flask) -> None:
    assert [knock() for _ in range(5)] == [None] * 5
    at, waits = AT, []
    for _ in range(8):
        wait = knock(at=at)
        assert isinstance(wait, timedelta)
        waits.append(wait.total_seconds())
        at += wait
        assert knock(at=at) is None
    assert waits == [30, 60, 120, 240, 480, 900, 900, 900]
    assert isinstance(knock(password="demo", at=at + 899 * SECOND), timedelta)
    assert knock(password="demo", at=at + 900 * SECOND) == factories.user("officer1").id


def test_one_address_does_not_try_thirty_names(inside: Flask) -> None:
    tried = [knock(f"name{n}") for n in range(30)]
    assert tried.count(None) == 20


def test_thirty_addresses_do_not_try_one_name(inside: Flask) -> None:
    tried = [knock(address=f"192.0.2.{n}") for n in range(30)]
    assert tried.count(None) == 10


def test_all_the_world_is_braked_together(inside: Flask) -> None:
    with patch.dict(brakes.__globals__, {"ALL": Brake(3, SECOND, 60 * SECOND)}):
        tried = [knock(f"name{n}", address=f"192.0.2.{n}") for n in range(5)]
    assert tried.count(None) == 3


def test_nobody_locks_a_colleague_out(inside: Flask) -> None:
    for n in range(40):
        knock(address=f"192.0.2.{n + 10}")
        knock(f"name{n}")
    assert isinstance(knock(password="demo"), timedelta)
    # From a browser they have entered from, whatever strangers and neighbours do.
    assert knock(password="demo", device="mark") == factories.user("officer1").id


def test_an_address_people_have_entered_from_tries_no_more_names_than_another(inside: Flask) -> None:
    """A whole office stands behind one address, and so does whoever sits down in it."""
    names = ("officer1", "officer2", "lead", "decider", "finance1", "archivist")
    with writing():
        for name in names:
            user = factories.user(name)
            actions.open_session(Known(user.id, user.session_stamp), actions.Device(HERE, "", ""), at=AT)
    tried = [knock(name) for _ in range(5) for name in names]
    assert tried.count(None) == 20
    # Nor does the wait tell which names there are.
    assert knock("nobody") == knock("officer1") == knock("lead")


def test_a_mark_of_anothers_browser_gives_no_tries_for_this_name(inside: Flask) -> None:
    came = actions.Came("officer1", HERE, "mark", frozenset([factories.user("officer2").id]))
    for _ in range(5):
        assert actions.log_in("officer1", "feil", came, at=AT) is None
    with pytest.raises(actions.TooMany):
        actions.log_in("officer1", "feil", came, at=AT)


def test_an_unknown_name_is_braked_as_a_known_one(inside: Flask) -> None:
    assert [knock("nobody", address=HERE) for _ in range(6)] == [knock("officer2", address=THERE) for _ in range(6)]


def test_a_right_password_is_no_failure_and_wipes_only_its_own_place(inside: Flask) -> None:
    for _ in range(4):
        knock()
    assert knock(password="demo") == factories.user("officer1").id
    assert [knock() for _ in range(5)] == [None] * 5
    stood = dict(db.session.execute(sa.select(LoginBrake.key, LoginBrake.failures)).all())  # type: ignore[arg-type]  # pairs
    assert stood == {f"place:officer1:{HERE}": 5, "name:officer1": 9, f"address:{HERE}": 9, "all": 9}


def test_after_an_hour_of_quiet_it_begins_anew(inside: Flask) -> None:
    for _ in range(6):
        knock()
    assert [knock(at=AT + timedelta(minutes=61)) for _ in range(5)] == [None] * 5


@settings(max_examples=30)
@given(failures=st.integers(0, 10_000))
def test_a_wait_never_shrinks_and_never_grows_past_its_end(failures: int) -> None:
    for brake in (PLACE, NAME, ADDRESS, ALL):
        assert brake.wait(failures) <= brake.wait(failures + 1) <= brake.longest
        assert bool(brake.wait(failures)) == (failures >= brake.free)


def test_what_was_taken_out_leaves_the_others_as_they_were(inside: Flask) -> None:
    first = count({"all": ALL}, AT)
    second = count({"all": ALL}, AT + SECOND)
    take_out(first)
    take_out(second)
    row = db.session.execute(sa.select(LoginBrake)).scalar_one()
    assert row.failures == 0


def test_a_process_that_hashes_as_much_as_it_may_says_so_and_counts_nothing(house: Flask, client: Client) -> None:
    page = client.see("/logg-inn")
    with patch.object(hashing, "PATIENCE_SECONDS", 0.0):
        for _ in range(hashing.HASHES_AT_ONCE):
            hashing._lanes.acquire()
        try:
            busy = page.press("Logg inn", username="officer1", password="demo")
        finally:
            for _ in range(hashing.HASHES_AT_ONCE):
                hashing._lanes.release()
    assert (busy.status, "Mange logger inn akkurat nå" in busy.text) == (503, True)
    with house.app_context():
        assert not db.session.scalar(sa.select(sa.func.max(LoginBrake.failures)))


def test_the_administrator_sees_failures_and_closed_doors_but_never_what_was_typed(
    house: Flask, client: Client, client_for: Callable[[str], Client], capfd: pytest.CaptureFixture[str]
) -> None:
    for name in ("officer1", "hemmelig-passord"):
        client.see("/logg-inn").press("Logg inn", username=name, password="demofeil")
    bergen = client_for("bergen")
    for _ in range(3):
        assert bergen.get("/saker").status_code == 403
    assert client_for("officer1").get("/sikkerhet").status_code == 403
    page = client_for("admin").see("/sikkerhet")
    for words in ("Feil brukernavn eller passord", "Kari Demo", "Ukjent navn", "Turid Demo", "/saker", "127.0.0.1"):
        assert words in page.text
    assert page.text.count("Turid Demo") == 1
    assert "hemmelig" not in page.text
    logged = capfd.readouterr().out
    assert logged.count('"security"') == 6 and "hemmelig" not in logged
    chosen = page.press("Vis", hva="door_closed", bruker="bergen")
    assert "Turid Demo" in chosen.text and "Kari Demo" not in chosen.text.split("Adresse", 1)[1]


def test_long_lists_of_events_are_paged(house: Flask, client_for: Callable[[str], Client]) -> None:
    with house.app_context():
        with writing() as session:
            session.add_all(
                SecurityEvent(kind=Happening.WRONG, at=AT + n * SECOND, address=f"a{n:03}", path="", user_id=None)
                for n in range(60)
            )
        db.session.remove()
    page = client_for("admin").see("/sikkerhet")
    assert "a059" in page.text and "a009" not in page.text
    older = page.client.see(page.links()["Neste"])
    assert "a009" in older.text and "a059" not in older.text


def test_who_is_inside_and_is_braked_is_told_of_too(inside: Flask) -> None:
    person = factories.user("officer1").id
    db.session.rollback()
    for _ in range(50):
        with suppress(actions.TooMany):
            actions.confirm_password(person, "feil", address=HERE, at=AT)
    told = db.session.scalars(sa.select(SecurityEvent.kind).where(SecurityEvent.user_id == person)).all()
    assert set(told) == {Happening.WRONG_AGAIN, Happening.BRAKED}
