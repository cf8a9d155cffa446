"""What waits for a person in this room: cases to decide, and grants nobody has accepted."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from app.assessments.models import Recommendation
from app.awards.models import Award
from app.awards.workflow import Status as AwardStatus
from app.cases.domain import Impartiality
from app.cases.models import SENT_IN, Case
from app.cases.queries import own_answer
from app.cases.workflow import Status
from app.db import db

MOST_TASKS = 30


def anything(*, decides: bool) -> sa.ColumnElement[bool]:
    """Whether any grant waits for its recipient, or, for who decides, any case for them."""
    awaiting = sa.exists().where(Award.status == AwardStatus.AWAITING)
    proposed = sa.exists().where(Recommendation.closed_at.is_(None))
    return sa.or_(awaiting, proposed) if decides else awaiting


def recommended(user_id: int) -> Sequence[sa.Row[Case, Recommendation, Impartiality | None]]:
    """Cases to decide with what is proposed and the person's own answer, those due first first; one more than
    MOST_TASKS tells that there are others.
    """
    query = (
        sa.select(Case, Recommendation, own_answer(user_id))
        .join(Recommendation, sa.and_(Recommendation.case_id == Case.id, Recommendation.closed_at.is_(None)))
        .where(Case.status == Status.RECOMMENDED, sa.text(f"case_file.{SENT_IN}"))
        .order_by(Case.due_order, Case.id)
        .limit(MOST_TASKS + 1)
    )
    return db.session.execute(query).all()


def not_accepted(
    user_id: int, *, past: date | None, follows: bool
) -> Sequence[sa.Row[Award, Case, Impartiality | None]]:
    """Grants that wait for their recipient, with the person's own answer: all whose day was before `past`, and those of
    their own cases when they follow them.
    """
    which = [Award.accept_by_on < past] if past else []
    which += [sa.func.coalesce(Case.officer_id, 0) == user_id] if follows else []
    query = (
        sa.select(Award, Case, own_answer(user_id))
        .join(Case, Case.id == Award.case_id)
        .where(Award.status == AwardStatus.AWAITING, sa.or_(*which))
        .order_by(Award.accept_by_on, Award.id)
        .limit(MOST_TASKS)
    )
    return db.session.execute(query).all()
