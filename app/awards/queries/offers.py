"""Which steps a person has on a case's decision and award, open or closed with every reason."""

from datetime import datetime

from app.access.domain import Actor, Permission
from app.assessments.models import Outcome, Recommendation
from app.awards.domain import not_yet_past, past_deadline, why_no_authority
from app.awards.models import Award
from app.awards.queries.made import award_of
from app.awards.workflow import AWARD, Status, Step
from app.budget import queries as budget
from app.budget.domain import why_not_commit
from app.cases import queries as cases
from app.cases import workflow as case_flow
from app.cases.models import Case
from app.db import db
from app.flow import Offer, Reason, why_not
from app.rules.models import Track
from app.values.clock import local_date

STEPS = {
    Outcome.GRANT: case_flow.Step.GRANT,
    Outcome.GRANT_PART: case_flow.Step.GRANT_PART,
    Outcome.REFUSE: case_flow.Step.REFUSE,
}
_HELD = {
    Status.AWAITING: (Step.LAPSE,),
    Status.ACCEPTED: (Step.STOP,),
    Status.PARTLY_PAID: (Step.STOP,),
    Status.STOPPED: (Step.RESUME,),
}
ENDPOINTS = {Step.LAPSE: "awards.lapse", Step.STOP: "awards.stop", Step.RESUME: "awards.resume"}


def offers(case: Case, actor: Actor, at: datetime) -> list[Offer]:
    """The decision while the case is recommended; then acceptance, stop, resume and lapse of its award."""
    if case.track is not Track.GRANT or case.number is None:
        return []
    if case.status is case_flow.Status.RECOMMENDED:
        return _decide(case, actor, at) if actor.is_internal else []
    award = award_of(case.id) if case.granted_ore else None
    if award is None:
        return []
    if award.party_id in actor.party_ids:
        return _answer(award, actor, at)
    return [_hold(case, award, step, actor, at) for step in _HELD.get(award.status, ()) if actor.is_internal]


def why_not_answer(award: Award, actor: Actor, at: datetime) -> list[Reason]:
    """Why this person cannot accept now."""
    return why_not(AWARD, Step.ACCEPT, award.standing(), actor, past_deadline(award.accept_by_on, local_date(at)))


def why_not_hold(case: Case, award: Award, step: Step, actor: Actor, at: datetime) -> list[Reason]:
    """Why this person cannot stop, resume or let lapse now."""
    also = not_yet_past(award.accept_by_on, local_date(at)) if step is Step.LAPSE else []
    return why_not(AWARD, step, cases.on_case(award.standing(), case.id, actor), actor, also)


def _decide(case: Case, actor: Actor, at: datetime) -> list[Offer]:
    proposal = db.session.scalar(
        db.select(Recommendation).where(Recommendation.case_id == case.id, Recommendation.closed_at.is_(None))
    )
    if proposal is None:
        return []
    frame, amount = budget.frame_of(case.pot_id, case.year), proposal.amount_ore
    also = why_no_authority(actor.delegations, amount, local_date(at)) if actor.may(Permission.DECIDE) else []
    money = why_not_commit(budget.purse(frame) if frame else None, amount) if amount else []
    step = STEPS[proposal.outcome]
    reasons = why_not(case_flow.CASE, step, cases.standing(case, actor), actor, [*also, *money])
    return [Offer(step, tuple(reasons), "awards.decision", {"number": str(case.number)})]


def _answer(award: Award, actor: Actor, at: datetime) -> list[Offer]:
    if award.status is not Status.AWAITING:
        return []
    return [
        Offer(Step.ACCEPT, tuple(why_not_answer(award, actor, at)), "awards.accept", {"public_id": award.public_id})
    ]


def _hold(case: Case, award: Award, step: Step, actor: Actor, at: datetime) -> Offer:
    reasons = tuple(why_not_hold(case, award, step, actor, at))
    return Offer(step, reasons, ENDPOINTS[step], {"number": str(case.number)})
