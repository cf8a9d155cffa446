"""The letters and documents of one case."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from app.access.domain import Actor
from app.cases.queries import MOST_READERS
from app.db import db
from app.dispatch.models import Outgoing
from app.documents.models import Document
from app.documents.queries import readable

MOST_DOCUMENTS = 50
MOST_LETTERS = 100


def documents(case_id: int, actor: Actor) -> Sequence[Any]:
    """The newest documents of the case that the person may open."""
    return db.session.execute(_documents(actor), {"asked": case_id}).all()


@lru_cache(MOST_READERS)
def _documents(actor: Actor) -> sa.Select[Any]:
    """Made once for each reader."""
    wanted = (Document.public_id, Document.title, Document.direction, Document.made_at)
    query = readable(actor, *wanted).where(Document.case_id == sa.bindparam("asked"))
    return query.order_by(Document.id.desc()).limit(MOST_DOCUMENTS)


_O: Any = Outgoing.__table__
_D: Any = Document.__table__
_LETTERS = (
    sa.select(_O.c.subject, _O.c.status, _O.c.queued_at, _O.c.sent_at, _D.c.public_id)
    .select_from(_O)
    .outerjoin(_D, _D.c.id == _O.c.document_id)
    .where(_O.c.case_id == sa.bindparam("asked"))
    .order_by(_O.c.id.desc())
    .limit(MOST_LETTERS)
)


def letters(case_id: int) -> Sequence[Any]:
    """What is sent, or on its way, to the recipient, newest first; `public_id` is its document's, once it is made."""
    return db.session.execute(_LETTERS, {"asked": case_id}).all()
