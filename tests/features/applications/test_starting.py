"""Each project has its own application on a call; what is begun already is shown first."""

from collections.abc import Callable
from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask

from app.cases.models import Case
from app.db import db
from app.db.clock import start_at
from app.db.session import writing
from app.flow import Refused
from tests import factories as make
from tests.applying import RULES, SUBMITTED
from tests.client import Client

ClientFor = Callable[[str], Client]


@pytest.fixture(autouse=True)
def ground(app: Flask) -> None:
    with app.app_context():
        make.people()
        make.published_call()
        with writing():
            start_at(SUBMITTED)


@pytest.fixture
def drafted(app: Flask) -> Callable[..., str]:
    """Make a draft; gives its address."""

    def make_one(*given: object, **named: object) -> str:
        with app.app_context():
            return f"/vaar-side/soknad/{make.draft(*given, **named).public_id}"

    return make_one


def test_two_tabs_start_one_draft(app: Flask, client_for: ClientFor) -> None:
    client = client_for("demovik")
    address = client.see("/vaar-side").links()["Digital samhandling 2025"]
    tabs = [client.see(address), client_for("demovik").see(address)]
    first, second = (tab.press("Start søknad") for tab in tabs)
    assert "nettopp begynt på en søknad" in second.text
    assert first.address in second.links().values()
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Case)) == 1


def test_another_project_is_another_application(app: Flask, client_for: ClientFor, drafted: Callable[..., str]) -> None:
    there = drafted("demovik", title="Det første")
    client = client_for("demovik")
    home = client.see("/vaar-side")
    page = client.see(home.links()["Digital samhandling 2025"])
    assert there in page.links().values()
    another = page.press("Start en søknad til")
    assert another.address.startswith("/vaar-side/soknad/") and another.address != there
    home = client.see("/vaar-side")
    assert "Dere har 2 søknader her." in home.text
    assert {there, another.address} <= set(home.links().values())


def test_where_the_rules_say_one_there_is_one(app: Flask, client_for: ClientFor, drafted: Callable[..., str]) -> None:
    with app.app_context():
        public_id = make.published_call(replace(RULES, one_application=True), code="en").public_id
    drafted("demovik")
    client = client_for("demovik")
    page = client.see(f"/vaar-side/ny-soknad/{public_id}")
    assert "Dere har allerede en søknad på denne utlysningen." in page.text
    assert "Start en søknad til" not in page.buttons()
    assert public_id not in client.get("/vaar-side").get_data(as_text=True)
    with app.app_context(), pytest.raises(Refused, match="allerede en søknad"):
        make.draft("demovik")
