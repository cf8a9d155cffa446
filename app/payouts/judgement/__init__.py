"""Why a step on a payable, an account number or money to come back is closed: one function for verb, page and list."""

from app.payouts.judgement.countering import why_not_counter, why_not_so
from app.payouts.judgement.lines import (
    answered_for,
    is_mine,
    not_that_day,
    offers,
    on_line,
    reasons_against,
    unanswered,
    unanswered_for,
    why_not_answer,
    why_not_control,
    why_not_give,
    why_not_number,
    why_not_take_file,
)
from app.payouts.judgement.repaying import reasons_against_debt, why_not_owe, why_not_register

__all__ = [
    "answered_for",
    "is_mine",
    "not_that_day",
    "offers",
    "on_line",
    "reasons_against",
    "reasons_against_debt",
    "unanswered",
    "unanswered_for",
    "why_not_answer",
    "why_not_control",
    "why_not_counter",
    "why_not_give",
    "why_not_number",
    "why_not_owe",
    "why_not_register",
    "why_not_so",
    "why_not_take_file",
]
