"""Writing sealed entries."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol, cast

import sqlalchemy as sa
from sqlalchemy.orm import scoped_session

from app.audit import queries
from app.audit.catalogue import EVENTS
from app.audit.models import AuditEntry, AuditHead
from app.db import db
from app.db.inserting import made_once
from app.db.session import writing_ends

SYSTEM = "Tilsagn"
_HEAD: Any = AuditHead.__table__
_ADD = sa.insert(cast(sa.Table, AuditEntry.__table__))
_MOVE = (
    sa.update(_HEAD).where(_HEAD.c.stream == sa.bindparam("s")).values(seq=sa.bindparam("q"), seal=sa.bindparam("h"))
)
_IF_NEW = made_once(lambda insert: insert(_HEAD).on_conflict_do_nothing().returning(_HEAD.c.stream))


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
    """Add many entries. They are checked now, and sealed together when the transaction ends."""
    for entry in entries:
        _check(entry)
    db.session.flush()  # what is told of must be there: the record points at it
    who = {"at": at, "by_id": by.id if by else None, "by_name": by.name if by else SYSTEM}
    _told(db.session).extend(
        {"stream": e.stream, **who, "event": e.event, "facts": dict(e.facts), "case_id": e.case_id} for e in entries
    )


def _told(session: scoped_session[Any]) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] | None = session.info.get("told")
    if told is None:
        raise RuntimeError("what happened is told inside writing(), with the change itself")
    return told


def _seal_all(session: scoped_session[Any]) -> None:
    """All entries of a transaction, in the order they were told, with a fixed number of statements.

    The heads are the last that is locked, and in one order, so that two transactions never wait for each other's.
    """
    rows = _told(session)
    if not rows:
        return
    streams = sorted({row["stream"] for row in rows})
    found = queries.locked_heads(streams)
    heads = _sealed(rows, found)
    new = [stream for stream in streams if stream not in found]
    if new and (theirs := _made_by_others(new, heads)):
        found |= theirs
        heads = _sealed(rows, found)
    connection = session.connection()
    connection.execute(_ADD, rows)
    if found:
        connection.execute(_MOVE, [{"s": s, "q": q, "h": h} for s, (q, h) in heads.items() if s in found])


def _sealed(rows: Sequence[dict[str, Any]], before: Mapping[str, tuple[int, str]]) -> dict[str, tuple[int, str]]:
    """Number and seal every entry after these heads; gives where each stream ends then."""
    heads = dict(before)
    for row in rows:
        seq, last = heads.get(row["stream"], (0, ""))
        row["seq"] = seq + 1
        row["seal"] = seal(last, row)
        heads[row["stream"]] = (seq + 1, row["seal"])
    return heads


def _made_by_others(streams: Sequence[str], heads: Mapping[str, tuple[int, str]]) -> dict[str, tuple[int, str]]:
    """Make the heads of these new streams as they end; gives those that somebody else made first, locked now."""
    rows = [{"stream": s, "seq": heads[s][0], "seal": heads[s][1]} for s in streams]
    ours = set(db.session.connection().execute(_IF_NEW(), rows).scalars())
    return queries.locked_heads([s for s in streams if s not in ours]) if len(ours) < len(rows) else {}


writing_ends.connect(_seal_all)


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
