"""One person with all that hangs on them: authority, the link for a password, and what has happened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.access.domain import Role
from app.access.models import BudgetDelegation, PasswordLink, User
from app.audit.models import AuditEntry
from app.cases.queries import held_numbers
from app.db import db
from app.people.domain import Detail
from app.people.queries.people import MANY, Place, places_of, roles_of

MOST_EVENTS = 100
# Each log-in is in the record, but says nothing about what a person may do.
NOISE = ("access.logged_in",)


@dataclass(frozen=True)
class Given:
    """Budget authority with the names of those who had a hand in it."""

    delegation: BudgetDelegation
    receiver: User
    giver: str
    registered: str
    confirmed: str


@dataclass(frozen=True)
class Told:
    """An entry of the person's record, its codes turned to words."""

    event: str
    facts: Mapping[str, Any]
    by_name: str
    at: datetime


def delegation(delegation_id: int) -> BudgetDelegation | None:
    """The budget authority of this key, locked in a transaction that writes."""
    query = sa.select(BudgetDelegation).where(BudgetDelegation.id == delegation_id)
    if db.session.info.get("writing"):
        query = query.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(query)


def delegations(user_id: int | None = None) -> list[Given]:
    """Budget authority of one person, or of all that is not ended; the newest first."""
    giver, registered, confirmed = aliased(User), aliased(User), aliased(User)
    query = (
        sa.select(BudgetDelegation, User, giver.name, registered.name, confirmed.name)
        .join(User, User.id == BudgetDelegation.user_id)
        .join(giver, giver.id == BudgetDelegation.given_by)
        .outerjoin(registered, registered.id == BudgetDelegation.registered_by)
        .outerjoin(confirmed, confirmed.id == BudgetDelegation.confirmed_by)
        .order_by(BudgetDelegation.id.desc())
        .limit(MANY)
    )
    if user_id is None:
        query = query.where(BudgetDelegation.ended_at.is_(None))
    else:
        query = query.where(BudgetDelegation.user_id == user_id)
    return [Given(d, user, g, r or "", c or "") for d, user, g, r, c in db.session.execute(query)]


def any_unconfirmed() -> sa.ColumnElement[bool]:
    """Whether any budget authority waits for its second person."""
    return sa.exists().where(BudgetDelegation.confirmed_at.is_(None), BudgetDelegation.ended_at.is_(None))


def unconfirmed() -> list[BudgetDelegation]:
    """Budget authority that waits for its second person, the oldest first."""
    query = sa.select(BudgetDelegation).where(
        BudgetDelegation.confirmed_at.is_(None), BudgetDelegation.ended_at.is_(None)
    )
    return list(db.session.scalars(query.order_by(BudgetDelegation.id).limit(MANY)))


def open_delegations(user_id: int) -> list[BudgetDelegation]:
    """What is not ended of this person's budget authority."""
    query = sa.select(BudgetDelegation).where(BudgetDelegation.user_id == user_id, BudgetDelegation.ended_at.is_(None))
    return list(db.session.scalars(query.order_by(BudgetDelegation.id)))


def link_expires(user_id: int, at: datetime) -> datetime | None:
    """Until when a link for choosing a password leads in; None when none does."""
    query = sa.select(PasswordLink.expires_at).where(PasswordLink.user_id == user_id, PasswordLink.expires_at > at)
    return db.session.scalar(query)


def link_owner(token_sha256: str, at: datetime) -> User | None:
    """Whose password the link with this token is for, while it lasts."""
    query = (
        sa.select(User)
        .join(PasswordLink, PasswordLink.user_id == User.id)
        .where(PasswordLink.token_sha256 == token_sha256, PasswordLink.expires_at > at, User.active)
    )
    return db.session.scalar(query)


@dataclass(frozen=True)
class Around:
    """What stands round a person on their page."""

    roles: tuple[Role, ...]
    places: tuple[Place, ...]
    superior: str
    leads: int
    cases: Sequence[str]
    authority: list[Given]
    link_until: datetime | None
    history: list[Told]


def around(user: User, at: datetime) -> Around:
    """All of it, in a fixed number of reads."""
    superior = db.session.scalar(sa.select(User.name).where(User.id == user.superior_id)) if user.superior_id else None
    leads = sa.select(sa.func.count()).select_from(User).where(User.superior_id == user.id, User.active)
    return Around(
        roles_of([user.id]).get(user.id, ()),
        places_of([user.id]).get(user.id, ()),
        superior or "",
        db.session.scalar(leads) or 0,
        held_numbers(user.id),
        delegations(user.id),
        link_expires(user.id, at),
        history(user),
    )


def history(user: User) -> list[Told]:
    """What happened to the person's access, newest first, at most MOST_EVENTS."""
    query = (
        sa.select(AuditEntry.event, AuditEntry.facts, AuditEntry.by_name, AuditEntry.at)
        .where(AuditEntry.stream == user.stream, AuditEntry.event.not_in(NOISE))
        .order_by(AuditEntry.seq.desc())
        .limit(MOST_EVENTS)
    )
    return [Told(e, _worded(facts), by_name, at) for e, facts, by_name, at in db.session.execute(query)]


def _worded(facts: Mapping[str, Any]) -> dict[str, Any]:
    told = dict(facts)
    if "role" in told:
        told["role"] = Role(told["role"])
    if "what" in told:
        told["what"] = tuple(Detail(each) for each in told["what"])
    return told
