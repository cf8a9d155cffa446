"""What a payment or a claim for money back continues, and whose hands it therefore has from the start."""

import sqlalchemy as sa

from app.db import db
from app.payouts.models import Payable, Repayment
from app.payouts.workflow import DebtStatus


def earlier(payable: Payable) -> sa.Select[int]:
    """The payables that paid out, or tried to, the same instalment or claim before this one."""
    same = (
        Payable.claim_id == payable.claim_id
        if payable.instalment_id is None
        else Payable.instalment_id == payable.instalment_id
    )
    return sa.select(Payable.id).where(same, Payable.id < payable.id)


def withdrawn(case_id: int) -> sa.Select[int]:
    """The claims for money back on the case that were withdrawn; one registered after them is the same matter."""
    return sa.select(Repayment.id).where(Repayment.case_id == case_id, Repayment.status == DebtStatus.WITHDRAWN)


def registered(case_id: int) -> list[int]:
    """The claims for money back on the case that wait to be confirmed."""
    query = sa.select(Repayment.id).where(Repayment.case_id == case_id, Repayment.status == DebtStatus.REGISTERED)
    return list(db.session.scalars(query.order_by(Repayment.id)))
