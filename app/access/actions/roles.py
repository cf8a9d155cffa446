"""Roles in the directorate, and memberships outside it."""

from collections.abc import Iterable
from datetime import datetime

from app.access.domain import Actor, Role
from app.access.models import User, UserMembership, UserRole
from app.audit import record
from app.db import db


def give_roles(user: User, roles: Iterable[Role], *, by: Actor | None, at: datetime) -> None:
    """Roles in the directorate."""
    for role in roles:
        db.session.add(UserRole(user_id=user.id, role=role))
        record(f"person:{user.id}", "access.role_given", {"role": role.value}, by=by, at=at)


def give_membership(
    user: User, role: Role, *, party_id: int | None = None, area_id: int | None = None, by: Actor | None, at: datetime
) -> None:
    """A role for one organisation or one pilot area."""
    db.session.add(UserMembership(user_id=user.id, role=role, party_id=party_id, area_id=area_id))
    facts = {"role": role.value, "party_id": party_id, "area_id": area_id}
    record(f"person:{user.id}", "access.membership_given", facts, by=by, at=at)
