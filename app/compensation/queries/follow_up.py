"""Reading how a pilot area is followed up: who takes part practice by practice, checks, contact, and the silent."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, contains_eager

from app.access.models import User, UserMembership
from app.budget.domain import EntryKind
from app.budget.models import LedgerEntry
from app.cases.models import Case
from app.compensation.models import STANDS, AreaCheck, AreaContact, AreaGoal, Claim, GpAgreement
from app.compensation.queries.areas import HOLDS, SILENT_DAYS
from app.compensation.workflow import Status
from app.db import db
from app.db.session import lock_rows
from app.dispatch.models import Outgoing
from app.parties.models import Party, PilotArea

MOST = 50
# The middle of how long claims took is told of the newest of them.
NEWEST = 200


@dataclass(frozen=True)
class Practice:
    """A practice in an area: GPs by agreement in force, as AreaFigures tells them, and what is approved (øre)."""

    name: str
    agreed: int
    started: int
    lately: int
    silent: int
    approved_ore: int


@dataclass(frozen=True)
class Silent:
    """A GP who has sent no claim for 90 days, with the case, its party, and the last day a claim was sent."""

    agreement: GpAgreement
    case: Case
    last_at: datetime | None


def _last() -> Any:
    return (
        sa.select(sa.func.max(Claim.submitted_at))
        .where(Claim.agreement_id == GpAgreement.id, STANDS)
        .correlate(GpAgreement)
        .scalar_subquery()
    )


def _in_force(area_id: int, today: date) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        GpAgreement.area_id == area_id,
        GpAgreement.status.in_(HOLDS),
        GpAgreement.from_on <= today,
        GpAgreement.to_on >= today,
    )


def practices(area_id: int, today: date, at: datetime) -> list[Practice]:
    """The area's practices by name, the first of them."""
    each = (
        sa.select(GpAgreement.payee_id, GpAgreement.from_on, GpAgreement.claimed_ore, _last().label("last_at"))
        .where(*_in_force(area_id, today))
        .subquery()
    )
    since = sa.literal(at - timedelta(days=SILENT_DAYS), Claim.submitted_at.type)
    recent = each.c.last_at >= since
    old = each.c.from_on < today - timedelta(days=SILENT_DAYS)
    quiet = sa.and_(old, sa.or_(each.c.last_at.is_(None), sa.not_(recent)))

    def many(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
        return sa.func.sum(sa.case((condition, 1), else_=0))

    query = (
        sa.select(
            Party.display_name,
            sa.func.count(),
            many(each.c.last_at.is_not(None)),
            many(recent),
            many(quiet),
            sa.func.sum(each.c.claimed_ore),
        )
        .join(each, each.c.payee_id == Party.id)
        .group_by(Party.id, Party.display_name, Party.sort_key)
        .order_by(Party.sort_key, Party.id)
        .limit(MOST)
    )
    return [
        Practice(name, agreed, started, lately, quiet, int(ore))
        for name, agreed, started, lately, quiet, ore in db.session.execute(query)
    ]


def silent(area_id: int, today: date, at: datetime) -> list[Silent]:
    """The area's GPs who have sent no claim for 90 days, by name: as many as are reminded by one answer."""
    last, since = _last(), sa.literal(at - timedelta(days=SILENT_DAYS), Claim.submitted_at.type)
    query = (
        sa.select(GpAgreement, Case, last.label("last_at"))
        .join(Case, Case.id == GpAgreement.case_id)
        .join(Party, Party.id == Case.party_id)
        .options(contains_eager(Case.party))
        .where(
            *_in_force(area_id, today),
            GpAgreement.from_on < today - timedelta(days=SILENT_DAYS),
            sa.or_(last.is_(None), last < since),
        )
        .order_by(GpAgreement.gp_sort, GpAgreement.id)
        .limit(MOST)
    )
    return [Silent(*row) for row in db.session.execute(query)]


def reminded(keys: Collection[str]) -> set[str]:
    """Those of these reminders that are sent already."""
    return set(db.session.scalars(sa.select(Outgoing.key).where(Outgoing.key.in_(keys))))


def goal_of(area_id: int, year: int) -> int | None:
    """How many GPs the area is to have started in the year; None while nobody has set it."""
    query = sa.select(AreaGoal.gps).where(AreaGoal.area_id == area_id, AreaGoal.year == year)
    return db.session.scalar(query.order_by(AreaGoal.id.desc()).limit(1))


def coordinators(area_id: int) -> list[str]:
    """The names of those who confirm for the area."""
    query = sa.select(User.name).join(UserMembership, UserMembership.user_id == User.id)
    query = query.where(UserMembership.area_id == area_id, User.active).order_by(User.sort_key, User.id)
    return list(db.session.scalars(query.limit(MOST)))


def checks(area_id: int) -> Sequence[sa.Row[AreaCheck, str, int]]:
    """The checks of the area, newest first, with who told of it and the key of what followed it (None: it is open)."""
    after = aliased(AreaCheck)
    query = (
        sa.select(AreaCheck, User.name.label("who"), after.id.label("followed"))
        .join(User, User.id == AreaCheck.told_by)
        .outerjoin(after, after.follows_id == AreaCheck.id)
        .where(AreaCheck.area_id == area_id)
        .order_by(AreaCheck.id.desc())
        .limit(MOST)
    )
    return db.session.execute(query).all()


def contacts(area_id: int) -> Sequence[sa.Row[AreaContact, str]]:
    """The contact with the area, newest first, with who told of it."""
    query = sa.select(AreaContact, User.name.label("who")).join(User, User.id == AreaContact.told_by)
    return db.session.execute(
        query.where(AreaContact.area_id == area_id).order_by(AreaContact.id.desc()).limit(MOST)
    ).all()


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


def days_taken(area_id: int) -> tuple[list[int], list[int]]:
    """Days from claim to answer, and from claim to payment, of the area's newest claims that have come so far."""
    came = (Status.APPROVED, Status.PARTLY_APPROVED, Status.REFUSED, Status.PAID)
    answered = sa.select(Claim.submitted_at, Claim.reviewed_at).where(
        Claim.area_id == area_id, Claim.status.in_(came), Claim.reviewed_at.is_not(None)
    )
    ref = sa.literal("claim:") + sa.cast(Claim.id, sa.Text)
    paid = (
        sa.select(Claim.submitted_at, LedgerEntry.at)
        .join(LedgerEntry, sa.and_(LedgerEntry.kind == EntryKind.PAYMENT, LedgerEntry.ref == ref))
        .where(Claim.area_id == area_id, Claim.status == Status.PAID)
    )
    newest = Claim.id.desc()
    return (
        [(end - start).days for start, end in db.session.execute(answered.order_by(newest).limit(NEWEST)) if end],
        [(end - start).days for start, end in db.session.execute(paid.order_by(newest).limit(NEWEST))],
    )
