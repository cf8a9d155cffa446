"""The worklist: pages cut by key from a covering index, never sorted, never counted beyond MOST_COUNTED."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any

import sqlalchemy as sa

from app.access.domain import Actor, Permission
from app.awards.models import Award
from app.cases.models import LISTED, ORDERS, Case
from app.cases.workflow import Status
from app.db import db, search
from app.desk.domain import MOST_COUNTED, MOST_IN_VIEW, PAGE_ROWS, Filter, Order, Place, Whose, beginning
from app.desk.queries import rounds
from app.desk.queries.distribution import to_be_taken

_T: Any = Case.__table__.c
_A: Any = Award.__table__.c
# What a row shows, beside what it is ordered by.
_CARRIED = ("id", *(name for name in LISTED if name not in ("officer_id", "submitted_at")))

# How the grant of a case that has one stands: a case stays granted when its grant falls away.
_AWARD_STATUS: Any = sa.case(
    (
        _T.status.in_((Status.GRANTED, Status.PARTLY_GRANTED)),
        sa.select(_A.status).where(_A.case_id == _T.id).order_by(_A.id.desc()).limit(1).scalar_subquery(),
    )
).label("award_status")


@dataclass(frozen=True)
class Listed:
    """One page. `count` is capped; `more_than_counted` says «1000+», `more_hits` that older hits are left out."""

    rows: Sequence[Any]
    previous: Place | None = None
    following: Place | None = None
    count: int = 0
    more_hits: bool = False

    @property
    def more_than_counted(self) -> bool:
        """Whether there are more than we count."""
        return self.count > MOST_COUNTED


def page(asked: Filter, place: Place, actor: Actor, today: date) -> Listed:
    """The rows of one page as plain tuples, each with how many there are in all (capped). One statement."""
    if not actor.may(Permission.READ_CASES):
        return Listed(())
    first = beginning(asked.order)
    facts = _facts(asked, actor, today) | {"key": place.key, "id_": place.id, "first": first.key}
    walked = (asked.order.walks, _shape(asked), asked.order.backward == place.before)
    if not asked.search:
        return _cut(db.session.execute(statement(*walked), facts).all(), place, ORDERS[asked.order.walks])
    if (match := search.expression(asked.search)) is None:
        return Listed(())
    among = within(*walked, db.engine.dialect.name, search.NEWEST_HITS)
    return _cut(db.session.execute(among, {**facts, "match": match}).all(), place, ORDERS[asked.order.walks])


def _cut(rows: Sequence[Any], place: Place, column: str) -> Listed:
    more, rows = len(rows) > PAGE_ROWS, rows[:PAGE_ROWS]
    if place.before:
        rows = rows[::-1]
    if not rows:
        return Listed(())
    first, last = (Place(getattr(r, column), r.id) for r in (rows[0], rows[-1]))
    at_start = place.id < 0 or place.id >= 2**62
    previous = first if (more if place.before else not at_start) else None
    following = last if (place.before or more) else None
    return Listed(rows, previous, following, rows[0].found, bool(rows[0].more_hits))


def _shape(asked: Filter) -> tuple[str, ...]:
    """Which conditions there are; the values come as parameters, so that the statement is made once."""
    named = {
        "mine": asked.whose is Whose.MINE,
        "nobody": asked.whose is Whose.NOBODY,
        "officer": asked.officer is not None,
        "status": asked.status is not None,
        "scheme": bool(asked.scheme),
        "year": asked.year is not None,
        "overdue": asked.overdue,
        "week": asked.week,
    }
    return tuple(name for name, there in named.items() if there)


def _facts(asked: Filter, actor: Actor, today: date) -> dict[str, Any]:
    every = {
        "mine": actor.id,
        "officer": asked.officer,
        "status": asked.status,
        "scheme": asked.scheme,
        "year": asked.year,
        "overdue": today,
        "week": today,
        "week_end": today + timedelta(days=7),
    }
    named = {*_shape(asked), *(["week_end"] if asked.week else [])}
    return {name: value for name, value in every.items() if name in named}


def _conditions(shape: tuple[str, ...]) -> list[sa.ColumnElement[bool]]:
    status: Any = _T.status == sa.bindparam("status", type_=_T.status.type)
    if {"mine", "nobody", "officer"} & {*shape}:
        # Kept from the planner, which else may walk everybody's cases of this status instead of one person's.
        status = sa.func.coalesce(_T.status, "", type_=_T.status.type) == sa.bindparam("status", type_=_T.status.type)
    made: dict[str, sa.ColumnElement[bool]] = {
        "mine": _T.officer_id == sa.bindparam("mine"),
        "nobody": sa.and_(_T.officer_id.is_(None), to_be_taken()),
        "officer": _T.officer_id == sa.bindparam("officer"),
        "status": status,
        "scheme": _T.scheme_code == sa.bindparam("scheme"),
        "year": _T.year == sa.bindparam("year"),
        "overdue": _T.due_order < sa.bindparam("overdue"),
        "week": _T.due_order.between(sa.bindparam("week"), sa.bindparam("week_end")),
    }
    return [_T.status != Status.DRAFT, *(made[name] for name in shape)]


@lru_cache(maxsize=512)
def statement(order: str, shape: tuple[str, ...], forward: bool) -> sa.Select[Any]:
    """The page for these conditions, and the capped count of all that they leave."""
    column, conditions = _T[ORDERS[order]], _conditions(shape)
    # Naming the officer, who is nobody on every row, shows PostgreSQL that the index is in this order already.
    keys = (*((_T.officer_id,) if "nobody" in shape else ()), column, _T.id)
    found = _count(column, conditions, MOST_COUNTED).label("found")
    chosen = sa.select(*_carried(column), found, sa.false().label("more_hits"))
    chosen = chosen.where(*conditions, _beyond(column, _T.id, forward))
    return chosen.order_by(*_ordered(keys, forward)).limit(PAGE_ROWS + 1)


@lru_cache(maxsize=512)
def within(order: str, shape: tuple[str, ...], forward: bool, dialect: str, newest: int) -> sa.Select[Any]:
    """The same among the hits of a search (`:match`), the newest so many; these few are sorted.

    The words are looked for once: the page, its count and whether there are older hits are read off what is found.
    """
    column = _T[ORDERS[order]]
    hits: Any = search.matching(dialect, newest + 1).cte("hits").prefix_with("MATERIALIZED")
    how_many = sa.func.count(hits.c.case_id)
    oldest = sa.case((how_many > newest, sa.func.min(hits.c.case_id)), else_=0)
    kept = hits.c.case_id > sa.select(oldest).scalar_subquery()
    left = sa.select(_T.id, column.label("key")).join_from(hits, Case, _T.id == hits.c.case_id)
    left = left.where(kept, *_conditions(shape))
    found: Any = left.cte("found").prefix_with("MATERIALIZED")
    capped = sa.select(found.c.id).limit(MOST_COUNTED + 1).subquery()
    shown = sa.select(found.c.id).where(_beyond(found.c.key, found.c.id, forward))
    shown = shown.order_by(*_ordered((found.c.key, found.c.id), forward)).limit(PAGE_ROWS + 1)
    return (
        sa.select(
            *_carried(column),
            sa.select(sa.func.count()).select_from(capped).scalar_subquery().label("found"),
            sa.select(how_many > newest).scalar_subquery().label("more_hits"),
        )
        .where(_T.id.in_(shown))
        .order_by(*_ordered((column, _T.id), forward))
    )


def _carried(column: Any) -> list[Any]:
    return [*(_T[name] for name in _CARRIED), _AWARD_STATUS, *([column] if column.name not in _CARRIED else [])]


def _ordered(keys: tuple[Any, ...], forward: bool) -> tuple[Any, ...]:
    return keys if forward else tuple(key.desc() for key in keys)


def _count(column: Any, conditions: Sequence[Any], most: int) -> sa.ScalarSelect[int]:
    """How many, up to one more than `most`; bounded from the first row, so that it walks the same index as the page.

    By the key alone: SQLite compares a pair twice as slowly, and there is nothing below the first.
    """
    bounded = column >= sa.bindparam("first", type_=column.type)
    capped = sa.select(_T.id).where(*conditions, bounded).correlate(None).limit(most + 1).subquery()
    return sa.select(sa.func.count()).select_from(capped).scalar_subquery()


def _beyond(column: Any, key: Any, forward: bool) -> sa.ColumnElement[bool]:
    here = sa.tuple_(column, key)
    there = sa.tuple_(sa.bindparam("key", type_=column.type), sa.bindparam("id_", type_=_T.id.type))
    return here > there if forward else here < there


_VIEWS = (Whose.MINE, Whose.NOBODY, Whose.ALL)


@dataclass(frozen=True)
class Around:
    """What stands round every list: how many cases each view has when nothing else is asked for, and the rounds."""

    counts: dict[Whose, int]
    rounds: list[rounds.RoundLeft]


def around(actor: Actor) -> Around:
    """The counts capped low, for they stand on every list. One statement."""
    if not actor.may(Permission.READ_CASES):
        return Around(dict.fromkeys(_VIEWS, 0), [])
    first = beginning(Order.DUE)
    rows = db.session.execute(_around(), {"mine": actor.id, "first": first.key}).all()
    counts, left = rows[0][: len(_VIEWS)], [row[len(_VIEWS) :] for row in rows]
    return Around(dict(zip(_VIEWS, counts, strict=True)), rounds.nearest(row for row in left if row[0] is not None))


@cache
def _around() -> Any:
    """The counts, along the index of deadlines, on each row; and each round, or one row without any."""
    views, left = _counts().cte("views").prefix_with("MATERIALIZED"), rounds.those_left().subquery("left")
    return sa.select(views, left).select_from(views).outerjoin(left, sa.true())


def _counts() -> Any:
    """How many each view has."""
    shapes = [_shape(Filter(whose=whose)) for whose in _VIEWS]
    return sa.select(
        *(
            _count(_T.due_order, _conditions(shape), MOST_IN_VIEW).label(whose.value)
            for whose, shape in zip(_VIEWS, shapes, strict=True)
        )
    )
