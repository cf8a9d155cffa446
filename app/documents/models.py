"""Stored files and the documents that point at them."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, known
from app.db.triggers import append_only
from app.documents.domain.scopes import Scope, Verdict
from app.values.language import N_, Worded


class Direction(Worded):
    """As in the journal: in, out, internal."""

    IN = "I", N_("inn")
    OUT = "U", N_("ut")
    NOTE = "N", N_("notat")


class StoredFile(Base):
    """Bytes by their SHA-256, in the files directory; written before the row commits."""

    __tablename__ = "stored_file"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int]
    media_type: Mapped[str]
    stored_at: Mapped[datetime]


class Document(Base):
    """A document and what it belongs to (`scope`: who may read it). `to_party`: the case's party may open it."""

    __tablename__ = "document"
    __table_args__ = (
        known("direction", Direction),
        known("scope", Scope),
        sa.CheckConstraint("(scope = 'case') = (case_id IS NOT NULL)", name="scope_has_case"),
        sa.CheckConstraint("scope = 'case' OR NOT to_party", name="to_party_of_case"),
        sa.Index("ix_document_case", "case_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    scope: Mapped[Scope]
    case_id: Mapped[int | None] = mapped_column(sa.ForeignKey("case_file.id"))
    direction: Mapped[Direction]
    kind: Mapped[str]
    title: Mapped[str]
    filename: Mapped[str]
    sha256: Mapped[str] = mapped_column(sa.ForeignKey("stored_file.sha256"))
    language: Mapped[str] = mapped_column(default="nb")
    to_party: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))

    @property
    def is_for_reading(self) -> bool:
        """Whether its first reading is noted: what the party is sent, and never what they laid in themselves."""
        return self.to_party and self.direction is not Direction.IN


class Opening(Base):
    """The first time a person of the recipient opened a document. The first counts, and stays."""

    __tablename__ = "document_opening"

    document_id: Mapped[int] = mapped_column(sa.ForeignKey("document.id"), primary_key=True, autoincrement=False)
    opened_at: Mapped[datetime]
    opened_by: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))


class VirusCheck(Base):
    """An upload held back until the virus program has called it clean. Bytes without a row came while none was set."""

    __tablename__ = "virus_check"
    __table_args__ = (
        known("verdict", Verdict),
        sa.CheckConstraint("(verdict = 'waiting') = (checked_at IS NULL)", name="verdict_told"),
        sa.Index("ix_virus_check_verdict", "verdict", "since_at"),
    )

    sha256: Mapped[str] = mapped_column(sa.ForeignKey("stored_file.sha256"), primary_key=True)
    since_at: Mapped[datetime]
    verdict: Mapped[Verdict] = mapped_column(default=Verdict.WAITING)
    checked_at: Mapped[datetime | None]
    # What it was called, in the program's own words.
    found: Mapped[str] = mapped_column(default="")


class StoreMark(Base):
    """The id shared by database and files directory: a process that sees another directory refuses to start."""

    __tablename__ = "store_mark"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    mark: Mapped[str]


for _model in (StoredFile, Document, Opening):
    assert isinstance(_model.__table__, sa.Table)
    append_only(_model.__table__)
