"""Reading what is on its way out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.cases.models import Case
from app.db import db
from app.dispatch.models import Outgoing
from app.dispatch.workflow import Status
from app.documents.models import Document
from app.parties.models import Party

_BY_KEY = sa.select(Outgoing).where(Outgoing.key == sa.bindparam("asked"))


def by_key(key: str) -> Outgoing | None:
    """What was queued for this cause."""
    return db.session.scalar(_BY_KEY, {"asked": key})


def by_public_id(public_id: str) -> Outgoing | None:
    """The letter or notice of this address."""
    return db.session.scalar(sa.select(Outgoing).where(Outgoing.public_id == public_id))


def locked(outgoing_id: int) -> Outgoing:
    """As it is now, locked until the transaction ends."""
    query = (
        sa.select(Outgoing)
        .where(Outgoing.id == outgoing_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(query).one()


def due(status: Status, at: datetime, after: int, many: int) -> list[Outgoing]:
    """What stands in this status and whose time has come, in the order it was queued, beyond the id `after`."""
    query = (
        sa.select(Outgoing)
        .where(Outgoing.status == status, Outgoing.not_before <= at, Outgoing.id > after)
        .order_by(Outgoing.id)
        .limit(many)
    )
    return list(db.session.scalars(query))


def ready_locked(at: datetime, many: int) -> list[Outgoing]:
    """What is ready and whose time has come, locked until the transaction ends."""
    query = (
        sa.select(Outgoing)
        .where(Outgoing.status == Status.READY, Outgoing.not_before <= at)
        .order_by(Outgoing.id)
        .limit(many)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return list(db.session.scalars(query))


def stuck() -> list[int]:
    """What a process left between the two steps; only one runs the job at a time."""
    return list(db.session.scalars(sa.select(Outgoing.id).where(Outgoing.status == Status.SENDING).limit(1000)))


@dataclass(frozen=True)
class Row:
    """A line of the outbox page. `case_number` and `party` are empty where it hangs on none."""

    id: int
    public_id: str
    subject: str
    party: str
    address: str
    case_number: str
    status: Status
    queued_at: datetime
    sent_at: datetime | None
    opened_at: datetime | None
    is_letter: bool
    language: str


def page(status: Status | None, before: int | None, many: int) -> list[Row]:
    """The newest first, those with a smaller id than `before`; one more than `many` tells that there is a next page."""
    query = (
        sa.select(
            Outgoing.id,
            Outgoing.public_id,
            Outgoing.subject,
            sa.func.coalesce(Party.display_name, ""),
            Outgoing.address,
            sa.func.coalesce(Case.number, ""),
            Outgoing.status,
            Outgoing.queued_at,
            Outgoing.sent_at,
            Outgoing.opened_at,
            Outgoing.letter.is_not(None),
            Outgoing.language,
        )
        .outerjoin(Party, Party.id == Outgoing.party_id)
        .outerjoin(Case, Case.id == Outgoing.case_id)
        .order_by(Outgoing.id.desc())
        .limit(many + 1)
    )
    if status is not None:
        query = query.where(Outgoing.status == status)
    if before is not None:
        query = query.where(Outgoing.id < before)
    rows: Iterable[Sequence[Any]] = db.session.execute(query).all()
    return [Row(*row) for row in rows]


def first_of_next_newer(status: Status | None, after: int, many: int) -> int | None:
    """The `before` that shows the page of newer rows just above id `after`; None when that is the first page."""
    query = sa.select(Outgoing.id).where(Outgoing.id > after).order_by(Outgoing.id).limit(many + 1)
    if status is not None:
        query = query.where(Outgoing.status == status)
    newer = list(db.session.scalars(query))
    return newer[many] if len(newer) > many else None


def around(outgoing: Outgoing) -> tuple[Case | None, Party | None, Document | None]:
    """What one letter or notice hangs on."""
    get = db.session.get
    return (
        get(Case, outgoing.case_id) if outgoing.case_id else None,
        get(Party, outgoing.party_id) if outgoing.party_id else None,
        get(Document, outgoing.document_id) if outgoing.document_id else None,
    )
