"""Sessions, cookies, headers, host names and the log: what an attacker tries at the door."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import Client as Web

from app import create_app
from app.access import devices
from app.db import db
from app.web import with_static
from tests import schema
from tests.client import Client

CARRIED = (
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
    "Permissions-Policy",
)


def real(database: str, folder: Path) -> Flask:
    """The same database as a real installation behind https."""
    settings = replace(
        schema.settings_for(database, folder), demo=False, testing=False, base_url="https://tilsagn.example",
        secure_cookies=True,
    )  # fmt: skip
    made = create_app(settings)
    made.test_client_class = Client
    return made


def test_a_session_planted_before_log_in_does_not_live_on(house: Flask, client: Client) -> None:
    client.see("/logg-inn")
    with client.session_transaction() as planted:
        planted["planted"] = "by another"
        before = planted["csrf_token"]
    client.see("/logg-inn").press("Logg inn", username="officer1", password="demo")
    with client.session_transaction() as after:
        assert "planted" not in after
        assert after.get("csrf_token") != before
        assert after["_user_id"]


AWAY = ("https://evil.example/", "//evil.example/", "/\\evil.example", "/saker\r\nX-Evil: 1", "javascript:alert(1)")


@pytest.mark.parametrize("wanted", AWAY)
def test_after_log_in_nobody_is_sent_away_from_here(house: Flask, client: Client, wanted: str) -> None:
    client.get(f"//evil.example/saker?next={wanted}", base_url="http://localhost")
    client.get("/saker", query_string={"next": wanted, "back": wanted})
    client.see("/logg-inn")
    data = {"username": "officer1", "password": "demo", "next": wanted}
    answer = client.post("/logg-inn", data=data, query_string={"next": wanted})
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/saker")
    client.see("/")
    switched = client.post("/sprak", data={"language": "nn", "back": wanted})
    assert switched.headers["Location"] == "/"


@pytest.mark.own_program
def test_every_answer_carries_the_headers_errors_and_files_too(house: Flask, client: Client) -> None:
    served = Web(with_static(house))
    for address in ("/logg-inn", "/saker", "/ingenting", "/static/tilsagn.css", "/saker/%00"):
        answer = client.get(address)
        answer.close()
        assert all(name in answer.headers for name in CARRIED), address
    assert client.post("/logg-inn", data={"csrf_token": "x"}).headers["Content-Security-Policy"]
    file = served.get("/static/tilsagn.css")
    file.close()
    assert file.headers["Cache-Control"] == "max-age=2592000, public"
    assert all(name in file.headers for name in CARRIED)


def test_a_real_installation_has_safe_cookies_and_asks_for_https(house: Flask, database: str, tmp_path: Path) -> None:
    made = real(database, tmp_path)
    answer = made.test_client().get("/logg-inn", base_url="https://tilsagn.example")
    assert answer.status_code == 200
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-tilsagn=") and "Path=/" in cookie and "Domain" not in cookie
    assert all(flag in cookie for flag in ("Secure", "HttpOnly", "SameSite=Lax"))
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    with made.app_context():
        db.engine.dispose()


def test_a_real_installation_answers_to_its_own_name_only(house: Flask, database: str, tmp_path: Path) -> None:
    made = real(database, tmp_path)
    answer = made.test_client().get("/logg-inn", base_url="https://evil.example")
    assert answer.status_code == 400
    assert b"evil.example" not in answer.data
    with made.app_context():
        db.engine.dispose()


def test_no_password_and_no_typed_text_is_in_the_log(
    house: Flask, client: Client, capfd: pytest.CaptureFixture[str]
) -> None:
    client.see("/logg-inn").press("Logg inn", username="officer1-hemmelig", password="passord-hemmelig")
    client.see("/logg-inn").press("Logg inn", username="officer1", password="demo")
    client.get("/saker", query_string={"sok": "søkeord-hemmelig"})
    client.post("/sprak", data={"language": "skrevet-hemmelig"})
    written = capfd.readouterr().out
    lines = [json.loads(line) for line in written.splitlines() if line.startswith("{")]
    assert {line["path"] for line in lines} >= {"/logg-inn", "/saker", "/sprak"}
    assert "hemmelig" not in written
    cookie = client.get_cookie("tilsagn")
    assert cookie is not None
    assert cookie.value not in written


def _address_seen(app: Flask, forwarded: str) -> str:
    client = app.test_client()
    seen: list[str] = []
    app.before_request_funcs.setdefault(None, []).insert(0, lambda: seen.append(devices.address()))
    client.get("/logg-inn", headers={"X-Forwarded-For": forwarded, "X-Forwarded-Proto": "https"})
    return seen[0]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "seen"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.66, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.66, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        # A port is another each time, and no address is more than an address.
        (1, "203.0.113.9:50123", "203.0.113.9"),
        (1, "[2001:DB8::7]:50123", "2001:db8::7"),
        (1, "::ffff:203.0.113.9", "203.0.113.9"),
        (1, "fe80::1%<script>", "fe80::1"),
        (1, "<script>", ""),
        (1, "a" * 3000, ""),
    ],
)
def test_an_address_is_taken_from_the_proxies_we_have_and_nobody_else(
    tmp_path: Path, proxies: int, forwarded: str, seen: str
) -> None:
    settings = replace(schema.settings_for("sqlite://", tmp_path), trusted_proxies=proxies)
    assert _address_seen(create_app(settings), forwarded) == seen
