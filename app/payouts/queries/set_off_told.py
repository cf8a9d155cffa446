"""What a page tells of setting off on a GP's claim: what it was paid with less of, and how what it owes comes back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.compensation.models import Claim
from app.compensation.workflow import CLAIM
from app.db import db, reference
from app.payables.models import PaymentBasis
from app.payouts.models import Payable, PayoutList, Repayment, SetOff
from app.payouts.workflow import DROPPED, DebtStatus, Status


@dataclass(frozen=True)
class ToldOff:
    """So much, in øre, of what a claim owes (`owing`) was kept back of the payment of another, or the same (`paying`).

    `paid_on`: none until the payment is booked.
    """

    repayment_id: int
    amount_ore: int
    list_number: str
    line_no: int
    paid_on: date | None
    owing: Claim
    paying: Claim


def told_offs(claim: Claim) -> Sequence[ToldOff]:
    """What is set off in the payment of this claim, and in others for what it owes; none the bank refused. One read."""
    ref, owing, paying = reference(CLAIM.name, claim.id), aliased(Claim), aliased(Claim)
    query = (
        sa.select(SetOff.repayment_id, SetOff.amount_ore, PayoutList.number, Payable.line_no, Payable.paid_on)
        .add_columns(owing, paying)
        .select_from(SetOff)
        .join(Payable, Payable.id == SetOff.payable_id)
        .join(PayoutList, PayoutList.id == Payable.list_id)
        .join(PaymentBasis, PaymentBasis.id == Payable.basis_id)
        .join(Repayment, Repayment.id == SetOff.repayment_id)
        .join(owing, Repayment.ref == reference(CLAIM.name, owing.id))
        .join(paying, PaymentBasis.ref == reference(CLAIM.name, paying.id))
        .where(SetOff.undone_at.is_(None), sa.or_(PaymentBasis.ref == ref, Repayment.ref == ref))
        .order_by(SetOff.id)
    )
    return [ToldOff(*row) for row in db.session.execute(query)]


def debts_of(claim: Claim) -> Sequence[Repayment]:
    """The debts of the counter-claims on this claim that are confirmed, oldest first."""
    settled = Repayment.status.not_in((*DROPPED, DebtStatus.REGISTERED))
    query = sa.select(Repayment).where(Repayment.ref == reference(CLAIM.name, claim.id), settled)
    return db.session.scalars(query.order_by(Repayment.id)).all()


def payments_of(claim: Claim) -> Sequence[Payable]:
    """The line the claim is paid by, on its list; none before it is on one, or when the bank refused it."""
    query = sa.select(Payable).join(PaymentBasis, PaymentBasis.id == Payable.basis_id)
    on_list = (Payable.list_id.is_not(None), Payable.status != Status.CANCELLED)
    query = query.where(PaymentBasis.ref == reference(CLAIM.name, claim.id), *on_list)
    return db.session.scalars(query.order_by(Payable.id)).all()
