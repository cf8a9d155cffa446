"""Accounts, roles and log-in."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cache

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.access import queries
from app.access.domain import Actor, Role
from app.access.models import BudgetDelegation, LoginFailure, User, UserMembership, UserRole
from app.audit import record
from app.db import db, writing

# One lane: eight threads at 64 MiB each is what the smallest machine bears.
_hasher = PasswordHasher(parallelism=1)
WINDOW = timedelta(minutes=15)
TRIES = 5


class TooMany(Exception):
    """Too many failed tries for this name or address; wait WINDOW."""


def log_in(username: str, password: str, *, address: str, at: datetime) -> User | None:
    """The account when name and password fit, else None. Raises TooMany. Hashes outside any transaction."""
    key = f"{username.strip().casefold()}|{address}"
    if queries.failures_since(key, at - WINDOW) >= TRIES:
        raise TooMany
    user = queries.by_username(username)
    known = user.password_hash if user else _nobody()
    db.session.rollback()
    if _fits(known, password) and user is not None and user.active:
        return user
    with writing() as session:
        session.execute(sa.delete(LoginFailure).where(LoginFailure.at < at - 4 * WINDOW))
        session.add(LoginFailure(key=key, at=at))
    return None


@cache
def _nobody() -> str:
    """The hash an unknown name is held against; made when first needed, for hashing takes long on purpose."""
    return _hasher.hash("nobody has this password")


def _fits(stored: str, password: str) -> bool:
    # An unknown name costs the same time as a known one, so that names cannot be guessed by the clock.
    try:
        return _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def hash_password(password: str) -> str:
    """The argon2id hash to store."""
    return _hasher.hash(password)


def add_user(
    username: str,
    name: str,
    password_hash: str,
    *,
    by: Actor | None,
    at: datetime,
    title: str = "",
    email: str = "",
    phone: str = "",
) -> User:
    """A new account without any role."""
    user = User(
        username=username.strip().casefold(),
        name=name,
        title=title,
        email=email,
        phone=phone,
        password_hash=password_hash,
        created_at=at,
    )
    db.session.add(user)
    db.session.flush()
    record(f"person:{user.id}", "access.user_added", {"username": user.username}, by=by, at=at)
    return user


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


def delegate_budget(
    user: User,
    *,
    given_by: User,
    from_on: date,
    to_on: date,
    limit_ore: int,
    reference: str,
    by: Actor | None,
    at: datetime,
) -> None:
    """Budget authority in writing, with dates and limit in øre (domain C.3)."""
    db.session.add(
        BudgetDelegation(
            user_id=user.id,
            given_by=given_by.id,
            from_on=from_on,
            to_on=to_on,
            limit_ore=limit_ore,
            reference=reference,
        )
    )
    facts = {
        "from_on": from_on.isoformat(),
        "to_on": to_on.isoformat(),
        "limit_ore": limit_ore,
        "given_by": given_by.name,
    }
    record(f"person:{user.id}", "access.budget_delegated", facts, by=by, at=at)
