"""Sealing all heads every few minutes, and proving the record each night."""

from datetime import datetime

import sqlalchemy as sa

from app.audit.models import AuditCheckpoint, AuditEntry
from app.audit.verify import checkpoint_seal, faults
from app.db import db, writing

# On PostgreSQL an entry can commit after one with a higher number; looking a little back seals it the next time.
OVERLAP = 1000


def seal_heads(at: datetime) -> int:
    """Seal the heads that moved since the last checkpoint. Gives the number of streams; 0 when nothing happened."""
    with writing() as session:
        last = session.scalar(sa.select(AuditCheckpoint).order_by(AuditCheckpoint.id.desc()).limit(1))
        since = last.last_entry_id if last else 0
        newest = session.scalar(sa.select(sa.func.max(AuditEntry.id))) or 0
        if newest <= since:
            return 0
        moved = (
            sa.select(AuditEntry.stream, sa.func.max(AuditEntry.seq).label("seq"))
            .where(AuditEntry.id > since - OVERLAP, AuditEntry.id <= newest)
            .group_by(AuditEntry.stream)
            .subquery()
        )
        query = sa.select(AuditEntry.stream, AuditEntry.seq, AuditEntry.seal).join(
            moved, sa.and_(moved.c.stream == AuditEntry.stream, moved.c.seq == AuditEntry.seq)
        )
        heads: dict[str, object] = {stream: [seq, head] for stream, seq, head in session.execute(query)}
        sealed = checkpoint_seal(last.seal if last else "", at, newest, heads)
        session.add(AuditCheckpoint(at=at, last_entry_id=newest, heads=heads, seal=sealed))
        return len(heads)


def verify(at: datetime) -> int:
    """Walk the whole record. Raises RuntimeError naming the first breaks; gives the number of entries proven."""
    found = list(faults())
    if found:
        raise RuntimeError("The record is broken: " + "; ".join(found[:20]))
    return db.session.scalar(sa.select(sa.func.count()).select_from(AuditEntry)) or 0
