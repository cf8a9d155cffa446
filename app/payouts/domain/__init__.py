"""Payments as plain facts: the controls, the list, and money to come back."""

from app.payouts.domain.controls import (
    Check,
    Snapshot,
    checks,
    stopping,
    why_account,
    why_control,
    without_authority,
    wrong_year,
)
from app.payouts.domain.debts import CameBack, Owed, why_not_back, why_not_owed
from app.payouts.domain.lists import CONTROL_MODULUS, FileLine, control_sum, due_day, list_number, why_not_pay_on

__all__ = [
    "CONTROL_MODULUS",
    "CameBack",
    "Check",
    "FileLine",
    "Owed",
    "Snapshot",
    "checks",
    "control_sum",
    "due_day",
    "list_number",
    "stopping",
    "why_account",
    "why_control",
    "why_not_back",
    "why_not_owed",
    "why_not_pay_on",
    "without_authority",
    "wrong_year",
]
