"""What no browser sends: bodies that cannot be read, and addresses that are none. A page in words, never a fault."""

import tempfile
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import intake
from app.hooks import Plain
from tests import factories
from tests.client import Client
from tests.hostile import client_of

KIND = "multipart/form-data; boundary=xyz"
NAMELESS = {
    "no name": b"form-data",
    "a name without an end": b'form-data; name="a\\"',
    "a file without a name": b'form-data; filename="a.pdf"',
    "a name in an unknown alphabet": b"form-data; name*=bogus''user%FFname",
}
BROKEN = ("http://[x", "//[x", "http://a\uff3bb/", "http://x:99999999999/", "null", "//a\uff03b")


@pytest.fixture
def house(app: Flask) -> Flask:
    """As in the real one, a fault is a page."""
    with app.app_context():
        factories.people()
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app


def part(head: bytes, body: bytes = b"x") -> bytes:
    return b"--xyz\r\nContent-Disposition: " + head + b"\r\n\r\n" + body + b"\r\n"


@pytest.mark.parametrize("what", NAMELESS)
@pytest.mark.parametrize("role", ["", "officer1"])
def test_a_part_that_does_not_say_what_it_answers_is_a_broken_body(house: Flask, role: str, what: str) -> None:
    body = part(b'form-data; name="username"') + part(NAMELESS[what]) + b"--xyz--\r\n"
    for path in ("/logg-inn", "/sprak"):
        answer = client_of(house, role).open(path, method="POST", data=body, content_type=KIND)
        assert answer.status_code == 400, path


@pytest.mark.parametrize("end", [part(NAMELESS["no name"]) + b"--xyz--\r\n", b"--xyz\r\nnot a head\r\n\r\nx", b""])
def test_files_of_a_body_that_cannot_be_read_are_let_go_of(end: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Any] = []

    def open_file(*_given: Any, **_named: Any) -> Any:
        opened.append(tempfile.TemporaryFile())  # noqa: SIM115  (that it is closed is what is tried)
        return opened[-1]

    body = part(b'form-data; name="f"; filename="a.pdf"', b"x" * 1000) + end
    reader = intake.FewFields(stream_factory=open_file, cls=Plain)
    _, form, files = reader.parse(BytesIO(body), "multipart/form-data", len(body), {"boundary": "xyz"})
    assert not form and not files
    assert opened and all(each.closed for each in opened)


@pytest.mark.parametrize("back", [*BROKEN, "//evil.no", "http:///evil.no", "\\\\evil.no", "/\\evil.no", "javascript:x"])
def test_back_leads_nowhere_else(house: Flask, back: str) -> None:
    client = client_of(house, "officer1")
    client.see("/saker")
    answer = client.post("/sprak", data={"language": "nn", "back": back})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")


@pytest.mark.parametrize("head", ["Referer", "Origin"])
@pytest.mark.parametrize("said", BROKEN)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_who_says_they_come_from_no_address_is_answered(house: Flask, head: str, said: str, scheme: str) -> None:
    """Over https the token's guard reads the Referer too, and an error page asks whether a page of ours sent it."""
    client = client_of(house, "officer1")
    for path in ("/nowhere", "/sprak", "/saker/T25-9999/tittel", "/logg-inn"):
        heads = {head: said.encode().decode("latin-1")}
        data = {"csrf_token": _token(client), "language": "nn", "back": "/", "text": "Noe skrevet"}
        answer = FlaskClient.post(client, path, data=data, headers=heads, base_url=f"{scheme}://localhost")
        assert answer.status_code < 500, path


def _token(client: Client) -> str:
    page = client.see("/logg-inn")
    found = page.root.find(".//input[@name='csrf_token']") if page.root is not None else None
    return "" if found is None else found.get("value") or ""
