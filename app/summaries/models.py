"""Deliveries, each version a row. What is approved is frozen with its figures, whoever asks."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, known, paired
from app.db.triggers import locked_when, refused_when
from app.flow import Standing
from app.flow.models import hands_of
from app.flow.opposed import with_latest
from app.summaries.workflow import Status
from app.values.language import Language


class Summary(Base):
    """One version of a delivery of a kind, for a scheme-year. `texts`: section → text with references.

    `figures` is what was counted at `counted_at` (domain.to_data), from the approval on and never before.
    """

    __tablename__ = "summary"
    __table_args__ = (
        known("status", Status),
        known("language", Language),
        *paired("drafted", "approved"),
        sa.UniqueConstraint("kind", "year", "number"),
        # One at a time is written on; the next begins when it is approved.
        sa.Index(
            "uq_summary_open",
            *("kind", "year"),
            unique=True,
            sqlite_where=sa.text("status <> 'approved'"),
            postgresql_where=sa.text("status <> 'approved'"),
        ),
        sa.CheckConstraint("(status = 'approved') = (approved_at IS NOT NULL)", name="approved_told"),
        sa.CheckConstraint("(status = 'approved') = (figures IS NOT NULL)", name="figures_frozen"),
        sa.CheckConstraint("(status = 'approved') = (counted_at IS NOT NULL)", name="counted_told"),
        sa.CheckConstraint("approved_by IS NULL OR approved_by <> drafted_by", name="approved_by_another"),
        sa.CheckConstraint("(number = 1) = (continues_id IS NULL)", name="continues_told"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    year: Mapped[int]
    number: Mapped[int]
    continues_id: Mapped[int | None] = mapped_column(sa.ForeignKey("summary.id"), unique=True)
    due_on: Mapped[date]
    # The form of Norwegian it is written and printed in.
    language: Mapped[Language]
    status: Mapped[Status] = mapped_column(default=Status.DRAFT)
    version: Mapped[int] = mapped_column(default=1)
    texts: Mapped[dict[str, Any]]
    # Why it was last sent back; empty when it was not.
    sent_back: Mapped[str] = mapped_column(default="")
    drafted_by: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    drafted_at: Mapped[datetime]
    approved_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    approved_at: Mapped[datetime | None]
    figures: Mapped[dict[str, Any] | None]
    counted_at: Mapped[datetime | None]
    demo: Mapped[bool] = mapped_column(default=False)
    hands = hands_of("summary", id)

    def standing(self) -> Standing:
        """For four eyes: everybody who wrote in it, and who approved it."""
        return Standing(self.status, people=with_latest(self.hands, drafted=self.drafted_by, approved=self.approved_by))

    @property
    def is_draft(self) -> bool:
        """Whether it is still written on."""
        return self.status is Status.DRAFT

    @property
    def stream(self) -> str:
        """Told in a stream of its kind and year, all versions together."""
        return f"summary:{self.kind}:{self.year}"

    @property
    def on_case(self) -> int | None:
        """Belongs to no case."""
        return None


assert isinstance(Summary.__table__, sa.Table)
locked_when(
    Summary.__table__, "OLD.status = 'approved'", tuple(c.name for c in Summary.__table__.columns if c.name != "id")
)
refused_when(Summary.__table__, "NEW.status <> 'draft'", "a delivery begins as a draft")
