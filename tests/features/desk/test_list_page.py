"""The worklist as a page: it opens as one left it, its tabs count, and it tells what a row is about."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from flask import Flask

from app.cases.models import Case
from app.db import db
from tests import factories
from tests.client import Client

Fill = Callable[[int], Flask]
People = Callable[[str], Client]


def test_the_list_opens_as_one_left_it_and_the_address_wins(filled: Fill, client_for: People) -> None:
    filled(30)
    client = client_for("officer1")
    client.see("/saker?status=granted&sorter=soker&sok=kommune")
    answer = client.get("/saker")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/saker?status=granted&sorter=soker")
    everything = client.see("/saker?hos=alle")
    assert "30 saker." in everything.text
    assert client.see("/saker").text == everything.text, "and the whole list is kept as well"
    assert "30 saker." in client_for("officer2").see("/saker").text, "another has their own"


def test_a_tab_tells_how_many_it_opens(filled: Fill, client_for: People) -> None:
    filled(60)
    client = client_for("officer1")
    tabs = {words: href for words, href in client.see("/saker").links().items() if href.startswith("/saker?hos=")}
    assert len(tabs) >= 3
    for view in ("Mine", "Ikke fordelt", "Alle"):
        words = next(each for each in tabs if each.rpartition(" ")[0] == view)
        text = client.see(tabs[words]).text
        count = words.rpartition(" ")[2]
        assert f"{count} saker." in text if count != "1" else "1 sak." in text


def test_the_cases_of_one_colleague_are_asked_for(filled: Fill, client_for: People) -> None:
    app = filled(40)
    with app.app_context():
        them = factories.user("officer2")
        expected = len([c for c in db.session.scalars(sa.select(Case)) if c.officer_id == them.id])
    page = client_for("officer1").see(f"/saker?saksbehandler={them.id}&sok=digital")
    assert f"{expected} saker." in page.text
    assert "de 2000 nyeste treffene" not in page.text, "they are all there"


def test_a_row_tells_of_the_project_and_who_has_the_ball(filled: Fill, client_for: People) -> None:
    filled(60)
    client = client_for("officer1")
    assert "Til vedtak hos leder" in client.see("/saker?status=recommended").text
    # Own words are no part of the page's text.
    assert "Digital samhandling i" in client.get("/saker?status=recommended").get_data(as_text=True)


def test_older_hits_are_told_of_only_when_there_are_more(filled: Fill, client_for: People, monkeypatch: Any) -> None:
    filled(12)
    monkeypatch.setattr("app.db.search.NEWEST_HITS", 10)
    client = client_for("officer1")
    assert "nyeste treffene" in client.see("/saker?sok=digital").text
    monkeypatch.setattr("app.db.search.NEWEST_HITS", 12)
    assert "nyeste treffene" not in client.see("/saker?sok=digital").text
