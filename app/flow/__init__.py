"""The one door for every status: tables of moves, why a step is closed, and the change with its audit entry.

A room of its own below `rules`, because rule versions and calls have a life too and may not see `cases`.
"""

from app.flow.actions import advance, advance_all, inherit_hands, leave_hands, record_hand, record_hands
from app.flow.domain import (
    Move,
    Offer,
    Reason,
    Refused,
    Stale,
    Standing,
    Waiting,
    Workflow,
    is_theirs,
    not_impartial,
    why_not,
    why_not_bind,
    why_not_for_the_house,
    why_not_hand,
    wrong_status,
)

__all__ = [
    "Move",
    "Offer",
    "Reason",
    "Refused",
    "Stale",
    "Standing",
    "Waiting",
    "Workflow",
    "advance",
    "advance_all",
    "inherit_hands",
    "is_theirs",
    "leave_hands",
    "not_impartial",
    "record_hand",
    "record_hands",
    "why_not",
    "why_not_bind",
    "why_not_for_the_house",
    "why_not_hand",
    "wrong_status",
]
