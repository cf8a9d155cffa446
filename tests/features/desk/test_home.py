"""«Mine oppgaver»: each person sees what they can do, and nothing they cannot."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.db import db
from tests import factories
from tests.bench.load import load
from tests.client import Client
from tests.features.desk.conftest import statements_of

People = Callable[[str], Client]


@pytest.fixture
def recommended(app: Flask) -> str:
    with app.app_context():
        factories.people()
        factories.recommended()
        db.session.remove()
    return "T25-0001"


def test_the_leader_is_asked_to_decide_and_the_officer_waits(recommended: str, client_for: People) -> None:
    assert "Vedta" in client_for("decider").see("/mine-oppgaver").text
    officer = client_for("officer1").see("/mine-oppgaver").text
    assert "Ingenting venter på deg nå." in officer
    assert "Demovik kommune" in officer


@pytest.mark.parametrize("rows", [10, 60])
@pytest.mark.parametrize("username", ["officer1", "lead", "decider", "finance1", "auditor"])
def test_the_page_takes_few_statements_whatever_the_rows(
    app: Flask, client_for: People, username: str, rows: int
) -> None:
    with app.app_context():
        load(rows)
    client = client_for(username)
    with statements_of(app) as sent:
        assert client.see("/mine-oppgaver").status == 200
    assert len(sent) <= 9, [statement for statement, _ in sent]


@pytest.mark.parametrize("username", ["bergen", "gp1", "area-nordland", "admin"])
def test_others_have_another_home(recommended: str, client_for: People, username: str) -> None:
    assert client_for(username).see("/mine-oppgaver").status == 403


def test_counts_lead_to_exactly_the_rows(app: Flask, client_for: People) -> None:
    with app.app_context():
        load(80)
    client = client_for("officer1")
    over = next(href for words, href in client.see("/mine-oppgaver").links().items() if "over fristen" in words)
    count = next(words for words in client.see("/mine-oppgaver").links() if "over fristen" in words).split()[0]
    assert f"{count} sak" in client.see(over).text
