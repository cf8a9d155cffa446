"""How a pilot area is followed up: its goal, the checks of its routines, and the contact."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.access.models import User, UserMembership
from app.compensation.domain import PAGE, ContactKind
from app.compensation.models import AreaCheck, AreaContact, AreaGoal
from app.db import db, joined
from app.db.session import lock_rows
from app.parties.models import PilotArea
from app.values.sortkeys import sort_key

MOST = 50


@dataclass(frozen=True)
class FollowedUp:
    """An area, how many GPs it is to have started in the year (None: nobody has said), and who confirm for it."""

    area: PilotArea
    goal_gps: int | None
    coordinators: list[str]


@dataclass(frozen=True)
class Note:
    """A check of the area's routines, or contact with it; `by`: who wrote it down.

    Of a check `topic` is the routine and `words` the finding; `followed`: whether another came after it. Of contact
    `topic` is the code of how there was contact.
    """

    key: int
    on: date
    topic: str
    words: str
    action: str
    next_on: date | None
    followed: bool
    by: str

    @property
    def how(self) -> ContactKind:
        """How there was contact."""
        return ContactKind(self.topic)


@dataclass(frozen=True)
class Notes:
    """Of one area: a page of its checks and one of its contact, newest first, whether more follow, and what is open."""

    checks: list[Note]
    contacts: list[Note]
    more_checks: bool
    more_contacts: bool
    open: list[tuple[int, str]]


_ASKED: Any = sa.bindparam("area_id", type_=sa.Integer)
_GOAL = (
    sa.select(AreaGoal.gps)
    .where(AreaGoal.area_id == PilotArea.id, AreaGoal.year == sa.bindparam("year", type_=sa.Integer))
    .order_by(AreaGoal.id.desc())
    .limit(1)
    .correlate(PilotArea)
    .scalar_subquery()
)
_COORDINATORS = (
    sa.select(joined(User.name, "|"))
    .join(UserMembership, UserMembership.user_id == User.id)
    .where(UserMembership.area_id == PilotArea.id, User.active)
    .correlate(PilotArea)
    .scalar_subquery()
)
_FOLLOWED_UP = sa.select(PilotArea, _GOAL.label("goal"), _COORDINATORS.label("names")).where(
    PilotArea.public_id == sa.bindparam("public_id")
)
_after = aliased(AreaCheck)
_CHECK: Any = (
    sa.select(
        AreaCheck.id.label("key"),
        AreaCheck.checked_on.label("on"),
        AreaCheck.topic,
        AreaCheck.finding.label("words"),
        AreaCheck.action,
        AreaCheck.next_on,
        _after.id.label("followed"),
        User.name.label("by"),
    )
    .join(User, User.id == AreaCheck.told_by)
    .outerjoin(_after, _after.follows_id == AreaCheck.id)
    .where(AreaCheck.area_id == _ASKED)
    .order_by(AreaCheck.id.desc())
)
_CONTACT: Any = (
    sa.select(
        AreaContact.id.label("key"),
        AreaContact.on.label("on"),
        sa.cast(AreaContact.kind, sa.Text).label("topic"),
        AreaContact.words,
        sa.literal_column("''").label("action"),
        sa.cast(sa.null(), sa.Date).label("next_on"),
        sa.cast(sa.null(), sa.Integer).label("followed"),
        User.name.label("by"),
    )
    .join(User, User.id == AreaContact.told_by)
    .where(AreaContact.area_id == _ASKED)
    .order_by(AreaContact.id.desc())
)


def _page(query: Any, which: str, skipped: str | None = None) -> sa.Select[Any]:
    """The rows after `skipped` (a parameter), and one more than a page shows; or the first of all."""
    some = query.limit(PAGE + 1).offset(sa.bindparam(skipped, type_=sa.Integer)) if skipped else query.limit(MOST)
    found = some.subquery()
    return sa.select(sa.literal_column(f"'{which}'").label("which"), *found.c)


_NOTES = sa.union_all(
    _page(_CHECK, "check", "skipped_checks"),
    _page(_CONTACT, "contact", "skipped_contacts"),
    _page(_CHECK.where(_after.id.is_(None)), "open"),
)


def followed_up(public_id: str, year: int) -> FollowedUp | None:
    """The area of this address."""
    row = db.session.execute(_FOLLOWED_UP, {"public_id": public_id, "year": year}).first()
    if row is None:
        return None
    return FollowedUp(row.PilotArea, row.goal, sorted(row.names.split("|"), key=sort_key) if row.names else [])


def notes(area_id: int, checks: int, contacts: int) -> Notes:
    """These pages of the area's checks and contact, from the first (1), in one statement."""
    skipped = {"skipped_checks": (checks - 1) * PAGE, "skipped_contacts": (contacts - 1) * PAGE}
    found: dict[str, list[Note]] = {"check": [], "contact": [], "open": []}
    for row in db.session.execute(_NOTES, {"area_id": area_id, **skipped}):
        note = Note(row.key, row.on, row.topic, row.words, row.action, row.next_on, row.followed is not None, row.by)
        found[row.which].append(note)
    for kept in found.values():
        kept.sort(key=lambda note: -note.key)
    return Notes(
        found["check"][:PAGE],
        found["contact"][:PAGE],
        len(found["check"]) > PAGE,
        len(found["contact"]) > PAGE,
        [(note.key, note.topic) for note in found["open"]],
    )


def open_checks(area_id: int) -> list[tuple[int, str]]:
    """The keys and routines of the checks nothing follows, newest first: what a new check may come after."""
    after = aliased(AreaCheck)
    query = (
        sa.select(AreaCheck.id, AreaCheck.topic)
        .outerjoin(after, after.follows_id == AreaCheck.id)
        .where(AreaCheck.area_id == area_id, after.id.is_(None))
    )
    return [(row.id, row.topic) for row in db.session.execute(query.order_by(AreaCheck.id.desc()).limit(MOST))]


def due_checks(today: date) -> Sequence[sa.Row[AreaCheck, PilotArea]]:
    """The open checks whose next day has come, that day first."""
    query = sa.select(AreaCheck, PilotArea).join(PilotArea, PilotArea.id == AreaCheck.area_id).where(_due(today))
    return db.session.execute(query.order_by(AreaCheck.next_on, AreaCheck.id).limit(MOST)).all()


def any_due(today: date) -> sa.ColumnElement[bool]:
    """Whether there is any."""
    return sa.exists().where(_due(today))


def _due(today: date) -> sa.ColumnElement[bool]:
    after = aliased(AreaCheck)
    followed = sa.select(after.id).where(after.follows_id == AreaCheck.id).correlate(AreaCheck)
    return sa.and_(AreaCheck.next_on <= today, sa.not_(followed.exists()))


def lock_area(area_id: int) -> None:
    """Who write in the area wait for each other until the transaction ends."""
    lock_rows(sa.select(PilotArea.id).where(PilotArea.id == area_id).with_for_update())


def is_open(check_id: int, area_id: int) -> bool:
    """Whether the area has this check, and nothing follows it."""
    after = aliased(AreaCheck)
    query = sa.select(AreaCheck.id).outerjoin(after, after.follows_id == AreaCheck.id)
    query = query.where(AreaCheck.id == check_id, AreaCheck.area_id == area_id, after.id.is_(None))
    return db.session.scalar(query) is not None
