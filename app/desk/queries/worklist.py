"""The worklist: pages cut by key from a covering index, never sorted, never counted beyond MOST_COUNTED."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from app.access.domain import GRANTS, Actor, Permission
from app.access.models import User, UserRole
from app.cases.models import LISTED, ORDERS, SENT_IN, Case
from app.db import db
from app.db.search import NEWEST_HITS, hits
from app.desk.domain import MOST_COUNTED, PAGE_ROWS, Filter, Order, Place, Whose, beginning
from app.desk.queries.distribution import to_be_taken
from app.rules.models import Pot, RuleVersion, Scheme

MOST_OFFICERS = 200
_T: Any = Case.__table__.c
_CARRIED = ("id", *LISTED, "party_sort")


@dataclass(frozen=True)
class Listed:
    """One page. `count` is capped; `more_than_counted` says «1000+», `more_hits` that older hits are left out."""

    rows: Sequence[Any]
    previous: Place | None
    following: Place | None
    count: int
    more_hits: bool = False

    @property
    def more_than_counted(self) -> bool:
        """Whether there are more than we count."""
        return self.count > MOST_COUNTED


def page(asked: Filter, place: Place, actor: Actor, today: date) -> Listed:
    """The rows of one page as plain tuples, and how many there are (capped). Two statements."""
    if not actor.may(Permission.READ_CASES):
        return Listed((), None, None, 0)
    facts = _facts(asked, actor, today)
    found = hits(asked.search) if asked.search else None
    if asked.search and found is None:
        return Listed((), None, None, 0)
    forward = asked.order.backward == place.before
    listed, counted = statements(asked.order.walks, _shape(asked), forward)
    if found is not None:
        listed, counted = within(asked.order.walks, _shape(asked), forward, found)
    rows = db.session.execute(listed, {**facts, "key": place.key, "id_": place.id}).all()
    first = beginning(asked.order)
    count = db.session.scalar(counted, {**facts, "key": first.key, "id_": first.id}) or 0
    more_hits = found is not None and db.session.scalar(beyond(found)) is not None
    return replace(_cut(rows, place, ORDERS[asked.order.walks], count), more_hits=more_hits)


def _cut(rows: Sequence[Any], place: Place, column: str, count: int) -> Listed:
    more, rows = len(rows) > PAGE_ROWS, rows[:PAGE_ROWS]
    if place.before:
        rows = rows[::-1]
    if not rows:
        return Listed((), None, None, count)
    first, last = (Place(getattr(r, column), r.id) for r in (rows[0], rows[-1]))
    at_start = place.id < 0 or place.id >= 2**62
    previous = first if (more if place.before else not at_start) else None
    following = last if (place.before or more) else None
    return Listed(rows, previous, following, count)


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
    return [sa.text(SENT_IN), *(made[name] for name in shape)]  # type: ignore[list-item]  # text is a condition


@lru_cache(maxsize=512)
def statements(order: str, shape: tuple[str, ...], forward: bool) -> tuple[sa.Select[Any], sa.Select[Any]]:
    """The page and its capped count, for these conditions."""
    column = _T[ORDERS[order]]
    return _page(column, _conditions(shape), forward, nobody="nobody" in shape), _count(column, _conditions(shape))


def within(
    order: str, shape: tuple[str, ...], forward: bool, found: sa.Select[Any]
) -> tuple[sa.Select[Any], sa.Select[Any]]:
    """The same among the hits of a search, which are capped; these few are sorted."""
    column = _T[ORDERS[order]]
    conditions = [*_conditions(shape), _T.id.in_(found.subquery().select())]
    return _page(column, conditions, forward), _count(column, conditions)


def beyond(found: sa.Select[Any]) -> sa.Select[Any]:
    """A row when there are more hits than those that are read."""
    return found.order_by(None).limit(1).offset(NEWEST_HITS)


def _page(column: Any, conditions: Sequence[Any], forward: bool, nobody: bool = False) -> sa.Select[Any]:
    # Naming the officer, who is nobody on every row, shows PostgreSQL that the index is in this order already.
    keys = (*((_T.officer_id,) if nobody else ()), column, _T.id)
    order = keys if forward else tuple(key.desc() for key in keys)
    names = [n for n in _CARRIED if n != "party_sort" or column is _T.party_sort]
    chosen = sa.select(*(_T[n] for n in names)).where(*conditions, _beyond(column, forward))
    return chosen.order_by(*order).limit(PAGE_ROWS + 1)


def _count(column: Any, conditions: Sequence[Any]) -> sa.Select[Any]:
    """Bounded from the first row, so that it walks the same index as the page."""
    capped = sa.select(_T.id).where(*conditions, _beyond(column, forward=True)).limit(MOST_COUNTED + 1).subquery()
    return sa.select(sa.func.count()).select_from(capped)


def _beyond(column: Any, forward: bool) -> sa.ColumnElement[bool]:
    here = sa.tuple_(column, _T.id)
    there = sa.tuple_(sa.bindparam("key", type_=column.type), sa.bindparam("id_", type_=_T.id.type))
    return here > there if forward else here < there


_COUNTED = (Whose.MINE, Whose.NOBODY, Whose.ALL)


@lru_cache(maxsize=1)
def _counts() -> sa.Select[Any]:
    order = Order.DUE
    shapes = [_shape(Filter(whose=whose)) for whose in _COUNTED]
    column = _T[ORDERS[order.walks]]
    return sa.select(*(_count(column, _conditions(shape)).scalar_subquery() for shape in shapes))


def counts(actor: Actor) -> dict[Whose, int]:
    """How many cases each of the three views has when nothing else is asked for; capped. One statement."""
    first = beginning(Order.DUE)
    row = db.session.execute(_counts(), {"mine": actor.id, "key": first.key, "id_": first.id}).one()
    return dict(zip(_COUNTED, row, strict=True))


def officers() -> list[tuple[int, str]]:
    """Whose cases can be asked for: those who may handle cases, by name. One statement."""
    roles = [role for role, granted in GRANTS.items() if Permission.ASSESS in granted]
    query = (
        sa.select(User.id, User.name)
        .where(User.id.in_(sa.select(UserRole.user_id).where(UserRole.role.in_(roles))))
        .order_by(User.sort_key, User.id)
        .limit(MOST_OFFICERS)
    )
    return [(key, name) for key, name in db.session.execute(query)]


_CHOICES = (
    sa.select(Scheme.code, Scheme.name_nb, Scheme.name_nn, RuleVersion.year)
    .join(Pot, Pot.scheme_id == Scheme.id)
    .join(RuleVersion, RuleVersion.pot_id == Pot.id)
    .distinct()
    .limit(500)
)


def choices() -> tuple[list[tuple[str, str, str]], list[int]]:
    """Schemes (code, bokmål and nynorsk name) and years that there are rules for, newest first. One statement."""
    rows = db.session.execute(_CHOICES).all()
    schemes = {r.code: (r.code, r.name_nb, r.name_nn) for r in rows}
    return [schemes[code] for code in sorted(schemes)], sorted({r.year for r in rows}, reverse=True)
