"""The day's work of one person: what waits for them, what is new, and what waits on others. Capped Core reads."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib import import_module
from typing import Any

import sqlalchemy as sa

from app.access.domain import Actor, Permission
from app.applications.models import InformationRequest
from app.assessments.models import SendBack
from app.audit.catalogue import EVENTS
from app.audit.models import AuditEntry
from app.cases.domain import Impartiality
from app.cases.models import SENT_IN, Case
from app.cases.queries import declared, given_at
from app.cases.workflow import Status
from app.db import db
from app.desk.queries.distribution import to_be_taken
from app.flow import Waiting
from app.values.clock import local_date
from app.values.language import N_

# Rooms that tell what waits for a person, each in its own `waiting`.
WAITING_IN = ("rules", "cases", "dispatch", "assessments", "awards", "compensation", "reports", "payouts", "people")
MOST = 30
NEW_DAYS = 7
# What each state asks of the officer who has the case.
VERBS: dict[Status, str] = {
    Status.SUBMITTED: N_("Registrer søknaden"),
    Status.REGISTERED: N_("Start vurderingen"),
    Status.ASSESSING: N_("Vurder søknaden"),
}
READ_ANSWER = N_("Les svaret fra søkeren")
# What brings a case to the officer who has it already; being given it does too.
BROUGHT = ("case.submit", "case.answer", "case.go_on", "case.send_back", "case.take_back")
WAITING = (Status.AWAITING_APPLICANT, Status.RECOMMENDED)


def waiting(actor: Actor, at: datetime, free: Sequence[Any]) -> tuple[list[Waiting], list[Waiting]]:
    """What waits for this person in every room, nearest deadline first, and which cases of theirs wait on others.

    `free`: the cases nobody has. A fixed number of reads, each room's own.
    """
    mine, others = _mine(actor) if actor.may(Permission.ASSESS) else ([], [])
    of_rooms = [each for room in _rooms() for each in room(actor, at)]
    found = [*mine, *_free(free, actor), *(each for each in of_rooms if not each.on_others)]
    others = [*others, *(each for each in of_rooms if each.on_others)]
    # What has waited long enough on others is a task, and waits on nobody else.
    theirs = {(task.endpoint, task.number) for task in found}
    others = [each for each in others if (each.endpoint, each.number) not in theirs]
    return sorted(found, key=_nearest), sorted(others, key=_nearest)


def _nearest(task: Waiting) -> tuple[bool, date, date, str]:
    return not task.first, task.due_on or date.max, task.since or date.max, task.number


@cache
def _rooms() -> list[Callable[[Actor, datetime], list[Waiting]]]:
    """Each room's own `waiting`."""
    return [import_module(f"app.{room}.waiting").waiting for room in WAITING_IN]


def _free(free: Sequence[Any], actor: Actor) -> Iterator[Waiting]:
    """Cases nobody has wait for whoever distributes them, may take them, or registers them, as one queue. One read."""
    if actor.may(Permission.DISTRIBUTE):
        mine, verb, where = free, N_("Fordel saker som ingen har"), {"hos": "ingen"}
    elif actor.may(Permission.ASSESS):
        answers = declared([row.id for row in free], actor.id) if free else {}
        mine = [row for row in free if answers.get(row.id, Impartiality.IMPARTIAL) == Impartiality.IMPARTIAL]
        verb, where = N_("Ta saker som ingen har"), {"hos": "ingen"}
    else:
        mine = [row for row in free if row.status is Status.SUBMITTED]
        verb, where = N_("Registrer søknader"), {"hos": "ingen", "status": Status.SUBMITTED.value}
    if mine:
        due_on = next((row.due_on for row in mine if row.status in VERBS), None)
        yield Waiting(verb, "desk.worklist", where, due_on=due_on, count=len(mine))


def _mine(actor: Actor) -> tuple[list[Waiting], list[Waiting]]:
    """The person's own open cases: those that wait for them, with the newest send-back of each, and the others."""
    newest = (
        sa.select(SendBack.words)
        .where(SendBack.case_id == Case.id)
        .order_by(SendBack.id.desc())
        .limit(1)
        .correlate(Case)
        .scalar_subquery()
    )
    answered = sa.exists().where(InformationRequest.case_id == Case.id, InformationRequest.answered_at.is_not(None))
    query = (
        _listed(newest, answered, given_at(AuditEntry.event.in_(BROUGHT)))
        .where(Case.officer_id == actor.id, Case.status.in_((*VERBS, *WAITING)))
        .order_by(Case.due_order, Case.id)
        .limit(2 * MOST)
    )
    rows = [_read(row) for row in db.session.execute(query)]
    return (
        [_case(_verb(r), r, r.back if _back(r) else "") for r in rows if r.status in VERBS],
        [_case(r.status.word, r) for r in rows if r.status in WAITING],
    )


def _verb(row: Any) -> str:
    """An answer that has come is read before the assessment is started."""
    return READ_ANSWER if row.answered and row.status is Status.REGISTERED else VERBS[row.status]


def _case(verb: str, row: Any, back: str = "") -> Waiting:
    where = {"number": row.number} | ({"_anchor": "sporsmal"} if verb == READ_ANSWER else {})
    return Waiting(verb, "desk.case", where, row.party_name, row.number, row.due_on, row.since, back=back)


def _back(row: Any) -> bool:
    return row.status is Status.ASSESSING and bool(row.back)


def unassigned() -> Sequence[Any]:
    """Cases that nobody has and where something is to be done, nearest deadline first."""
    query = (
        sa.select(Case.id, Case.status, Case.number, Case.party_name, Case.due_on, Case.version)
        .where(sa.text(SENT_IN), Case.officer_id.is_(None), to_be_taken())
        .order_by(Case.due_order, Case.id)
        .limit(MOST)
    )
    return db.session.execute(query).all()


def news(actor: Actor, at: datetime) -> Sequence[Any]:
    """What recipients and others have done on the person's cases lately, newest first."""
    told = [code for code, event in EVENTS.items() if event.to_party]
    # Walked from the newest entry and no further back than the week, however many cases the person has had.
    mine = sa.func.coalesce(Case.officer_id, 0) == actor.id
    query = (
        sa.select(AuditEntry.event, AuditEntry.facts, AuditEntry.by_name, AuditEntry.at, Case.number, Case.party_name)
        .join(Case, Case.id == AuditEntry.case_id)
        .where(
            mine,
            sa.text(SENT_IN),
            AuditEntry.at > at - timedelta(days=NEW_DAYS),
            AuditEntry.event.in_(told),
            sa.or_(AuditEntry.by_id.is_(None), AuditEntry.by_id != actor.id),
        )
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(MOST)
    )
    return db.session.execute(query).all()


@dataclass(frozen=True)
class _Read:
    status: Status
    party_name: str
    number: str
    due_on: date | None
    since: date | None
    back: str
    answered: bool


def _listed(*beside: Any) -> sa.Select[Any]:
    return sa.select(Case.status, Case.party_name, Case.number, Case.due_on, Case.submitted_at, *beside).where(
        sa.text(SENT_IN)
    )


def _read(row: Any) -> _Read:
    status, party, number, due_on, submitted_at, back, answered, came_at = row
    return _Read(status, party, number, due_on, _day(came_at or submitted_at), back or "", answered)


def _day(at: datetime | None) -> date | None:
    return local_date(at) if at else None
