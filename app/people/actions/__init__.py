"""Verbs on people: accounts, roles and memberships, budget authority, passwords, and ending."""

from app.people.actions.accounts import add_person, change_person, reopen_person
from app.people.actions.authority import confirm, delegate, end_authority
from app.people.actions.ending import end_person
from app.people.actions.passwords import change_own_password, choose_by_link, new_link
from app.people.actions.roles import give_membership, give_role, take_membership, take_role

__all__ = [
    "add_person",
    "change_own_password",
    "change_person",
    "choose_by_link",
    "confirm",
    "delegate",
    "end_authority",
    "end_person",
    "give_membership",
    "give_role",
    "new_link",
    "reopen_person",
    "take_membership",
    "take_role",
]
