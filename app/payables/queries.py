"""Reading what is to be paid."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from app.budget.domain import EntryKind
from app.budget.models import LedgerEntry
from app.db import db
from app.payables.models import PaymentBasis


def commitments(refs: Collection[str]) -> dict[str, LedgerEntry]:
    """The rows of the ledger that bound these sums, by what they are named."""
    query = sa.select(LedgerEntry).where(LedgerEntry.kind == EntryKind.COMMITMENT, LedgerEntry.ref.in_(refs))
    return {entry.ref: entry for entry in db.session.scalars(query)}


def bases_of(refs: Collection[str]) -> Sequence[PaymentBasis]:
    """The bases of these things, as they are now and in their order."""
    query = sa.select(PaymentBasis).where(PaymentBasis.ref.in_(refs)).order_by(PaymentBasis.id)
    return db.session.scalars(query.execution_options(populate_existing=True)).all()
