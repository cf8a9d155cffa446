"""Verbs on payables and payout lists: made by a job, then three different hands (domain C.3, J.1.10)."""

from app.payouts.actions.accounts import control_account
from app.payouts.actions.filing import file_list, take_file
from app.payouts.actions.hands import approve, attest, cancel, send_back
from app.payouts.actions.impartiality import declare_lines
from app.payouts.actions.make import pay_claim, pay_instalment
from app.payouts.actions.outcome import check_rejection, register_paid, register_rejected
from app.payouts.actions.over import hand_over

__all__ = [
    "approve",
    "attest",
    "cancel",
    "check_rejection",
    "control_account",
    "declare_lines",
    "file_list",
    "hand_over",
    "pay_claim",
    "pay_instalment",
    "register_paid",
    "register_rejected",
    "send_back",
    "take_file",
]
