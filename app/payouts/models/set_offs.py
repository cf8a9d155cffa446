"""Debts set off («motregnet») in lines of payout lists."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.db.triggers import locked_when


class SetOff(Base):
    """So much of a debt is kept back of one line of a list: held from when the list is locked, until the line is booked
    as paid, or let go of since the bank refused it.
    """

    __tablename__ = "set_off"
    __table_args__ = (
        sa.CheckConstraint("amount_ore > 0", name="amount_positive"),
        sa.CheckConstraint("booked_at IS NULL OR undone_at IS NULL", name="booked_or_undone"),
        sa.UniqueConstraint("payable_id", "repayment_id"),
        sa.Index("ix_set_off_repayment", "repayment_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    payable_id: Mapped[int] = mapped_column(sa.ForeignKey("payable.id"))
    repayment_id: Mapped[int] = mapped_column(sa.ForeignKey("repayment.id"))
    amount_ore: Mapped[int]
    made_at: Mapped[datetime]
    booked_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]


assert isinstance(SetOff.__table__, sa.Table)
locked_when(
    SetOff.__table__,
    "OLD.id > 0",
    ("payable_id", "repayment_id", "amount_ore", "made_at"),
)
