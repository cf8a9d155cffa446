"""Which cases somebody must have: told once, for «Mine oppgaver» and for the list that it leads to."""

from typing import Any

import sqlalchemy as sa

from app.awards.models import Award
from app.awards.workflow import FELL_AWAY
from app.awards.workflow import Status as AwardStatus
from app.cases.models import Case
from app.cases.queries import OPEN
from app.cases.workflow import Status
from app.payouts.models import Repayment
from app.payouts.workflow import DebtStatus
from app.reports.models import Report
from app.reports.workflow import Status as ReportStatus

# Tables and not the models: nearly every page asks this, and what the models would add is not wanted.
_CASE: Any = Case.__table__
_AWARD: Any = Award.__table__
_REPORT: Any = Report.__table__
_REPAYMENT: Any = Repayment.__table__


def to_be_taken() -> sa.ColumnElement[bool]:
    """Where something is left to do: an open case, an agreement, and a granted one until all is paid and reported."""
    return sa.or_(_CASE.c.status.in_((*OPEN, Status.AGREEMENT)), _unsettled())


def _unsettled() -> sa.ColumnElement[bool]:
    """A granted case where something is to be done yet: accept, pay, stop or resume, a report, money back."""
    paid = _AWARD.c.status.in_((AwardStatus.PAID, AwardStatus.CLOSED, *FELL_AWAY))
    reported = _REPORT.c.status.in_((ReportStatus.APPROVED, ReportStatus.NOT_APPROVED))
    owed = _REPAYMENT.c.status.in_((DebtStatus.REGISTERED, DebtStatus.CONFIRMED))
    return sa.and_(
        _CASE.c.status.in_((Status.GRANTED, Status.PARTLY_GRANTED)),
        sa.or_(_on_case(_AWARD, ~paid), _on_case(_REPORT, ~reported), _on_case(_REPAYMENT, owed)),
    )


def _on_case(table: Any, where: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    # The offset keeps PostgreSQL from reading the whole of the other table at once: a page asks of a few cases.
    query = sa.select(table.c.id).where(table.c.case_id == _CASE.c.id, where)
    return query.correlate(_CASE).offset(0).exists()
