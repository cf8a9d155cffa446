"""Logging in: the right door opens, guessing is slowed, a closed account stays out."""

import re
from collections.abc import Callable
from datetime import timedelta
from unittest.mock import patch

import pytest
import sqlalchemy as sa
from flask import Flask, session

from app import frame
from app.access import onward
from app.access.domain import TRIES
from app.access.models import User
from app.db import db, writing
from tests import factories
from tests.client import Client, log_in


def _log_in(client: Client, username: str, password: str) -> int:
    page = client.see("/logg-inn")
    return page.press("Logg inn", username=username, password=password).status


def test_name_and_password_open_a_session(house: Flask, client: Client) -> None:
    page = client.see("/logg-inn").press("Logg inn", username="officer1", password="demo")
    assert "Kari Demo" in page.text


def test_a_name_may_be_typed_in_capitals(house: Flask, client: Client) -> None:
    assert "Kari Demo" in client.see("/logg-inn").press("Logg inn", username=" OFFICER1 ", password="demo").text


def test_a_wrong_password_keeps_the_name_and_says_so(house: Flask, client: Client) -> None:
    page = client.see("/logg-inn").press("Logg inn", username="officer1", password="feil")
    assert page.status == 422
    assert "Brukernavnet eller passordet er feil." in page.text
    assert page.form("Logg inn").fields()["username"] == ["officer1"]
    assert page.form("Logg inn").fields()["password"] == [""]


def test_a_password_is_what_was_typed_unseen_signs_and_all(house: Flask, client: Client) -> None:
    for other in ("demo\0", "\u200bdemo"):
        assert _log_in(client, "officer1", other) == 422, ascii(other)


def test_a_password_given_before_it_was_changed_opens_nothing_afterwards(house: Flask, client: Client) -> None:
    """It takes long to look at one; meanwhile the account was changed."""

    def fits(stored: str | None, password: str) -> bool:
        with db.engine.connect().execution_options(writing=True) as other, other.begin():
            other.execute(sa.update(User).values(session_stamp=User.session_stamp + 1, password_hash="another"))
        return True

    with patch("app.access.actions.entering.fits", fits):
        page = client.see("/logg-inn").press("Logg inn", username="officer1", password="demo")
    assert page.h1 == "Logg inn" and "er endret" in page.text


@pytest.mark.parametrize(
    ("username", "asked", "lands"),
    [
        ("officer1", "/saker?sok=noe", True),
        ("admin", "/personer/lead", True),
        ("bergen", "/vaar-side", True),
        ("decider", "/personer/lead", False),
        ("bergen", "/saker", False),
        ("admin", "/personer/lead/lenke", False),
        ("admin", "/ingenting", False),
        ("admin", "//evil.example/saker", False),
    ],
)
def test_after_log_in_one_comes_to_what_one_asked_for_when_one_may_open_it(
    house: Flask, client: Client, quick_passwords: None, username: str, asked: str, lands: bool
) -> None:
    with house.test_request_context(asked):
        onward.remember()
        kept = session["next"]
    client.get("/logg-inn")
    with client.session_transaction() as cookie:
        cookie["next"] = kept
    answer = client.post("/logg-inn", data={"username": username, "password": "demo"})
    assert (answer.status_code, answer.headers["Location"].rstrip("?") == asked) == (303, lands)


def test_the_next_person_in_a_browser_does_not_land_where_the_former_was(
    house: Flask, client: Client, aged: Callable[..., None], quick_passwords: None
) -> None:
    asked = "/saker?sok=noe"
    for username, where in (("officer2", "/mine-oppgaver"), ("officer1", asked)):
        log_in(client, "officer1")
        aged(created_at=timedelta(minutes=31), last_used_at=timedelta(minutes=31))
        client.get(asked)
        client.see("/logg-inn")
        answer = client.post("/logg-inn", data={"username": username, "password": "demo"})
        assert answer.headers["Location"] == where


def test_the_sixth_try_is_told_to_wait_even_with_the_right_password(house: Flask, client: Client) -> None:
    for _ in range(TRIES):
        assert _log_in(client, "officer1", "feil") == 422
    assert _log_in(client, "officer1", "demo") == 429
    assert _log_in(client, "officer2", "demo") in (200, 404)


def test_a_closed_account_loses_its_session_at_once(house: Flask, client: Client) -> None:
    client.see("/logg-inn").press("Logg inn", username="officer1", password="demo")
    with house.app_context():
        with writing():
            factories.user("officer1").active = False
        db.session.remove()
    assert "Kari Demo" not in client.see("/logg-inn").text.split("Brukere i demoen")[0]


def test_a_post_without_the_token_is_refused(house: Flask, client: Client) -> None:
    sent = {"csrf_token": "", "username": "officer1", "password": "demo"}
    assert client.post("/logg-inn", data=sent, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 400
    # Our own page that lay open too long: a new one.
    assert client.post("/logg-inn", data=sent).headers["Location"] == "/logg-inn"
    assert client.get("/mine-oppgaver").headers["Location"] == "/logg-inn"


def test_every_page_of_a_session_carries_the_token_that_is_signed_once(
    house: Flask, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_in(client, "officer1")
    monkeypatch.setattr(frame, "_signed", lambda _key, raw: f"once-{raw}")
    page = client.get("/jobber").text
    assert set(re.findall(r'name="csrf_token" value="([^-"]*)', page)) == {"once"}


def test_log_out_closes_the_session(house: Flask, client: Client) -> None:
    page = client.see("/logg-inn").press("Logg inn", username="officer1", password="demo")
    assert "Kari Demo" not in page.press("Logg ut").text.split("Brukere i demoen")[0]


def test_a_head_request_is_answered_as_a_get(house: Flask, client: Client) -> None:
    assert client.head("/logg-inn").status_code == 200
