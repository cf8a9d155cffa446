"""The verbs of frames: set and changed, and every row of the ledger."""

from app.budget.actions.changes import (
    confirm_change,
    propose,
    refuse_change,
)
from app.budget.actions.frames import (
    commit,
    commit_all,
    debt,
    pay,
    pay_all,
    put_at_disposal,
    reduce,
    repaid,
    set_frame,
    unused,
)

__all__ = [
    "commit",
    "commit_all",
    "confirm_change",
    "debt",
    "pay",
    "pay_all",
    "propose",
    "put_at_disposal",
    "reduce",
    "refuse_change",
    "repaid",
    "set_frame",
    "unused",
]
