"""Roles in the directorate, and memberships outside it. Whoever gains or loses one must log in anew."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.access.domain import Actor, Role
from app.access.models import User, UserMembership, UserRole
from app.audit import record
from app.db import db
from app.parties import queries as parties


def give_roles(user: User, roles: Iterable[Role], *, by: Actor | None, at: datetime) -> None:
    """Roles in the directorate."""
    for role in roles:
        db.session.add(UserRole(user_id=user.id, role=role))
        record(user.stream, "access.role_given", {"role": role.value}, by=by, at=at)
    user.session_stamp += 1


def take_role(user: User, role: Role, *, by: Actor, at: datetime) -> None:
    """The role is theirs no more."""
    db.session.execute(sa.delete(UserRole).where(UserRole.user_id == user.id, UserRole.role == role))
    user.session_stamp += 1
    record(user.stream, "access.role_taken", {"role": role.value}, by=by, at=at)


def give_membership(
    user: User, role: Role, *, party_id: int | None = None, area_id: int | None = None, by: Actor | None, at: datetime
) -> None:
    """A role for one organisation or one pilot area."""
    made = UserMembership(user_id=user.id, role=role, party_id=party_id, area_id=area_id)
    db.session.add(made)
    user.session_stamp += 1
    record(user.stream, "access.acts_for", _told(made), by=by, at=at)


def take_membership(user: User, membership: UserMembership, *, by: Actor, at: datetime) -> None:
    """They act for the organisation or area no more."""
    facts = _told(membership)
    db.session.delete(membership)
    user.session_stamp += 1
    record(user.stream, "access.acts_no_more_for", facts, by=by, at=at)


def _told(membership: UserMembership) -> dict[str, Any]:
    party_id, area_id = membership.party_id, membership.area_id
    where = parties.get(party_id).display_name if party_id else parties.area(area_id or 0).name
    return {"role": membership.role.value, "where": where, "party_id": party_id, "area_id": area_id}
