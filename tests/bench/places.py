"""A size: our program and the bare one on the same loaded database, and somebody logged in."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import sqlalchemy as sa
from flask import Flask

from app import create_app
from app.cases.models import Case
from app.config import Settings
from app.db import db
from tests import schema
from tests.bench.case_rows import TABS
from tests.bench.limit import bare
from tests.bench.load import load
from tests.bench.measure import ask
from tests.bench.whole_case import NUMBER

# The tab that has the case's own address.
FIRST_TAB = "oversikt"


@dataclass
class Place:
    """`paths`: job → our address and the limit's."""

    size: int
    url: str
    ours: Flask
    bare: Flask
    cookie: str
    paths: dict[str, tuple[str, str]]

    @property
    def on_sqlite(self) -> bool:
        return self.url.startswith("sqlite")


def prepare(dialect: str, size: int, folder: Path) -> Place:
    """A database of this size, the two programs on it, and a session opened through the log-in page."""
    folder.mkdir(parents=True)
    url = _database(dialect, size, folder)
    schema.migrate(url)
    ours = program(url, folder)
    began = time.perf_counter()
    with ours.app_context():
        word = load(size, settled=True).words[0]
        case = db.session.scalars(sa.select(Case).where(Case.id == size // 2)).one()
        moment, key = case.submitted_at, case.id
        db.session.remove()
    print(f"{dialect}: {size} cases loaded in {time.perf_counter() - began:.0f} s", flush=True)
    paths = {
        "first": ("/saker", "/first"),
        "filter": ("/saker?status=granted", "/filter"),
        "search": (f"/saker?{urlencode({'sok': word})}", f"/search?{urlencode({'sok': word})}"),
        "deep": (
            f"/saker?sorter=nyeste&etter={quote(f'{moment.isoformat()}~{key}')}",
            f"/deep?k={quote(moment.isoformat())}&i={key}",
        ),
        **{tab: (f"/saker/{NUMBER}/{tab}", f"/sak/{NUMBER}/{tab}") for tab in TABS},
        FIRST_TAB: (f"/saker/{NUMBER}", f"/sak/{NUMBER}/{FIRST_TAB}"),
    }
    return Place(size, url, ours, bare(url), session_of(ours, "officer1")[0], paths)


def program(url: str, folder: Path) -> Flask:
    """Ours, anew, on the database: one that has answered takes no static files in front any more."""
    settings = Settings(
        database_url=url, files_dir=folder / "files", secret_key="only-for-bench", demo=True, secure_cookies=False
    )
    return create_app(settings)


def _database(dialect: str, size: int, folder: Path) -> str:
    if dialect == "sqlite":
        return f"sqlite:///{folder / 'bench.db'}"
    return schema.server().copy("template1", f"bench_{size}")


def session_of(app: Flask, username: str) -> tuple[str, str]:
    """Through the real log-in page; gives the cookie, and a token for forms."""
    page = ask(app, "/logg-inn")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
    assert token is not None, "no form on the log-in page"
    cookie = _cookie_of(page.headers)
    form = urlencode({"csrf_token": token[1], "username": username, "password": "demo"}).encode()
    answer = ask(app, "/logg-inn", cookie, form)
    assert answer.status == 303, f"log-in answered {answer.status}"
    cookie = _cookie_of(answer.headers)
    opened = ask(app, dict(answer.headers)["Location"], cookie)
    cookie = _cookie_of(opened.headers) or cookie
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', opened.text)
    assert token is not None, "no form on the first page"
    return cookie, token[1]


def _cookie_of(headers: list[tuple[str, str]]) -> str:
    """The session's cookie, among those that are set; empty when the answer sets none."""
    set_now = [value.partition(";")[0] for name, value in headers if name.lower() == "set-cookie"]
    return next((cookie for cookie in set_now if cookie.startswith("tilsagn=")), "")


@contextmanager
def counted(app: Flask) -> Iterator[list[tuple[str, Any]]]:
    """The statements sent meanwhile; the clock's look at its offset, once a second, is left out."""
    sent: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if "clock_offset" not in statement and not statement.startswith(("BEGIN", "SET ", "PRAGMA")):
            sent.append((statement, parameters))

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    yield sent
    sa.event.remove(engine, "before_cursor_execute", note)
