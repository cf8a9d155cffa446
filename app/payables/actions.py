"""A room writes what is to be paid."""

from collections.abc import Sequence

from app.db import db
from app.payables import queries
from app.payables.models import PaymentBasis


def add(committed: str, bases: Sequence[PaymentBasis]) -> None:
    """Write the bases of one promise, that was bound in the ledger under `committed` («decision:7»).

    Raises ValueError when they are more than was bound: that is a bug, not something a person did.
    """
    entry = queries.commitment(committed)
    if sum(basis.amount_ore for basis in bases) > entry.amount_ore:
        raise ValueError("more is to be paid than was bound")
    for basis in bases:
        basis.commitment_id = entry.id
    db.session.add_all(bases)
    db.session.flush()
