"""Frames and the ledger."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, MappedSQLExpression, column_property, mapped_column

from app.budget.domain import ChangeFacts, ChangeKind, EntryKind, FrameState
from app.budget.workflow import ChangeStatus
from app.db import Base, known, paired
from app.db.triggers import append_only, locked_when
from app.flow import Standing


def _carried_out(pot_id: Any, year: Any) -> MappedSQLExpression[int]:
    """What later years have taken over of a pot and year, in øre: read in the same statement as the frame itself."""
    change = sa.table("frame_change", *map(sa.column, ("frame_id", "kind", "status", "from_year", "amount_ore")))
    later = sa.table("frame", sa.column("id"), sa.column("pot_id")).alias("later")
    taken = (
        sa.select(sa.cast(sa.func.coalesce(sa.func.sum(change.c.amount_ore), 0), sa.BigInteger))
        .where(
            change.c.frame_id == later.c.id,
            change.c.kind == ChangeKind.CARRY_OVER.value,
            change.c.status == ChangeStatus.CONFIRMED.value,
            later.c.pot_id == pot_id,
            change.c.from_year == year,
        )
        .correlate_except(change, later)
    )
    return column_property(taken.scalar_subquery())


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
    year: Mapped[int] = mapped_column()
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
    carried_out_ore = _carried_out(pot_id, year)

    @property
    def left_ore(self) -> int:
        """What may still be committed: what later years have taken over is no longer this year's."""
        return self.frame_ore - self.carried_out_ore - self.committed_ore

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


class FrameChange(Base):
    """A change of a frame: proposed by one with its document, confirmed or refused by another, and then settled."""

    __tablename__ = "frame_change"
    __table_args__ = (
        known("kind", ChangeKind),
        known("status", ChangeStatus),
        *paired("settled"),
        sa.CheckConstraint("amount_ore > 0", name="amount_positive"),
        sa.CheckConstraint("document <> '' AND reason <> ''", name="document_told"),
        sa.CheckConstraint(
            "(kind = 'carry_over') = (from_year IS NOT NULL)"
            " AND (kind = 'carry_over') = (clearance <> '')"
            " AND (kind = 'carry_over') = (clearance_on IS NOT NULL)",
            name="clearance_told",
        ),
        sa.CheckConstraint("(status = 'proposed') = (settled_at IS NULL)", name="settled_told"),
        sa.CheckConstraint("settled_by IS NULL OR settled_by <> proposed_by", name="settled_by_another"),
        sa.CheckConstraint("(status = 'refused') = (answer <> '')", name="refused_has_reason"),
        sa.CheckConstraint("(status = 'confirmed') = (before_ore IS NOT NULL)", name="before_told"),
        sa.CheckConstraint("(status = 'confirmed') = (after_ore IS NOT NULL)", name="after_told"),
        sa.CheckConstraint(
            "after_ore IS NULL OR after_ore = before_ore + CASE kind WHEN 'cut' THEN -amount_ore ELSE amount_ore END",
            name="change_adds_up",
        ),
        sa.Index("ix_frame_change_frame", "frame_id", "id"),
        # One at a time: what the next would do to the frame is known when this one is settled.
        sa.Index(
            "uq_frame_change_open",
            "frame_id",
            unique=True,
            sqlite_where=sa.text("status = 'proposed'"),
            postgresql_where=sa.text("status = 'proposed'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    frame_id: Mapped[int] = mapped_column(sa.ForeignKey("frame.id"))
    kind: Mapped[ChangeKind]
    amount_ore: Mapped[int]
    status: Mapped[ChangeStatus] = mapped_column(default=ChangeStatus.PROPOSED)
    version: Mapped[int] = mapped_column(default=1)
    # The letter that says so, and its date.
    document: Mapped[str]
    document_on: Mapped[date]
    reason: Mapped[str]
    from_year: Mapped[int | None]
    clearance: Mapped[str] = mapped_column(default="")
    clearance_on: Mapped[date | None]
    proposed_by: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    proposed_at: Mapped[datetime]
    settled_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    settled_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(default="")
    # The whole frame before and after, known when it is confirmed.
    before_ore: Mapped[int | None]
    after_ore: Mapped[int | None]

    @property
    def facts(self) -> ChangeFacts:
        """What was proposed."""
        return ChangeFacts(
            self.kind, self.amount_ore, self.document, self.document_on, self.reason,
            self.from_year, self.clearance, self.clearance_on,
        )  # fmt: skip

    def standing(self) -> Standing:
        """Who proposed it."""
        return Standing(self.status, people={"proposed": {self.proposed_by}})

    @property
    def stream(self) -> str:
        """Told with its frame."""
        return f"frame:{self.frame_id}"

    @property
    def on_case(self) -> None:
        """On no case."""


assert isinstance(LedgerEntry.__table__, sa.Table)
append_only(LedgerEntry.__table__)
assert isinstance(FrameChange.__table__, sa.Table)
locked_when(
    FrameChange.__table__,
    "OLD.status <> 'proposed'",
    tuple(column.name for column in FrameChange.__table__.columns),
)
