"""The versions of deliveries, and their figures as they are now."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from app.audit.models import AuditEntry
from app.db import db
from app.summaries.domain import Counted
from app.summaries.kinds import first_year, kind_of
from app.summaries.models import Summary
from app.summaries.workflow import Status

MOST = 200


def by_public_id(public_id: str) -> Summary | None:
    """The version of this address."""
    return db.session.scalar(sa.select(Summary).where(Summary.public_id == public_id))


def locked(summary_id: int) -> Summary:
    """The version as it is now, locked until the transaction ends."""
    query = sa.select(Summary).where(Summary.id == summary_id).with_for_update(of=Summary)
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def newest(kind: str, year: int) -> Summary | None:
    """The newest version."""
    query = sa.select(Summary).where(Summary.kind == kind, Summary.year == year)
    return db.session.scalar(query.order_by(Summary.number.desc()).limit(1))


def newest_of(year: int) -> dict[str, Summary]:
    """The newest version of each kind, by kind; one read."""
    query = sa.select(Summary).where(Summary.year == year).order_by(Summary.number).limit(MOST)
    return {each.kind: each for each in db.session.scalars(query)}


def versions(of: Summary) -> Sequence[Summary]:
    """Every version of the same delivery, newest first."""
    query = sa.select(Summary).where(Summary.kind == of.kind, Summary.year == of.year)
    return db.session.scalars(query.order_by(Summary.number.desc()).limit(MOST)).all()


def last_number(kind: str, year: int) -> int:
    """The number of the newest version, 0 when there is none."""
    query = sa.select(sa.func.max(Summary.number)).where(Summary.kind == kind, Summary.year == year)
    return db.session.scalar(query) or 0


def any_open() -> sa.ColumnElement[bool]:
    """Whether anything is written on or waits for an approval."""
    return sa.exists().where(Summary.status != Status.APPROVED)


def open_ones() -> Sequence[Summary]:
    """What is written on or waits for an approval, nearest day first."""
    query = sa.select(Summary).where(Summary.status != Status.APPROVED)
    return db.session.scalars(query.order_by(Summary.due_on, Summary.id).limit(MOST)).all()


def years(today_year: int) -> list[int]:
    """The scheme-years there are deliveries of, newest first."""
    first = first_year()
    return list(range(max(today_year, first), first - 1, -1)) if first else []


def history(of: Summary) -> Sequence[AuditEntry]:
    """What has happened with the delivery, oldest first, all versions together."""
    query = sa.select(AuditEntry).where(AuditEntry.stream == of.stream).order_by(AuditEntry.seq).limit(MOST)
    return db.session.scalars(query).all()


def counted_now(kind: str, year: int, at: datetime) -> Counted:
    """The figures as they are at this moment. Raises LookupError for a kind no room delivers."""
    found = kind_of(kind)
    if found is None:
        raise LookupError(kind)
    return found.count(year, at)
