"""What has happened on a case, as its timeline tells it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from app.assessments.domain import BackCause, Outcome
from app.audit.catalogue import told_twice
from app.audit.models import AuditEntry
from app.cases.domain import Impartiality
from app.db import among, db
from app.rules.domain import ReportKind
from app.values.language import Worded

# What the machinery did on the way; that a letter was sent is told.
NOISE = ("outgoing.queued", "outgoing.render", "outgoing.begin", "document.added")
MOST_EVENTS = 100
# Codes in the record's facts, so that the timeline says their words.
CODES: dict[str, type[Worded]] = {
    "answer": Impartiality,
    "cause": BackCause,
    "outcome": Outcome,
    "report": ReportKind,
}


@dataclass(frozen=True)
class Told:
    """One entry of the timeline, its codes turned to words; `kind` chooses the icon."""

    event: str
    facts: Mapping[str, Any]
    by_name: str
    at: datetime
    kind: str


def timeline(case_id: int, *, letters_only: bool = False, most: int = MOST_EVENTS) -> list[Told]:
    """What has happened, newest first, at most `most`."""
    return [told(row) for row in db.session.execute(_timeline(letters_only), {"case_id": case_id, "most": most})]


@cache
def _timeline(letters_only: bool) -> sa.Select[Any]:
    query = (
        sa.select(*(AuditEntry.__table__.c[name] for name in ("event", "facts", "by_name", "at")))
        .where(AuditEntry.case_id == sa.bindparam("case_id"), ~among(AuditEntry.event, (*NOISE, *told_twice())))
        .order_by(AuditEntry.id.desc())
        .limit(sa.bindparam("most", type_=sa.Integer))
    )
    return query.where(AuditEntry.event.like("outgoing.%")) if letters_only else query


def told(row: Any) -> Told:
    """A row of the record as the timeline tells it."""
    return Told(row.event, _worded(row.facts), row.by_name, row.at, _kind(row.event))


def _worded(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _code(CODES.get(name), value) for name, value in facts.items()}


def _code(codes: type[Worded] | None, value: Any) -> Any:
    known = codes is not None and value in {member.value for member in codes}
    return codes(value) if codes is not None and known else value


def _kind(event: str) -> str:
    room = event.partition(".")[0]
    return {"outgoing": "letter", "payable": "money", "payout": "money"}.get(room, "step")
