"""Reading people, what they may do, and what happened to that."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from app.access import queries as access
from app.access.domain import GRANTS, Permission, Role
from app.access.models import User, UserMembership, UserRole
from app.db import db
from app.parties.models import Party, PilotArea
from app.people.domain import Shown
from app.values.sortkeys import fold

MANY = 50
MOST = 500


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


def find_parties(words: str) -> list[Party]:
    """Organisations that begin with these words, in Norwegian order; a few, to choose among."""
    query = (
        sa.select(Party)
        .where(Party.name_fold.startswith(fold(words), autoescape=True))
        .order_by(Party.sort_key, Party.id)
        .limit(6)
    )
    return list(db.session.scalars(query))
