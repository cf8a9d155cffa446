"""Which assessment counts has one answer: the page that decides, the letter and the report show the same sums."""

from dataclasses import replace
from operator import attrgetter

import pytest
from flask import Flask

from app.assessments import actions, queries
from app.assessments.domain import Sheet
from app.awards import letter_facts
from app.awards import queries as awards
from app.awards.models import Award
from app.db import db, writing
from app.reports import jobs
from app.values.clock import local_date
from tests import factories, rounds
from tests.factories import AT, acting

# The same sum, cut from another line, so that only the lines tell whose sheet it is.
CUT, POSITION = 100_000_00, attrgetter("position")


def sheet(line: int) -> Sheet:
    """A whole assessment that cuts this line of the budget."""
    whole = rounds.full_sheet()
    cut = (replace(c, proposed_ore=c.applied_ore - CUT, why="For høyt.") for c in whole.cuts if c.position == line)
    return replace(whole, cuts=tuple(sorted((*cut, *(c for c in whole.cuts if c.position != line)), key=POSITION)))


@pytest.mark.parametrize("recommender", ["officer1", "officer2"])
def test_letter_and_report_show_the_assessment_the_recommendation_built_on(app: Flask, recommender: str) -> None:
    """The case officer finished first, a colleague last: neither order is a rule of its own."""
    with app.app_context():
        factories.people()
        case, _ = rounds.assessed(rounds.published_call(), sheet=sheet(1))
        with writing():
            rounds.impartial(case, "officer2")
        by = acting("officer2")
        with writing():
            saved = actions.save_assessment(case.id, sheet(2), by=by, at=AT, version=0)
            actions.finish(case.id, by=by, at=AT, version=saved.version)
        person = acting(recommender)
        total = sum(cut.proposed_ore for cut in sheet(1).cuts)
        with writing():
            actions.recommend(case.id, rounds.proposal(total), by=person, at=AT, version=rounds.fresh(case).version)
        wanted = [cut.proposed_ore for cut in sheet(1 if recommender == "officer1" else 2).cuts]
        found = queries.finished_sheet(rounds.fresh(case))
        basis = awards.basis(case.id)
        assert found is not None and basis is not None
        assert [cut.proposed_ore for cut in found[1].cuts] == wanted
        assert [basis.proposed[line.position] for line in basis.lines] == wanted
        told = letter_facts.facts_of(basis, None, local_date(AT)).cuts
        assert [cut.granted_ore for cut in told] == wanted
        award = Award(partial=True, amount_ore=total)
        budget = jobs._budget(award, basis.case, basis.rules.cost_types)
        assert [ore for _, _, ore in budget] == wanted
        db.session.remove()
