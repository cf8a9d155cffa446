"""Each error page in each state of the house: whole, or with its database, its words or its pages away."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask, abort, request
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import errors, intake
from app.access.guards import open_to_all
from app.db import db
from app.hooks import HEADERS
from tests import factories
from tests.client import Client
from tests.hostile import client_of

pytestmark = pytest.mark.own_program
WORDS = "Dette skrev jeg lenge."
OURS = {"Sec-Fetch-Site": "same-origin"}
CODES = (400, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503)


@pytest.fixture
def house(app: Flask) -> Flask:
    """A page that answers with any fault, after it has read what was posted."""

    @open_to_all
    def fault(code: int) -> str:
        assert request.form is not None
        abort(code)

    with app.app_context():
        factories.people()
        db.session.remove()
    app.add_url_rule("/feil/<int:code>", "fault", fault, methods=["GET", "POST"])
    app.add_url_rule("/bare-post", "only_post", open_to_all(lambda: ("", 204)), methods=["POST"])
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    return app


@pytest.fixture(params=["", "officer1"])
def client(request: pytest.FixtureRequest, house: Flask) -> Client:
    """Nobody, and somebody."""
    return client_of(house, request.param)


def carries_all(answer: TestResponse) -> None:
    missing = {name for name in HEADERS if answer.headers.get(name) != HEADERS[name]}
    assert not missing
    assert answer.headers["Cache-Control"] == "no-store"


@contextmanager
def database_away(app: Flask) -> Iterator[None]:
    def away(*_: Any, **__: Any) -> None:
        raise sa.exc.OperationalError("connect", {}, Exception("the server went away"))

    with app.app_context():
        engine = db.engine
    engine.dispose()
    sa.event.listen(engine, "do_connect", away)
    yield
    sa.event.remove(engine, "do_connect", away)


def test_each_error_has_a_page_with_all_headers(client: Client) -> None:
    for code in CODES:
        answer = client.post(f"/feil/{code}", data={"text": WORDS})
        assert answer.status_code == code
        carries_all(answer)
        assert ("Retry-After" in answer.headers) is (code in (429, 503)), code
        assert "Dette kan du gjøre nå" in answer.get_data(as_text=True), code


def test_it_is_the_same_error_when_the_database_is_away(house: Flask, client: Client) -> None:
    with database_away(house):
        for code in CODES:
            answer = client.post(f"/feil/{code}", data={"text": WORDS})
            assert answer.status_code == code
            carries_all(answer)
            assert "Dette kan du gjøre nå" in answer.get_data(as_text=True), code
        assert client.get("/finnes-ikke").status_code == 404


def test_a_body_over_the_limit_is_told_in_words_and_read_no_further(house: Flask, client: Client) -> None:
    large = {"text": "x" * intake.SMALL}
    for address in ("/feil/422", "/sprak", "/finnes-ikke"):
        answer = client.post(address, data=large)
        assert answer.status_code == (404 if "finnes" in address else 413), address
        carries_all(answer)
        assert len(answer.data) < 30_000
    with database_away(house):
        assert client.post("/sprak", data=large).status_code == 413


def test_too_many_fields_are_told_before_they_are_read(client: Client) -> None:
    some = "&".join(f"amount_{n}=1" for n in range(intake.MOST_FIELDS))
    kind = "application/x-www-form-urlencoded"
    assert client.post("/feil/422", data=some, content_type=kind).status_code == 422
    answer = client.post("/feil/422", data=some + "&amount_more=1", content_type=kind)
    assert answer.status_code == 413
    carries_all(answer)


def test_words_that_fail_too_leave_plain_words(house: Flask, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Translations and pages may be what is broken."""

    def broken(*_: Any, **__: Any) -> str:
        raise OSError("catalogue")

    monkeypatch.setattr(errors, "render_template", broken)
    answer = client.get("/feil/403")
    assert answer.status_code == 403
    carries_all(answer)
    assert re.search(r"Referansenummer: [0-9a-f]{8}", answer.get_data(as_text=True))


SENDERS: dict[str, tuple[dict[str, str], bool]] = {
    "our own page": (OURS, True),
    "an old browser on our own page": ({"Origin": "http://localhost"}, True),
    "one that tells only where it was": ({"Referer": "http://localhost/saker"}, True),
    "another site": ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, False),
    "a neighbour": ({"Sec-Fetch-Site": "same-site"}, False),
    "another site, an old browser": ({"Origin": "https://evil.example"}, False),
    "one that hides": ({"Origin": "null"}, False),
    "one that tells nothing": ({}, False),
}


def test_what_was_typed_is_shown_only_to_its_writer(house: Flask) -> None:
    for role in ("", "officer1"):
        client = client_of(house, role)
        for sender, (headers, shown) in SENDERS.items():
            for code in (400, 409, 500):
                answer = FlaskClient.post(client, f"/feil/{code}", data={"text": WORDS}, headers=headers)
                assert (WORDS in answer.get_data(as_text=True)) is (shown and role != ""), (role, sender, code)


def test_nothing_secret_is_shown_again(house: Flask) -> None:
    secret = ("password", "new_password", "Passord2", "csrf_token", "api_token", "hemmelig_svar", "once", "otp_code")
    secret += ("line", "seen", "letter_hash")  # the page's own keys are nobody's words
    client = client_of(house, "officer1")
    answer = client.post("/feil/400", data={**dict.fromkeys(secret, "tyttebær"), "text": WORDS})
    assert WORDS in answer.get_data(as_text=True)
    assert "tyttebær" not in answer.get_data(as_text=True)


def test_what_no_form_knows_is_shown_by_its_look(house: Flask) -> None:
    officer = client_of(house, "officer1")
    carried = ("ku0ecfltkpuM_X-U", "ku0ecfltkpuM_X-U.7", "gL7-Xx_3aaaaaaaaaaaaaaaaaaaaaaaa", "linje-1.3")
    written = ("Legemiddelgjennomgang", "1200.50", "11.01.2025", "tor@demovik.example", "T25-0001", "HASTER")
    fields = {f"f{nr}": text for nr, text in enumerate((*carried, *written))}
    shown = officer.post("/feil/409", data=fields).get_data(as_text=True)
    assert [text for text in carried if text in shown] == []
    assert [text for text in written if text not in shown] == []


def test_a_405_says_what_is_allowed(client: Client) -> None:
    for method in ("GET", "PUT", "DELETE", "TRACE", "PROPFIND", "PATCH"):
        answer = client.open("/bare-post", method=method)
        assert answer.status_code == 405
        assert {each.strip() for each in answer.headers["Allow"].split(",")} == {"POST", "OPTIONS"}
        carries_all(answer)


def test_what_is_no_form_is_told_so(client: Client) -> None:
    for kind in ("application/json", "text/plain", "application/xml", ""):
        answer = client.post("/bare-post", data=b"{}", content_type=kind)
        assert answer.status_code == 415, kind
        carries_all(answer)
    assert client.post("/bare-post").status_code == 204


def test_options_and_head_are_answered(client: Client) -> None:
    answer = client.options("/logg-inn")
    assert answer.status_code == 200
    assert {"GET", "HEAD", "POST", "OPTIONS"} == set(answer.allow)
    assert client.head("/ordninger").data == b""
