"""Verbs on files and documents."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.access.domain import Actor
from app.audit import record
from app.cases.actions import public_id
from app.cases.models import Case
from app.db import db, writing
from app.documents import files, mark
from app.documents.domain import Scope
from app.documents.models import Direction, Document, Opening, StoredFile, StoreMark


def store(data: bytes, media_type: str, at: datetime) -> str:
    """File bytes and make the row that points at them, in a transaction of its own; gives their SHA-256.

    Call it outside `writing()`: a disk takes its time. Raises OSError when the disk is full, with nothing half-written.
    """
    mark.claim()
    sha256 = files.put(data)
    while not _point_at(sha256, len(data), media_type, at):
        # The sweep took an old file of the same bytes in the moment before it was pointed at.
        files.put(data)
    return sha256


def _point_at(sha256: str, size: int, media_type: str, at: datetime) -> bool:
    """Make the row while the sweep waits; False when the bytes are gone."""
    with writing() as session:
        session.execute(sa.select(StoreMark.id).with_for_update(read=True))
        if not files.is_there(sha256):
            return False
        row = {"sha256": sha256, "size": size, "media_type": media_type, "stored_at": at}
        session.execute(_insert_if_new(StoredFile), row)
        return True


def add_document(
    *,
    scope: Scope,
    case: Case | None,
    direction: Direction,
    kind: str,
    title: str,
    filename: str,
    sha256: str,
    language: str,
    to_party: bool,
    by: Actor | None,
    at: datetime,
) -> Document:
    """Lay a stored file where it belongs; `case` is told for what belongs to one, and only then.

    `kind` is the room's own code («award», «report»); `filename` as people save it.
    """
    document = Document(
        public_id=public_id(),
        scope=scope,
        case_id=case.id if case else None,
        direction=direction,
        kind=kind,
        title=title,
        filename=filename,
        sha256=sha256,
        language=language,
        to_party=to_party,
        made_at=at,
        made_by=by.id if by else None,
    )
    db.session.add(document)
    db.session.flush()
    facts = {"title": title, "kind": kind, "sha256": sha256}
    record(case.stream if case else "system", "document.added", facts, by=by, at=at, case_id=case.id if case else None)
    return document


def open_document(document: Document, *, by: Actor, at: datetime) -> None:
    """Note the recipient's first reading; the complaint deadline may build on it (domain F.1.7)."""
    if by.is_internal or not document.to_party:
        return
    row = {"document_id": document.id, "opened_at": at, "opened_by": by.id}
    if db.session.execute(_insert_if_new(Opening).returning(Opening.document_id), row).first() is not None:
        stream = f"case:{document.case_id}" if document.case_id else "system"
        record(stream, "document.opened", {"title": document.title}, by=by, at=at, case_id=document.case_id)


def _insert_if_new(model: Any) -> Any:
    from sqlalchemy.dialects import postgresql, sqlite

    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    return insert(model).on_conflict_do_nothing()
