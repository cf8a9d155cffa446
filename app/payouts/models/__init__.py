"""The tables of the payments."""

from app.payouts.models.payables import ListCounter, Payable, PayoutList
from app.payouts.models.repayments import MoneyBack, Repayment

__all__ = ["ListCounter", "MoneyBack", "Payable", "PayoutList", "Repayment"]
