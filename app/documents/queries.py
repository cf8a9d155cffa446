"""Reading documents and the bytes they point at."""

from collections.abc import Collection, Iterator
from typing import Any

import sqlalchemy as sa

from app.access.domain import Actor
from app.cases.models import Case
from app.cases.queries import OUTGOING, seen_by
from app.db import db
from app.db.session import lock_rows
from app.documents import files
from app.documents.domain.scopes import READ_BY, Scope, Verdict
from app.documents.models import Document, Opening, StoredFile, StoreMark, VirusCheck


def read(sha256: str) -> bytes:
    """The stored bytes, proven against their hash. Raises files.Damaged."""
    return files.get(sha256)


def media_type(sha256: str) -> str:
    """What kind of file it is."""
    return db.session.scalars(sa.select(StoredFile.media_type).where(StoredFile.sha256 == sha256)).one()


# A letter is its recipient's from when it was sent.
_UNSENT = sa.exists().where(
    OUTGOING.c.case_id == Document.case_id, OUTGOING.c.document_id == Document.id, OUTGOING.c.sent_at.is_(None)
)


def readable(actor: Actor, *what: Any) -> sa.Select[Any]:
    """The documents this person may open, joined with their case: every door asks this, and adds what it looks for.

    `what`: the columns wanted, else the documents themselves.
    """
    query = sa.select(*(what or (Document,))).select_from(Document).outerjoin(Case, Case.id == Document.case_id)
    held = [scope for scope in Scope if scope is not Scope.CASE and actor.may(READ_BY[scope])]
    in_case = seen_by(actor)
    if not actor.may(READ_BY[Scope.CASE]):
        in_case = sa.and_(in_case, Document.to_party, ~_UNSENT)
    elsewhere = [Document.scope.in_(held)] if held else []
    return query.where(sa.or_(sa.and_(Document.scope == Scope.CASE, in_case), *elsewhere))


def by_public_id(public_id: str, actor: Actor) -> Document | None:
    """The document of this address, when the person may open it."""
    found: Document | None = db.session.scalar(readable(actor).where(Document.public_id == public_id))
    return found


def these(document_ids: Collection[int | None], actor: Actor) -> list[Document]:
    """Those of these documents that the person may open, in the order they were made."""
    return list(db.session.scalars(readable(actor).where(Document.id.in_(document_ids)).order_by(Document.id)))


def verdict_on(sha256: str) -> Verdict:
    """What the virus program has said; bytes that were never to be checked count as clean."""
    query = sa.select(VirusCheck.verdict).where(VirusCheck.sha256 == sha256)
    return db.session.scalar(query) or Verdict.CLEAN


def held_back(many: int) -> list[str]:
    """Files that wait for the virus check, oldest first."""
    query = sa.select(VirusCheck.sha256).where(VirusCheck.verdict == Verdict.WAITING)
    return list(db.session.scalars(query.order_by(VirusCheck.since_at, VirusCheck.sha256).limit(many)))


def with_bytes(sha256: str) -> list[Document]:
    """The documents of these bytes; the same file may lie in several cases."""
    query = sa.select(Document).where(Document.sha256 == sha256).order_by(Document.id).limit(500)
    return list(db.session.scalars(query))


def stored(hashes: list[str]) -> set[str]:
    """Which of these hashes the database points at."""
    return set(db.session.scalars(sa.select(StoredFile.sha256).where(StoredFile.sha256.in_(hashes))))


def is_first_reading(document: Document, actor: Actor) -> bool:
    """Whether this person's opening of it would be the recipient's first."""
    if actor.is_internal or not document.is_for_reading:
        return False
    return db.session.get(Opening, document.id) is None


def hold_store() -> None:
    """The sweep waits until the transaction ends; others who store a file do not."""
    lock_rows(sa.select(StoreMark.id).with_for_update(read=True))


def lock_store() -> None:
    """Nobody points at a file until the transaction ends."""
    lock_rows(sa.select(StoreMark.id).with_for_update())


def mark() -> str | None:
    """The sign this database has put on its files directory."""
    return db.session.scalar(sa.select(StoreMark.mark))


def knows_files() -> bool:
    """Whether any file was ever stored."""
    return db.session.scalar(sa.select(StoredFile.sha256).limit(1)) is not None


def how_many() -> int:
    """How many documents there are."""
    return db.session.scalar(sa.select(sa.func.count()).select_from(Document)) or 0


def hashes(many: int) -> Iterator[str]:
    """Every stored file's hash, in the database's own order, so many at a time."""
    after = ""
    query = sa.select(StoredFile.sha256).order_by(StoredFile.sha256).limit(many)
    while some := list(db.session.scalars(query.where(StoredFile.sha256 > after))):
        yield from some
        after = some[-1]


def title_of(sha256: str) -> str | None:
    """What the first document with these bytes is called."""
    first = sa.select(Document.title).where(Document.sha256 == sha256).order_by(Document.id).limit(1)
    return db.session.scalar(first)
