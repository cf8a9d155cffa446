"""Proving that the record is whole: every seal, every number, every checkpoint."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import datetime

from app.audit import queries
from app.audit.record import canonical, seal


def faults() -> Iterator[str]:
    """Each break found, in words; nothing when the record is whole."""
    heads = yield from _walk_entries()
    stored = queries.heads()
    for stream in sorted(set(stored) | set(heads)):
        if stored.get(stream) != heads.get(stream):
            yield f"{stream}: head says {stored.get(stream, (0,))[0]}, entries end at {heads.get(stream, (0,))[0]}"
    yield from _walk_checkpoints()


def _walk_entries() -> Generator[str, None, dict[str, tuple[int, str]]]:
    """Follow every chain; gives back where each ends."""
    heads: dict[str, tuple[int, str]] = {}
    for row in queries.entries():
        stream, seq = row["stream"], row["seq"]
        before_seq, before = heads.get(stream, (0, ""))
        if seq != before_seq + 1:
            yield f"{stream}: entry {before_seq + 1} is missing"
        elif seal(before, row) != row["seal"]:
            yield f"{stream}: entry {seq} does not match its seal"
        heads[stream] = (seq, row["seal"])
    return heads


def _walk_checkpoints() -> Iterator[str]:
    before = ""
    for point in queries.checkpoints():
        if checkpoint_seal(before, point.at, point.last_entry_id, point.heads) != point.seal:
            yield f"checkpoint {point.id} does not match its seal"
        before = point.seal
        for stream, (seq, head) in point.heads.items():
            if queries.seal_of(stream, seq) != head:
                yield f"checkpoint {point.id}: {stream} no longer holds entry {seq} as it was"


def checkpoint_seal(before: str, at: datetime, last_entry_id: int, heads: dict[str, object]) -> str:
    """SHA-256 over the sealed heads and the checkpoint before."""
    return seal(before, {"at": at, "last": last_entry_id, "heads": canonical(heads)})


@dataclass(frozen=True)
class Reach:
    """What a proof covers: a copy that lacks its newest part is whole as far as it goes, and only this shows it."""

    entries: int
    streams: int
    last_stream: str = ""
    last_seq: int = 0
    last_event: str = ""
    last_at: datetime | None = None
    checkpoint: int = 0
    checkpoint_at: datetime | None = None


def reach() -> Reach:
    """How far the record goes: its newest entry, and its newest checkpoint."""
    entries, streams = queries.how_many(), queries.how_many_streams()
    last, point = queries.last_entry(), queries.last_checkpoint()
    if last is None:
        return Reach(entries, streams)
    sealed = (point.id, point.at) if point is not None else (0, None)
    return Reach(entries, streams, last.stream, last.seq, last.event, last.at, *sealed)
