"""Recommendations and send-backs."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.access.models import User
from app.assessments.domain import BackCause
from app.assessments.models import Recommendation, SendBack
from app.cases.models import Case
from app.cases.workflow import Status
from app.db import db


@dataclass(frozen=True)
class Returned:
    """Why the decider sent a case back, and when."""

    case_id: int
    cause: BackCause
    words: str
    by: str
    at: datetime


def open_recommendation(case_id: int) -> Recommendation | None:
    """The recommendation that waits for a decision."""
    query = sa.select(Recommendation).where(Recommendation.case_id == case_id, Recommendation.closed_at.is_(None))
    return db.session.scalar(query)


def last_recommendation(case_id: int) -> Recommendation | None:
    """The newest recommendation, open or closed."""
    query = sa.select(Recommendation).where(Recommendation.case_id == case_id).order_by(Recommendation.id.desc())
    return db.session.scalar(query.limit(1))


def returned(case_ids: Collection[int]) -> dict[int, Returned]:
    """The send-back each of these cases stands with: it is answered by the next recommendation."""
    if not case_ids:
        return {}
    query = _waiting().where(SendBack.case_id.in_(case_ids)).order_by(SendBack.id)
    return {row[0]: Returned(*row) for row in db.session.execute(query)}


def newest_waiting() -> sa.ScalarSelect[int]:
    """Of a case in a query: the key of the send-back it stands with."""
    newest = sa.select(sa.func.max(SendBack.id)).where(SendBack.case_id == Case.id, ~_answered())
    return newest.where(Case.status == Status.ASSESSING).correlate(Case).scalar_subquery()


def _answered() -> sa.Exists:
    newer = sa.select(Recommendation.id).where(
        Recommendation.case_id == SendBack.case_id, Recommendation.id > SendBack.recommendation_id
    )
    return newer.exists()


def _waiting() -> sa.Select[int, BackCause, str, str, datetime]:
    return (
        sa.select(SendBack.case_id, SendBack.cause, SendBack.words, User.name, SendBack.sent_at)
        .join(User, User.id == SendBack.sent_by)
        .join(Case, Case.id == SendBack.case_id)
        .where(Case.status == Status.ASSESSING, ~_answered())
    )
