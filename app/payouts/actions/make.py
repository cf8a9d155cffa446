"""Make payables of what is ripe. Each in its own transaction; the case's lock and a unique index make it once."""

from datetime import date, datetime

from app.audit import record
from app.cases.actions import public_id
from app.cases.queries import locked as locked_case
from app.db import db
from app.flow import inherit_hands
from app.payouts import queries
from app.payouts.domain import due_day, wrong_year
from app.payouts.models import Payable
from app.payouts.statement_text import claim_text, instalment_text
from app.payouts.workflow import PAYABLE
from app.values.clock import local_date


def pay_instalment(instalment_id: int, case_id: int, *, at: datetime) -> Payable | None:
    """Make the instalment payable; None when it no longer is ripe, or falls in another budget year."""
    locked_case(case_id)
    today = local_date(at)
    ripe = queries.instalment(instalment_id, today)
    if ripe is None:
        return None
    part, award, case, frame = ripe
    due_on = due_day(today, part.due_on)
    if wrong_year(due_on, frame.year) or award.account_id is None:
        return None
    text = instalment_text(case.scheme_code, case.year, case.number or "", part.nr, part.of)
    made = _payable(case.id, frame.id, award.party_id, award.account_id, part.amount_ore, due_on, text, at)
    made.instalment_id = part.id
    return _make(made, case.decided_by, at)


def pay_claim(claim_id: int, case_id: int, *, at: datetime) -> Payable | None:
    """Make the approved claim payable; None when it no longer is ripe, or falls in another budget year."""
    locked_case(case_id)
    today = local_date(at)
    ripe = queries.claim(claim_id, today)
    if ripe is None:
        return None
    claim, agreement, case, frame = ripe
    due_on = due_day(today, None)
    if wrong_year(due_on, frame.year) or not claim.approved_ore:
        return None
    text = claim_text(case.scheme_code, case.number or "", claim.from_on, claim.to_on)
    made = _payable(case.id, frame.id, claim.party_id, agreement.account_id, claim.approved_ore, due_on, text, at)
    made.claim_id = claim.id
    return _make(made, claim.reviewed_by, at)


def _payable(
    case_id: int, frame_id: int, party_id: int, accepted_id: int, amount_ore: int, due_on: date, text: str, at: datetime
) -> Payable:
    return Payable(
        public_id=public_id(),
        case_id=case_id,
        frame_id=frame_id,
        party_id=party_id,
        account_id=queries.usable_account(party_id, accepted_id),
        amount_ore=amount_ore,
        due_on=due_on,
        text=text,
        made_at=at,
    )


def _make(made: Payable, decided_by: int | None, at: datetime) -> Payable:
    """`decided_by` fixed the sum: the same person may not attest it (domain C.3).

    The same sum asked for before, and let go of, keeps its hands.
    """
    db.session.add(made)
    db.session.flush()
    fixed = None if decided_by is None else {"decided": decided_by}
    inherit_hands(PAYABLE.name, made.id, {PAYABLE.name: queries.earlier(made)}, case_id=made.case_id, new=fixed, at=at)
    facts = {"amount_ore": made.amount_ore, "text": made.text}
    record(made.stream, "payable.made", facts, by=None, at=at, case_id=made.case_id)
    return made
