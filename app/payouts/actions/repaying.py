"""Verbs on money to come back: a person registers what is decided, another confirms it, finance tells what came."""

from collections.abc import Mapping
from datetime import datetime

from app.access.domain import Actor
from app.audit import record
from app.budget import actions as budget
from app.cases import queries as cases
from app.cases.actions import public_id
from app.cases.models import Case
from app.compensation import actions as compensation
from app.db import db, reference
from app.flow import Reason, Refused, Stale, advance, inherit_hands, record_hand
from app.payouts import queries
from app.payouts.domain import CameBack, Owed, why_not_back
from app.payouts.judgement import repaying as judgement
from app.payouts.models import MoneyBack, Repayment
from app.payouts.workflow import REPAYMENT, DebtStep
from app.values.clock import local_date
from app.values.language import N_


def register_repayment(case_id: int, owed: Owed, *, by: Actor, at: datetime) -> Repayment:
    """Register a claim that is decided and told of; it is no debt before another confirms it. Raises Refused."""
    case = cases.locked(case_id)
    frame_id = queries.frame_paid_from(case_id)
    reasons = judgement.why_not_register(case, by)
    if frame_id is None or reasons:
        raise Refused(reasons)
    if reasons := judgement.why_not_owe(case, owed, at):
        raise Refused(reasons)
    return make_repayment(case, frame_id, owed, by=by, at=at)


def make_repayment(
    case: Case, frame_id: int, owed: Owed, ref: str | None = None, *, by: Actor, at: datetime
) -> Repayment:
    """The claim for money back, judged before; on a locked case. `ref`: what it reverses, for a counter-claim."""
    made = Repayment(
        public_id=public_id(),
        case_id=case.id,
        party_id=case.party_id,
        frame_id=frame_id,
        amount_ore=owed.amount_ore,
        decided_on=owed.decided_on,
        reference=owed.reference,
        reason=owed.reason,
        ref=ref,
        registered_by=by.id,
        registered_at=at,
    )
    db.session.add(made)
    db.session.flush()
    older = {REPAYMENT.name: queries.dropped(case.id, ref)}
    inherit_hands(REPAYMENT.name, made.id, older, case_id=case.id, at=at)
    record_hand(REPAYMENT.name, made.id, "registered", case_id=case.id, by=by, at=at)
    facts = {"amount_ore": owed.amount_ore, "reference": owed.reference, "decided_on": owed.decided_on.isoformat()}
    record(made.stream, "repayment.registered", facts, by=by, at=at, case_id=case.id)
    return made


def confirm_repayment(repayment_id: int, version: int, *, by: Actor, at: datetime) -> None:
    """It is a debt from now on; a counter-claim is decided by this and taken back of its claim.

    Raises Refused or Stale.
    """
    claim = _seen(repayment_id, version)
    stamp: dict[str, object] = {"confirmed_by": by.id, "confirmed_at": at}
    if claim.is_counter_claim:
        stamp["decided_on"] = local_date(at)
    _take(claim, DebtStep.CONFIRM, by, at, stamp)
    budget.debt(claim.frame_id, claim.case_id, claim.amount_ore, reference("repayment", claim.id), by=by, at=at)
    if claim.is_counter_claim:
        compensation.take_back(claim.id, by=by, at=at)


def withdraw_repayment(repayment_id: int, version: int, *, by: Actor, at: datetime) -> None:
    """Registered by mistake, and not confirmed yet; another that waits on the case is the same matter from now on.

    Raises Refused or Stale.
    """
    claim = _seen(repayment_id, version)
    _take(claim, DebtStep.WITHDRAW, by, at, {"withdrawn_by": by.id, "withdrawn_at": at})
    _go_on(claim, at)


def refuse_repayment(repayment_id: int, version: int, answer: str, *, by: Actor, at: datetime) -> None:
    """The second person says no: nothing is owed, and whoever registered it reads why. Raises Refused or Stale."""
    claim = _seen(repayment_id, version)
    if not answer.strip():
        raise Refused([Reason(N_("Skriv hvorfor kravet ikke kan bekreftes."), of="reason")])
    stamp = {"refused_by": by.id, "refused_at": at, "answer": answer.strip()}
    _take(claim, DebtStep.REFUSE, by, at, stamp, {"reason": answer.strip()})
    _go_on(claim, at)


def _go_on(claim: Repayment, at: datetime) -> None:
    """Nothing came of this one: another that waits on the case is the same matter, with its hands."""
    for other in queries.registered(claim.case_id, claim.ref):
        inherit_hands(REPAYMENT.name, other, {REPAYMENT.name: [claim.id]}, case_id=claim.case_id, at=at)


def register_back(repayment_id: int, back: CameBack, version: int, *, by: Actor, at: datetime) -> None:
    """Money has come back; the claim is over when all has. Raises Refused or Stale."""
    claim = _seen(repayment_id, version)
    reasons = judgement.reasons_against_debt(DebtStep.SETTLE, claim, by)
    reasons += why_not_back(back, claim.open_ore, queries.vouchers_of(claim.id), claim.decided_on, local_date(at))
    if reasons:
        raise Refused(reasons)
    db.session.add(
        MoneyBack(
            repayment_id=claim.id,
            amount_ore=back.amount_ore,
            came_on=back.came_on,
            voucher=back.voucher,
            registered_by=by.id,
            registered_at=at,
        )
    )
    facts = {"amount_ore": back.amount_ore, "voucher": back.voucher, "came_on": back.came_on.isoformat()}
    record(claim.stream, "repayment.came", facts, by=by, at=at, case_id=claim.case_id)
    ref = f"{reference('repayment', claim.id)}:{back.voucher}"
    budget.repaid(claim.frame_id, claim.case_id, back.amount_ore, ref, by=by, at=at)
    if claim.back_ore + back.amount_ore == claim.amount_ore:
        _take(claim, DebtStep.SETTLE, by, at, {"back_ore": claim.amount_ore})
    else:
        record_hand(REPAYMENT.name, claim.id, "settled", case_id=claim.case_id, by=by, at=at)
        claim.back_ore += back.amount_ore
        claim.version += 1


def _take(
    claim: Repayment,
    step: DebtStep,
    by: Actor,
    at: datetime,
    stamp: Mapping[str, object],
    told: Mapping[str, object] | None = None,
) -> None:
    standing = cases.on_case(claim.standing(), claim.case_id, by)
    facts = {"amount_ore": claim.amount_ore, **(told or {})}
    advance(claim, REPAYMENT, step, by=by, at=at, standing=standing, facts=facts, stamp=stamp)


def _seen(repayment_id: int, version: int) -> Repayment:
    cases.locked(db.session.get_one(Repayment, repayment_id).case_id)
    claim = queries.locked_repayment(repayment_id)
    if claim.version != version:
        raise Stale
    return claim
