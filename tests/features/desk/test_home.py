"""«Mine oppgaver»: each person sees what they can do, and nothing they cannot."""

import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from app.awards.models import Award
from app.awards.workflow import Status as AwardStatus
from app.cases import actions as cases
from app.cases.domain import Impartiality
from app.cases.models import Case
from app.cases.queries import locked
from app.db import db, writing
from app.desk.queries import home
from app.people import actions as people
from app.reports.models import Report
from tests import factories, reporting
from tests.bench.load import load
from tests.client import Client
from tests.features.desk.conftest import statements_of
from tests.page_contract import words_of

People = Callable[[str], Client]


@pytest.fixture
def recommended(app: Flask) -> str:
    with app.app_context():
        factories.people()
        case_id, officer = factories.recommended(), factories.acting("officer1")
        with writing():
            cases.declare(locked(case_id), Impartiality.IMPARTIAL, "", by=officer, at=factories.AT)
        db.session.remove()
    return "T25-0001"


def test_the_leader_is_asked_to_decide_and_the_officer_waits(recommended: str, client_for: People) -> None:
    assert "Vedta" in client_for("decider").see("/mine-oppgaver").text
    officer = client_for("officer1").see("/mine-oppgaver").text
    assert "Ingenting venter på deg nå." in officer
    assert "Demovik kommune" in officer


def test_a_granted_case_nobody_has_is_the_leads_to_give_away_while_something_is_left(
    app: Flask, client_for: People
) -> None:
    at = reporting.IN_TIME

    def free() -> set[str]:
        with app.app_context():
            found = {row.number for row in home.cases_of(factories.acting("lead")).free}
            db.session.remove()
        return found

    with app.app_context():
        factories.people()
        first = reporting.approved(reporting.in_review(reporting.delivered(reporting.report_due())))
        lapsed = factories.decided(factories.recommended(number="T25-0002"))
        with writing():
            people.end_person(factories.user("officer1").id, None, by=factories.acting("admin"), at=at)
        db.session.remove()
    assert free() == {"T25-0001", "T25-0002"}
    lead = client_for("lead")
    assert "T25-0001" in lead.see("/mine-oppgaver").text
    lead.see("/saker/T25-0001/fordel").press("Fordel saken", officer=key_of(app, "officer2"))
    assert free() == {"T25-0002"}
    with app.app_context():
        with writing() as session:
            session.execute(sa.update(Award).where(Award.id == lapsed).values(status=AwardStatus.LAPSED))
            session.execute(sa.update(Case).values(officer_id=None, officer_name=""))
        db.session.remove()
    assert free() == {"T25-0001"}, "money is left to pay"
    with app.app_context():
        with writing() as session:
            session.execute(sa.update(Award).where(Award.id != lapsed).values(status=AwardStatus.PAID))
        db.session.remove()
    assert free() == {"T25-0001"}, "the last report is left"
    with app.app_context():
        done = {c: getattr(reporting.get(first), c) for c in ("status", *ENDED)}
        with writing() as session:
            session.execute(sa.update(Report).where(Report.id != first).values(done))
        db.session.remove()
    assert free() == set()


# What the row of a controlled report has, beside its status.
ENDED = (
    "delivered_by", "delivered_at", "reviewed_by", "reviewed_at", "conclusion", "conclusion_reason", "own_goal",
    "received_ore", "used_ore", "unused_ore", "unused_wish",
)  # fmt: skip


def key_of(app: Flask, username: str) -> str:
    """The key a form knows the person by."""
    with app.app_context():
        found = str(factories.user(username).id)
        db.session.remove()
    return found


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
    assert len(sent) <= 20, [statement for statement, _ in sent]


@pytest.mark.parametrize("username", ["bergen", "gp1", "area-nordland", "admin"])
def test_others_have_another_home(recommended: str, client_for: People, username: str) -> None:
    assert client_for(username).see("/mine-oppgaver").status == 403


@pytest.mark.parametrize("username", ["officer1", "lead", "decider", "finance1", "finance2"])
def test_what_is_counted_is_what_is_listed(season: Flask, season_client_for: People, username: str) -> None:
    """Also queues, payments and lists: whatever has a deadline in the table of tasks."""
    page = season_client_for(username).see("/mine-oppgaver")
    assert page.root is not None
    listed = next(each for each in page.root.iter("section") if each.get("id") == "oppgaver")
    late = sum("over fristen" in words_of(row) for row in listed.iter("tr"))
    soon = sum(re.search(r"i dag|i morgen|om [2-7] dager", words_of(row)) is not None for row in listed.iter("tr"))
    counted = {words.split(" ", 1)[1]: words.split()[0] for words in page.links() if words[:1].isdigit()}
    assert counted["over fristen"] == str(late)
    assert counted["har frist i løpet av en uke"] == str(soon)


def test_who_has_nothing_to_do_is_told_so_once(app: Flask, client_for: People) -> None:
    with app.app_context():
        factories.people()
    page = client_for("auditor").see("/mine-oppgaver")
    assert page.root is not None
    main = page.root.find(".//main")
    assert main is not None
    assert page.text.count("Ingenting") == 1
    assert not list(main.iter("section"))


def test_one_who_acts_for_many_sees_whose_work_waits(season: Flask, season_client_for: People) -> None:
    client = season_client_for("kommuner")
    home = client.see("/vaar-side")
    choices = {words_of(each): each.get("value") for each in home.form("Vis").element.iter("option")}
    assert "Drammen kommune (1)" in choices
    assert f"{home.h1.partition(':')[0]} (" in " ".join(choices)
    assert "Ingenting venter på" not in home.text
    assert "Drammen kommune" in home.links() or home.h1.startswith("Drammen kommune")
    page = home.press("Vis", virksomhet=next(key for words, key in choices.items() if not words.endswith(")")))
    assert f"Ingenting venter på {page.h1.partition(':')[0]} nå." in page.text


def test_finance_lands_where_the_list_that_waits_for_its_outcome_stands(
    season: Flask, season_client_for: People
) -> None:
    for username in ("finance1", "finance2", "finance3"):
        client = season_client_for(username)
        tasks, landing = client.see("/mine-oppgaver"), client.see("/utbetalinger")
        wanted = {href for words, href in tasks.links().items() if words.startswith("Registrer utfallet")}
        assert wanted <= set(landing.links().values()), username
        assert "Ingenting venter på deg nå" in tasks.text or any(
            words in " ".join(landing.links())
            for words in ("Registrer", "Kontroller", "Attester (", "Lås og overfør (")
        ), username
