"""A client that sees pages as a person does: it reads forms, fills them in, and holds every page to the contract."""

import secrets
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.page_contract import check_page, words_of

Fields = dict[str, list[str]]


@dataclass
class Page:
    """One answer, read."""

    client: "Client"
    response: TestResponse
    root: Element | None
    address: str

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def text(self) -> str:
        """All words on the page, no-break spaces kept."""
        body = None if self.root is None else self.root.find("body")
        return self.response.get_data(as_text=True) if body is None else words_of(body)

    @property
    def h1(self) -> str:
        assert self.root is not None
        heading = self.root.find(".//h1")
        return "" if heading is None else words_of(heading)

    def links(self) -> dict[str, str]:
        """Address by the words of each link."""
        assert self.root is not None
        return {words_of(a): a.get("href") or "" for a in self.root.iter("a")}

    def buttons(self) -> list[str]:
        """The words of every button that can be pressed."""
        assert self.root is not None
        return [words_of(b) for b in self.root.iter("button") if b.get("disabled") is None]

    def form(self, button: str) -> "Form":
        """The form that this button sends, as it is filled in on the page. Raises LookupError naming the buttons."""
        assert self.root is not None
        for form in self.root.iter("form"):
            for found in form.iter("button"):
                if words_of(found) == button:
                    return Form(form, found)
        raise LookupError(f"no button {button!r} on {self.address}; there are {self.buttons()}")

    def press(self, button: str, **values: Any) -> "Page":
        """Fill in fields by name and press; a redirect is followed as a browser does."""
        form = self.form(button)
        address = form.action or self.address
        data = form.filled(values)
        if form.method == "get":
            return self.client.see(address, query_string=data)
        return self.client.send(address, data)


@dataclass
class Form:
    """A form on a page, and the button that sends it."""

    element: Element
    button: Element
    method: str = field(init=False)
    action: str = field(init=False)

    def __post_init__(self) -> None:
        self.method = (self.button.get("formmethod") or self.element.get("method") or "get").lower()
        self.action = self.button.get("formaction") or self.element.get("action") or ""

    def fields(self) -> Fields:
        """What a browser would send, untouched: the button's own value after a field of the same name."""
        found: Fields = {}
        for element in self.element.iter():
            name = element.get("name")
            if name and element.get("disabled") is None:
                values = _values(element)
                if values is not None:
                    found.setdefault(name, []).extend(values)
        if name := self.button.get("name"):
            found.setdefault(name, []).append(self.button.get("value") or "")
        return found

    def filled(self, values: dict[str, Any]) -> dict[str, Any]:
        """The fields with some typed over. Raises LookupError for a field that the form lacks."""
        names = {e.get("name") for e in self.element.iter() if e.get("name")}
        if unknown := values.keys() - names:
            raise LookupError(f"no field {sorted(unknown)}; there are {sorted(str(n) for n in names)}")
        data: dict[str, Any] = dict(self.fields())
        data.update(values)
        return {name: value for name, value in data.items() if value is not None}


class Client(FlaskClient):
    """Checks every HTML answer; sends the session's own csrf token with every POST."""

    csrf_token: str | None = None

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html":
            self._read(response)
        return response

    def post(self, *args: Any, **kwargs: Any) -> TestResponse:
        """POST with the csrf token of the last page seen; give `csrf_token` yourself to send another."""
        data = kwargs.get("data")
        if (data is None or isinstance(data, dict)) and self.csrf_token and "json" not in kwargs:
            kwargs["data"] = {"csrf_token": self.csrf_token, **(data or {})}
        # As a browser says of a form on our own page.
        kwargs["headers"] = {"Sec-Fetch-Site": "same-origin", **kwargs.get("headers", {})}
        return super().post(*args, **kwargs)

    def see(self, address: str, **kwargs: Any) -> Page:
        """GET as a person: redirects followed, the page read."""
        return self._page(self.get(address, follow_redirects=True, **kwargs))

    def send(self, address: str, data: dict[str, Any]) -> Page:
        """POST as a person: redirects followed, the page read."""
        return self._page(self.post(address, data=data, follow_redirects=True))

    def _page(self, response: TestResponse) -> Page:
        root = self._read(response) if response.mimetype == "text/html" else None
        return Page(self, response, root, response.request.path)

    def _read(self, response: TestResponse) -> Element | None:
        read: Element | None = getattr(response, "read_root", None)
        if read is not None:
            return read
        body = response.get_data(as_text=True)
        # Only a redirect's own few words are no page of ours.
        if response.status_code in {301, 302, 303, 307, 308} or not body:
            return None
        root = check_page(body, fragment="HX-Request" in response.request.headers)
        response.read_root = root  # type: ignore[attr-defined]
        for token in root.iter("input"):
            if token.get("name") == "csrf_token" and token.get("value"):
                self.csrf_token = token.get("value")
        return root


def _values(element: Element) -> list[str] | None:
    """What a field would send; None when it sends nothing."""
    kind = element.get("type") or "text"
    if element.tag == "textarea":
        return ["".join(element.itertext())]
    if element.tag == "select":
        options = list(element.iter("option"))
        chosen = [o for o in options if o.get("selected") is not None] or options[:1]
        return [o.get("value") if o.get("value") is not None else words_of(o) for o in chosen]  # type: ignore[misc]
    if element.tag != "input" or kind in {"submit", "button", "file", "image", "reset"}:
        return None
    if kind in {"checkbox", "radio"} and element.get("checked") is None:
        return None
    return [element.get("value") or ("on" if kind == "checkbox" else "")]


def log_in(client: Client, username: str) -> None:
    """Open a session for this account without the log-in page: hashing a password takes longer than most tests.

    On a connection of its own, so that it stands where a test lets nothing be kept.
    """
    import sqlalchemy as sa

    from app.access.actions import sha256
    from app.access.models import LoginSession, User
    from app.db import db
    from app.values.clock import system_now

    token, form_token, at = secrets.token_urlsafe(32), secrets.token_hex(20), system_now()
    row = {"token_sha256": sha256(token), "form_sha256": sha256(form_token), "public_id": secrets.token_urlsafe(12)}
    row |= {"address": "127.0.0.1", "browser": "Firefox", "system": "Linux"}
    row |= dict.fromkeys(("created_at", "last_used_at", "password_given_at"), at)
    with client.application.app_context():
        with db.engine.connect() as connection:
            found = connection.execute(sa.select(User.id, User.session_stamp).where(User.username == username)).first()
        if found is None:
            raise LookupError(f"no account {username!r} in this database")
        with db.engine.connect().execution_options(writing=True) as connection, connection.begin():
            connection.execute(sa.insert(LoginSession), {**row, "user_id": found.id, "stamp": found.session_stamp})
    with client.session_transaction() as session:
        session["_user_id"] = token
        session["csrf_token"] = form_token
