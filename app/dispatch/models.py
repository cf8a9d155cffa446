"""What is on its way out."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, column_property, mapped_column

from app.db import Base, known
from app.dispatch.workflow import Status
from app.documents.models import Opening
from app.flow import Standing
from app.flow.models import hands_of


class Outgoing(Base):
    """A letter (with frozen facts, rendered by a job) or a notice (words only). `key` makes it unique for its cause."""

    __tablename__ = "outgoing"
    __table_args__ = (
        known("status", Status),
        sa.CheckConstraint("(letter IS NULL) = (facts IS NULL)", name="letter_has_facts"),
        sa.CheckConstraint(
            "letter IS NULL OR status IN ('queued', 'failed') OR blocks IS NOT NULL", name="letter_has_blocks"
        ),
        sa.CheckConstraint("status <> 'sent' OR sent_at IS NOT NULL", name="sent_told"),
        sa.CheckConstraint(
            "letter IS NULL OR status IN ('queued', 'failed') OR document_id IS NOT NULL", name="rendered_first"
        ),
        sa.CheckConstraint("attempts >= 0", name="attempts_not_negative"),
        sa.Index("ix_outgoing_status", "status", "not_before", "id"),
        sa.Index("ix_outgoing_case", "case_id", "id"),
        sa.Index("ix_outgoing_party", "party_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    key: Mapped[str] = mapped_column(unique=True)
    case_id: Mapped[int | None] = mapped_column(sa.ForeignKey("case_file.id"))
    party_id: Mapped[int | None] = mapped_column(sa.ForeignKey("party.id"))
    kind: Mapped[str]
    language: Mapped[str]
    address: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    letter: Mapped[str | None]
    facts: Mapped[dict[str, Any] | None]
    # The letter as it was composed, when it was queued or (one of many) when its turn came; pages and the PDF draw
    # these, whatever the texts say later.
    blocks: Mapped[dict[str, Any] | None]
    text_version: Mapped[int] = mapped_column(default=1)
    document_id: Mapped[int | None] = mapped_column(sa.ForeignKey("document.id"))
    status: Mapped[Status] = mapped_column(default=Status.QUEUED)
    version: Mapped[int] = mapped_column(default=1)
    attempts: Mapped[int] = mapped_column(default=0)
    # Nobody knows whether it was sent: only a person may send it again, or say that it went.
    uncertain: Mapped[bool] = mapped_column(default=False)
    last_error: Mapped[str] = mapped_column(default="")
    not_before: Mapped[datetime]
    queued_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]

    # When the recipient first opened the letter; the complaint deadline may build on this (domain F.1.7).
    opened_at: Mapped[datetime | None] = column_property(
        sa.select(Opening.opened_at).where(Opening.document_id == document_id).scalar_subquery()
    )

    hands = hands_of("outgoing", id, case_id)

    @property
    def is_failed(self) -> bool:
        """Whether it was not sent, and a person must do something."""
        return self.status is Status.FAILED

    def standing(self) -> Standing:
        """A letter leaves no hands; whoever signed for the recipient on its case sends none."""
        return Standing(self.status, party_id=self.party_id, people=self.hands)

    @property
    def stream(self) -> str:
        """Told on its case."""
        return stream_of(self.case_id)

    @property
    def on_case(self) -> int | None:
        """The case it belongs to."""
        return self.case_id


def stream_of(case_id: int | None) -> str:
    """What is sent is told on its case, or in the house's own stream where it is on none."""
    return f"case:{case_id}" if case_id else "system"
