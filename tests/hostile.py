"""What nobody ought to type, sent through every form; nothing of it is kept."""

import pickle
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from flask import Flask
from sqlalchemy.orm import Session

from app.values.text import clean_line, clean_number
from tests.client import Client, Form, Page, log_in
from tests.crawl import ALL, FEW, ROLES, Found, forms_on, walk
from tests.drivers import locked, shared_folder
from tests.journeys.addresses import TYPED as TYPED_WELL

GLYPHS = (Path(__file__).parent / "unit" / "letters" / "glyphs_a_letter_may_carry.txt").read_text("utf-8").rstrip("\n")
TYPED = (
    "",
    "Nei, dette er ikke et tall",
    "x" * 100_000,
    "-12",
    "12,50",
    "1 250 000,50",
    "99999999999999999999999999",
    "<script>alert(1)</script><b>fet</b>",
    '"><img src=x onerror=alert(1)> {{ 7*7 }} %(by)s %s',
    GLYPHS,
    "null\x00byte og \x1b[31mrødt",
    "Smil 😀👩‍👩‍👧 og løs \ud800 halv".encode("utf-8", "replace").decode(),
    "\u202etxet ednevmo\u202c \u2066inne\u2069 \ufeff",
    "Han heter 15076500565 i registeret",
    "964338532",
    "12345678901",
    "31.02.2025",
    "0001-01-01",
    "9999-12-31",
    "' OR 1=1; DROP TABLE user_account; --",
    "../../etc/passwd",
    "\n\n\t \u00a0",
)
# A form hides what the program wrote there itself; somebody may write there all the same.
TAMPERED = ("", "-1", "0", "999999999999999999999", "null\x00byte", "../../x", "æ" * 5000, "1.1.1", "x.99999999999999")
# The shapes of keys that forms carry, and what carries no key of a thing.
KEYS = {"line": r"[\w-]{16}\.\d+", "case": r"T\d\d-\d{4}", "address": r"[\w-]{16}", "person": r"\d+"}
OURS = {"csrf_token", "once", "version", "next", "back", "shown"}
REFUSED = {400, 403, 404, 409, 422}
GOOD = {200, 303, 409, 422}
TAMPERED_WITH = GOOD | {400, 403, 404}


@contextmanager
def nothing_kept() -> Iterator[None]:
    """Every statement runs and every constraint judges; at the end of a transaction all of it is undone."""

    def undo(session: Session) -> None:
        session.flush()
        session.rollback()

    with patch.object(Session, "commit", undo):
        yield


def client_of(app: Flask, role: str, language: str = "nb") -> Client:
    """A client logged in as this person, or as nobody, with pages in this language."""
    client = app.test_client()
    assert isinstance(client, Client)
    if role:
        log_in(client, role)
    with client.session_transaction() as session:
        session["language"] = language
    return client


def every_form(season: Flask) -> list[Found]:
    """One of each form the season shows to anybody.

    Its rows are the same on both databases, so it is walked once a run; `test_views` walks each.
    """
    kept = shared_folder() / "every-form"
    with locked(kept.name):
        if not kept.exists():
            kept.write_bytes(pickle.dumps(_walked(season)))
        found: list[Found] = pickle.loads(kept.read_bytes())
    return found


def _walked(app: Flask) -> list[Found]:
    found: dict[Any, Found] = {}
    faults: list[str] = []
    for number, role in enumerate(ROLES):
        client = client_of(app, role, ("nb", "nn")[number % 2])
        for page in walk(app, client, ["/", "/logg-inn"], faults, ALL if role == ROLES[1] else FEW):
            for form in forms_on(app, role, page, faults):
                found.setdefault(form.key, form)
    assert not faults, "\n".join(faults)
    return list(found.values())


class Visits:
    """Whoever sends forms has seen the page first; here each page once by each, and every time with what it left them.

    It holds while nothing is kept: the page would say the same again, and nobody is logged out.
    """

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._in: dict[tuple[str, str], Client] = {}
        self._seen: dict[tuple[str, str, str], Client] = {}
        self._faults: list[str] = []

    def faults(self) -> list[str]:
        """What was wrong with the pages themselves, and who was logged out: their forms met a closed door."""
        inside = [(role, self._alike(client)) for (role, _), client in self._in.items() if role]
        out = [role for role, client in inside if client.get("/innlogginger").status_code != 200]
        return [*self._faults, *(f"{role} was logged out meanwhile" for role in out)]

    def client(self, form: Found, language: str = "nb") -> Client:
        """A new browser with the session and the token of one who has just opened the form's page."""
        key = form.role, language, form.page
        if key not in self._seen:
            if key[:2] not in self._in:
                self._in[key[:2]] = client_of(self._app, form.role, language)
            self._seen[key] = self._alike(self._in[key[:2]])
            self._look(self._seen[key], form)
        return self._alike(self._seen[key])

    def _alike(self, other: Client) -> Client:
        made = self._app.test_client()
        assert isinstance(made, Client)
        made._cookies, made.csrf_token = dict(other._cookies or {}), other.csrf_token
        return made

    def _look(self, client: Client, form: Found) -> None:
        try:
            client.see(form.page)
        except Exception as fault:
            self._faults.append(f"{form.page} as {form.role}: {type(fault).__name__}: {str(fault)[:600]}")


def attack(visits: Visits, form: Found, rounds: int) -> Iterator[str]:
    """Send the form `rounds` times, each text field with another value each time; gives every fault."""
    client = visits.client(form, ("nb", "nn")[len(form.page) % 2])
    step = max(1, len(TYPED) // rounds)
    for turn in range(rounds):
        typed = {name: TYPED[(turn * step + 5 * place) % len(TYPED)] for place, name in enumerate(form.texts)}
        yield from _send(client, form, {**form.fields, **typed}, typed, GOOD)


def tamper(visits: Visits, form: Found, rounds: int) -> Iterator[str]:
    """Write in the hidden fields and the choices."""
    client = visits.client(form)
    hidden = [name for name in form.fields if name not in form.texts and name != "csrf_token"]
    for turn in range(rounds if hidden else 0):
        wrong = {name: TAMPERED[(turn + place) % len(TAMPERED)] for place, name in enumerate(hidden)}
        yield from _send(client, form, {**form.fields, **wrong}, {}, TAMPERED_WITH)


def foreign(visits: Visits, form: Found, others: Mapping[str, str]) -> Iterator[str]:
    """Send keys of other things where the form carries its own: they are claims, and nothing is done with them.

    `others` gives, for each shape of key, one that is real and that this form does not offer.
    """
    typed = {name: TYPED_WELL[name] for name in form.texts if name in TYPED_WELL}
    for name, values in form.offered.items():
        kind = next((kind for kind, shape in KEYS.items() if all(re.fullmatch(shape, v) for v in values if v)), None)
        if name in OURS or kind is None or not any(values) or others[kind] in values:
            continue
        sent = {**form.fields, **typed, name: others[kind]}
        yield from _send(visits.client(form), form, sent, {}, REFUSED)


def _send(client: Client, form: Found, data: dict[str, Any], typed: dict[str, str], good: set[int]) -> Iterator[str]:
    data.pop("csrf_token", None)
    about = f"{form} with { ({name: text[:40] for name, text in typed.items()} or str(data)[:200])!r}"
    try:
        if form.method == "get":
            answer = client.get(form.action, query_string=data)
        else:
            answer = client.post(form.action, data=data)
    except Exception as fault:  # a bug, or a page that breaks the contract
        yield f"{about}: {type(fault).__name__}: {str(fault)[:600]}"
        return
    if answer.status_code not in good:
        yield f"{about}: {answer.status_code}"
    if answer.status_code == 422 and typed:
        page = client._page(answer)
        yield from (f"{about}: {lost}" for lost in _lost(page, typed))


def _lost(page: Page, typed: dict[str, str]) -> Iterator[str]:
    """What was typed and does not stand in the form any more; passwords may not."""
    assert page.root is not None
    # Two forms of a page may ask for the same thing, each for itself.
    shown: dict[str, list[str]] = {}
    for element in page.root.iter("form"):
        for button in element.iter("button"):
            for name, values in Form(element, button).fields().items():
                shown.setdefault(name, []).extend(values[:1])
            break
    for name, text in typed.items():
        # A field of digits shows dashes as the hyphens it keeps (app.values.text).
        kept = {clean_line(text), clean_number(text)}
        if shown.get(name) and not kept & {clean_line(each) for each in shown[name]}:
            yield f"{name} holds {shown[name][0][:60]!r}"
        if not shown.get(name):
            yield f"{name} is gone"
