"""Verbs on people: entering, accounts, roles, budget authority."""

from app.access.actions.delegations import delegate_budget
from app.access.actions.entering import TRIES, TooMany, hash_password, log_in
from app.access.actions.people import add_user
from app.access.actions.roles import give_membership, give_roles

__all__ = [
    "TRIES",
    "TooMany",
    "add_user",
    "delegate_budget",
    "give_membership",
    "give_roles",
    "hash_password",
    "log_in",
]
