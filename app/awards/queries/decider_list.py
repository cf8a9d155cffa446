"""What waits for the decider, a page at a time; sums and places are of all that wait."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from app.assessments.models import Outcome, Recommendation, SendBack
from app.awards.domain import Warn
from app.awards.queries.decision_basis import first_time, warnings
from app.budget.domain import OpenDebt
from app.budget.models import Frame
from app.budget.queries import open_debts
from app.cases.models import RECOMMENDED, Case
from app.db import db
from app.rules.models import Pot

PAGE = 50
# The year that has waited longest first, as the index on those that are recommended has them.
_ORDER = (Case.year, Case.pot_id, Case.party_sort, Case.id)
_WAITS = sa.text(f"case_file.{RECOMMENDED}")
_OPEN = sa.and_(Recommendation.case_id == Case.id, Recommendation.closed_at.is_(None))


@dataclass(frozen=True)
class ProposedCase:
    """A recommended case in the decider's list. `left_ore`: left of the frame after it and all above."""

    case_id: int
    number: str
    party_name: str
    applied_ore: int
    outcome: Outcome
    amount_ore: int
    warnings: tuple[Warn, ...]
    left_ore: int | None
    debt: OpenDebt | None


@dataclass(frozen=True)
class Group:
    """The cases of one pot and year, with their frame; `rows` are those on the page, the sums are of all. Øre."""

    pot: Pot
    year: int
    frame: Frame | None
    rows: Sequence[ProposedCase]
    granted: int
    refused: int
    total_ore: int

    @property
    def left_ore(self) -> int | None:
        """What is left of the frame when all are decided; below nought when it does not hold."""
        if self.frame is None:
            return None
        return self.frame.left_ore - self.total_ore


@dataclass(frozen=True)
class Page:
    """Some of the recommended cases, by pot and year; `more` when others come after them."""

    groups: Sequence[Group]
    more: bool

    @property
    def rows(self) -> list[ProposedCase]:
        """The cases as they stand on it."""
        return [row for group in self.groups for row in group.rows]


def to_decide(place: int = 0) -> Page:
    """The recommended cases by pot and year, from this page on (0, 1 …): on it those that need eyes first stand on top,
    then by name. Three reads.
    """
    found = _found(place)
    shown = found[:PAGE]
    if not shown:
        return Page((), more=False)
    debts = open_debts({each.party_id for each in shown})
    parts = [(key, list(rows)) for key, rows in groupby(shown, key=lambda each: (each.pot_id, each.year))]
    sums = _sums([key for key, _ in parts], shown[0])
    return Page([_group(sums[key], rows, debts) for key, rows in parts], more=len(found) > PAGE)


def _found(place: int) -> Sequence[Any]:
    """A page of keys from the index, and what is read of those; one more tells that there is another page."""
    keys = sa.select(Case.id).where(_WAITS).order_by(*_ORDER).limit(PAGE + 1).offset(PAGE * place).subquery()
    query = (
        sa.select(
            *_ORDER,
            *(Case.party_id, Case.number, Case.party_name, Case.applied_ore, Case.late),
            *(Recommendation.outcome, Recommendation.amount_ore, Recommendation.despite),
            first_time().label("first"),
            sa.exists().where(SendBack.case_id == Case.id).label("back"),
        )
        .join(keys, keys.c.id == Case.id)
        .join(Recommendation, _OPEN)
        .order_by(*_ORDER)
    )
    return db.session.execute(query).all()


def _sums(keys: Sequence[tuple[int, int]], first: Any) -> dict[tuple[int, int], Any]:
    """Of each pot and year all that waits: the frame, how many, how much, and how much before the first on the page."""
    granted = sa.case((Recommendation.outcome != Outcome.REFUSE, 1), else_=0)
    before = sa.tuple_(*_ORDER) < sa.tuple_(*(getattr(first, column.key) for column in _ORDER))
    of = (
        sa.select(
            Case.pot_id,
            Case.year,
            sa.func.count().label("count"),
            sa.func.sum(granted).label("granted"),
            sa.func.sum(Recommendation.amount_ore).label("ore"),
            sa.func.sum(sa.case((before, Recommendation.amount_ore), else_=0)).label("before_ore"),
        )
        .join(Recommendation, _OPEN)
        .where(_WAITS, sa.tuple_(Case.pot_id, Case.year).in_(keys))
        .group_by(Case.pot_id, Case.year)
        .subquery()
    )
    query = (
        sa.select(of, Pot, Frame)
        .join(Pot, Pot.id == of.c.pot_id)
        .outerjoin(Frame, sa.and_(Frame.pot_id == of.c.pot_id, Frame.year == of.c.year))
    )
    return {(row.pot_id, row.year): row for row in db.session.execute(query)}


def _group(sums: Any, found: Sequence[Any], debts: dict[int, OpenDebt]) -> Group:
    rows = [_row(each, debts.get(each.party_id)) for each in found]
    left = sums.Frame.left_ore - int(sums.before_ore) if sums.Frame else None
    ordered = []
    for row in sorted(rows, key=lambda each: -len([w for w in each.warnings if w is not Warn.FIRST_TIME])):
        left = None if left is None else left - row.amount_ore
        ordered.append(replace(row, left_ore=left))
    granted = int(sums.granted)
    return Group(sums.Pot, sums.year, sums.Frame, ordered, granted, sums.count - granted, int(sums.ore))


def _row(each: Any, debt: OpenDebt | None) -> ProposedCase:
    found = warnings(each, each, each.first, each.back, debt is not None)
    return ProposedCase(
        each.id, each.number, each.party_name, each.applied_ore, each.outcome, each.amount_ore, found, None, debt
    )


@dataclass(frozen=True)
class Beside:
    """The case before and after one in the decider's list, and how many wait."""

    previous: ProposedCase | None
    following: ProposedCase | None
    place: int
    count: int


def beside(case: Case) -> Beside:
    """Where the case stands in the decider's list. One that is decided stands before the first that waits."""
    key = sa.tuple_(*(getattr(case, column.key) for column in _ORDER))
    ahead = sa.func.sum(sa.case((sa.tuple_(*_ORDER) < key, 1), else_=0))
    count, before = db.session.execute(sa.select(sa.func.count(), ahead).where(_WAITS)).one()
    on = int(before or 0) // PAGE
    page = to_decide(on)
    at = next((place for place, row in enumerate(page.rows) if row.case_id == case.id), None)
    if at is None:
        return Beside(None, next(iter(to_decide().rows), None), 0, count)
    rows = [*(to_decide(on - 1).rows[-1:] if on and not at else ()), *page.rows]
    rows += to_decide(on + 1).rows[:1] if page.more and at + 1 == len(page.rows) else []
    place = next(place for place, row in enumerate(rows) if row.case_id == case.id)
    previous, following = rows[place - 1] if place else None, next(iter(rows[place + 1 :]), None)
    return Beside(previous, following, PAGE * on + at + 1, count)
