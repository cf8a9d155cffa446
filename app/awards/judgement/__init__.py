"""Why a step on a decision or an award is closed: the same functions for the verb, the page and the list of steps."""

from app.awards.judgement.deciding import (
    STEPS,
    Check,
    beyond_the_case,
    checks,
    left_after,
    revised,
    step_of,
    why_not_decide,
    why_not_money,
    why_not_scores,
)
from app.awards.judgement.held import (
    ENDPOINTS,
    not_declined,
    offers,
    why_not_accept,
    why_not_answer,
    why_not_decline,
    why_not_hold,
)

__all__ = [
    "ENDPOINTS",
    "STEPS",
    "Check",
    "beyond_the_case",
    "checks",
    "left_after",
    "not_declined",
    "offers",
    "revised",
    "step_of",
    "why_not_accept",
    "why_not_answer",
    "why_not_decide",
    "why_not_decline",
    "why_not_hold",
    "why_not_money",
    "why_not_scores",
]
