"""What is told to Helfo to pay, and what Helfo has paid of it."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.db.triggers import append_only, locked_when, refused_when
from app.payables.models import PaymentBasis


class HelfoExport(Base):
    """A file for Helfo, kept as it was made: who made it when, which claims are in it, and their sum."""

    __tablename__ = "helfo_export"
    __table_args__ = (
        sa.CheckConstraint("claims > 0 AND sum_ore > 0", name="has_claims"),
        sa.Index("ix_helfo_export_year", "year", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # «2026-3»: the third of the year its periods begin in.
    number: Mapped[str] = mapped_column(unique=True)
    year: Mapped[int]
    claims: Mapped[int]
    sum_ore: Mapped[int]
    # Of the claims' keys, versions and sums, in order.
    control: Mapped[str]
    sha256: Mapped[str] = mapped_column(sa.ForeignKey("stored_file.sha256"))
    made_by: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    made_at: Mapped[datetime]

    @property
    def stream(self) -> str:
        """Its own audit stream: made, taken, paid."""
        return f"helfo_export:{self.id}"

    @property
    def filename(self) -> str:
        """What the file is called."""
        return f"helfo-{self.number}.csv"


class HelfoPayment(Base):
    """What Helfo says it has paid of one file on one day, registered by another than who made the file."""

    __tablename__ = "helfo_payment"
    __table_args__ = (
        sa.CheckConstraint("claims > 0 AND sum_ore > 0", name="has_claims"),
        sa.CheckConstraint("reference <> ''", name="reference_told"),
        sa.Index("ix_helfo_payment_export", "export_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    export_id: Mapped[int] = mapped_column(sa.ForeignKey("helfo_export.id"))
    claims: Mapped[int]
    sum_ore: Mapped[int]
    paid_on: Mapped[date]
    # Helfo's own, of its receipt or list.
    reference: Mapped[str]
    registered_by: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    registered_at: Mapped[datetime]


class HelfoClaim(Base):
    """A claim in a file for Helfo: in one only, and never paid here too. `payment_id`: when Helfo has paid it."""

    __tablename__ = "helfo_claim"
    __table_args__ = (
        sa.CheckConstraint("amount_ore > 0", name="amount_positive"),
        sa.Index("ix_helfo_claim_export", "export_id", "claim_id"),
    )

    claim_id: Mapped[int] = mapped_column(sa.ForeignKey("claim.id"), primary_key=True, autoincrement=False)
    export_id: Mapped[int] = mapped_column(sa.ForeignKey("helfo_export.id"))
    amount_ore: Mapped[int]
    payment_id: Mapped[int | None] = mapped_column(sa.ForeignKey("helfo_payment.id"))


_ALSO_HERE = (
    "EXISTS (SELECT 1 FROM helfo_claim AS e WHERE e.claim_id ="
    " CASE WHEN NEW.ref LIKE 'claim:%' THEN CAST(substr(NEW.ref, 7) AS BIGINT) END)"
)
assert isinstance(HelfoExport.__table__, sa.Table)
append_only(HelfoExport.__table__)
assert isinstance(HelfoPayment.__table__, sa.Table)
append_only(HelfoPayment.__table__)
refused_when(
    HelfoPayment.__table__,
    "EXISTS (SELECT 1 FROM helfo_export AS e WHERE e.id = NEW.export_id AND e.made_by = NEW.registered_by)",
    "what Helfo has paid is registered by another than who made the file",
)
assert isinstance(HelfoClaim.__table__, sa.Table)
locked_when(HelfoClaim.__table__, "OLD.claim_id > 0", ("claim_id", "export_id", "amount_ore"))
refused_when(
    HelfoClaim.__table__,
    "(OLD.payment_id IS NOT NULL)",
    "what Helfo has paid stands",
    act="UPDATE",
    name="once",
)
refused_when(
    HelfoClaim.__table__,
    "EXISTS (SELECT 1 FROM payment_basis AS b WHERE b.ref = 'claim:' || NEW.claim_id)",
    "a claim that is paid here is not told to Helfo",
)
assert isinstance(PaymentBasis.__table__, sa.Table)
refused_when(PaymentBasis.__table__, _ALSO_HERE, "a claim that is told to Helfo is not paid here")
