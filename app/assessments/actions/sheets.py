"""Start, fill in, finish and reopen one's own sheet. Every verb locks the case first; a sheet needs no lock."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.access.domain import Actor
from app.access.models import User
from app.assessments import judgement, queries
from app.assessments.domain import Judged, Sheet, proposed_sum, weighted
from app.assessments.models import Assessment, BudgetCut, Score
from app.audit import record
from app.cases import queries as cases
from app.cases.actions import assign
from app.cases.models import Case
from app.cases.workflow import CASE, Step
from app.db import db
from app.flow import Refused, Stale, advance, record_hand
from app.rules.domain import to_data
from app.rules.queries import rules_of


def start(case_id: int, *, by: Actor, at: datetime, version: int) -> Case:
    """Start the assessment; a case nobody has becomes the starter's. Raises Refused or Stale."""
    case = cases.locked(case_id)
    if case.version != version:
        raise Stale
    advance(case, CASE, Step.START, by=by, at=at, standing=cases.standing(case, by))
    if case.officer_id is None:
        assign(case, db.session.get_one(User, by.id), by=by, at=at, version=case.version)
        db.session.flush()
    return case


def save_assessment(case_id: int, sheet: Sheet, *, by: Actor, at: datetime, version: int) -> Assessment:
    """Save one's own sheet, finished or not; `version` is nought for the first. Raises Refused or Stale."""
    case = _open(case_id, by)
    assessment = queries.own(case_id, by.id)
    if reasons := judgement.why_not_save(assessment):
        raise Refused(reasons)
    if (assessment.version if assessment else 0) != version:
        raise Stale
    record_hand(CASE.name, case_id, "assessed", case_id=case_id, by=by, at=at)
    score = weighted(rules_of(case.rule_version_id), sheet)
    if assessment is None:
        assessment = Assessment(case_id=case_id, assessor_id=by.id, version=0)
    assessment.version += 1
    assessment.requirements = {code: _plain(each) for code, each in sheet.requirements.items()}
    assessment.proposed_ore = proposed_sum(sheet)
    assessment.weighted = score
    assessment.internal_note = sheet.internal_note
    assessment.changed_at = at
    db.session.add(assessment)
    db.session.flush()
    _write_rows(assessment.id, sheet)
    return assessment


def _plain(judged: Judged) -> dict[str, Any]:
    """The answer as JSON, with the fact that was shown beside it: who answered is the officer, what on can be seen."""
    fact = (
        {"text": judged.fact.text, "facts": {name: to_data(each) for name, each in judged.fact.facts.items()}}
        if judged.fact
        else None
    )
    return {"met": judged.met.value if judged.met else None, "note": judged.note, "fact": fact}


def _write_rows(assessment_id: int, sheet: Sheet) -> None:
    """The scores and cuts of the sheet replace those that were."""
    scores: list[dict[str, Any]] = [
        {"assessment_id": assessment_id, "criterion": code, "points": each.points, "reason": each.reason}
        for code, each in sheet.scores.items()
    ]
    cuts: list[dict[str, Any]] = [
        {"assessment_id": assessment_id, "position": c.position, "proposed_ore": c.proposed_ore, "why": c.why}
        for c in sheet.cuts
    ]
    session = db.session
    for table, rows in ((Score.__table__, scores), (BudgetCut.__table__, cuts)):
        assert isinstance(table, sa.Table)
        session.execute(sa.delete(table).where(table.c.assessment_id == assessment_id))
        if rows:
            session.execute(sa.insert(table), rows)
    session.expire_all()


def finish(case_id: int, *, by: Actor, at: datetime, version: int) -> Assessment:
    """«Ferdig vurdert». Raises Refused with everything that is missing, or Stale."""
    case = _open(case_id, by)
    assessment = _own(case_id, by, version)
    sheet = queries.sheet_of(assessment, queries.budget_of(case_id), case.applied_ore)
    if reasons := judgement.why_not_finish(assessment, sheet, rules_of(case.rule_version_id), case.applied_ore):
        raise Refused(reasons)
    assessment.finished_at = assessment.changed_at = at
    assessment.version += 1
    facts = {"proposed_ore": assessment.proposed_ore}
    record(case.stream, "assessment.finished", facts, by=by, at=at, case_id=case.id)
    return assessment


def reopen(case_id: int, *, by: Actor, at: datetime, version: int) -> Assessment:
    """Open one's finished sheet again while the case is under assessment. Raises Refused or Stale."""
    case = _open(case_id, by)
    assessment = _own(case_id, by, version)
    if reasons := judgement.why_not_reopen(assessment):
        raise Refused(reasons)
    assessment.finished_at = None
    assessment.changed_at = at
    assessment.version += 1
    record(case.stream, "assessment.reopened", {}, by=by, at=at, case_id=case.id)
    return assessment


def _open(case_id: int, by: Actor) -> Case:
    case = cases.locked(case_id)
    if reasons := judgement.closed_to(case, by):
        raise Refused(reasons)
    return case


def _own(case_id: int, by: Actor, version: int) -> Assessment:
    assessment = queries.own(case_id, by.id)
    if assessment is None:
        raise Refused([judgement.NO_SHEET])
    if assessment.version != version:
        raise Stale
    return assessment
