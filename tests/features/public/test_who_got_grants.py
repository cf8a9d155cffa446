"""Who got grants: only after the letter has left, never a refusal."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
import sqlalchemy as sa
from flask import Flask

from app.assessments.models import Recommendation
from app.awards.models import Award, Decision
from app.awards.workflow import Status as AwardStatus
from app.cases.models import Case
from app.db import Base, db, writing
from app.dispatch.jobs import render_due, send_due
from app.parties.models import Party
from tests.client import Client
from tests.factories import AT, decided, frame, people, recommended

LATER = AT + timedelta(days=2)


@pytest.fixture
def two_decisions(app: Flask) -> Flask:
    """One grant to Demovik and one refusal to Fjordnes; both letters are queued."""
    with app.app_context():
        people()
        frame()
        for case_id in (recommended(number="T25-0001"), recommended(0, number="T25-0002", orgnr="312999013")):
            decided(case_id)
        db.session.remove()
    return app


def letters_leave(app: Flask) -> None:
    with app.app_context():
        render_due(LATER)
        send_due(LATER)
        db.session.remove()


def test_nothing_is_told_before_the_letters_have_left(two_decisions: Flask, client: Client) -> None:
    assert "Demovik" not in client.see("/tilskudd?aar=2025").text
    assert "Demovik" not in client.get("/tilskudd.csv?aar=2025").get_data(as_text=True)


def test_a_grant_is_told_with_both_amounts_and_a_refusal_never(two_decisions: Flask, client: Client) -> None:
    letters_leave(two_decisions)
    page = client.see("/tilskudd")
    assert "Demovik kommune" in page.text
    assert "2 500 001 kr" in page.text
    assert "Fjordnes" not in page.text
    assert client.see("/tilskudd?aar=2024").text.count("Demovik") == 0


def test_the_demo_is_marked_once_on_the_page_and_what_is_published_where_it_stands(
    season: Flask, season_client_for: Callable[[str], Client]
) -> None:
    with season.app_context():
        applied = sa.select(Case).where(Case.year == 2024, Case.call_id.is_not(None)).order_by(Case.id).limit(1)
        real = db.session.scalars(applied).one()
        number = real.number
        made_up = sa.select(Case.number).join(Party, Party.id == Case.party_id).where(Party.invented)
        invented = db.session.scalars(made_up.where(Case.number.is_not(None)).order_by(Case.id).limit(1)).one()
        assert real.is_real("granted_ore") and not real.is_real("applied_ore")
        sums = len(
            [case for case in db.session.scalars(sa.select(Case)) if case.granted_ore and case.is_real("granted_ore")]
        )
        db.session.remove()
    page = season_client_for("officer1").see("/tilskudd?aar=2024")
    assert page.root is not None
    marks = [each for each in page.root.iter("span") if each.get("class") == "t-real"]
    assert len(marks) == sums == 5
    for address in ("/tilskudd?aar=2024", f"/saker/{number}", f"/saker/{invented}", "/saker", "/utbetalinger"):
        page = season_client_for("officer1").see(address)
        assert page.text.count("Demodata") == 1, address
    assert "Ekte" in season_client_for("officer1").see(f"/saker/{number}").text.split("«Ekte»", 1)[1]
    assert "Ekte" not in season_client_for("officer1").see(f"/saker/{invented}").text.split("«Ekte»", 1)[1]


def test_the_file_holds_the_same_rows(two_decisions: Flask, client: Client) -> None:
    letters_leave(two_decisions)
    answer = client.get("/tilskudd.csv?aar=2025")
    assert answer.mimetype == "text/csv"
    rows = list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig")), delimiter=";"))
    assert [(row["mottaker_orgnr"], row["tildelt_kr"], row["demodata"]) for row in rows] == [
        ("312999005", "2500001,00", "søkt_kr vedtaksdato tildelt_kr mottaker_navn formål")
    ]


def test_the_spreadsheet_is_the_first_button_and_holds_the_same_rows(two_decisions: Flask, client: Client) -> None:
    letters_leave(two_decisions)
    page = client.see("/tilskudd?aar=2025")
    files = [words for words, address in page.links().items() if "tilskudd." in address]
    assert files == ["Last ned som Excel", "Last ned som CSV"]
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(page.links()["Last ned som Excel"]).get_data())).active
    assert [(row[3], row[7]) for row in sheet.iter_rows(min_row=2, values_only=True)] == [("312999005", 2500001)]


def test_a_grant_that_lapsed_or_was_decided_anew_is_told_no_more(two_decisions: Flask, client: Client) -> None:
    letters_leave(two_decisions)
    with two_decisions.app_context():
        award = db.session.scalars(sa.select(Award)).one()
        told = (award.public_year, award.public_sort)
        assert told == (2025, db.session.get_one(Case, award.case_id).party_sort)
        with writing():
            award.status = AwardStatus.LAPSED
        db.session.remove()
    assert "Demovik" not in client.see("/tilskudd?aar=2025").text
    with two_decisions.app_context(), writing():
        award = db.session.scalars(sa.select(Award)).one()
        award.status = AwardStatus.AWAITING
        old = copied(Decision, award.decision_id)
        proposal = copied(Recommendation, old["recommendation_id"])
        again = {"id": 10_000, "replaces_id": old["id"], "recommendation_id": 10_000}
        db.session.execute(sa.insert(Recommendation), {**proposal, "id": 10_000})
        db.session.execute(sa.insert(Decision), {**old, **again})
    assert "Demovik" not in client.see("/tilskudd?aar=2025").text


def copied(model: type[Base], key: int) -> dict[str, Any]:
    """The columns of a row."""
    row = db.session.get_one(model, key)
    return {column.key: getattr(row, column.key) for column in sa.inspect(model).columns}
