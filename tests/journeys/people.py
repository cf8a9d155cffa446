"""An opened house without a season, the people in it, and the clock and the jobs that carry a round along."""

from collections.abc import Callable, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, TypeVar

from flask import Flask

from app.budget import actions as budget
from app.budget.domain import FrameState
from app.db import clock, db, writing
from app.demo.rules import load_pots
from app.jobs.queries import last_runs
from app.jobs.runs import run
from app.jobs.timetable import due
from app.values.clock import OSLO
from tests import factories
from tests.client import Client, Page

T = TypeVar("T")
OPENED = datetime.fromisoformat("2024-11-20T08:00:00+00:00")
MILL = 1_000_000_00


@dataclass
class House:
    """One installation. Each person has one client of their own, kept for the whole journey."""

    app: Flask
    client_for: Callable[[str], Client]
    clients: dict[str, Client] = field(default_factory=dict)

    def person(self, username: str) -> Client:
        """The person's own browser."""
        if username not in self.clients:
            self.clients[username] = self.client_for(username)
        return self.clients[username]

    def see(self, username: str, address: str) -> Page:
        """The page as this person sees it; it must be there."""
        page = self.person(username).see(address)
        assert page.status == 200, (username, address, page.status, page.text[:500])
        return page

    def ask(self, read: Callable[[], T]) -> T:
        """Read from the database as it is now."""
        with self.app.app_context():
            try:
                return read()
            finally:
                db.session.remove()

    @contextmanager
    def inside(self) -> Any:
        """Within the program, for what has no page."""
        with self.app.app_context():
            yield
            db.session.remove()

    def at(self, day: str, hour: str = "10:00") -> None:
        """Let the clock go on to this local time."""
        moment = datetime.combine(date.fromisoformat(day), time.fromisoformat(hour), OSLO)
        with self.inside(), writing():
            clock.forward(moment - clock.now())

    def work(self) -> None:
        """Let the worker look once at the timetable; no job may fail."""
        with self.inside():
            at = clock.now()
            for job, for_at in due(at, last_runs()):
                tally = run(job.name, at, for_at=for_at)
                assert tally.failed == 0, (job.name, tally)

    def both_languages(self, username: str, addresses: Iterable[str]) -> None:
        """See pages in nynorsk, then go on in bokmål; the client holds each page to the contract."""
        client = self.person(username)
        for language in ("nn", "nb"):
            with client.session_transaction() as session:
                session["language"] = language
            for address in addresses:
                page = client.see(address)
                assert page.status == 200, (address, page.status)
                assert page.root is not None and page.root.get("lang") == language, address


def body(page: Page) -> str:
    """The page as it was sent, people's own words and all."""
    return page.response.get_data(as_text=True)


def opened(app: Flask, client_for: Callable[[str], Client]) -> House:
    """Organisations, people, pots and frames, made by the program's own actions. No rules and no call."""
    with app.app_context():
        factories.people(OPENED)
        with writing():
            clock.start_at(OPENED)
            pots = load_pots(OPENED)
        for code in ("samhandling", "gp"):
            _frame(pots[code], FrameState.PRELIMINARY, None, OPENED)
        db.session.remove()
    return House(app, client_for)


def allocated(house: House) -> None:
    """The letter of allocation has come: both frames are at disposal."""
    from app.rules.queries import pot_by_code

    with house.inside():
        for code in ("samhandling", "gp"):
            _frame(pot_by_code(code), FrameState.AT_DISPOSAL, date(2025, 1, 6), clock.now())


def _frame(pot: Any, state: FrameState, letter_on: date | None, at: datetime) -> None:
    basis = "Tildelingsbrev 2025" if letter_on else "Prop. 1 S (2024–2025)"
    with writing():
        budget.set_frame(pot, 2025, 30 * MILL, state=state, basis=basis, letter_on=letter_on, by=None, at=at)


def option(page: Page, name: str, words: str) -> str:
    """The value of the choice with these words."""
    assert page.root is not None
    for select in page.root.iter("select"):
        if select.get("name") == name:
            for each in select.iter("option"):
                if words in "".join(each.itertext()):
                    return each.get("value") or ""
    for radio in page.root.iter("label"):
        if words in "".join(radio.itertext()):
            wanted = radio.get("for")
            return next(e.get("value") or "" for e in page.root.iter("input") if e.get("id") == wanted)
    raise LookupError(words)
