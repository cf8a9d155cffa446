"""Rounds that still have applications without a decision, and when they are promised one."""

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
MOST_ROUNDS = 4
UNDECIDED = (
    Status.SUBMITTED,
    Status.REGISTERED,
    Status.AWAITING_APPLICANT,
    Status.ASSESSING,
    Status.RECOMMENDED,
)
DECIDED = (Status.GRANTED, Status.PARTLY_GRANTED, Status.REFUSED, Status.CLOSED)


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
    return [RoundLeft(*row) for row in db.session.execute(_left())]


@cache
def _left() -> sa.Select[Any]:
    waits = sa.exists().where(Case.call_id == Call.id, Case.status.in_(UNDECIDED)).correlate(Call)
    return (
        sa.select(Call.title_nb, Call.title_nn, Call.answer_by_on, _counted(UNDECIDED), _counted(DECIDED))
        .where(Call.status == CallStatus.PUBLISHED, waits)
        .order_by(Call.answer_by_on, Call.id)
        .limit(MOST_ROUNDS)
    )


def _counted(statuses: tuple[Status, ...]) -> Any:
    rows = (
        sa.select(Case.id)
        .where(Case.call_id == Call.id, Case.status.in_(statuses))
        .correlate(Call)
        .limit(MOST_COUNTED + 1)
        .subquery()
    )
    return sa.select(sa.func.count()).select_from(rows).scalar_subquery()
