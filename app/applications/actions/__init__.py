"""Verbs on an application, one file for each part of its life."""

from app.applications.actions.drafting import delete_draft, save_section, start_draft
from app.applications.actions.sending import answer_request, send_to_signing, sign_and_submit, sign_own, withdraw

__all__ = [
    "answer_request",
    "delete_draft",
    "save_section",
    "send_to_signing",
    "sign_and_submit",
    "sign_own",
    "start_draft",
    "withdraw",
]
