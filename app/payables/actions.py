"""A room writes what is to be paid."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from app.db import db
from app.payables import queries
from app.payables.models import PaymentBasis

_TABLE: Any = PaymentBasis.__table__
# What a row is born with; the rest follows from what happens later.
_BORN = tuple(column.key for column in _TABLE.columns if column.key not in ("id", "stopped", "lapsed", "taken"))
_ADD = sa.insert(_TABLE)


def add(committed: str, bases: Sequence[PaymentBasis]) -> None:
    """Write the bases of one promise, that was bound in the ledger under `committed` («decision:7»).

    Raises ValueError when they are more than was bound: that is a bug, not something a person did.
    """
    add_many({committed: bases})


def add_many(promises: Mapping[str, Sequence[PaymentBasis]]) -> None:
    """The same of many promises, with a fixed number of statements. Raises ValueError, or KeyError where none is."""
    entries = queries.commitments(promises)
    for committed, bases in promises.items():
        entry = entries[committed]
        if sum(basis.amount_ore for basis in bases) > entry.amount_ore:
            raise ValueError("more is to be paid than was bound")
        for basis in bases:
            basis.commitment_id = entry.id
    rows = [_row(basis) for bases in promises.values() for basis in bases]
    if rows:
        db.session.flush()
        db.session.connection().execute(_ADD, rows)


def _row(basis: PaymentBasis) -> dict[str, Any]:
    return {name: getattr(basis, name) for name in _BORN} | {"stopped": False, "lapsed": False}
