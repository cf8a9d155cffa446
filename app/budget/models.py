"""Frames and the ledger."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.budget.domain import EntryKind, FrameState
from app.db import Base, known
from app.db.triggers import append_only


class Frame(Base):
    """What a pot may commit in a year. The CHECK on `committed_ore`, updated with its ledger row, is the lock."""

    __tablename__ = "frame"
    __table_args__ = (
        known("state", FrameState),
        sa.UniqueConstraint("pot_id", "year"),
        sa.CheckConstraint("committed_ore BETWEEN 0 AND frame_ore", name="within_frame"),
        sa.CheckConstraint("paid_ore BETWEEN 0 AND committed_ore", name="paid_within_committed"),
        sa.CheckConstraint("frame_ore = appropriation_ore + carried_in_ore + adjusted_ore", name="frame_adds_up"),
        sa.CheckConstraint("state = 'preliminary' OR letter_on IS NOT NULL", name="letter_of_allocation"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pot_id: Mapped[int] = mapped_column(sa.ForeignKey("pot.id"))
    year: Mapped[int]
    chapter_post: Mapped[str]
    appropriation_ore: Mapped[int]
    carried_in_ore: Mapped[int] = mapped_column(default=0)
    adjusted_ore: Mapped[int] = mapped_column(default=0)
    frame_ore: Mapped[int]
    committed_ore: Mapped[int] = mapped_column(default=0)
    paid_ore: Mapped[int] = mapped_column(default=0)
    state: Mapped[FrameState]
    # «Prop. 1 S» or «Tildelingsbrev 2025», and the letter's date.
    basis: Mapped[str]
    letter_on: Mapped[date | None]

    @property
    def is_preliminary(self) -> bool:
        """Whether the letter of allocation has not come."""
        return self.state is FrameState.PRELIMINARY


class LedgerEntry(Base):
    """One row of the ledger: foreign key to the case, text reference to the award, claim or report it comes from."""

    __tablename__ = "ledger_entry"
    __table_args__ = (
        known("kind", EntryKind),
        sa.CheckConstraint("amount_ore > 0", name="amount_positive"),
        sa.UniqueConstraint("kind", "ref"),
        sa.Index("ix_ledger_entry_frame", "frame_id", "kind"),
        sa.Index("ix_ledger_entry_case", "case_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    frame_id: Mapped[int] = mapped_column(sa.ForeignKey("frame.id"))
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    kind: Mapped[EntryKind]
    amount_ore: Mapped[int]
    ref: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int | None]


assert isinstance(LedgerEntry.__table__, sa.Table)
append_only(LedgerEntry.__table__)
