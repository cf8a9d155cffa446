"""The one door: nothing else assigns a status."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, Protocol, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import attributes

from app.access.domain import Actor
from app.audit import Entry, record_all
from app.db import db
from app.db.inserting import made_once
from app.flow import queries
from app.flow.domain import Reason, Refused, Stale, Standing, Workflow, why_not, why_not_hand
from app.flow.models import Hand
from app.flow.opposed import HOUSE, THEIRS, barring, had_by, meaning
from app.values.language import Worded


class Thing(Protocol):
    """A row with a life: status, version, its audit stream, and its case where it has one."""

    __table__: ClassVar[Any]
    id: Any
    version: Any

    def standing(self) -> Standing:
        """What the judgement needs to know, the actor's own declaration left out."""

    @property
    def stream(self) -> str:
        """The audit stream it is told in."""

    @property
    def on_case(self) -> int | None:
        """The case it belongs to."""


T = TypeVar("T", bound=Thing)
_IF_NEW = made_once(lambda insert: insert(Hand).on_conflict_do_nothing())


def advance(
    thing: T,
    workflow: Workflow,
    step: Worded,
    *,
    by: Actor | None,
    at: datetime,
    standing: Standing | None = None,
    also: Sequence[Reason] = (),
    facts: Mapping[str, Any] | None = None,
    stamp: Mapping[str, Any] | None = None,
) -> None:
    """Take one step: judge, change, record. Raises Refused or Stale.

    `stamp` sets further columns in the same UPDATE (hands and times that a CHECK ties to the status).
    """
    advance_all(
        [thing],
        workflow,
        step,
        by=by,
        at=at,
        standings={thing.id: standing} if standing else None,
        also={thing.id: also},
        facts={thing.id: facts or {}},
        stamp=stamp,
    )


def advance_all(
    things: Sequence[T],
    workflow: Workflow,
    step: Worded,
    *,
    by: Actor | None,
    at: datetime,
    standings: Mapping[int, Standing] | None = None,
    also: Mapping[int, Sequence[Reason]] | None = None,
    facts: Mapping[int, Mapping[str, Any]] | None = None,
    stamp: Mapping[str, Any] | None = None,
    stamps: Mapping[int, Mapping[str, Any]] | None = None,
) -> None:
    """Take the same step on many things, all or none, with a fixed number of statements. Raises Refused or Stale.

    `stamps`: columns that differ from thing to thing, by its key; the same ones for all of them.
    """
    if not things:
        return
    move = workflow.move(step)
    before = {t.id: (standings or {}).get(t.id) or t.standing() for t in things}
    reasons = [r for t in things for r in why_not(workflow, step, before[t.id], by, (also or {}).get(t.id, ()))]
    if reasons:
        raise Refused(reasons)
    db.session.flush()
    _write(things, move.end, stamp or {}, stamps or {})
    if move.leaves and by is not None:
        _insert([_row(workflow.name, t.id, t.on_case, move.leaves, by.id, at) for t in things])
        for thing in things:
            db.session.expire(thing, ["hands"])
    record_all(
        [
            Entry(
                t.stream,
                f"{workflow.name}.{step.value}",
                {"from": before[t.id].status.value, "to": move.end.value, **(facts or {}).get(t.id, {})},
                t.on_case,
            )
            for t in things
        ],
        by=by,
        at=at,
    )


def _write(things: Sequence[T], end: Worded, stamp: Mapping[str, Any], stamps: Mapping[int, Mapping[str, Any]]) -> None:
    """One executemany on id AND version; a row somebody else has moved makes all of it stale."""
    table = things[0].__table__
    own = next(iter(stamps.values()), {})
    statement = (
        sa.update(table)
        .where(table.c.id == sa.bindparam("k"), table.c.version == sa.bindparam("v"))
        .values(status=end, version=table.c.version + 1, **stamp, **{name: sa.bindparam(f"own_{name}") for name in own})
    )
    rows = [
        {"k": t.id, "v": t.version, **{f"own_{name}": value for name, value in stamps.get(t.id, {}).items()}}
        for t in things
    ]
    result = db.session.connection().execute(statement, rows)
    if result.rowcount != len(things):
        raise Stale
    for thing in things:
        attributes.set_committed_value(thing, "status", end)
        attributes.set_committed_value(thing, "version", thing.version + 1)
        for name, value in {**stamp, **stamps.get(thing.id, {})}.items():
            attributes.set_committed_value(thing, name, value)


def record_hand(kind: str, thing_id: int, hand: str, *, case_id: int | None, by: Actor, at: datetime) -> None:
    """Tell that the person has had this hand in the thing, where no Move does: a draft edited, a sheet filled in.

    `kind` is the workflow's name («rules», «case»), or «account»; `case_id` the case it is on, if any.
    Told once; told again, the first time stands. A row already loaded learns it when it is read anew. Raises Refused
    when they have had an opposing hand there.
    """
    had = {each: {by.id} for each in queries.had(kind, thing_id, case_id, by.id)}
    if reasons := why_not_hand(kind, hand, had, by):
        raise Refused(reasons)
    _insert([_row(kind, thing_id, case_id, hand, by.id, at)])


def record_hands(kind: str, things: Mapping[int, int], hand: str, *, by: Actor, at: datetime) -> None:
    """The same in many things (thing → its case), with two statements however many they are. Raises Refused."""
    had = queries.had_in(kind, things, by.id)
    reasons = [r for each in had.values() for r in why_not_hand(kind, hand, {name: {by.id} for name in each}, by)]
    if reasons:
        raise Refused(reasons)
    _insert([_row(kind, thing_id, case_id, hand, by.id, at) for thing_id, case_id in things.items()])


def leave_hands(kind: str, thing_id: int, hand: str, people: Mapping[int, datetime]) -> None:
    """Tell of a hand that nothing opposes, of several people (user → when), in a thing on no case."""
    _insert([_row(kind, thing_id, None, hand, user, at) for user, at in people.items()])


def inherit_hands(
    kind: str,
    thing_id: int,
    older: Mapping[str, queries.Ids],
    *,
    case_id: int | None,
    only: Collection[str] | None = None,
    new: Mapping[str, int] | None = None,
    at: datetime,
) -> bool:
    """A new thing that continues older ones (kind → ids) has their hands from its first moment, told at their times.

    `only` narrows which; else all that mean something to the new kind. `new` are hands people have had in it already,
    told at `at`. A hand that opposes one of the same person is left out, for old data may hold both and must not stop
    the job that makes the thing: the first of them stands. Gives whether it has any; a row already loaded is not told.
    """
    which = meaning(kind) & frozenset(only) if only is not None else meaning(kind)
    rows_read = queries.to_inherit(kind, thing_id, older, which, case_id)
    told = [(row.hand, row.user_id, row.at) for row in rows_read if row.inherited]
    told += [(hand, person, at) for hand, person in (new or {}).items()]
    had: dict[int, set[str]] = {}
    for row in rows_read:
        if row.on_case:
            had.setdefault(row.user_id, set()).add(row.hand if row.hand in THEIRS else HOUSE)
    rows = []
    for hand, person, moment in told:
        before = {each: {person} for each in had.get(person, ())}
        if not any(had_by(before, each) for each in barring(kind, hand)):
            had.setdefault(person, set()).add(hand)
            rows.append(_row(kind, thing_id, case_id, hand, person, moment))
    if rows:
        _insert(rows)
    return bool(rows)


def _row(kind: str, thing_id: int, case_id: int | None, hand: str, user_id: int, at: datetime) -> Mapping[str, Any]:
    return {"kind": kind, "thing_id": thing_id, "case_id": case_id, "hand": hand, "user_id": user_id, "at": at}


def _insert(rows: Sequence[Mapping[str, Any]]) -> None:
    """One executemany; a hand left before stays as it was."""
    db.session.connection().execute(_IF_NEW(), rows)
