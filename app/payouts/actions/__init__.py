"""Verbs on payables and payout lists: made by a job, then three different hands (domain C.3, J.1.10)."""

from app.payouts.actions.accounts import control_account, deny_account, give_account
from app.payouts.actions.attest_and_approve import approve, attest, cancel, send_back
from app.payouts.actions.countering import propose_counter
from app.payouts.actions.filing import file_list, take_file
from app.payouts.actions.hand_over import SetOffChanged, hand_over
from app.payouts.actions.impartiality import declare_lines
from app.payouts.actions.make import pay
from app.payouts.actions.outcome import check_rejection, register_paid, register_rejected
from app.payouts.actions.repaying import (
    confirm_repayment,
    refuse_repayment,
    register_back,
    register_repayment,
    withdraw_repayment,
)

__all__ = [
    "SetOffChanged",
    "approve",
    "attest",
    "cancel",
    "check_rejection",
    "confirm_repayment",
    "control_account",
    "declare_lines",
    "deny_account",
    "file_list",
    "give_account",
    "hand_over",
    "pay",
    "propose_counter",
    "refuse_repayment",
    "register_back",
    "register_paid",
    "register_rejected",
    "register_repayment",
    "send_back",
    "take_file",
    "withdraw_repayment",
]
