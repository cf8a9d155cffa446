"""Every view says who may open it, and no GET writes."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event

from tests.client import Client
from tests.crawl import endpoint_of, walk

# Flask's own view and the log-in answer, each with its reason.
UNMARKED = {"static"}
# A GET that may write, with its reason; the list may only shrink.
MAY_WRITE: dict[str, str] = {}
WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP|ALTER|TRUNCATE)\b", re.IGNORECASE)
# What the door notes about the visit itself, whatever the page: a closed door, and that a session is in use.
NOTED = ("INSERT INTO security_event", "UPDATE login_session SET last_used_at")
# Case pages differ by status; of others alike the crawl opens a few.
MOST_DIFFERING = 12


class WroteError(AssertionError):
    """A GET sent SQL that writes."""


@contextmanager
def no_writes(app: Flask) -> Iterator[None]:
    """Fail at the first statement that writes."""
    from app.db import db

    def watch(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if WRITES.match(statement) and not statement.startswith(NOTED):
            raise WroteError(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", watch)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", watch)


def test_every_view_says_who_may_open_it(app: Flask) -> None:
    unmarked = {name for name, view in app.view_functions.items() if not hasattr(view, "guard")}
    assert unmarked <= UNMARKED, f"put @needs(Permission.X) or @open_to_all on: {sorted(unmarked - UNMARKED)}"


def test_every_address_that_writes_takes_post_only(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        assert not {"PUT", "PATCH", "DELETE"} & (rule.methods or set()), rule


def test_a_write_is_seen(app: Flask) -> None:
    from app.db import db

    with no_writes(app), app.app_context(), pytest.raises(WroteError):
        db.session.execute(sa.text("DELETE FROM once_token"))


def crawl(app: Flask, client: Client) -> set[str]:
    """Follow every link from the front page with GET, those alike a few times; gives the endpoints that were opened."""
    opened, wrong = set(), list[str]()
    for page in walk(app, client, ["/"], wrong, MOST_DIFFERING):
        assert page.status in {200, 403, 404}, f"{page.address}: {page.status}"
        opened.add(endpoint_of(app, page.address) or "")
    assert not wrong, "\n".join(wrong)
    return opened


ROLES = ["officer1", "lead", "decider", "finance1", "archivist", "auditor", "admin", "bergen", "gp1", "area-nordland"]


@pytest.mark.parametrize("username", ROLES)
def test_no_get_writes_on_any_page_a_person_can_reach(
    season: Flask, season_client_for: Callable[[str], Client], username: str
) -> None:
    client = season_client_for(username)
    with no_writes(season):
        opened = crawl(season, client)
    assert len(opened) > 1, f"{username} reaches nothing from the front page"
