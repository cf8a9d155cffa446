"""Reading what is on its way out."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from app.access.domain import Actor, Permission
from app.cases.models import Case
from app.cases.queries import on_case, seen_by
from app.db import db
from app.dispatch.models import Outgoing
from app.dispatch.workflow import Status
from app.documents.models import Document
from app.documents.queries import these
from app.flow import Standing
from app.parties.models import Party
from app.values.clock import local_date
from app.values.deadlines import complaint_deadline, counted_from

MOST_FAILED = 30
_BY_KEY = sa.select(Outgoing).where(Outgoing.key == sa.bindparam("asked"))
_BY_KEYS = sa.select(Outgoing.key, Outgoing.facts, Outgoing.queued_at, Outgoing.status, Outgoing.sent_at).where(
    Outgoing.key.in_(sa.bindparam("asked", expanding=True))
)


def by_key(key: str) -> Outgoing | None:
    """What was queued for this cause."""
    return db.session.scalar(_BY_KEY, {"asked": key})


def standing(outgoing: Outgoing, actor: Actor) -> Standing:
    """What flow needs to judge this person on this letter: with their answer on its case, where it has one."""
    return on_case(outgoing.standing(), outgoing.case_id, actor) if outgoing.case_id else outgoing.standing()


@dataclass(frozen=True)
class Told:
    """When a letter or notice was written, and the local day its recipient was told (None: not yet).

    A digital letter has arrived when its notice is sent (eForvaltningsforskriften § 10, the act of 2025 § 63).
    """

    written_on: date
    told_on: date | None

    def counted(self, due_on: date) -> date | None:
        """The deadline as it runs: as many days from when it was told as the letter gave; None while nobody is told."""
        return None if self.told_on is None else counted_from(due_on, self.written_on, self.told_on)

    @property
    def complain_by(self) -> date | None:
        """The last day to complain, three weeks from then (forvaltningsloven § 29); None while it does not run."""
        return None if self.told_on is None else complaint_deadline(self.told_on)


# Of what nothing is queued for.
UNTOLD = Told(date.max, None)


def told(key: str) -> Told:
    """Whether and when what was queued for this cause has reached its recipient. Asked before anybody is chased."""
    return told_all([key])[key]


def told_all(keys: Collection[str]) -> dict[str, Told]:
    """The same of many causes, in one read."""
    return dict.fromkeys(keys, UNTOLD) | queued_of(keys)


def queued_of(keys: Collection[str]) -> dict[str, Told]:
    """The same of those of these causes that something was queued for."""
    rows = db.session.execute(_BY_KEYS, {"asked": list(keys)}) if keys else ()
    return {row.key: told_as(row.facts, row.queued_at, row.status, row.sent_at) for row in rows}


def told_as(facts: Mapping[str, Any] | None, queued_at: datetime, status: Status, sent_at: datetime | None) -> Told:
    """By the columns of what was queued, where a page reads them beside its own."""
    dated = (facts or {}).get("head", {}).get("dated_on")
    sent_on = local_date(sent_at) if sent_at and status is Status.SENT else None
    return Told(date.fromisoformat(dated) if dated else local_date(queued_at), sent_on)


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
class OutboxRow:
    """A line of the outbox page. `case_number` and `party` are empty where it hangs on none.

    `subject` is None for a person who may see how it went, and not what it says.
    """

    id: int
    public_id: str
    subject: str | None
    party: str
    address: str
    case_number: str
    status: Status
    queued_at: datetime
    sent_at: datetime | None
    opened_at: datetime | None
    is_letter: bool
    language: str


def _read_by(actor: Actor) -> sa.ColumnElement[bool]:
    """Whose content the person may read, over Outgoing and its case: what is said about a case is read as the case is.

    What hangs on no case (a password link, a word to a colleague) is its receiver's own, and shown to nobody here.
    """
    return sa.and_(Outgoing.case_id.is_not(None), seen_by(actor)) if actor.may(Permission.READ_CASES) else sa.false()


def is_read_by(outgoing: Outgoing, actor: Actor) -> bool:
    """Whether the person may read what it says, and not only how the sending went."""
    query = sa.select(Outgoing.id).outerjoin(Case, Case.id == Outgoing.case_id)
    return db.session.scalar(query.where(Outgoing.id == outgoing.id, _read_by(actor))) is not None


def page(status: Status | None, before: int | None, many: int, actor: Actor) -> list[OutboxRow]:
    """The newest first, those with a smaller id than `before`; one more than `many` tells that there is a next page."""
    query = (
        sa.select(
            Outgoing.id,
            Outgoing.public_id,
            sa.case((_read_by(actor), Outgoing.subject)),
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
    return [OutboxRow(*row) for row in rows]


def first_of_next_newer(status: Status | None, after: int, many: int) -> int | None:
    """The `before` that shows the page of newer rows just above id `after`; None when that is the first page."""
    query = sa.select(Outgoing.id).where(Outgoing.id > after).order_by(Outgoing.id).limit(many + 1)
    if status is not None:
        query = query.where(Outgoing.status == status)
    newer = list(db.session.scalars(query))
    return newer[many] if len(newer) > many else None


def around(outgoing: Outgoing, actor: Actor) -> tuple[Case | None, Party | None, Document | None]:
    """What one letter or notice hangs on; its document when the person may open it."""
    get = db.session.get
    found = these([outgoing.document_id], actor) if outgoing.document_id else []
    return (
        get(Case, outgoing.case_id) if outgoing.case_id else None,
        get(Party, outgoing.party_id) if outgoing.party_id else None,
        found[0] if found else None,
    )


def any_failed() -> sa.ColumnElement[bool]:
    """Whether anything was not sent."""
    return sa.exists().where(Outgoing.status == Status.FAILED)


def failed(actor: Actor) -> Sequence[sa.Row[str | None, str | None, datetime, str, str]]:
    """What was not sent and is this person's to mend: recipient, case number, when it was queued, address and fault.

    An officer's are those of their own cases, and of cases nobody has; who has no cases has them all.
    """
    query = (
        sa.select(Party.display_name, Case.number, Outgoing.queued_at, Outgoing.public_id, Outgoing.last_error)
        .outerjoin(Case, Case.id == Outgoing.case_id)
        .outerjoin(Party, Party.id == Outgoing.party_id)
        .where(
            Outgoing.status == Status.FAILED,
            sa.or_(Outgoing.party_id.is_(None), Outgoing.party_id.not_in(actor.tied_to)),
        )
        .order_by(Outgoing.id)
        .limit(MOST_FAILED)
    )
    if actor.may(Permission.ASSESS):
        query = query.where(sa.or_(Case.officer_id.is_(None), Case.officer_id == actor.id))
    return db.session.execute(query).all()
