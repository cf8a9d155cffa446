"""Writing sealed entries."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol, cast

import sqlalchemy as sa

from app.audit.catalogue import EVENTS
from app.audit.models import AuditEntry, AuditHead
from app.db import db

SYSTEM = "Tilsagn"
_HEAD: Any = AuditHead.__table__
_ADD = sa.insert(cast(sa.Table, AuditEntry.__table__))
_MOVE = (
    sa.update(_HEAD).where(_HEAD.c.stream == sa.bindparam("s")).values(seq=sa.bindparam("q"), seal=sa.bindparam("h"))
)
_LOCK = (
    sa.select(_HEAD.c.stream, _HEAD.c.seq, _HEAD.c.seal)
    .where(_HEAD.c.stream.in_(sa.bindparam("asked", expanding=True)))
    .order_by(_HEAD.c.stream)
    .with_for_update()
)


class Hand(Protocol):
    """Who acts, as the record names them."""

    @property
    def id(self) -> int:
        """The person's key."""

    @property
    def name(self) -> str:
        """The person's name."""


@dataclass(frozen=True)
class Entry:
    """One entry to be: `stream` is "case:7", "party:3", "person:2" or "system"."""

    stream: str
    event: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    case_id: int | None = None


def record(
    stream: str, event: str, facts: Mapping[str, Any], *, by: Hand | None, at: datetime, case_id: int | None = None
) -> None:
    """Add one entry. Raises ValueError when the event or its facts are not in the catalogue."""
    record_all([Entry(stream, event, facts, case_id)], by=by, at=at)


def record_all(entries: Sequence[Entry], *, by: Hand | None, at: datetime) -> None:
    """Add many entries with a fixed number of statements; streams are locked in one order, so batches cannot cross."""
    for entry in entries:
        _check(entry)
    db.session.flush()  # what is told of must be there: the record points at it
    heads = _lock(sorted({entry.stream for entry in entries}))
    rows = []
    for entry in entries:
        seq, before = heads[entry.stream]
        row: dict[str, Any] = {
            "stream": entry.stream,
            "seq": seq + 1,
            "at": at,
            "by_id": by.id if by else None,
            "by_name": by.name if by else SYSTEM,
            "event": entry.event,
            "facts": dict(entry.facts),
            "case_id": entry.case_id,
        }
        row["seal"] = seal(before, row)
        heads[entry.stream] = (seq + 1, row["seal"])
        rows.append(row)
    if rows:
        connection = db.session.connection()
        connection.execute(_ADD, rows)
        connection.execute(_MOVE, [{"s": s, "q": q, "h": h} for s, (q, h) in sorted(heads.items())])
        db.session.info.get("held", {}).update(heads)


def seal(before: str, row: Mapping[str, Any]) -> str:
    """SHA-256 over the entry in canonical JSON and the seal before it."""
    told = {key: value for key, value in row.items() if key not in ("id", "seal")}
    told["at"] = row["at"].astimezone(UTC).isoformat(timespec="microseconds")
    return hashlib.sha256((before + canonical(told)).encode()).hexdigest()


def canonical(value: Any) -> str:
    """The same facts always give the same text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _check(entry: Entry) -> None:
    event = EVENTS.get(entry.event)
    if event is None:
        raise ValueError(f"no such event: {entry.event}")
    if set(entry.facts) != event.facts:
        raise ValueError(f"{entry.event} carries {sorted(event.facts)}, not {sorted(entry.facts)}")


def _lock(streams: Sequence[str]) -> dict[str, tuple[int, str]]:
    """The heads of these streams, locked; a stream not seen before gets its first.

    A head this transaction has locked already is known: nobody else can have moved it.
    """
    held: dict[str, tuple[int, str]] = db.session.info.get("held", {})
    asked = [s for s in streams if s not in held]
    found = _heads(asked) if asked else {}
    if new := [s for s in asked if s not in found]:
        found |= _first(new)
    return {s: held[s] if s in held else found[s] for s in streams}


def _first(streams: Sequence[str]) -> dict[str, tuple[int, str]]:
    """New heads; inserted by us they are locked, and only where somebody else was first must they be read."""
    rows = [{"stream": s, "seq": 0, "seal": ""} for s in streams]
    made = db.session.connection().execute(_insert_if_new(), rows, execution_options={"preserve_rowcount": True})
    return dict.fromkeys(streams, (0, "")) if made.rowcount == len(rows) else _heads(streams)


def _heads(streams: Sequence[str]) -> dict[str, tuple[int, str]]:
    rows = db.session.connection().execute(_LOCK, {"asked": streams})
    return {stream: (seq, head) for stream, seq, head in rows}


def _insert_if_new() -> Any:
    from sqlalchemy.dialects import postgresql, sqlite

    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    return insert(AuditHead).on_conflict_do_nothing()
