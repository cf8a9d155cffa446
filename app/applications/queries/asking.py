"""Reading what the applicant has been asked, and by when they answer."""

from collections.abc import Sequence
from datetime import date
from typing import Any, overload

import sqlalchemy as sa

from app.applications.models import InformationRequest
from app.db import db, reference
from app.dispatch.models import Outgoing
from app.dispatch.queries import told, told_as

MOST = 200


@overload
def asking_key(request_id: int) -> str: ...
@overload
def asking_key(request_id: Any) -> sa.ColumnElement[str]: ...
def asking_key(request_id: Any) -> str | sa.ColumnElement[str]:
    """What makes the letter with these questions unique; of a column with keys, the same in SQL."""
    key: str | sa.ColumnElement[str] = reference("ask", request_id)
    return key


def answer_by(asked: InformationRequest) -> date | None:
    """The last day to answer as it runs: counted from when the letter was sent; None while it is not."""
    return told(asking_key(asked.id)).counted(asked.due_on)


def request(case_id: int) -> InformationRequest | None:
    """The questions that wait for an answer."""
    query = (
        sa.select(InformationRequest)
        .where(InformationRequest.case_id == case_id, InformationRequest.answered_at.is_(None))
        .order_by(InformationRequest.id.desc())
        .limit(1)
    )
    return db.session.scalar(query)


def requests(case_id: int) -> Sequence[InformationRequest]:
    """Questions and answers of a case, oldest first."""
    query = (
        sa.select(InformationRequest)
        .where(InformationRequest.case_id == case_id)
        .order_by(InformationRequest.id)
        .limit(MOST)
    )
    return db.session.scalars(query).all()


def asked_of(case_id: int) -> list[tuple[InformationRequest, date | None]]:
    """Questions and answers of a case, oldest first, each with the last day to answer as it runs."""
    found = db.session.execute(_ASKED_OF, {"asked": case_id})
    return [
        (each, told_as(facts, queued_at, status, sent_at).counted(each.due_on) if queued_at else None)
        for each, facts, queued_at, status, sent_at in found
    ]


# Each question beside its letter, where one is queued.
_ASKED_OF = (
    sa.select(InformationRequest, Outgoing.facts, Outgoing.queued_at, Outgoing.status, Outgoing.sent_at)
    .outerjoin(Outgoing, Outgoing.key == asking_key(InformationRequest.id))
    .where(InformationRequest.case_id == sa.bindparam("asked"))
    .order_by(InformationRequest.id)
    .limit(MOST)
)
