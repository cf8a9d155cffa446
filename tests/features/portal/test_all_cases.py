"""The first page is of bounded size; what waits for the recipient stands on it, however old, and the rest beside."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask

from app.db import db
from app.dispatch.jobs import render_due, send_due
from app.portal.queries import own_cases, pages
from tests import factories
from tests.client import Client

LATER = factories.AT + timedelta(days=1)


@pytest.fixture
def short_pages(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One of each stands on the first page, and two on each page of all."""
    monkeypatch.setattr(own_cases, "RUNNING", 1)
    monkeypatch.setattr(own_cases, "ENDED", 1)
    monkeypatch.setattr("app.portal.queries.RUNNING", 1)
    monkeypatch.setattr(pages, "PAGE", 2)
    own_cases._read.cache_clear()
    yield
    own_cases._read.cache_clear()


@pytest.fixture
def four_cases(app: Flask, short_pages: None) -> Flask:
    """The oldest is a grant nobody has accepted; the next is decided, and its letter has not left; two are judged."""
    with app.app_context():
        factories.people()
        factories.frame()
        ids = [factories.recommended(1_000_000_00, number=f"T25-000{nr}") for nr in range(1, 5)]
        factories.decided(ids[0])
        render_due(LATER)
        send_due(LATER)
        factories.decided(ids[1])
        db.session.remove()
    return app


def test_what_waits_stands_first_and_the_rest_on_pages_of_their_own(
    four_cases: Flask, client_for: Callable[[str], Client]
) -> None:
    client = client_for("demovik")
    home = client.see("/vaar-side")
    assert "Aksepter tilskuddet og bekreft kontonummeret" in home.text
    assert "T25-0004" in home.text
    assert "T25-0003" not in home.text
    first = client.see(home.links()["Alle sakene deres"])
    second = client.see(first.links()["Neste"])
    assert [nr for nr in range(1, 5) if f"T25-000{nr}" in first.text] == [3, 4]
    assert [nr for nr in range(1, 5) if f"T25-000{nr}" in second.text] == [1, 2]
    assert "Neste" not in second.links()
    assert second.text.count("Innvilget") == 1, "the decision that is not sent is not told"
    assert client.see("/vaar-side/saker?virksomhet=bench-1").status == 404
    assert client_for("bergen").see(home.links()["Alle sakene deres"]).status == 404
