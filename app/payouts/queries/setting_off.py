"""Reading what can be set off, and what is."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from app.budget.models import Frame
from app.db import db
from app.payables.models import PaymentBasis
from app.payouts.domain.setting_off import Due, Off, OpenDebt, set_off
from app.payouts.kinds import KINDS
from app.payouts.models import Payable, Repayment, SetOff
from app.payouts.workflow import DebtStatus


def offs_for(payable_ids: Sequence[int], *, lock: bool = False) -> list[Off]:
    """What is set off in these lines if they are paid now, in their order; two reads, one where no kind of them sets
    off. With `lock` the debts are locked until the transaction ends, so that two lists never take the same.
    """
    lines = _due(payable_ids)
    return set_off(lines, _debts({line.party_id for line in lines}, lock)) if lines else []


def _due(payable_ids: Sequence[int]) -> list[Due]:
    query = (
        sa.select(Payable.id, Payable.party_id, Frame.pot_id, Payable.amount_ore, PaymentBasis.ref)
        .join(Frame, Frame.id == Payable.frame_id)
        .join(PaymentBasis, PaymentBasis.id == Payable.basis_id)
        .where(Payable.id.in_(payable_ids))
    )
    found = {row.id: row for row in db.session.execute(query)}
    rows = [found[key] for key in payable_ids if KINDS[found[key].ref.partition(":")[0]].sets_off]
    return [Due(row.id, row.party_id, row.pot_id, row.amount_ore) for row in rows]


def _debts(party_ids: Collection[int], lock: bool) -> list[OpenDebt]:
    query = (
        sa.select(Repayment, Frame.pot_id)
        .join(Frame, Frame.id == Repayment.frame_id)
        .where(
            Repayment.party_id.in_(party_ids),
            Repayment.status == DebtStatus.CONFIRMED,
            Repayment.back_ore + Repayment.held_ore < Repayment.amount_ore,
        )
        .order_by(Repayment.id)
    )
    if lock:
        query = query.with_for_update(of=Repayment).execution_options(populate_existing=True)
    rows = db.session.execute(query)
    return [OpenDebt(debt.id, debt.party_id, pot_id, debt.open_ore) for debt, pot_id in rows]


def locked_offs(payable_ids: Collection[int]) -> list[tuple[SetOff, Payable, Repayment]]:
    """What is held of debts for these lines, neither booked nor undone, with the debts locked in the order of keys."""
    held = sa.and_(SetOff.booked_at.is_(None), SetOff.undone_at.is_(None), SetOff.payable_id.in_(payable_ids))
    debts = sa.select(Repayment).where(Repayment.id.in_(sa.select(SetOff.repayment_id).where(held)))
    anew = {"populate_existing": True}
    db.session.scalars(debts.order_by(Repayment.id).with_for_update(), execution_options=anew).all()
    query = (
        sa.select(SetOff, Payable, Repayment)
        .join(Payable, Payable.id == SetOff.payable_id)
        .join(Repayment, Repayment.id == SetOff.repayment_id)
        .where(held)
        .order_by(SetOff.id)
    )
    return [(off, payable, debt) for off, payable, debt in db.session.execute(query)]
