"""Make payables of what is ready. Each in its own transaction; the case's lock and a unique index make it once."""

from datetime import datetime

from app.audit import record
from app.cases.actions import public_id
from app.cases.queries import locked as locked_case
from app.db import db
from app.flow import inherit_hands
from app.payouts import queries
from app.payouts.domain import due_day, wrong_year
from app.payouts.models import Payable
from app.payouts.workflow import PAYABLE
from app.values.clock import local_date


def pay(basis_id: int, case_id: int, *, at: datetime) -> Payable | None:
    """Make the sum payable; None when it no longer is ready, or falls in another budget year.

    Who fixed the sum may not attest it (domain C.3), nor may who laid in what it pays. The same sum asked for before,
    and let go of, keeps its hands.
    """
    locked_case(case_id)
    today = local_date(at)
    ready = queries.ready(basis_id, today)
    if ready is None:
        return None
    basis, frame = ready
    due_on = due_day(today, basis.from_on)
    if wrong_year(due_on, frame.year) or basis.account_id is None:
        return None
    made = Payable(
        public_id=public_id(),
        basis_id=basis.id,
        case_id=basis.case_id,
        frame_id=frame.id,
        party_id=basis.party_id,
        account_id=queries.usable_account(basis.party_id, basis.account_id),
        amount_ore=basis.amount_ore,
        due_on=due_on,
        text=basis.text,
        made_at=at,
    )
    db.session.add(made)
    db.session.flush()
    fixed = None if basis.decided_by is None else {"decided": basis.decided_by}
    inherit_hands(PAYABLE.name, made.id, {PAYABLE.name: queries.earlier(made)}, case_id=made.case_id, new=fixed, at=at)
    of = {basis.kind: [basis.thing_id]}
    inherit_hands(PAYABLE.name, made.id, of, case_id=made.case_id, only=("imported",), at=at)
    facts = {"amount_ore": made.amount_ore, "text": made.text}
    record(made.stream, "payable.made", facts, by=None, at=at, case_id=made.case_id)
    return made
