"""Reading assessments: one sheet, one case, and the whole round."""

from app.assessments.queries.offers import closed_to, handled, offers
from app.assessments.queries.recommended import (
    Returned,
    last_recommendation,
    open_recommendation,
    returned,
    returned_cases,
)
from app.assessments.queries.sheets import (
    budget_of,
    counting,
    finished,
    finished_sheet,
    own,
    sheet_of,
)

__all__ = [
    "Returned",
    "budget_of",
    "closed_to",
    "counting",
    "finished",
    "finished_sheet",
    "handled",
    "last_recommendation",
    "offers",
    "open_recommendation",
    "own",
    "returned",
    "returned_cases",
    "sheet_of",
]
