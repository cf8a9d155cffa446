"""Reading assessments: one sheet, one case, and the whole round."""

from app.assessments.queries.pages import (
    Applied,
    AppliedLine,
    OnSheet,
    any_unanswered,
    applied,
    next_for,
    on_sheet,
    unanswered,
)
from app.assessments.queries.recommended import (
    Returned,
    last_recommendation,
    open_recommendation,
    returned,
)
from app.assessments.queries.rounds import Round, calls, round_of, round_of_case, too_little_left
from app.assessments.queries.sheets import (
    budget_of,
    counting,
    counting_of,
    finished,
    finished_sheet,
    own,
    sheet_of,
)

__all__ = [
    "Applied",
    "AppliedLine",
    "OnSheet",
    "Returned",
    "Round",
    "any_unanswered",
    "applied",
    "budget_of",
    "calls",
    "counting",
    "counting_of",
    "finished",
    "finished_sheet",
    "last_recommendation",
    "next_for",
    "on_sheet",
    "open_recommendation",
    "own",
    "returned",
    "round_of",
    "round_of_case",
    "sheet_of",
    "too_little_left",
    "unanswered",
]
