"""Reading the record: the heads of its chains, its entries in order, and its checkpoints."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from app.audit.models import AuditCheckpoint, AuditEntry, AuditHead
from app.db import db

_MANY = 5000
_HEAD: Any = AuditHead.__table__
_LOCK = (
    sa.select(_HEAD.c.stream, _HEAD.c.seq, _HEAD.c.seal)
    .where(_HEAD.c.stream.in_(sa.bindparam("asked", expanding=True)))
    .order_by(_HEAD.c.stream)
    .with_for_update()
)


def locked_heads(streams: Sequence[str]) -> dict[str, tuple[int, str]]:
    """Number and seal of each stream's last entry, locked in one order until the transaction ends."""
    rows = db.session.connection().execute(_LOCK, {"asked": streams})
    return {stream: (seq, head) for stream, seq, head in rows}


def heads() -> dict[str, tuple[int, str]]:
    """Where each stream says that it ends."""
    return {head.stream: (head.seq, head.seal) for head in db.session.scalars(sa.select(AuditHead)) if head.seq}


def entries() -> Iterator[dict[str, Any]]:
    """Every entry, stream by stream in order, read a few thousand at a time."""
    query = sa.select(*AuditEntry.__table__.columns).order_by(AuditEntry.stream, AuditEntry.seq)
    for found in db.session.execute(query.execution_options(yield_per=_MANY)):
        yield dict(found._mapping)


def how_many() -> int:
    """How many entries there are."""
    return db.session.scalar(sa.select(sa.func.count()).select_from(AuditEntry)) or 0


def how_many_streams() -> int:
    """How many streams have an entry."""
    return db.session.scalar(sa.select(sa.func.count()).select_from(AuditHead).where(AuditHead.seq > 0)) or 0


def last_entry() -> AuditEntry | None:
    """The entry made last."""
    return db.session.scalar(sa.select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1))


def seal_of(stream: str, seq: int) -> str | None:
    """The seal of one entry."""
    return db.session.scalar(sa.select(AuditEntry.seal).where(AuditEntry.stream == stream, AuditEntry.seq == seq))


def checkpoints() -> Iterable[AuditCheckpoint]:
    """Every checkpoint, in order."""
    return db.session.scalars(sa.select(AuditCheckpoint).order_by(AuditCheckpoint.id))


def last_checkpoint() -> AuditCheckpoint | None:
    """The newest checkpoint."""
    return db.session.scalar(sa.select(AuditCheckpoint).order_by(AuditCheckpoint.id.desc()).limit(1))


def moved_between(first: int, last: int) -> dict[str, object]:
    """The streams with an entry among these keys, the first left out: each with its newest one's number and seal."""
    moved = (
        sa.select(AuditEntry.stream, sa.func.max(AuditEntry.seq).label("seq"))
        .where(AuditEntry.id > first, AuditEntry.id <= last)
        .group_by(AuditEntry.stream)
        .subquery()
    )
    query = sa.select(AuditEntry.stream, AuditEntry.seq, AuditEntry.seal).join(
        moved, sa.and_(moved.c.stream == AuditEntry.stream, moved.c.seq == AuditEntry.seq)
    )
    return {stream: [seq, head] for stream, seq, head in db.session.execute(query)}
