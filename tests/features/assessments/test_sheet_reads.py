"""The page of one's own sheet is read with few statements, begun, finished and sent back."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from app.applications.models import InformationRequest
from app.assessments import actions
from app.assessments.domain import BackCause
from app.db import db, writing
from app.parties.models import Party
from tests import factories, rounds
from tests.bench.places import counted
from tests.client import Client
from tests.factories import AT, acting

People = Callable[[str], Client]
MOST = 8


def read_by(app: Flask, client: Client, number: str) -> str:
    """What the page shows, once it is counted; the first look reads what is kept in memory after."""
    client.see(f"/saker/{number}/vurdering")
    with counted(app) as sent:
        page = client.see(f"/saker/{number}/vurdering")
    assert len(sent) <= MOST, "\n".join(statement for statement, _ in sent)
    return page.response.get_data(as_text=True)


@pytest.fixture
def house(app: Flask) -> Flask:
    with app.app_context():
        factories.people()
        db.session.remove()
    return app


def test_a_sheet_that_is_filled_in_is_read_with_few_statements(house: Flask, client_for: People) -> None:
    with house.app_context():
        case = rounds.assessing(rounds.published_call())
        number, by = str(case.number), acting("officer1")
        with writing():
            db.session.add(
                InformationRequest(
                    case_id=case.id, questions="Hvem leder?", due_on=date(2025, 1, 21), asked_by=by.id, asked_at=AT
                )
            )
        db.session.remove()
    assert "Hvem leder?" in read_by(house, client_for("officer1"), number)


def test_a_finished_sheet_shows_who_else_has_judged_and_where_to_go_on(house: Flask, client_for: People) -> None:
    with house.app_context():
        call = rounds.published_call()
        case = rounds.recommended(call)
        party = db.session.get_one(Party, case.party_id).display_name
        number, officer = str(case.number), acting("officer1")
        with writing():
            rounds.impartial(case, "decider")
        with writing():
            actions.send_back(
                case.id, BackCause.REASONS, "Skriv mer om nytten.", by=acting("decider"), at=AT, version=case.version
            )
        following = rounds.assessing(call)
        assert officer.id == following.officer_id
        db.session.remove()
    told = read_by(house, client_for("officer1"), number)
    for words in ("Skriv mer om nytten.", "Ferdig vurdert", f"Neste søknad: {party}"):
        assert words in told, words
