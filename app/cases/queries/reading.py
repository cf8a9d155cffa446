"""Reading cases, one at a time; lists stand with their readers (desk, portal, public)."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.access.domain import Actor, Permission
from app.audit.models import AuditEntry
from app.cases.models import IN_ROUND, Case, SearchText
from app.cases.workflow import Status
from app.db import db
from app.db.session import lock_rows

# A round is read whole to be declared on and ranked; the largest known has far fewer.
MOST_IN_ROUND = 500
# Of so many readers at a time a statement is kept; the others' are made anew.
MOST_READERS = 256
OPEN = (
    Status.SUBMITTED,
    Status.REGISTERED,
    Status.AWAITING_APPLICANT,
    Status.ASSESSING,
    Status.RECOMMENDED,
)

# Nothing is left to do with these; every other case that is sent in needs somebody.
DONE = (Status.DRAFT, Status.WITHDRAWN, Status.CLOSED)

# Sending is a later room's, so its table is named here, not known: what was never told binds nobody.
OUTGOING = sa.table("outgoing", *map(sa.column, ("case_id", "kind", "document_id", "sent_at")))
_IS_UNTOLD = sa.select(
    sa.exists().where(
        OUTGOING.c.case_id == sa.bindparam("asked"), OUTGOING.c.kind == "decision", OUTGOING.c.sent_at.is_(None)
    )
)

_LOCKED = (
    sa.select(Case)
    .where(Case.id == sa.bindparam("asked"))
    .options(joinedload(Case.party))
    .with_for_update(of=Case)
    .execution_options(populate_existing=True)
)


def seen_by(actor: Actor) -> sa.ColumnElement[bool]:
    """Which cases a person may see: officers every case that is sent in, recipients their own."""
    own = Case.party_id.in_(actor.party_ids)
    if not actor.may(Permission.READ_CASES):
        return own
    return sa.or_(Case.status != Status.DRAFT, own) if actor.party_ids else Case.status != Status.DRAFT


def by_number(number: str, actor: Actor) -> Case | None:
    """The case of this number, when the person may see it."""
    return db.session.scalar(_found(Case.number, actor), {"asked": number})


def by_public_id(public_id: str, actor: Actor) -> Case | None:
    """The case of this address (drafts have no number), when the person may see it."""
    return db.session.scalar(_found(Case.public_id, actor), {"asked": public_id})


@lru_cache(MOST_READERS)
def _found(column: Any, actor: Actor) -> sa.Select[Case]:
    """Made once for each reader, as nearly every page of a case begins with it."""
    return sa.select(Case).options(joinedload(Case.party)).where(column == sa.bindparam("asked"), seen_by(actor))


def locked(case_id: int) -> Case:
    """The case as it is now, locked until the transaction ends; an action starts here."""
    return db.session.scalars(_LOCKED, {"asked": case_id}).one()


def lock(case_ids: Collection[int]) -> None:
    """Lock these cases, in one order, before what is judged of many is read."""
    lock_rows(sa.select(Case.id).where(Case.id.in_(case_ids)).order_by(Case.id).with_for_update())


# What gives a case to its officer; what moves it to them while they have it is told where it is read.
GIVEN = ("case.assigned", "case.taken", "case.handed_over")


def given_at(*also: sa.ColumnElement[bool]) -> sa.ScalarSelect[datetime]:
    """When the case of an enclosing statement last came to whoever has it: given to them, or by one of these events."""
    return (
        sa.select(sa.func.max(AuditEntry.at))
        .where(AuditEntry.case_id == Case.id, sa.or_(AuditEntry.event.in_(GIVEN), *also))
        .correlate(Case)
        .scalar_subquery()
    )


def of_call(call_id: int, actor: Actor) -> list[Case]:
    """The cases sent in under a call that the person may see and that are not withdrawn, by the applicant's name."""
    return list(db.session.scalars(_of_call(sa.select(Case), call_id, actor)))


def listed_of_call(call_id: int, actor: Actor, *columns: Any) -> Sequence[Any]:
    """These columns of the same cases, where nobody is judged and nothing changed."""
    return db.session.execute(_of_call(sa.select(*columns), call_id, actor)).all()


def _of_call(query: sa.Select[Any], call_id: int, actor: Actor) -> sa.Select[Any]:
    return (
        query.where(Case.call_id == call_id, sa.text(f"case_file.{IN_ROUND}"), seen_by(actor))
        .order_by(Case.party_sort, Case.id)
        .limit(MOST_IN_ROUND)
    )


def is_untold(case_id: int) -> bool:
    """Whether a decision on the case waits to be sent."""
    return bool(db.session.scalar(_IS_UNTOLD, {"asked": case_id}))


def held_by(officer_id: int) -> list[Case]:
    """Every case this officer has that is not done, locked until the transaction ends."""
    query = (
        sa.select(Case)
        .where(Case.officer_id == officer_id, Case.status.not_in(DONE))
        .order_by(Case.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return list(db.session.scalars(query))


def held_numbers(officer_id: int) -> list[str]:
    """The numbers of the cases this officer has that are not done, in order."""
    query = (
        sa.select(Case.number)
        .where(Case.officer_id == officer_id, Case.status.not_in(DONE), Case.number.is_not(None))
        .order_by(Case.number)
    )
    return [number for number in db.session.scalars(query) if number]


_TEXTS = sa.select(SearchText.part, SearchText.text).where(SearchText.case_id == sa.bindparam("asked"))


def found_by(case_id: int) -> dict[str, str]:
    """The words the case is found by, part by part."""
    return {row.part: row.text for row in db.session.execute(_TEXTS, {"asked": case_id})}
