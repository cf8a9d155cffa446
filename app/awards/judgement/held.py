"""Why a step on an award is closed, and the steps of a case in this room."""

from datetime import date, datetime

from app.access.domain import Actor, Permission
from app.access.models import User
from app.applications.models import Application
from app.awards import letter_facts, queries
from app.awards.domain import (
    Acceptance,
    not_to_be_answered,
    not_told,
    not_yet_past,
    why_not_account,
    why_not_revised,
)
from app.awards.judgement.deciding import step_of, why_not_decide
from app.awards.models import Award
from app.awards.workflow import AWARD, Status
from app.awards.workflow import Step as AwardStep
from app.cases import queries as cases
from app.cases.judgement import why_not_vouch
from app.cases.models import Case
from app.cases.workflow import Status as CaseStatus
from app.db import db
from app.flow import Offer, Reason, why_not
from app.rules.models import Track
from app.values.clock import local_date
from app.values.language import N_

_HELD = {
    Status.AWAITING: (AwardStep.LAPSE,),
    Status.ACCEPTED: (AwardStep.STOP,),
    Status.PARTLY_PAID: (AwardStep.STOP,),
    Status.STOPPED: (AwardStep.RESUME,),
}
ENDPOINTS = {AwardStep.LAPSE: "awards.lapse", AwardStep.STOP: "awards.stop", AwardStep.RESUME: "awards.resume"}


def offers(case: Case, actor: Actor, at: datetime) -> list[Offer]:
    """The decision while the case is recommended; then a yes or a no, stop, resume and lapse of its award."""
    if case.track is not Track.GRANT or case.number is None:
        return []
    if case.status is CaseStatus.RECOMMENDED:
        return _decide(case, actor, at) if actor.is_internal else []
    award = queries.award_of(case.id) if case.granted_ore else None
    if award is None:
        return []
    if award.party_id in actor.party_ids:
        return _answer(award, actor, at) if queries.accept_by(award) is not None else []
    return [_hold(case, award, step, actor, at) for step in _HELD.get(award.status, ()) if actor.is_internal]


def why_not_answer(award: Award, actor: Actor, at: datetime) -> list[Reason]:
    """Why this person cannot accept now."""
    also = [
        *not_to_be_answered(queries.accept_by(award), local_date(at)),
        *why_not_vouch(award.party_id, actor),
    ]
    return why_not(AWARD, AwardStep.ACCEPT, award.standing(), actor, also)


def why_not_decline(award: Award, actor: Actor) -> list[Reason]:
    """Why this person cannot say no to the grant now."""
    return why_not(AWARD, AwardStep.DECLINE, award.standing(), actor, not_told(queries.accept_by(award)))


def not_declined(award: Award, reason: str) -> list[Reason]:
    """Why this is no way to say no to it, beyond the award's own table of moves."""
    return [*not_told(queries.accept_by(award)), *([] if reason.strip() else [Reason(N_("Skriv hvorfor."))])]


def why_not_accept(
    award: Award, application: Application, acceptance: Acceptance, actor: Actor, today: date
) -> list[Reason]:
    """Why this answer does not do, beyond the award's own table of moves."""
    return [
        *not_to_be_answered(queries.accept_by(award), today),
        *why_not_account(acceptance, application.account_no),
        *why_not_revised(acceptance, award.amount_ore, application.own_funding_ore, award.partial),
        *why_not_vouch(award.party_id, actor),
    ]


def why_not_hold(case: Case, award: Award, step: AwardStep, actor: Actor, at: datetime) -> list[Reason]:
    """Why this person cannot stop, resume or let lapse now."""
    also = not_yet_past(queries.accept_by(award), local_date(at)) if step is AwardStep.LAPSE else []
    return why_not(AWARD, step, cases.on_case(award.standing(), case.id, actor), actor, also)


def _decide(case: Case, actor: Actor, at: datetime) -> list[Offer]:
    basis = queries.basis(case.id)
    if basis is None:
        return []
    reasons = why_not_decide(basis, cases.standing(case, actor), actor, local_date(at))
    if actor.may(Permission.DECIDE):
        facts = letter_facts.facts_of(basis, db.session.get_one(User, actor.id), local_date(at))
        reasons += letter_facts.why_not_letter(facts)
    return [Offer(step_of(basis), tuple(reasons), "awards.decision", {"number": str(case.number)})]


def _answer(award: Award, actor: Actor, at: datetime) -> list[Offer]:
    if award.status is not Status.AWAITING:
        return []
    where = {"public_id": award.public_id}
    return [
        Offer(AwardStep.ACCEPT, tuple(why_not_answer(award, actor, at)), "awards.accept", where),
        Offer(AwardStep.DECLINE, tuple(why_not_decline(award, actor)), "awards.decline", where, aside=True),
    ]


def _hold(case: Case, award: Award, step: AwardStep, actor: Actor, at: datetime) -> Offer:
    reasons = tuple(why_not_hold(case, award, step, actor, at))
    return Offer(step, reasons, ENDPOINTS[step], {"number": str(case.number)})
