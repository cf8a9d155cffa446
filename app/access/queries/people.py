"""Reading people and what they may do."""

from datetime import datetime

import sqlalchemy as sa

from app.access.domain import Actor, Delegation, Membership
from app.access.models import BudgetDelegation, LoginFailure, User, UserMembership, UserRole
from app.db import db

_ACTOR = (
    sa.select(
        User.id,
        User.name,
        User.username,
        User.active,
        User.session_stamp,
        UserRole.role,
        UserMembership.role.label("member_role"),
        UserMembership.party_id,
        UserMembership.area_id,
        BudgetDelegation.id.label("given"),
        BudgetDelegation.from_on,
        BudgetDelegation.to_on,
        BudgetDelegation.limit_ore,
    )
    .outerjoin(UserRole, UserRole.user_id == User.id)
    .outerjoin(UserMembership, UserMembership.user_id == User.id)
    .outerjoin(
        BudgetDelegation,
        sa.and_(
            BudgetDelegation.user_id == User.id,
            BudgetDelegation.confirmed_at.is_not(None),
            BudgetDelegation.ended_at.is_(None),
        ),
    )
    .where(User.id == sa.bindparam("user_id"))
)


def by_username(username: str) -> User | None:
    """The account of this name, in whatever case it was typed."""
    return db.session.scalar(sa.select(User).where(User.username == username.strip().casefold()))


def actor(user_id: int, stamp: int | None = None) -> Actor | None:
    """The acting person, or None when the account is closed or the session is of an older stamp.

    Only budget authority that a second person has confirmed, and nobody has ended, is theirs.
    One read, since every page begins with it: roles × memberships × authority is a handful of rows.
    """
    rows = db.session.execute(_ACTOR, {"user_id": user_id}).all()
    if not rows or not rows[0].active or (stamp is not None and rows[0].session_stamp != stamp):
        return None
    user = rows[0]
    given = {row.given: Delegation(row.from_on, row.to_on, row.limit_ore) for row in rows if row.given}
    return Actor(
        id=user.id,
        name=user.name,
        username=user.username,
        roles=frozenset(row.role for row in rows if row.role),
        memberships=frozenset(Membership(r.member_role, r.party_id, r.area_id) for r in rows if r.member_role),
        delegations=tuple(given[key] for key in sorted(given)),
    )


def failures_since(key: str, since: datetime) -> int:
    """How many times this key has failed to log in since then."""
    query = sa.select(sa.func.count()).select_from(LoginFailure).where(LoginFailure.key == key, LoginFailure.at > since)
    return db.session.scalar(query) or 0


def title_of(user_id: int) -> str:
    """The person's title as it stands now. Raises NoResultFound."""
    return db.session.scalars(sa.select(User.title).where(User.id == user_id)).one()


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
