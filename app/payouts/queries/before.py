"""What a payment or a claim for money back continues, and whose hands it therefore has from the start."""

from collections.abc import Collection

import sqlalchemy as sa

from app.db import db
from app.payables.models import PaymentBasis
from app.payouts.models import Payable, Repayment
from app.payouts.workflow import DROPPED, DebtStatus


def earlier(payable: Payable) -> sa.Select[int]:
    """The payables that paid out, or tried to, the same sum before this one."""
    return sa.select(Payable.id).where(Payable.basis_id == payable.basis_id, Payable.id < payable.id)


def dropped(case_id: int, ref: str | None = None) -> sa.Select[int]:
    """The claims for money back on the case that nothing came of; one registered after them is the same matter.

    `ref`: the counter-claims on this; without it those that are none.
    """
    return _of(case_id, ref, *DROPPED)


def _of(case_id: int, ref: str | None, *statuses: DebtStatus) -> sa.Select[int]:
    same = Repayment.ref.is_not_distinct_from(ref)
    return sa.select(Repayment.id).where(Repayment.case_id == case_id, same, Repayment.status.in_(statuses))


def registered(case_id: int, ref: str | None = None) -> list[int]:
    """The claims for money back on the case, of the same matter, that wait to be confirmed."""
    query = _of(case_id, ref, DebtStatus.REGISTERED)
    return list(db.session.scalars(query.order_by(Repayment.id)))


def bases_of(payables: Collection[Payable]) -> dict[int, PaymentBasis]:
    """What these payables pay, by key."""
    query = sa.select(PaymentBasis).where(PaymentBasis.id.in_({payable.basis_id for payable in payables}))
    return {basis.id: basis for basis in db.session.scalars(query)}
