"""Verbs on files and documents."""

from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from app.access.domain import Actor
from app.audit import record
from app.cases.actions import public_id
from app.cases.models import Case
from app.db import db, writing
from app.documents import files, mark, queries, virus
from app.documents.checks import child
from app.documents.domain.files import MEDIA_TYPE, MOST_BYTES, Fault, FileType
from app.documents.domain.scopes import Scope, Verdict
from app.documents.domain.uploads import NotTaken, display_name, type_by_name
from app.documents.models import Direction, Document, Opening, StoredFile, VirusCheck
from app.values.nationalid import contains_national_id


@dataclass(frozen=True)
class Upload:
    """A file that was taken: its hash, the name people see, and whether it waits for the virus check."""

    sha256: str
    filename: str
    waits: bool = False


def take_upload(
    stream: IO[bytes], given_name: str, *wanted: FileType, at: datetime, counts_only: bool = False
) -> Upload:
    """The one door for every uploaded file: named, measured, read by a parser, checked for viruses, then filed.

    `wanted`: the types the form asks for; the name says which of them it is, and the content must hold to it. Raises
    NotTaken with the reason in words, and then nothing is kept; `counts_only` where a table may tell of no person.
    Call it outside `writing()`: it may take seconds.
    """
    name = display_name(given_name)
    kind = type_by_name(name, wanted)
    if contains_national_id(name):
        raise NotTaken(Fault.NAMED, wanted)
    mark.claim()
    try:
        with files.receive(stream, MOST_BYTES) as incoming:
            empty = None if incoming.size else child.Wrong(Fault.EMPTY)
            if wrong := empty or child.check(incoming.path, kind, counts_only=counts_only):
                raise NotTaken(wrong.fault, wanted, wrong.row)
            verdict = virus.verdict(incoming.path)
            if verdict is not None and verdict.verdict is Verdict.INFECTED:
                raise NotTaken(Fault.INFECTED, wanted)
            files.keep(incoming)
            while not _point_at(incoming.sha256, incoming.size, MEDIA_TYPE[kind], at, verdict):
                files.keep(incoming)
            return Upload(incoming.sha256, name, waits=verdict is not None and verdict.verdict is Verdict.WAITING)
    except files.TooBig as big:
        raise NotTaken(Fault.TOO_BIG, wanted) from big


def judge(sha256: str, told: virus.Told, *, at: datetime) -> bool:
    """Open a file that was held back, or close it for good and say so on its cases. False when it waits no longer."""
    check = db.session.get(VirusCheck, sha256, with_for_update=True, populate_existing=True)
    if check is None or check.verdict is not Verdict.WAITING:
        return False
    check.verdict, check.found, check.checked_at = told.verdict, told.found, at
    if told.verdict is Verdict.INFECTED:
        for document in queries.with_bytes(sha256):
            stream = f"case:{document.case_id}" if document.case_id else "system"
            record(stream, "document.infected", {"title": document.title}, by=None, at=at, case_id=document.case_id)
    return True


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


def _point_at(sha256: str, size: int, media_type: str, at: datetime, told: virus.Told | None = None) -> bool:
    """Make the row while the sweep waits; False when the bytes are gone."""
    with writing() as session:
        queries.hold_store()
        if not files.is_there(sha256):
            return False
        row = {"sha256": sha256, "size": size, "media_type": media_type, "stored_at": at}
        session.execute(_insert_if_new(StoredFile), row)
        if told is not None:
            checked_at = at if told.verdict is Verdict.CLEAN else None
            held = {"sha256": sha256, "since_at": at, "verdict": told.verdict, "checked_at": checked_at, "found": ""}
            session.execute(_insert_if_new(VirusCheck), held)
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
    if by.is_internal or not document.is_for_reading:
        return
    row = {"document_id": document.id, "opened_at": at, "opened_by": by.id}
    if db.session.execute(_insert_if_new(Opening).returning(Opening.document_id), row).first() is not None:
        stream = f"case:{document.case_id}" if document.case_id else "system"
        record(stream, "document.opened", {"title": document.title}, by=by, at=at, case_id=document.case_id)


def _insert_if_new(model: Any) -> Any:
    from sqlalchemy.dialects import postgresql, sqlite

    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    return insert(model).on_conflict_do_nothing()
