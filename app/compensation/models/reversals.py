"""Counter-claims («motkrav»): what is taken back of a claim, by units. The debt itself is app.payouts' Repayment."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.db.triggers import append_only, locked_when, refused_when


class CounterClaim(Base):
    """What one claim for money back takes back of a GP's claim, and why; it counts from when it is confirmed."""

    __tablename__ = "counter_claim"
    __table_args__ = (
        sa.CheckConstraint("amount_ore > 0", name="amount_positive"),
        sa.CheckConstraint("reason <> ''", name="reason_told"),
        sa.Index("ix_counter_claim_claim", "claim_id", "confirmed_at"),
    )

    repayment_id: Mapped[int] = mapped_column(sa.ForeignKey("repayment.id"), primary_key=True)
    claim_id: Mapped[int] = mapped_column(sa.ForeignKey("claim.id"))
    amount_ore: Mapped[int]
    # The payee reads it.
    reason: Mapped[str]
    confirmed_at: Mapped[datetime | None]


class CounterLine(Base):
    """Units of one unit price that are taken back, at the price they were paid by."""

    __tablename__ = "counter_claim_line"
    __table_args__ = (
        sa.CheckConstraint("units > 0", name="units_positive"),
        sa.CheckConstraint("amount_ore = units * unit_price_ore", name="amount_adds_up"),
    )

    repayment_id: Mapped[int] = mapped_column(sa.ForeignKey("counter_claim.repayment_id"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    units: Mapped[int]
    unit_price_ore: Mapped[int]
    amount_ore: Mapped[int]


assert isinstance(CounterClaim.__table__, sa.Table)
locked_when(CounterClaim.__table__, "OLD.repayment_id > 0", ("repayment_id", "claim_id", "amount_ore", "reason"))
refused_when(
    CounterClaim.__table__,
    "(OLD.confirmed_at IS NOT NULL)",
    "a counter-claim is confirmed once",
    act="UPDATE",
    name="once",
)
assert isinstance(CounterLine.__table__, sa.Table)
append_only(CounterLine.__table__)
