"""Debts are set off in the payee's next payment: held when the list is locked, booked with the line, or let go of.

The debts' rows are locked after cases and lines and before frames, so two lists never take the same debt twice; the
CHECK on what is back and held is the last word.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from app.access.domain import Actor
from app.audit import Entry, record_all
from app.budget import actions as budget
from app.db import db, reference
from app.flow import advance, record_hand
from app.payouts.domain.setting_off import Off
from app.payouts.models import MoneyBack, Payable, PayoutList, Repayment, SetOff
from app.payouts.workflow import REPAYMENT, DebtStep

Held = Sequence[tuple[SetOff, Payable, Repayment]]
_SETS_OFF: Any = SetOff.__table__


def hold(offs: Sequence[Off], made: PayoutList, *, by: Actor, at: datetime) -> None:
    """What is set off on the list is held of its debts from now on; their rows are locked, and were read so."""
    if not offs:
        return
    rows = [
        {
            "payable_id": each.payable_id,
            "repayment_id": each.repayment_id,
            "amount_ore": each.amount_ore,
            "made_at": at,
        }
        for each in offs
    ]
    db.session.connection().execute(sa.insert(_SETS_OFF), rows)
    entries = []
    for each in offs:
        debt = db.session.get_one(Repayment, each.repayment_id)
        debt.held_ore += each.amount_ore
        debt.version += 1
        facts = {"amount_ore": each.amount_ore, "list": made.number}
        entries.append(Entry(debt.stream, "repayment.held", facts, debt.case_id))
    db.session.flush()
    record_all(entries, by=by, at=at)


def book(held: Held, numbers: dict[int, str], paid_on: date, *, by: Actor, at: datetime) -> None:
    """The lines are paid: what was held has come back, once, with the line as its voucher. Raises Refused.

    `numbers`: of the lists, by key.
    """
    for off, line, debt in held:
        number = numbers[line.list_id or 0]
        record_hand(REPAYMENT.name, debt.id, "settled", case_id=debt.case_id, by=by, at=at)
        voucher = f"{number}/{line.line_no}"
        db.session.add(
            MoneyBack(
                repayment_id=debt.id,
                amount_ore=off.amount_ore,
                came_on=paid_on,
                voucher=voucher,
                registered_by=by.id,
                registered_at=at,
            )
        )
        off.booked_at = at
        db.session.flush()
        ref = f"{reference('repayment', debt.id)}:{voucher}"
        budget.repaid(debt.frame_id, debt.case_id, off.amount_ore, ref, by=by, at=at)
        back_ore, held_ore = debt.back_ore + off.amount_ore, debt.held_ore - off.amount_ore
        if back_ore == debt.amount_ore:
            facts, stamp = {"amount_ore": debt.amount_ore}, {"back_ore": back_ore, "held_ore": held_ore}
            advance(debt, REPAYMENT, DebtStep.SET_OFF, by=None, at=at, facts=facts, stamp=stamp)
        else:
            debt.back_ore, debt.held_ore = back_ore, held_ore
            debt.version += 1
            db.session.flush()


def let_go(held: Held, *, by: Actor, at: datetime) -> None:
    """The lines are let go of: what was held is owed again, and set off in the next payment."""
    entries = []
    for off, _line, debt in held:
        off.undone_at = at
        debt.held_ore -= off.amount_ore
        debt.version += 1
        facts = {"amount_ore": off.amount_ore}
        entries.append(Entry(debt.stream, "repayment.set_off_undone", facts, debt.case_id))
    db.session.flush()
    record_all(entries, by=by, at=at)
