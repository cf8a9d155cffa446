"""A whole round answered for at once: with its exceptions, before all other work, and only for those one has seen."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.cases import actions, queries
from app.cases.domain import Impartiality
from app.cases.models import Case, Declaration
from app.db import db, writing
from app.desk.queries import home
from app.flow import Refused
from app.rules.models import Call
from tests import rounds
from tests.client import Client
from tests.factories import AT, acting

Make = Callable[..., Any]
People = Callable[[str], Client]


def _one() -> None:
    """A round with one application."""
    rounds.submitted(rounds.published_call())


def test_a_round_is_answered_once_with_its_exceptions(call: Call) -> None:
    cases = [rounds.submitted(call), rounds.submitted(call, "312999013"), rounds.submitted(call, "964338531")]
    by = acting("officer1")
    with writing():
        tied = {cases[1].id: Impartiality.PARTIAL}
        told = actions.declare_round(call.id, numbers(cases), tied, "Søster er ordfører", by=by, at=AT)
    assert told == 3
    answers = queries.declared([case.id for case in cases], by.id)
    assert [answers[case.id] for case in cases] == ["impartial", "partial", "impartial"]
    with writing():
        assert actions.declare_round(call.id, numbers(cases), {}, "", by=by, at=AT) == 0
    with pytest.raises(Refused), writing():
        actions.declare_round(call.id, numbers(cases), {cases[0].id: Impartiality.IN_DOUBT}, " ", by=by, at=AT)


def numbers(cases: list[Case]) -> list[str]:
    """The cases the page showed."""
    return [str(case.number) for case in cases]


def test_a_tie_is_to_the_party_and_not_to_one_of_its_projects(call: Call) -> None:
    first, second = rounds.submitted(call), rounds.submitted(call, title="Kritisk informasjon i Demovik")
    by = acting("officer1")
    for tie in (Impartiality.PARTIAL, Impartiality.IN_DOUBT):
        with pytest.raises(Refused, match="gjelder den samme søkeren"), writing():
            actions.declare_round(call.id, numbers([first, second]), {second.id: tie}, "Søster", by=by, at=AT)
    with writing():
        actions.declare(first, Impartiality.PARTIAL, "Søster er ordfører", by=by, at=AT)
    with pytest.raises(Refused, match="gjelder den samme søkeren"), writing():
        actions.declare(second, Impartiality.IMPARTIAL, "", by=by, at=AT)
    with writing():
        actions.declare(second, Impartiality.IN_DOUBT, "Samme kommune", by=by, at=AT)
        actions.declare(second, Impartiality.PARTIAL, "Samme kommune", by=by, at=AT)
    with writing():
        actions.declare(first, Impartiality.IMPARTIAL, "", by=acting("officer2"), at=AT)
        actions.declare(second, Impartiality.IMPARTIAL, "", by=acting("officer2"), at=AT)


def test_the_page_ticks_what_is_tied_in_another_case(make: Make, app: Flask, client_for: People) -> None:
    def two() -> None:
        call = rounds.published_call()
        first, _ = rounds.submitted(call), rounds.submitted(call, title="Kritisk informasjon i Demovik")
        with writing():
            actions.declare(first, Impartiality.PARTIAL, "Søster er ordfører", by=acting("officer1"), at=AT)

    make(two)
    officer = client_for("officer1")
    page = officer.see("/habilitet")
    page = officer.see(page.links()["Samhandling 2025"])
    assert len(page.form("Svar for hele runden").fields()["exceptions"]) == 1
    page = officer.see("/saker/T25-0002/habilitet")
    assert "T25-0001, som gjelder den samme søkeren" in page.text
    assert "Jeg er habil" not in page.text


def test_nobody_answers_for_an_applicant_they_have_not_seen(call: Call) -> None:
    seen_one, came_after = rounds.submitted(call), rounds.submitted(call, "312999013")
    by = acting("officer1")
    with writing():
        assert actions.declare_round(call.id, [str(seen_one.number), "", "T25-9999"], {}, "", by=by, at=AT) == 1
    assert queries.declared([seen_one.id, came_after.id], by.id) == {seen_one.id: "impartial"}


def test_a_round_waits_before_all_else_until_it_is_answered_for(call: Call) -> None:
    cases = [rounds.submitted(call), rounds.submitted(call, "312999013")]

    def asked(who: str) -> list[tuple[int, str]]:
        found = home.waiting(acting(who), AT)[0]
        assert not any(each.first for each in found[1:])
        return [(each.count, each.values["public_id"]) for each in found if each.verb == "Svar om du er habil"]

    here = call.public_id
    assert [asked(who) for who in ("officer1", "decider", "finance1")] == [[(2, here)], [(2, here)], []]
    with writing():
        actions.declare(cases[0], Impartiality.PARTIAL, "Søster er ordfører", by=acting("officer1"), at=AT)
    assert asked("officer1") == [(1, here)]
    with writing():
        actions.declare_round(call.id, numbers(cases), {}, "", by=acting("officer1"), at=AT)
    assert (asked("officer1"), asked("decider")) == ([], [(2, here)])


def test_a_whole_round_is_answered_on_one_page(make: Make, app: Flask, client_for: People) -> None:
    make(_one)
    officer = client_for("officer1")
    page = officer.see("/habilitet")
    page = officer.see(page.links()["Samhandling 2025"])
    wrong = page.press("Svar for hele runden", exceptions="1")
    assert wrong.status == 422 and "Skriv kort hvorfor." in wrong.text
    page = page.press("Svar for hele runden")
    assert "Du har svart for alle søkerne i runden." in page.text
    with app.app_context():
        assert db.session.scalars(sa.select(Declaration.answer)).all() == [Impartiality.IMPARTIAL]
        db.session.remove()


def test_who_applied_while_the_page_stood_open_is_not_answered_for(make: Make, app: Flask, client_for: People) -> None:
    make(_one)
    officer = client_for("officer1")
    page = officer.see(officer.see("/habilitet").links()["Samhandling 2025"])
    with app.app_context():
        rounds.submitted(db.session.scalars(sa.select(Call)).one(), "312999013")
        db.session.remove()
    page = page.press("Svar for hele runden", exceptions="1", reason="Søster er ordfører")
    assert "1 av 2 søkere mangler svar fra deg." in page.text
    with app.app_context():
        assert db.session.scalars(sa.select(Declaration.answer)).all() == [Impartiality.PARTIAL]
        db.session.remove()
