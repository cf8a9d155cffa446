"""The control that frames and ledger tell the same."""

from datetime import datetime

from app.budget import queries
from app.budget.domain import CaseLedger


class Broken(Exception):
    """A frame's own sums differ from its ledger; the text names each."""


def verify(at: datetime) -> int:
    """How many frames were found right. Raises Broken naming every frame that is not, with both sums in øre."""
    del at
    sums = queries.sums_by_frame()
    frames = queries.all_frames()
    breaks = [
        f"frame {f.id} ({f.year}): committed {f.committed_ore}, ledger {told.committed_ore}; "
        f"paid {f.paid_ore}, ledger {told.paid_ore}"
        for f in frames
        if (told := sums.get(f.id, CaseLedger()))
        and (f.committed_ore, f.paid_ore) != (told.committed_ore, told.paid_ore)
    ]
    if breaks:
        raise Broken("; ".join(breaks))
    return len(frames)
