"""Reading people, what they may do, and what happened to that."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.access import queries as access
from app.access.domain import GRANTS, Permission, Role
from app.access.models import BudgetDelegation, PasswordLink, User, UserMembership, UserRole
from app.audit.models import AuditEntry
from app.cases.queries import held_numbers
from app.db import db
from app.parties.models import Party, PilotArea
from app.people.domain import Detail, Shown
from app.values.sortkeys import fold

MANY = 50
MOST = 500
MOST_EVENTS = 100
# Each log-in is in the record, but says nothing about what a person may do.
NOISE = ("access.logged_in",)


@dataclass(frozen=True)
class Place:
    """A membership with the name of what it is for; `tied`: the organisation it ties the person to, an area's host."""

    membership: UserMembership
    name: str
    tied: str


@dataclass(frozen=True)
class ListedPerson:
    """A person in the list."""

    user: User
    roles: tuple[Role, ...]
    places: tuple[Place, ...]


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


def page(search: str, shown: Shown | None, number: int) -> tuple[list[ListedPerson], bool]:
    """The people of one page in Norwegian order, and whether more follow. Three reads."""
    query = sa.select(User).order_by(User.sort_key, User.id).limit(MANY + 1).offset((number - 1) * MANY)
    if shown is not None:
        query = query.where(User.active if shown is Shown.ACTIVE else sa.not_(User.active))
    if wanted := fold(search):
        # The key ends with the whole folded name. An address is kept as typed before its @, in ASCII alone; what LIKE
        # makes of capitals is each database's own.
        kept = (User.sort_key, User.username, sa.func.lower(User.email))
        near = [column.contains(wanted, autoescape=True) for column in kept]
        query = query.where(sa.or_(*near))
    found = list(db.session.scalars(query))
    ids = [user.id for user in found[:MANY]]
    roles, places = roles_of(ids), places_of(ids)
    return [ListedPerson(u, roles.get(u.id, ()), places.get(u.id, ())) for u in found[:MANY]], len(found) > MANY


def by_username(username: str) -> User | None:
    """The person of this name, whole."""
    return db.session.scalar(sa.select(User).where(User.username == username))


def locked(user_id: int) -> User:
    """The person as they are now, locked until the transaction ends. Raises NoResultFound.

    People are changed one at a time: the first row is locked before any other, so that two who act at once can neither
    take the last administrator each their way, nor make a circle of superiors, nor wait for each other for ever.
    """
    db.session.execute(access.IN_TURN)
    return access.locked(user_id)


def roles_of(user_ids: Iterable[int]) -> dict[int, tuple[Role, ...]]:
    """Roles in the directorate, in the order of the roles."""
    query = sa.select(UserRole.user_id, UserRole.role).where(UserRole.user_id.in_(list(user_ids)))
    found: dict[int, set[Role]] = {}
    for user_id, role in db.session.execute(query):
        found.setdefault(user_id, set()).add(role)
    return {user_id: tuple(role for role in Role if role in held) for user_id, held in found.items()}


def places_of(user_ids: Iterable[int]) -> dict[int, tuple[Place, ...]]:
    """Memberships with the organisation's or pilot area's name, in Norwegian order."""
    query = (
        sa.select(UserMembership, sa.func.coalesce(PilotArea.name, Party.display_name), Party.display_name)
        .outerjoin(PilotArea, PilotArea.id == UserMembership.area_id)
        .join(Party, Party.id == sa.func.coalesce(UserMembership.party_id, PilotArea.host_party_id))
        .where(UserMembership.user_id.in_(list(user_ids)))
        .order_by(sa.func.coalesce(PilotArea.sort_key, Party.sort_key), UserMembership.id)
    )
    found: dict[int, tuple[Place, ...]] = {}
    for membership, name, tied in db.session.execute(query):
        found[membership.user_id] = (*found.get(membership.user_id, ()), Place(membership, name, tied))
    return found


def membership(user_id: int, membership_id: int) -> UserMembership | None:
    """The membership of this key, when it is this person's."""
    query = sa.select(UserMembership).where(UserMembership.id == membership_id, UserMembership.user_id == user_id)
    return db.session.scalar(query)


def admins() -> set[int]:
    """Everyone who is administrator and not ended."""
    query = sa.select(UserRole.user_id).join(User, User.id == UserRole.user_id)
    return set(db.session.scalars(query.where(UserRole.role == Role.ADMIN, User.active)))


def lines() -> dict[int, int | None]:
    """Everyone's own superior."""
    return dict(db.session.execute(sa.select(User.id, User.superior_id)).all())


def inside() -> list[tuple[int, str]]:
    """Key and name of everyone in the house with an open account, in Norwegian order: to choose a superior among."""
    query = (
        sa.select(User.id, User.name)
        .where(User.active, User.id.not_in(sa.select(UserMembership.user_id)))
        .order_by(User.sort_key, User.id)
        .limit(MOST)
    )
    return [(user_id, name) for user_id, name in db.session.execute(query)]


def superiors_for(user: User) -> list[tuple[int, str]]:
    """Whom the person may have as superior; the one they have stays, though ended."""
    others = [(key, name) for key, name in inside() if key != user.id]
    if user.superior_id is None or user.superior_id in dict(others):
        return others
    return [*others, (user.superior_id, db.session.get_one(User, user.superior_id).name)]


def case_handlers() -> list[tuple[int, str]]:
    """Key and name of everyone who can have cases, in Norwegian order."""
    roles = [role for role, granted in GRANTS.items() if Permission.ASSESS in granted]
    query = (
        sa.select(User.id, User.name)
        .where(User.active, User.id.in_(sa.select(UserRole.user_id).where(UserRole.role.in_(roles))))
        .order_by(User.sort_key, User.id)
        .limit(MOST)
    )
    return [(user_id, name) for user_id, name in db.session.execute(query)]


def usual_receiver(leaver: User, handlers: Collection[int]) -> int | None:
    """Whom of these the cases of one who ends go to when nobody says otherwise: their leader, else who distributes."""
    if leaver.superior_id in handlers:
        return leaver.superior_id
    roles = [role for role, granted in GRANTS.items() if Permission.DISTRIBUTE in granted]
    query = (
        sa.select(User.id)
        .where(User.id.in_(handlers), User.id.in_(sa.select(UserRole.user_id).where(UserRole.role.in_(roles))))
        .order_by(User.sort_key, User.id)
    )
    return db.session.scalars(query).first()


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


def find_parties(words: str) -> list[Party]:
    """Organisations that begin with these words, in Norwegian order; a few, to choose among."""
    query = (
        sa.select(Party)
        .where(Party.name_fold.startswith(fold(words), autoescape=True))
        .order_by(Party.sort_key, Party.id)
        .limit(6)
    )
    return list(db.session.scalars(query))
