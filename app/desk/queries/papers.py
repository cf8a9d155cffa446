"""The letters and documents of one case."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from app.access.domain import Actor
from app.db import db
from app.dispatch.models import Outgoing
from app.documents.models import Document
from app.documents.queries import readable

MOST_DOCUMENTS = 50
MOST_LETTERS = 100


def documents(case_id: int, actor: Actor) -> Sequence[Any]:
    """The newest documents of the case that the person may open."""
    wanted = (Document.public_id, Document.title, Document.direction, Document.made_at)
    query = readable(actor, *wanted).where(Document.case_id == case_id)
    return db.session.execute(query.order_by(Document.id.desc()).limit(MOST_DOCUMENTS)).all()


def letters(case_id: int) -> Sequence[Any]:
    """What is sent, or on its way, to the recipient, newest first; `public_id` is its document's, once it is made."""
    query = (
        sa.select(Outgoing.subject, Outgoing.status, Outgoing.queued_at, Outgoing.sent_at, Document.public_id)
        .outerjoin(Document, Document.id == Outgoing.document_id)
        .where(Outgoing.case_id == case_id)
        .order_by(Outgoing.id.desc())
        .limit(MOST_LETTERS)
    )
    return db.session.execute(query).all()
