"""An officer reviews a confirmed claim: in full, in part with reasons, refused, or waiting for money.

Automatic control may approve in full only; a person cuts or refuses (domain J.3).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from app.access.domain import Actor
from app.budget import actions as budget
from app.budget.domain import why_not_commit
from app.budget.models import Frame
from app.budget.queries import frame_of, purse
from app.budget.queries import locked as locked_frame
from app.cases import queries as cases
from app.cases.actions import declare
from app.cases.domain import Impartiality
from app.cases.models import Case
from app.compensation import judgement, payables, queries
from app.compensation.actions.replies import reply
from app.compensation.models import Claim
from app.compensation.workflow import CLAIM, Status, Step
from app.db import db, reference
from app.flow import Reason, Refused, Stale, advance
from app.values.clock import local_date
from app.values.language import N_


def approve(claim_id: int, version: int, *, by: Actor, at: datetime) -> Claim:
    """Approve in full, if the frame holds and none that came earlier waits; else the claim waits (domain B.2).

    Raises Refused or Stale.
    """
    claim, case = _locked(claim_id, version)
    frame = _locked_frame(case, at)
    turn = judgement.why_not_turn(claim, case.pot_id)
    waits = turn or frame is None or why_not_commit(purse(frame), claim.claimed_ore)
    if waits and claim.status is not Status.AWAITING_FUNDS:
        _wait(claim, by, at)
        return claim
    also = judgement.why_not_money(claim, frame, queries.counted_for(claim.agreement_id)) + turn
    stamp = {"approved_ore": claim.claimed_ore, "reviewed_by": by.id, "reviewed_at": at}
    _settle(claim, case, Step.APPROVE, {"amount_ore": claim.claimed_ore}, stamp, by, at, also)
    _commit(claim, case, by, at)
    reply(claim, case, by=by, at=at)
    return claim


def approve_part(
    claim_id: int, version: int, units: Mapping[str, int], reason: str, *, by: Actor, at: datetime
) -> Claim:
    """Approve fewer units than claimed, with the reason the GP is told. Raises Refused or Stale."""
    claim, case = _locked(claim_id, version)
    _locked_frame(case, at)
    turn = judgement.why_not_turn(claim, case.pot_id)
    approved_ore = _cut(claim, units, reason)
    stamp = {"approved_ore": approved_ore, "reviewed_by": by.id, "reviewed_at": at, "reason": reason.strip()}
    facts = {"amount_ore": approved_ore, "reason": reason.strip()}
    _settle(claim, case, Step.APPROVE_PART, facts, stamp, by, at, turn)
    _commit(claim, case, by, at)
    reply(claim, case, by=by, at=at)
    return claim


def refuse(claim_id: int, version: int, reason: str, *, by: Actor, at: datetime) -> Claim:
    """Refuse the claim, with the reason the GP is told and may complain on. Raises Refused or Stale."""
    claim, case = _locked(claim_id, version)
    if not reason.strip():
        raise Refused([Reason(N_("Skriv begrunnelsen. Fastlegen får den i svaret."))])
    stamp = {"approved_ore": 0, "reviewed_by": by.id, "reviewed_at": at, "reason": reason.strip()}
    facts = {"amount_ore": claim.claimed_ore, "reason": reason.strip()}
    _settle(claim, case, Step.REFUSE, facts, stamp, by, at)
    reply(claim, case, by=by, at=at)
    return claim


def declare_impartial(claim_id: int, *, by: Actor, at: datetime) -> None:
    """The officer's own declaration on the case, before the first step (fvl §§ 6–10)."""
    claim = queries.locked([claim_id])[0]
    declare(cases.locked(claim.case_id), Impartiality.IMPARTIAL, "", by=by, at=at)


def _locked(claim_id: int, version: int) -> tuple[Claim, Case]:
    """The claim and its case, in the house's order of locks. Raises Stale."""
    claims = queries.locked([claim_id])
    if not claims or claims[0].version != version:
        raise Stale
    return claims[0], cases.locked(claims[0].case_id)


def _settle(
    claim: Claim,
    case: Case,
    step: Step,
    facts: Mapping[str, object],
    stamp: Mapping[str, object],
    by: Actor,
    at: datetime,
    also: Sequence[Reason] = (),
) -> None:
    standing = cases.on_case(claim.standing(), case.id, by)
    advance(claim, CLAIM, step, by=by, at=at, standing=standing, also=also, facts=facts, stamp=stamp)


def _wait(claim: Claim, by: Actor, at: datetime) -> None:
    standing = cases.on_case(claim.standing(), claim.case_id, by)
    facts = {"amount_ore": claim.claimed_ore}
    advance(claim, CLAIM, Step.AWAIT_FUNDS, by=by, at=at, standing=standing, facts=facts)


def _locked_frame(case: Case, at: datetime) -> Frame | None:
    """The frame of this year, locked before it is seen who waits for it: nobody begins to wait meanwhile."""
    frame = frame_of(case.pot_id, local_date(at).year)
    return locked_frame(frame.id) if frame else None


def _commit(claim: Claim, case: Case, by: Actor, at: datetime) -> None:
    """The approved sum is bound in the frame and in the agreement; the CHECK within_cap is the lock of the cap."""
    assert claim.approved_ore is not None
    frame = frame_of(case.pot_id, local_date(at).year)
    if frame is None:
        raise Refused([Reason(N_("Det er ikke satt noen ramme for i år."), who=N_("leder med BDM"))])
    counted = queries.counted_for(claim.agreement_id)
    left_ore = counted.cap_ore - counted.claimed_ore
    if claim.approved_ore > left_ore:
        text = N_("Bare %(left_ore)s er igjen av taket i avtalen.")
        raise Refused([Reason(text, {"left_ore": left_ore})])
    counted.claimed_ore += claim.approved_ore
    db.session.flush()
    budget.commit(frame.id, case.id, claim.approved_ore, reference("claim", claim.id), by=by, at=at)
    payables.add(claim, case, at)


def _cut(claim: Claim, units: Mapping[str, int], reason: str) -> int:
    """Cut the lines to the approved units; gives the new sum in øre."""
    lines = queries.lines_of([claim.id])[claim.id]
    wrong = [line for line in lines if not 0 <= units.get(line.code, line.paid_units) <= line.paid_units]
    reasons = [Reason(N_("Skriv begrunnelsen. Fastlegen får den i svaret."))] if not reason.strip() else []
    if wrong or units.keys() - {line.code for line in lines}:
        reasons.append(Reason(N_("Du kan ikke godkjenne flere enheter enn kravet gir.")))
    if reasons:
        raise Refused(reasons)
    for line in lines:
        line.paid_units = units.get(line.code, line.paid_units)
        line.amount_ore = line.paid_units * line.unit_price_ore
    total_ore = sum(line.amount_ore for line in lines)
    if total_ore == claim.claimed_ore:
        raise Refused([Reason(N_("Ingenting er kuttet. Godkjenn kravet i stedet."))])
    if total_ore == 0:
        raise Refused([Reason(N_("Alt er kuttet. Avslå kravet i stedet."))])
    db.session.flush()
    return total_ore
