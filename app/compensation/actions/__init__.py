"""Verbs on agreements and claims."""

from app.compensation.actions.agreeing import end, pause, resume
from app.compensation.actions.agreements import confirm_account, make_agreement
from app.compensation.actions.announcing import announce
from app.compensation.actions.answering import agreement_keys
from app.compensation.actions.applying import (
    apply_for,
    approve_agreement,
    declare_for_agreement,
    refuse_agreement,
    register_for,
    sign,
    take_back_application,
)
from app.compensation.actions.attaching import attach
from app.compensation.actions.claiming import Changed, confirm, confirm_centrally, confirm_each, submit, submit_parts
from app.compensation.actions.closing import close_practice, not_closed, open_practice
from app.compensation.actions.control import control
from app.compensation.actions.correcting import correct, withdraw
from app.compensation.actions.drafting import keep_draft, throw_draft
from app.compensation.actions.following_up import add_check, add_contact, remind, set_goal
from app.compensation.actions.helfo import control_of_these, export_claims, register_helfo_paid
from app.compensation.actions.moving import move
from app.compensation.actions.releasing import Released, control_of_rows, declare_all, ready, release
from app.compensation.actions.replies import claim_keys
from app.compensation.actions.reversing import counter_keys, note, take_back
from app.compensation.actions.review import (
    approve,
    approve_part,
    declare_impartial,
    refuse,
)
from app.compensation.actions.terms import sign_terms

__all__ = [
    "Changed",
    "Released",
    "add_check",
    "add_contact",
    "agreement_keys",
    "announce",
    "apply_for",
    "approve",
    "approve_agreement",
    "approve_part",
    "attach",
    "claim_keys",
    "close_practice",
    "confirm",
    "confirm_account",
    "confirm_centrally",
    "confirm_each",
    "control",
    "control_of_rows",
    "control_of_these",
    "correct",
    "counter_keys",
    "declare_all",
    "declare_for_agreement",
    "declare_impartial",
    "end",
    "export_claims",
    "keep_draft",
    "make_agreement",
    "move",
    "not_closed",
    "note",
    "open_practice",
    "pause",
    "ready",
    "refuse",
    "refuse_agreement",
    "register_for",
    "register_helfo_paid",
    "release",
    "remind",
    "resume",
    "set_goal",
    "sign",
    "sign_terms",
    "submit",
    "submit_parts",
    "take_back",
    "take_back_application",
    "throw_draft",
    "withdraw",
]
