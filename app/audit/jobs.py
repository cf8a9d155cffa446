"""Sealing all heads every few minutes, and proving the record each night."""

from datetime import datetime

from app.audit import queries
from app.audit.models import AuditCheckpoint
from app.audit.verify import checkpoint_seal, faults
from app.db import writing

# On PostgreSQL an entry can commit after one with a higher number; looking a little back seals it the next time.
OVERLAP = 1000


def seal_heads(at: datetime) -> int:
    """Seal the heads that moved since the last checkpoint. Gives the number of streams; 0 when nothing happened."""
    with writing() as session:
        last, entry = queries.last_checkpoint(), queries.last_entry()
        since = last.last_entry_id if last else 0
        if entry is None or entry.id <= since:
            return 0
        heads = queries.moved_between(since - OVERLAP, entry.id)
        sealed = checkpoint_seal(last.seal if last else "", at, entry.id, heads)
        session.add(AuditCheckpoint(at=at, last_entry_id=entry.id, heads=heads, seal=sealed))
        return len(heads)


def verify(at: datetime) -> int:
    """Walk the whole record. Raises RuntimeError naming the first breaks; gives the number of entries proven."""
    found = list(faults())
    if found:
        raise RuntimeError("The record is broken: " + "; ".join(found[:20]))
    return queries.how_many()
