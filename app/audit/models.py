"""Tables of the sealed record."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.db.triggers import append_only


class AuditHead(Base):
    """The last seal of each stream; locked while an entry is added."""

    __tablename__ = "audit_head"

    stream: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int]
    seal: Mapped[str]


class AuditEntry(Base):
    """One thing that happened. `seal` is SHA-256 over the entry and the seal before it in the stream."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        sa.UniqueConstraint("stream", "seq"),
        sa.Index("ix_audit_entry_case", "case_id", "id"),
        # What is new lately is walked from its end.
        sa.Index("ix_audit_entry_at", "at", "id"),
        sa.CheckConstraint("seq > 0", name="seq_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    stream: Mapped[str]
    seq: Mapped[int]
    at: Mapped[datetime]
    # No foreign keys: the record must outlive, and never hinder, what it tells of.
    by_id: Mapped[int | None]
    by_name: Mapped[str]
    event: Mapped[str]
    facts: Mapped[dict[str, Any]]
    case_id: Mapped[int | None]
    seal: Mapped[str]


class AuditCheckpoint(Base):
    """All stream heads sealed at a moment, chained: a cut tail or a lost stream shows."""

    __tablename__ = "audit_checkpoint"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    last_entry_id: Mapped[int]
    heads: Mapped[dict[str, Any]]
    seal: Mapped[str]


for _model in (AuditEntry, AuditCheckpoint):
    assert isinstance(_model.__table__, sa.Table)
    append_only(_model.__table__)
