"""What the officer judged and proposed, as the decider reads it and the letter says it: the same, and once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from app.applications.models import Application
from app.db import db, writing
from app.rules.domain import Rules
from tests import factories, rounds, sample_rules
from tests.client import Client

People = Callable[[str], Client]
FILLED = {
    "met_applicant": "yes",
    "met_anchored": "yes",
    "why_relevance": "Treffer formålet.",
    "why_benefit": "God nytte.",
    "cut_1": "500 000",
    "cutwhy_1": "Høyere enn i lignende prosjekter",
}
LIMIT = replace(sample_rules.RULES, lowest_score=250)


@pytest.fixture
def case(app: Flask) -> str:
    """The address of a case under assessment, whose letter has all it needs."""
    with app.app_context():
        factories.people()
        made = rounds.assessing(rounds.published_call())
        with writing() as session:
            rounds.impartial(made, "decider")
            whole = {"starts_on": date(2025, 3, 1), "ends_on": date(2025, 12, 31), "account_no": "12345600009"}
            session.execute(sa.update(Application).values(contact_name="Turid Demo", **whole))
        db.session.remove()
        return f"/saker/{made.number}"


@pytest.fixture
def limited(monkeypatch: pytest.MonkeyPatch) -> Rules:
    """Rules that set a limit; published ones never change, so they are read as if they had it."""
    for module in (
        "assessments.routes.recommending",
        "assessments.actions.recommending",
        "awards.queries.decision_basis",
    ):
        monkeypatch.setattr(f"app.{module}.rules_of", lambda _: LIMIT)
    return LIMIT


def assess(officer: Client, case: str, points: str) -> None:
    page = officer.see(case + "/vurdering")
    page.press("Ferdig vurdert", **FILLED, points_relevance=points, points_benefit=points)


def test_what_is_ticked_is_what_the_decider_reads_and_the_letter_says(case: str, client_for: People) -> None:
    officer, decider = client_for("officer1"), client_for("decider")
    assess(officer, case, "4")
    officer.see(case + "/innstilling").press("Lag innstilling", conditions=[], own_conditions="Del erfaringene.")
    decider.see(case + "/send-tilbake").press("Send tilbake", cause="conditions", words="Ta med vilkåret om rapport.")
    form = officer.see(case + "/innstilling").form("Lag innstilling").fields()
    assert (form.get("conditions", []), form["own_conditions"]) == ([], ["Del erfaringene."])
    officer.see(case + "/innstilling").press("Lag innstilling", conditions=["0"])
    read = decider.see(case + "/vedtak").response.get_data(as_text=True)
    for words in ("Dere rapporterer innen fristen.", "Del erfaringene."):
        assert read.count(words) == 2, "once in the proposal, once in the letter"


def test_the_letter_says_each_reason_once(case: str, client_for: People) -> None:
    officer = client_for("officer1")
    assess(officer, case, "4")
    officer.see(case + "/innstilling").press("Lag innstilling")
    read = client_for("decider").see(case + "/vedtak").text
    letter = read[read.index("I vurderingen har vi lagt vekt på") :]
    assert [letter.count(words) for words in ("Treffer formålet.", "God nytte.", "Høyere enn i lignende")] == [1, 1, 1]
    assert "Samlet vurdering: Søknaden oppfyller kriteriene godt." in letter


def test_nothing_met_is_never_granted(case: str, client_for: People) -> None:
    officer = client_for("officer1")
    assess(officer, case, "0")
    page = officer.see(case + "/innstilling")
    assert "Ingen av kriteriene er oppfylt." in page.text
    assert "outcome" not in page.form("Lag innstilling").fields()
    sent = {**page.form("Lag innstilling").fields(), "outcome": "grant_part", "despite": "Vi vil.", "do": "recommend"}
    assert officer.send(case + "/innstilling", sent).status == 422
    assert page.press("Lag innstilling", outcome="refuse").status == 200
    read = client_for("decider").see(case + "/vedtak").text
    assert "Søknaden oppfyller ikke kriteriene." in read and "avslå søknaden" in read


@pytest.mark.usefixtures("limited")
def test_a_grant_below_the_limit_of_the_rules_says_why_in_proposal_and_letter(case: str, client_for: People) -> None:
    officer, decider = client_for("officer1"), client_for("decider")
    assess(officer, case, "2")
    page = officer.see(case + "/innstilling")
    assert "Poengsummen er 2,00. Regelverket setter grensen for å innvilge ved 2,50." in page.text
    assert "outcome" not in page.form("Lag innstilling").fields()
    silent = page.press("Lag innstilling", outcome="grant_part")
    assert silent.status == 422 and "Skriv hvorfor søknaden likevel bør innvilges." in silent.text
    assert silent.press("Lag innstilling", despite="Eneste søker fra regionen.").status == 200
    assert "Innstilt mot poengene" in decider.see("/vedtak").text
    page = decider.see(case + "/vedtak")
    assert "2,00 av 5,00. Innstilt mot poengene." in page.text
    assert "Hvorfor vi likevel innvilger: Eneste søker fra regionen." in page.text, "in the letter"
    assert page.response.get_data(as_text=True).count("Eneste søker fra regionen.") == 2, "and in the proposal"


def test_without_a_limit_low_scores_are_no_warning(case: str, client_for: People) -> None:
    officer = client_for("officer1")
    assess(officer, case, "1")
    page = officer.see(case + "/innstilling")
    assert "Poengene taler mot" not in page.text
    assert page.form("Lag innstilling").fields()["outcome"] == ["grant_part"]
