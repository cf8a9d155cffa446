"""What waits for a person in this room: cases to decide, and grants nobody has accepted."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from app.assessments.models import Recommendation
from app.awards.models import Award
from app.awards.workflow import Status as AwardStatus
from app.cases.models import Case
from app.cases.workflow import Status
from app.db import db

MOST_TASKS = 100


def recommended() -> Sequence[sa.Row[Case, Recommendation]]:
    """Cases to decide with what is proposed, those due first first."""
    query = (
        sa.select(Case, Recommendation)
        .join(Recommendation, sa.and_(Recommendation.case_id == Case.id, Recommendation.closed_at.is_(None)))
        .where(Case.status == Status.RECOMMENDED)
        .order_by(Case.due_order, Case.id)
        .limit(MOST_TASKS)
    )
    return db.session.execute(query).all()


def not_accepted(*, past: date | None, officer_id: int | None) -> Sequence[sa.Row[Award, Case]]:
    """Grants that wait for their recipient: all whose day was before `past`, and this officer's."""
    which = [Award.accept_by_on < past] if past else []
    which += [sa.func.coalesce(Case.officer_id, 0) == officer_id] if officer_id else []
    query = (
        sa.select(Award, Case)
        .join(Case, Case.id == Award.case_id)
        .where(Award.status == AwardStatus.AWAITING, sa.or_(*which))
        .order_by(Award.accept_by_on, Award.id)
        .limit(MOST_TASKS)
    )
    return db.session.execute(query).all()
