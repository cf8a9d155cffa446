"""The demo's recipients open their post; what came in the last days still lies there."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from app.access.domain import Role
from app.access.models import UserMembership
from app.access.queries import actor
from app.cases.models import Case
from app.db import db
from app.demo.story import Story
from app.documents.actions import open_document
from app.documents.models import Direction, Document, Opening

LIES, UNREAD = timedelta(days=1), timedelta(days=5)
FIRST = datetime.fromisoformat("2024-01-29T07:15:00+00:00")


def tell(story: Story, until: datetime) -> None:
    """Once a week somebody who signs opens what has come; not in the last days before the demo begins."""
    at = FIRST
    while at <= until - UNREAD:
        story.when(at.date(), "08:15", read)
        at += timedelta(days=7)


def read(at: datetime) -> None:
    """Open every letter that has lain a while, each by one of its own people."""
    signer = (
        sa.select(sa.func.min(UserMembership.user_id))
        .where(UserMembership.party_id == Case.party_id, UserMembership.role == Role.SIGNER)
        .correlate(Case)
        .scalar_subquery()
    )
    unread = (
        sa.select(Document, signer)
        .join(Case, Case.id == Document.case_id)
        .outerjoin(Opening, Opening.document_id == Document.id)
        .where(Document.to_party, Document.direction == Direction.OUT, Document.made_at <= at - LIES)
        .where(Opening.document_id.is_(None))
        .order_by(Document.id)
    )
    for document, user_id in db.session.execute(unread).all():
        reader = actor(user_id) if user_id else None
        if reader is not None:
            open_document(document, by=reader, at=at)
