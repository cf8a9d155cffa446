"""The sheet as an officer fills it in: what the program suggests, saved as one goes, and led to what is missing."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.applications.models import Application, ApplicationAnswer
from app.assessments.models import Assessment
from app.db import db, writing
from app.rules.domain import THE_BUDGET, Known, Requirement, Rules, Words
from tests import factories, rounds, sample_rules
from tests.client import Client

People = Callable[[str], Client]
AS_ONE_GOES = {"X-As-One-Goes": "1"}
KNOWING = replace(
    sample_rules.RULES,
    requirements=tuple(
        Requirement(known.value, Words(f"Krav om {known.value}", f"Krav om {known.value}"), f"3.{n}", known)
        for n, known in enumerate(Known, 1)
    ),
)


@pytest.fixture
def sheet(app: Flask) -> str:
    """The address of a sheet nobody has begun."""
    with app.app_context():
        factories.people()
        number = rounds.assessing(rounds.published_call()).number
        db.session.remove()
        return f"/saker/{number}/vurdering"


@pytest.fixture
def knowing(monkeypatch: pytest.MonkeyPatch) -> Rules:
    """Rules that say what the program may answer; published ones never change, so they are read as if they did."""
    for module in ("routes.sheets", "actions.sheets"):
        monkeypatch.setattr(f"app.assessments.{module}.rules_of", lambda _: KNOWING)
    return KNOWING


def stored(app: Flask) -> Any:
    with app.app_context():
        try:
            return db.session.scalars(sa.select(Assessment)).one().requirements
        finally:
            db.session.remove()


def typed(page: Any) -> dict[str, Any]:
    return {name: values for name, values in page.form("Lagre").fields().items() if values}


@pytest.mark.usefixtures("knowing")
def test_what_the_program_knows_is_suggested_with_its_fact_and_kept_with_the_answer(
    app: Flask, client_for: People, sheet: str
) -> None:
    with app.app_context(), writing() as session:
        session.execute(sa.update(Application).values(signed_title="Kommunedirektør"))
        plan = sa.update(ApplicationAnswer).where(ApplicationAnswer.question_code == "plan")
        session.execute(plan.values(value="Opplæring 1. mars 2025, i bruk 15.06.2025."))
    page = client_for("officer1").see(sheet)
    for fact in (
        "Sendt inn 7. januar 2025. Fristen var 15. januar 2025. Foreslått av programmet",
        "Kostnadene er 1 000 000 kr. Det er søkt om 1 000 000 kr, og egne midler er 0 kr. Foreslått",
        "Svarene nevner disse datoene: 1. mars 2025, 15.06.2025. Foreslått",
        "(Kommunedirektør). Foreslått",
    ):
        assert fact in page.text, fact
    page = page.press("Lagre", met_budget="no", note_budget="Tallene er feil.")
    answers = stored(app)
    assert [answers[known.value]["met"] for known in Known] == ["yes", "yes", "no", "yes"], "the officer has the word"
    assert answers["in_time"]["fact"]["facts"] == {"submitted_on": "2025-01-07", "deadline_on": "2025-01-15"}
    assert page.text.count("Foreslått av programmet") == 3, "no longer where the officer says otherwise"


@pytest.mark.usefixtures("knowing")
def test_what_speaks_against_is_told_and_the_answer_left_open(app: Flask, client_for: People, sheet: str) -> None:
    with app.app_context(), writing() as session:
        session.execute(sa.text("UPDATE case_file SET late = true"))
        session.execute(sa.text("UPDATE application SET own_funding_ore = 100, signed_by = NULL"))
    page = client_for("officer1").see(sheet)
    assert "Svarene nevner ingen datoer." in page.text and "Foreslått av programmet" not in page.text
    assert not any(name.startswith("met_") for name in typed(page))


def test_it_is_saved_as_one_goes(app: Flask, client_for: People, sheet: str) -> None:
    officer = client_for("officer1")
    page = officer.see(sheet)
    sent = {**typed(page), "points_relevance": "4", "points_benefit": "3", "cut_1": "500 000", "do": "save"}
    first = officer.post(sheet, data=sent, headers=AS_ONE_GOES)
    assert first.status_code == 200 and first.json is not None
    assert first.json["version"] == 1
    assert first.json["shown"] == {"sum": "900\u00a0000\u00a0kr", "score": "3,60", "above": ""}
    stale = officer.post(sheet, data=sent, headers=AS_ONE_GOES)
    assert stale.status_code == 409 and stale.json is not None and "annet vindu" in stale.json["said"]
    wrong = officer.post(sheet, data={**sent, "version": "1", "cut_2": "mye"}, headers=AS_ONE_GOES)
    assert wrong.status_code == 422 and wrong.json is not None and "Linje 2" in wrong.json["said"]
    fields = officer.see(sheet).form("Lagre").fields()
    assert (fields["version"], fields["points_relevance"], fields["cut_1"]) == (["1"], ["4"], ["500\u00a0000"])


@pytest.mark.parametrize("cut", ["500 000", "mye"])
def test_finished_in_another_window_it_keeps_what_was_typed(client_for: People, sheet: str, cut: str) -> None:
    """There is no form to keep it in: the page that refuses shows it, whether or not it can be read."""
    officer = client_for("officer1")
    old, page = officer.see(sheet), officer.see(sheet)
    good = {"points_relevance": "4", "why_relevance": "Treffer.", "points_benefit": "3", "why_benefit": "God nytte."}
    done = page.press("Ferdig vurdert", **good, met_applicant="yes", met_anchored="yes")
    assert "Endre vurderingen" in done.buttons()
    page = old.press("Lagre", why_relevance="Lange ord fra dette vinduet", cut_1=cut)
    assert page.status == 409
    assert "Vurderingen er ferdig. Åpne den igjen for å endre den." in page.text
    assert "Lange ord fra dette vinduet" in page.response.get_data(as_text=True)


def test_the_bar_tells_when_more_is_proposed_than_applied_for(app: Flask, client_for: People, sheet: str) -> None:
    officer = client_for("officer1")
    with app.app_context(), db.engine.begin() as session:
        session.execute(sa.text("UPDATE case_file SET applied_ore = 80000000"))
    page = officer.see(sheet)
    assert [typed(page)[cut][0].replace("\xa0", " ") for cut in ("cut_1", "cut_2")] == ["600 000", "200 000"]
    assert "Det er søkt om 800 000 kr, og egne midler er 200 000 kr." in page.text.replace("\xa0", " ")
    assert "mer enn søkt" not in page.text, "the proposal begins with what is applied for"
    sent = {**typed(page), "cut_1": "500 000", "cut_2": "400 000", "do": "save"}
    saved = officer.post(sheet, data=sent, headers=AS_ONE_GOES).json
    assert saved is not None and saved["shown"]["above"] == "100\u00a0000\u00a0kr mer enn søkt"
    assert "100 000 kr mer enn søkt" in officer.see(sheet).text


def test_what_is_missing_leads_to_its_answer(client_for: People, sheet: str) -> None:
    page = client_for("officer1").see(sheet).press("Ferdig vurdert", cut_1="1")
    links = page.links()
    assert links["Formelt krav uten svar: punkt 2.1."] == "#met_applicant-0"
    assert links["Kriterium 1 mangler poeng."] == "#points_relevance-0"
    assert links["Kriterium 2 mangler en setning om hvorfor."] == "#why_benefit"
    assert links["Budsjettlinje 1: skriv hvorfor den er kuttet."] == "#cutwhy_1"
    body = page.response.get_data(as_text=True)
    assert all(f'id="{where[1:]}"' in body for where in links.values() if where.startswith("#"))
    words = [href for text, href in links.items() if text.startswith("Søkerens ord")]
    assert words and all(href.startswith("#svar-") for href in words), "the applicant's words are one click away"


def test_the_rules_say_where_the_answer_to_a_criterion_stands(
    client_for: People, sheet: str, knowing: Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = [question.code for section in knowing.sections for question in section.questions]
    first, second = knowing.criteria[:2]
    told = (replace(first, answered_in=(asked[1], asked[0])), replace(second, answered_in=(THE_BUDGET,)))
    monkeypatch.setattr("app.assessments.routes.sheets.rules_of", lambda _: replace(knowing, criteria=told))
    page = client_for("officer1").see(sheet)
    assert page.root is not None
    rows = {row.get("id"): row for row in page.root.iter("div") if str(row.get("id")).startswith("kriterium-")}
    leads = {key: [link.get("href") for link in row.iter("a")] for key, row in rows.items()}
    assert leads[f"kriterium-{first.code}"] == [f"#svar-{code}" for code in asked[:2]]
    assert leads[f"kriterium-{second.code}"] == ["#budsjett"]
    assert rows[f"kriterium-{first.code}"].get("data-follows") == f"svar-{asked[0]}"


@pytest.mark.parametrize("field", ["met_applicant", "points_relevance"])
def test_an_answer_that_is_no_choice_is_refused(client_for: People, sheet: str, field: str) -> None:
    officer = client_for("officer1")
    sent = {**typed(officer.see(sheet)), field: "77", "do": "save"}
    assert officer.send(sheet, sent).status == 422
