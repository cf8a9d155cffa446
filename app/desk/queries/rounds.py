"""Rounds that still have applications without a decision, and when they are promised one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa

from app.cases.models import Case
from app.cases.workflow import Status
from app.db import db
from app.rules.models import Call
from app.rules.workflow import CallStatus
from app.values.deadlines import working_day_on_or_before

# Counted no further than this, so that a huge round costs the page no more than a small one.
MOST_COUNTED = 1000
MOST_ROUNDS = 50
MOST_SHOWN = 4
UNDECIDED = (
    Status.SUBMITTED,
    Status.REGISTERED,
    Status.AWAITING_APPLICANT,
    Status.ASSESSING,
    Status.RECOMMENDED,
)
DECIDED = (Status.GRANTED, Status.PARTLY_GRANTED, Status.REFUSED, Status.CLOSED)
_CASE: Any = Case.__table__
_CALL: Any = Call.__table__


@dataclass(frozen=True)
class RoundLeft:
    """What is left of a round: the date the applicants are promised stands, and rest days are no days to decide on."""

    title_nb: str
    title_nn: str
    answer_by_on: date
    undecided: int
    decided: int

    @property
    def sent_in(self) -> int:
        """All that are to be decided or are; who withdrew is not among them."""
        return self.undecided + self.decided

    @property
    def more_than_counted(self) -> bool:
        """Whether there are more than we count."""
        return max(self.undecided, self.decided) > MOST_COUNTED

    @property
    def working_day(self) -> date | None:
        """The last working day before a date on a day of rest (domain J.1.14); None when the date is one itself."""
        last = working_day_on_or_before(self.answer_by_on)
        return last if last != self.answer_by_on else None


def left() -> list[RoundLeft]:
    """Rounds with something undecided, the nearest date first. One read of bounded size."""
    return nearest(db.session.execute(those_left()))


def nearest(rows: Iterable[Sequence[Any]]) -> list[RoundLeft]:
    """What `those_left` finds, as it is shown."""
    return sorted((RoundLeft(*row) for row in rows), key=lambda each: each.answer_by_on)[:MOST_SHOWN]


@cache
def those_left() -> sa.Select[Any]:
    """The newest rounds first, since the old are decided: sorted here, where they are a handful.

    What is decided is not counted where there are more undecided than are counted.
    """
    undecided = _counted(_CALL.c.id, UNDECIDED).label("undecided")
    open_: Any = (
        sa.select(_CALL.c.id, _CALL.c.title_nb, _CALL.c.title_nn, _CALL.c.answer_by_on, undecided)
        .where(_CALL.c.status.in_((CallStatus.PUBLISHED,)))
        .order_by(_CALL.c.id.desc())
        .limit(MOST_ROUNDS)
        .cte("round")
        .prefix_with("MATERIALIZED")
    )
    decided = sa.case((open_.c.undecided > MOST_COUNTED, 0), else_=_counted(open_.c.id, DECIDED)).label("decided")
    shown = (open_.c.title_nb, open_.c.title_nn, open_.c.answer_by_on, open_.c.undecided, decided)
    return sa.select(*shown).where(open_.c.undecided > 0)


def _counted(call_id: Any, statuses: tuple[Status, ...]) -> Any:
    rows = (
        sa.select(_CASE.c.id)
        .where(_CASE.c.call_id == call_id, _CASE.c.status.in_(statuses))
        .correlate(call_id.table)
        .limit(MOST_COUNTED + 1)
        .subquery()
    )
    return sa.select(sa.func.count()).select_from(rows).scalar_subquery()
