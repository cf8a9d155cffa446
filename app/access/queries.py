"""Reading people and what they may do."""

from datetime import datetime

import sqlalchemy as sa

from app.access.domain import Actor, Delegation, Membership
from app.access.models import BudgetDelegation, LoginFailure, User, UserMembership, UserRole
from app.db import db


def by_username(username: str) -> User | None:
    """The account of this name, in whatever case it was typed."""
    return db.session.scalar(sa.select(User).where(User.username == username.strip().casefold()))


def actor(user_id: int, stamp: int | None = None) -> Actor | None:
    """The acting person, or None when the account is closed or the session is of an older stamp. Four small reads."""
    user = db.session.get(User, user_id)
    if user is None or not user.active or (stamp is not None and user.session_stamp != stamp):
        return None
    roles = db.session.scalars(sa.select(UserRole.role).where(UserRole.user_id == user_id))
    members = db.session.execute(
        sa.select(UserMembership.role, UserMembership.party_id, UserMembership.area_id).where(
            UserMembership.user_id == user_id
        )
    )
    given = db.session.execute(
        sa.select(BudgetDelegation.from_on, BudgetDelegation.to_on, BudgetDelegation.limit_ore)
        .where(BudgetDelegation.user_id == user_id)
        .order_by(BudgetDelegation.id)
    )
    return Actor(
        id=user.id,
        name=user.name,
        username=user.username,
        roles=frozenset(roles),
        memberships=frozenset(Membership(role, party, area) for role, party, area in members),
        delegations=tuple(Delegation(a, b, limit) for a, b, limit in given),
    )


def failures_since(key: str, since: datetime) -> int:
    """How many times this key has failed to log in since then."""
    query = sa.select(sa.func.count()).select_from(LoginFailure).where(LoginFailure.key == key, LoginFailure.at > since)
    return db.session.scalar(query) or 0


def names(user_ids: set[int]) -> dict[int, str]:
    """The names of these people."""
    if not user_ids:
        return {}
    rows = db.session.execute(sa.select(User.id, User.name).where(User.id.in_(user_ids)))
    return {row.id: row.name for row in rows}


def demo_accounts() -> list[tuple[str, str, str]]:
    """User name, name and title of every account, for the demo's log-in page."""
    query = sa.select(User.username, User.name, User.title).where(User.active).order_by(User.id).limit(60)
    return [(username, name, title) for username, name, title in db.session.execute(query)]
