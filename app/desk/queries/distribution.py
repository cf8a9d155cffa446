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


def to_be_taken() -> sa.ColumnElement[bool]:
    """Where something is left to do: an open case, an agreement, and a granted one until all is paid and reported."""
    return sa.or_(Case.status.in_((*OPEN, Status.AGREEMENT)), _unsettled())


def _unsettled() -> sa.ColumnElement[bool]:
    """A granted case where something is to be done yet: accept, pay, stop or resume, a report, money back."""

    def on_case(model: Any, *where: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
        # The offset keeps PostgreSQL from reading the whole of the other table at once: a page asks of a few cases.
        return sa.select(model.id).where(model.case_id == Case.id, *where).correlate(Case).offset(0).exists()

    return sa.and_(
        Case.status.in_((Status.GRANTED, Status.PARTLY_GRANTED)),
        sa.or_(
            on_case(Award, Award.status.not_in((AwardStatus.PAID, AwardStatus.CLOSED, *FELL_AWAY))),
            on_case(Report, Report.status.not_in((ReportStatus.APPROVED, ReportStatus.NOT_APPROVED))),
            on_case(Repayment, Repayment.status.in_((DebtStatus.REGISTERED, DebtStatus.CONFIRMED))),
        ),
    )
