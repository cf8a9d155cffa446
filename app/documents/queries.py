"""Reading documents and the bytes they point at."""

from datetime import datetime

import sqlalchemy as sa

from app.access.domain import Actor, Permission
from app.cases.models import Case
from app.cases.queries import seen_by
from app.db import db
from app.documents import files
from app.documents.models import Document, Opening, StoredFile


def read(sha256: str) -> bytes:
    """The stored bytes, proven against their hash. Raises files.Damaged."""
    return files.get(sha256)


def media_type(sha256: str) -> str:
    """What kind of file it is."""
    return db.session.scalars(sa.select(StoredFile.media_type).where(StoredFile.sha256 == sha256)).one()


def by_public_id(public_id: str, actor: Actor) -> Document | None:
    """The document of this address, when the person may open it: officers all, recipients what is meant for them."""
    query = sa.select(Document).outerjoin(Case, Case.id == Document.case_id).where(Document.public_id == public_id)
    if actor.may(Permission.READ_CASES):
        return db.session.scalar(query.where(sa.or_(Document.case_id.is_(None), seen_by(actor))))
    return db.session.scalar(query.where(seen_by(actor), Document.to_party))


def of_case(case_id: int, *, to_party: bool = False) -> list[Document]:
    """The documents of a case, newest first; at most 500. `to_party`: only those the recipient may open."""
    query = sa.select(Document).where(Document.case_id == case_id).order_by(Document.id.desc()).limit(500)
    return list(db.session.scalars(query.where(Document.to_party) if to_party else query))


def stored(hashes: list[str]) -> set[str]:
    """Which of these hashes the database points at."""
    return set(db.session.scalars(sa.select(StoredFile.sha256).where(StoredFile.sha256.in_(hashes))))


def is_first_reading(document: Document, actor: Actor) -> bool:
    """Whether this person's opening of it would be the recipient's first."""
    if actor.is_internal or not document.to_party:
        return False
    return db.session.get(Opening, document.id) is None


def opened(document_ids: list[int]) -> dict[int, datetime]:
    """When the recipient first opened each of these; those never opened are left out."""
    query = sa.select(Opening.document_id, Opening.opened_at).where(Opening.document_id.in_(document_ids))
    return {row.document_id: row.opened_at for row in db.session.execute(query)}
