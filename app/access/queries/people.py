"""Reading people and what they may do."""

from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa

from app.access.domain import Actor, Delegation, Membership
from app.access.models import BudgetDelegation, User, UserMembership, UserRole
from app.db import db
from app.db.session import lock_rows

# The room of organisations comes after this one: of an area only its host is read here.
_AREA = sa.table("pilot_area", sa.column("id", sa.Integer), sa.column("host_party_id", sa.Integer))

# Tables and not the models: every page reads this, and what the models would add is not wanted.
_U: Any = User.__table__
_R: Any = UserRole.__table__
_M: Any = UserMembership.__table__
_D: Any = BudgetDelegation.__table__

# What an acting person is read from, and where it stands; `queries.entering` begins at the session instead.
RIGHTS: tuple[Any, ...] = (
    _U.c.id,
    _U.c.name,
    _U.c.username,
    _U.c.active,
    _U.c.session_stamp,
    _R.c.role,
    _M.c.role.label("member_role"),
    _M.c.party_id,
    _M.c.area_id,
    _AREA.c.host_party_id,
    _D.c.id.label("given"),
    _D.c.from_on,
    _D.c.to_on,
    _D.c.limit_ore,
)


def with_rights(person: sa.Select[Any]) -> sa.Select[Any]:
    """Roles, memberships and budget authority beside each person of the query."""
    in_force = sa.and_(_D.c.user_id == _U.c.id, _D.c.confirmed_at.is_not(None), _D.c.ended_at.is_(None))
    return (
        person.outerjoin(_R, _R.c.user_id == _U.c.id)
        .outerjoin(_M, _M.c.user_id == _U.c.id)
        .outerjoin(_AREA, _AREA.c.id == _M.c.area_id)
        .outerjoin(_D, in_force)
    )


_BY_KEY = with_rights(sa.select(*RIGHTS).select_from(_U)).where(_U.c.id == sa.bindparam("user_id"))


# People are changed one at a time, by this lock. Like `locked` it keeps no row waiting that points at the person: a
# case is not held up, nor holds one up, by naming them.
IN_TURN = sa.select(User.id).order_by(User.id).limit(1).with_for_update(key_share=True)
_NAMES = sa.select(_U.c.id, _U.c.name).where(_U.c.id.in_(sa.bindparam("asked", expanding=True)))
_PERSON = sa.select(User.id).where(User.id == sa.bindparam("user_id")).with_for_update(key_share=True)


def by_username(username: str) -> User | None:
    """The account of this name, in whatever case it was typed."""
    return db.session.scalar(sa.select(User).where(User.username == username.strip().casefold()))


def locked(user_id: int) -> User:
    """The person as they are now, locked until the transaction ends. Raises NoResultFound."""
    query = sa.select(User).where(User.id == user_id).with_for_update(key_share=True)
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def actor(user_id: int) -> Actor | None:
    """The acting person, or None when the account is closed."""
    rows = db.session.execute(_BY_KEY, {"user_id": user_id}).all()
    return read_actor(rows) if rows and rows[0].active else None


def read_actor(rows: Sequence[sa.Row[Any]]) -> Actor:
    """The person of these rows of RIGHTS: roles × memberships × authority, a handful.

    Only budget authority that a second person has confirmed, and nobody has ended, is theirs.
    """
    user = rows[0]
    given = {row.given: Delegation(row.from_on, row.to_on, row.limit_ore) for row in rows if row.given}
    return Actor(
        id=user.id,
        name=user.name,
        username=user.username,
        roles=frozenset(row.role for row in rows if row.role),
        memberships=frozenset(
            Membership(r.member_role, r.party_id, r.area_id, r.host_party_id) for r in rows if r.member_role
        ),
        delegations=tuple(given[key] for key in sorted(given)),
    )


def authority_of(user_ids: Collection[int]) -> dict[int, list[Delegation]]:
    """The budget authority in force of each of these whose access is open; none of one whose access is ended."""
    theirs = sa.and_(
        BudgetDelegation.user_id == User.id,
        BudgetDelegation.confirmed_at.is_not(None),
        BudgetDelegation.ended_at.is_(None),
    )
    query = sa.select(User.id, BudgetDelegation).outerjoin(BudgetDelegation, theirs)
    found: dict[int, list[Delegation]] = {}
    for user_id, own in db.session.execute(query.where(User.id.in_(user_ids), User.active)):
        had = found.setdefault(user_id, [])
        if own is not None:
            had.append(Delegation(own.from_on, own.to_on, own.limit_ore))
    return found


def title_of(user_id: Any) -> sa.ScalarSelect[str]:
    """The title of the person of this key, for the statement that writes it down where they sign."""
    return sa.select(User.title).where(User.id == user_id).scalar_subquery()


def lock_person(user_id: int) -> None:
    """Nobody changes the person until the transaction ends."""
    lock_rows(_PERSON, {"user_id": user_id})


def names(user_ids: set[int]) -> dict[int, str]:
    """The names of these people."""
    if not user_ids:
        return {}
    return {row.id: row.name for row in db.session.execute(_NAMES, {"asked": list(user_ids)})}


def demo_accounts() -> list[tuple[str, str, str]]:
    """User name, name and title of every account the demo came with, for its log-in page.

    Whoever was created afterwards chose a password of their own.
    """
    query = sa.select(User.username, User.name, User.title)
    query = query.where(User.active, User.password_chosen_at == User.created_at).order_by(User.id).limit(60)
    return [(username, name, title) for username, name, title in db.session.execute(query)]


def is_anybody() -> bool:
    """Whether there is any account at all."""
    return db.session.scalar(sa.select(User.id).limit(1)) is not None
