"""Logging in: the right door opens, guessing is slowed, a closed account stays out."""

from flask import Flask

from app.access.domain import TRIES
from app.db import db, writing
from tests import factories
from tests.client import Client


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
    answer = client.post("/logg-inn", data={"csrf_token": "", "username": "officer1", "password": "demo"})
    assert answer.status_code == 400


def test_log_out_closes_the_session(house: Flask, client: Client) -> None:
    page = client.see("/logg-inn").press("Logg inn", username="officer1", password="demo")
    assert "Kari Demo" not in page.press("Logg ut").text.split("Brukere i demoen")[0]


def test_a_head_request_is_answered_as_a_get(house: Flask, client: Client) -> None:
    assert client.head("/logg-inn").status_code == 200
