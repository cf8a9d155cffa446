"""What is done to accounts, roles, budget authority and passwords; who may do it is judged in `app.people`."""

from app.access.actions.delegations import confirm_budget, delegate_budget, end_budget
from app.access.actions.entering import TRIES, TooMany, hash_password, log_in, unknown_password
from app.access.actions.passwords import change_password, make_link, use_link
from app.access.actions.people import add_user, end_user, reopen_user
from app.access.actions.roles import give_membership, give_roles, take_membership, take_role

__all__ = [
    "TRIES",
    "TooMany",
    "add_user",
    "change_password",
    "confirm_budget",
    "delegate_budget",
    "end_budget",
    "end_user",
    "give_membership",
    "give_roles",
    "hash_password",
    "log_in",
    "make_link",
    "reopen_user",
    "take_membership",
    "take_role",
    "unknown_password",
    "use_link",
]
