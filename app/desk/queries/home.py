"""The day's work of one person: what waits for them, what is new, and what waits on others. Capped Core reads."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib import import_module
from typing import Any

import sqlalchemy as sa

from app.access.domain import Actor, Permission
from app.applications.models import InformationRequest
from app.assessments.models import Assessment, SendBack
from app.audit.catalogue import to_party
from app.audit.models import AuditEntry
from app.cases.domain import Impartiality
from app.cases.models import SENT_IN, Case, Declaration
from app.cases.queries import given_at, own_answer
from app.cases.workflow import Status
from app.db import db
from app.desk.queries.distribution import to_be_taken
from app.flow import Waiting
from app.values.clock import local_date
from app.values.language import N_

# Rooms that tell what waits for a person, each in its own `waiting`.
WAITING_IN = (
    "rules", "cases", "budget", "summaries", "dispatch", "assessments", "awards", "compensation", "reports", "payouts",
    "people",
)  # fmt: skip
MOST = 30
NEW_DAYS = 7
# What each state asks of the officer who has the case.
VERBS: dict[Status, str] = {
    Status.SUBMITTED: N_("Registrer søknaden"),
    Status.REGISTERED: N_("Start vurderingen"),
    Status.ASSESSING: N_("Vurder søknaden"),
}
READ_ANSWER = N_("Les svaret fra søkeren")
RECOMMEND = N_("Lag innstilling")
# What brings a case to the officer who has it already; being given it does too.
BROUGHT = ("case.submit", "case.answer", "case.go_on", "case.send_back", "case.take_back")
WAITING = (Status.AWAITING_APPLICANT, Status.RECOMMENDED)


@dataclass(frozen=True)
class Cases:
    """The person's own open cases, and those nobody has and where something is to be done; nearest deadline first."""

    own: Sequence[Any]
    free: Sequence[Any]


def waiting(actor: Actor, at: datetime, cases: Cases | None = None) -> tuple[list[Waiting], list[Waiting]]:
    """What waits for this person in every room, nearest deadline first, and which cases of theirs wait on others.

    One statement asks every room whether there is anything to look at; only those that have something are read.
    """
    cases = cases or cases_of(actor)
    mine, others = _mine(cases.own)
    of_rooms = [each for room in _rooms_with_something(actor, at) for each in room.waiting(actor, at)]
    found = [*mine, *_free(cases.free, actor), *(each for each in of_rooms if not each.on_others)]
    others = [*others, *(each for each in of_rooms if each.on_others)]
    # What has waited long enough on others is a task, and waits on nobody else.
    theirs = {(task.endpoint, task.number) for task in found}
    others = [each for each in others if (each.endpoint, each.number) not in theirs]
    return sorted(found, key=_nearest), sorted(others, key=_nearest)


def _nearest(task: Waiting) -> tuple[bool, date, date, str]:
    return not task.first, task.due_on or date.max, task.since or date.max, task.number


def _rooms_with_something(actor: Actor, at: datetime) -> list[Any]:
    there = sa.select(*(room.anything(actor, at) for room in _rooms()))
    return [room for room, found in zip(_rooms(), db.session.execute(there).one(), strict=True) if found]


@cache
def _rooms() -> list[Any]:
    """Each room's own `waiting`."""
    return [import_module(f"app.{room}.waiting") for room in WAITING_IN]


def _free(free: Sequence[Any], actor: Actor) -> Iterator[Waiting]:
    """Cases nobody has wait for whoever distributes them, may take them, or registers them, as one queue."""
    if actor.may(Permission.DISTRIBUTE):
        mine, verb, where = free, N_("Fordel saker som ingen har"), {"hos": "ingen"}
    elif actor.may(Permission.ASSESS):
        mine = [row for row in free if row.answer in (None, Impartiality.IMPARTIAL)]
        verb, where = N_("Ta saker som ingen har"), {"hos": "ingen"}
    else:
        mine = [row for row in free if row.status is Status.SUBMITTED]
        verb, where = N_("Registrer søknader"), {"hos": "ingen", "status": Status.SUBMITTED.value}
    if mine:
        due_on = next((row.due_on for row in mine if row.status in VERBS), None)
        yield Waiting(verb, "desk.worklist", where, due_on=due_on, count=len(mine))


def cases_of(actor: Actor) -> Cases:
    """In one read, of bounded size: none for who neither has nor registers cases."""
    parts = [_own(actor.id)] if actor.may(Permission.ASSESS) else []
    parts += [_unassigned(actor.id)] if actor.may(Permission.REGISTER) else []
    rows = db.session.execute(sa.union_all(*parts)).all() if parts else ()
    ordered = sorted(rows, key=lambda row: (row.due_order, row.id))
    return Cases([row for row in ordered if row.own], [row for row in ordered if not row.own])


def _own(user_id: int) -> sa.Select[Any]:
    """With the newest send-back of each, whether an answer has come, and when it came to the person."""
    newest = (
        sa.select(SendBack.words)
        .where(SendBack.case_id == Case.id)
        .order_by(SendBack.id.desc())
        .limit(1)
        .correlate(Case)
        .scalar_subquery()
    )
    answered = sa.exists().where(InformationRequest.case_id == Case.id, InformationRequest.answered_at.is_not(None))
    assessed = sa.exists().where(
        Assessment.case_id == Case.id, Assessment.assessor_id == user_id, Assessment.finished_at.is_not(None)
    )
    came_at = given_at(AuditEntry.event.in_(BROUGHT))
    query = _listed(own=True, back=newest, answered=answered, assessed=assessed, came_at=came_at, answer=sa.null())
    which = query.where(Case.officer_id == user_id, Case.status.in_((*VERBS, *WAITING)))
    return _first(which, 2 * MOST)


def _unassigned(user_id: int) -> sa.Select[Any]:
    """With the person's own answer on each."""
    answer = own_answer(user_id)
    query = _listed(
        own=False, back=sa.null(), answered=sa.false(), assessed=sa.false(), came_at=sa.null(), answer=answer
    )
    return _first(query.where(Case.officer_id.is_(None), to_be_taken()), MOST)


def _listed(*, own: bool, **beside: Any) -> sa.Select[Any]:
    types = {"back": sa.Text(), "came_at": AuditEntry.at.type, "answer": Declaration.answer.type}
    told = (sa.cast(sa.null(), types[name]) if isinstance(each, sa.Null) else each for name, each in beside.items())
    columns = (Case.id, Case.version, Case.status, Case.number, Case.party_name, Case.due_on, Case.due_order)
    return sa.select(
        (sa.true() if own else sa.false()).label("own"),
        *(*columns, Case.submitted_at),
        *(each.label(name) for name, each in zip(beside, told, strict=True)),
    ).where(sa.text(SENT_IN))


def _first(query: sa.Select[Any], most: int) -> sa.Select[Any]:
    return sa.select(query.order_by(Case.due_order, Case.id).limit(most).subquery())


def _mine(own: Sequence[Any]) -> tuple[list[Waiting], list[Waiting]]:
    """The person's own cases: those that wait for them, and the others."""
    return (
        [_case(_verb(row), row, row.back if _back(row) else "") for row in own if row.status in VERBS],
        [_case(row.status.word, row) for row in own if row.status in WAITING],
    )


def _verb(row: Any) -> str:
    """An answer that has come is read before the assessment is started; who has assessed recommends next."""
    if row.assessed and row.status is Status.ASSESSING:
        return RECOMMEND
    return READ_ANSWER if row.answered and row.status is Status.REGISTERED else VERBS[row.status]


def _case(verb: str, row: Any, back: str = "") -> Waiting:
    where = {"number": row.number} | ({"_anchor": "sporsmal"} if verb == READ_ANSWER else {})
    since = _day(row.came_at or row.submitted_at)
    return Waiting(verb, "desk.case", where, row.party_name, row.number, row.due_on, since, back=back)


def _back(row: Any) -> bool:
    return row.status is Status.ASSESSING and bool(row.back)


def news(actor: Actor, at: datetime) -> Sequence[Any]:
    """What recipients and others have done on the person's cases lately, newest first; no read for who has none."""
    if not actor.may(Permission.ASSESS):
        return ()
    # Walked from the newest entry and no further back than the week, however many cases the person has had.
    mine = sa.func.coalesce(Case.officer_id, 0) == actor.id
    query = (
        sa.select(AuditEntry.event, AuditEntry.facts, AuditEntry.by_name, AuditEntry.at, Case.number, Case.party_name)
        .join(Case, Case.id == AuditEntry.case_id)
        .where(
            mine,
            sa.text(SENT_IN),
            AuditEntry.at > at - timedelta(days=NEW_DAYS),
            AuditEntry.event.in_(to_party()),
            sa.or_(AuditEntry.by_id.is_(None), AuditEntry.by_id != actor.id),
        )
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(MOST)
    )
    return db.session.execute(query).all()


def _day(at: datetime | None) -> date | None:
    return local_date(at) if at else None
