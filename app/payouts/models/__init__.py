"""The tables of the payments."""

from app.payouts.models.payables import ListCounter, Payable, PayoutList
from app.payouts.models.repayments import MoneyBack, Repayment
from app.payouts.models.set_offs import SetOff

__all__ = ["ListCounter", "MoneyBack", "Payable", "PayoutList", "Repayment", "SetOff"]
