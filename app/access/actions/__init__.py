"""What is done to accounts, roles, budget authority, passwords and sessions; `app.people` judges who may do it."""

from app.access.actions.braking import TooMany
from app.access.actions.delegations import confirm_budget, delegate_budget, end_budget
from app.access.actions.entering import Came, log_in
from app.access.actions.hashing import NO_PASSWORD, Busy, confirm_password, hash_password
from app.access.actions.keeping import Sent, keep, let_all_go, let_go
from app.access.actions.passwords import change_password, make_link, open_link, use_link
from app.access.actions.people import add_user, end_user, reopen_user
from app.access.actions.roles import give_membership, give_roles, take_membership, take_role
from app.access.actions.sessions import (
    KEEP_FORMS,
    NOTED_EVERY,
    Device,
    end_own,
    end_session,
    forget,
    keep_alive,
    open_session,
    password_given,
    sha256,
)
from app.access.actions.watching import tell

__all__ = [
    "KEEP_FORMS",
    "NOTED_EVERY",
    "NO_PASSWORD",
    "Busy",
    "Came",
    "Device",
    "Sent",
    "TooMany",
    "add_user",
    "change_password",
    "confirm_budget",
    "confirm_password",
    "delegate_budget",
    "end_budget",
    "end_own",
    "end_session",
    "end_user",
    "forget",
    "give_membership",
    "give_roles",
    "hash_password",
    "keep",
    "keep_alive",
    "let_all_go",
    "let_go",
    "log_in",
    "make_link",
    "open_link",
    "open_session",
    "password_given",
    "reopen_user",
    "sha256",
    "take_membership",
    "take_role",
    "tell",
    "use_link",
]
