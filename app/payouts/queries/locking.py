"""Payables as they are now, locked."""

from collections.abc import Collection

import sqlalchemy as sa

from app.cases.models import Case
from app.db import db
from app.payouts.models import Payable


def lock_cases(payable_ids: Collection[int]) -> None:
    """Lock the cases of these payables, in one order: whoever stops an award waits, or is seen."""
    query = sa.select(Case.id).where(Case.id.in_(sa.select(Payable.case_id).where(Payable.id.in_(payable_ids))))
    db.session.execute(query.order_by(Case.id).with_for_update()).all()


def locked(payable_ids: Collection[int]) -> list[Payable]:
    """These payables as they are now, locked after their cases until the transaction ends."""
    lock_cases(payable_ids)
    query = sa.select(Payable).where(Payable.id.in_(payable_ids)).order_by(Payable.id).with_for_update()
    return list(db.session.scalars(query.execution_options(populate_existing=True)))
