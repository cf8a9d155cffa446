"""The demo's recipients open their post; what came in the last days still lies there."""

from datetime import datetime, timedelta

from app.access.queries import actor
from app.demo.queries import unread
from app.demo.story import Story
from app.documents.actions import open_document

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
    for document, user_id in unread(at - LIES):
        reader = actor(user_id) if user_id else None
        if reader is not None:
            open_document(document, by=reader, at=at)
