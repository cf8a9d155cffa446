"""Reading what is to be decided, what is decided, and which steps a person has on an award."""

from app.awards.queries.ground import Ground, ground, ground_by_number
from app.awards.queries.made import (
    Made,
    account,
    application_of,
    awaiting_between,
    award_and_case,
    award_by_public_id,
    award_of,
    awards_of,
    budget_of,
    case_of,
    decision,
    decision_of,
    instalments_of,
    locked_award,
    reminder_key,
    signer_names,
)
from app.awards.queries.waiting import Group, Row, to_decide

__all__ = [
    "Ground",
    "Group",
    "Made",
    "Row",
    "account",
    "application_of",
    "awaiting_between",
    "award_and_case",
    "award_by_public_id",
    "award_of",
    "awards_of",
    "budget_of",
    "case_of",
    "decision",
    "decision_of",
    "ground",
    "ground_by_number",
    "instalments_of",
    "locked_award",
    "reminder_key",
    "signer_names",
    "to_decide",
]
