"""One officer's sheet, and the sheet that counts on a case."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.access.models import User
from app.applications.models import Application, BudgetKind, BudgetLine
from app.assessments.domain import Cut, Judged, Met, Scored, Sheet, as_applied
from app.assessments.models import Assessment, BudgetCut, Score
from app.cases.models import Case
from app.db import db
from app.flow import Reason

_BUDGET = (
    sa.select(BudgetLine)
    .join(Application, Application.id == BudgetLine.application_id)
    .where(Application.case_id == sa.bindparam("asked"), BudgetLine.kind == BudgetKind.APPLIED)
    .order_by(BudgetLine.position)
)
_SCORES = sa.select(Score.criterion, Score.points, Score.reason).where(Score.assessment_id == sa.bindparam("asked"))
_CUTS = sa.select(BudgetCut.position, BudgetCut.proposed_ore, BudgetCut.why).where(
    BudgetCut.assessment_id == sa.bindparam("asked")
)
_FINISHED = (
    sa.select(Assessment, User.name)
    .join(User, User.id == Assessment.assessor_id)
    .where(Assessment.case_id == sa.bindparam("asked"), Assessment.finished_at.is_not(None))
    .order_by(Assessment.finished_at, Assessment.id)
)


def own(case_id: int, user_id: int) -> Assessment | None:
    """The person's own assessment of the case."""
    query = sa.select(Assessment).where(Assessment.case_id == case_id, Assessment.assessor_id == user_id)
    return db.session.scalar(query.execution_options(populate_existing=True))


def budget_of(case_id: int) -> list[BudgetLine]:
    """The lines applied with, in order."""
    return list(db.session.scalars(_BUDGET, {"asked": case_id}))


def sheet_of(assessment: Assessment | None, lines: Sequence[Any], applied_ore: int) -> Sheet:
    """The sheet as it is stored; a line that is not cut is proposed as applied for."""
    if assessment is None:
        return made_of(None, lines, applied_ore, (), ())
    scores = db.session.execute(_SCORES, {"asked": assessment.id})
    cuts = db.session.execute(_CUTS, {"asked": assessment.id})
    return made_of(assessment, lines, applied_ore, scores, cuts)


def made_of(
    assessment: Assessment | None,
    lines: Sequence[Any],
    applied_ore: int,
    scores: Iterable[tuple[str, int | None, str]],
    cuts: Iterable[tuple[int, int, str]],
) -> Sheet:
    """The same of what is read already: points and reason by criterion, and what is proposed and why by line."""
    whole = as_applied({line.position: line.amount_ore for line in lines}, applied_ore)
    if assessment is None:
        return Sheet(cuts=whole)
    proposed = {position: (ore, why) for position, ore, why in cuts}
    return Sheet(
        requirements={
            code: Judged(Met(each["met"]) if each["met"] else None, each["note"], _told(each.get("fact")))
            for code, each in assessment.requirements.items()
        },
        scores={criterion: Scored(points, reason) for criterion, points, reason in scores},
        cuts=tuple(_cut(each, proposed) for each in whole),
        internal_note=assessment.internal_note,
    )


def _told(fact: dict[str, Any] | None) -> Reason | None:
    """A fact as it was told; its dates were kept as JSON."""
    if not fact:
        return None
    facts = {name: date.fromisoformat(each) if name.endswith("_on") else each for name, each in fact["facts"].items()}
    return Reason(fact["text"], facts)


def _cut(line: Cut, proposed: Mapping[int, tuple[int, str]]) -> Cut:
    ore, why = proposed.get(line.position, (line.proposed_ore, ""))
    return replace(line, proposed_ore=ore, why=why)


def finished(case_id: int) -> list[tuple[Assessment, str]]:
    """The finished assessments of a case with the assessor's name, the first finished first."""
    return [(assessment, name) for assessment, name in db.session.execute(_FINISHED, {"asked": case_id})]


def counting(case: Case, done: Sequence[Assessment]) -> Assessment | None:
    """The one answer to which assessment counts, of those finished, the first finished first: what the recommendation
    builds on, its letter tells and the report's budget is made of.

    It is the recommender's own, else the case officer's, else the one finished first.
    """
    own_first = sorted(done, key=lambda a: (a.assessor_id != case.recommended_by, a.assessor_id != case.officer_id))
    return own_first[0] if own_first else None


def counting_of(case: Case) -> Assessment | None:
    """The assessment of this case that counts, or None when nobody has finished."""
    return counting(case, [assessment for assessment, _ in finished(case.id)])


def finished_sheet(case: Case) -> tuple[Assessment, Sheet] | None:
    """The assessment that counts and its sheet, or None when nobody has finished."""
    assessment = counting_of(case)
    return (assessment, sheet_of(assessment, budget_of(case.id), case.applied_ore)) if assessment else None
