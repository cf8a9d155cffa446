"""Reading what is to be paid."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from app.budget.domain import EntryKind
from app.budget.models import LedgerEntry
from app.db import db
from app.payables.models import PaymentBasis


def commitment(ref: str) -> LedgerEntry:
    """The row of the ledger that bound the sum. Raises NoResultFound."""
    query = sa.select(LedgerEntry).where(LedgerEntry.kind == EntryKind.COMMITMENT, LedgerEntry.ref == ref)
    return db.session.scalars(query).one()


def bases_of(refs: Collection[str]) -> Sequence[PaymentBasis]:
    """The bases of these things, as they are now and in their order."""
    query = sa.select(PaymentBasis).where(PaymentBasis.ref.in_(refs)).order_by(PaymentBasis.id)
    return db.session.scalars(query.execution_options(populate_existing=True)).all()
