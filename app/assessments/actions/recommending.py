"""Recommend, take back, send back. A recommendation is never edited: it is closed, and a new one is written."""

from datetime import datetime

from app.access.domain import Actor
from app.assessments import queries
from app.assessments.domain import BackCause, Proposal, reasons_against
from app.assessments.models import Recommendation, SendBack
from app.cases import queries as cases
from app.cases.models import Case
from app.cases.workflow import CASE, Step
from app.db import db
from app.flow import Reason, Refused, Stale, advance
from app.rules.queries import rules_of
from app.values.language import N_


def recommend(case_id: int, proposal: Proposal, *, by: Actor, at: datetime, version: int) -> Recommendation:
    """Propose the decision, on the ground of a finished assessment. Raises Refused or Stale."""
    case = _locked(case_id, version)
    found = queries.finished_sheet(case)
    against = reasons_against(proposal, rules_of(case.rule_version_id), found[1] if found else None, case.applied_ore)
    advance(
        case,
        CASE,
        Step.RECOMMEND,
        by=by,
        at=at,
        standing=cases.standing(case, by),
        also=against,
        facts={"outcome": proposal.outcome.value, "amount_ore": proposal.amount_ore},
        # Four eyes: whoever assessed or recommended cannot decide (CHECKs on case_file).
        stamp={"recommended_by": by.id, "assessed_by": found[0].assessor_id if found else None},
    )
    _close_open(case.id, at)
    recommendation = Recommendation(
        case_id=case.id,
        outcome=proposal.outcome,
        amount_ore=proposal.amount_ore,
        purpose=proposal.purpose,
        facts=proposal.facts,
        reasons=proposal.reasons,
        conditions=list(proposal.conditions),
        despite=proposal.despite.strip(),
        recommended_by=by.id,
        recommended_at=at,
    )
    db.session.add(recommendation)
    db.session.flush()
    return recommendation


def take_back(case_id: int, *, by: Actor, at: datetime, version: int) -> Case:
    """Take the recommendation back before it is decided. Raises Refused or Stale."""
    case = _locked(case_id, version)
    advance(case, CASE, Step.TAKE_BACK, by=by, at=at, standing=cases.standing(case, by))
    _close_open(case.id, at)
    return case


def send_back(case_id: int, cause: BackCause, words: str, *, by: Actor, at: datetime, version: int) -> SendBack:
    """The decider's «do it again», with a cause from the list and words. Raises Refused or Stale."""
    case = _locked(case_id, version)
    silent = [] if words.strip() else [Reason(N_("Skriv hva som må gjøres på nytt."))]
    advance(
        case,
        CASE,
        Step.SEND_BACK,
        by=by,
        at=at,
        standing=cases.standing(case, by),
        also=silent,
        facts={"cause": cause.value},
    )
    recommendation = queries.open_recommendation(case.id)
    if recommendation is None:
        raise Refused([Reason(N_("Det er ingen innstilling å sende tilbake."))])
    recommendation.closed_at = at
    row = SendBack(
        case_id=case.id,
        recommendation_id=recommendation.id,
        cause=cause,
        words=words.strip(),
        sent_by=by.id,
        sent_at=at,
    )
    db.session.add(row)
    db.session.flush()
    return row


def _locked(case_id: int, version: int) -> Case:
    case = cases.locked(case_id)
    if case.version != version:
        raise Stale
    return case


def _close_open(case_id: int, at: datetime) -> None:
    recommendation = queries.open_recommendation(case_id)
    if recommendation is not None:
        recommendation.closed_at = at
        db.session.flush()
