"""Claims for money back, and what came."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, known, paired
from app.db.triggers import append_only, locked_when
from app.flow import Standing
from app.flow.models import hands_of
from app.flow.opposed import with_latest
from app.payouts.workflow import DebtStatus


class Repayment(Base):
    """A decided claim for money back on a case: registered by one, confirmed by another, then a debt in the ledger;
    or refused by them, with the reason.
    """

    __tablename__ = "repayment"
    __table_args__ = (
        known("status", DebtStatus),
        *paired("confirmed", "withdrawn", "refused"),
        sa.CheckConstraint("amount_ore > 0", name="amount_positive"),
        sa.CheckConstraint("back_ore BETWEEN 0 AND amount_ore", name="back_within_amount"),
        sa.CheckConstraint("held_ore >= 0 AND back_ore + held_ore <= amount_ore", name="held_within_amount"),
        sa.CheckConstraint("reference <> '' AND reason <> ''", name="says_why"),
        sa.CheckConstraint("confirmed_by IS NULL OR confirmed_by <> registered_by", name="confirmed_by_another"),
        sa.CheckConstraint("(status IN ('confirmed', 'repaid')) = (confirmed_at IS NOT NULL)", name="confirmed_first"),
        sa.CheckConstraint("(status = 'withdrawn') = (withdrawn_at IS NOT NULL)", name="withdrawn_told"),
        sa.CheckConstraint("(status = 'refused') = (refused_at IS NOT NULL)", name="refused_told"),
        sa.CheckConstraint("(status = 'refused') = (answer <> '')", name="refused_has_reason"),
        sa.CheckConstraint("refused_by IS NULL OR refused_by <> registered_by", name="refused_by_another"),
        sa.CheckConstraint("(status = 'repaid') = (back_ore = amount_ore)", name="repaid_when_all_is_back"),
        sa.Index("ix_repayment_case", "case_id", "id"),
        sa.Index("ix_repayment_status", "status", "id"),
        # One counter-claim at a time on the same claim; those that are confirmed are many.
        sa.Index(
            "uq_repayment_ref_open",
            "ref",
            unique=True,
            sqlite_where=sa.text("status = 'registered'"),
            postgresql_where=sa.text("status = 'registered'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"))
    frame_id: Mapped[int] = mapped_column(sa.ForeignKey("frame.id"))
    amount_ore: Mapped[int]
    back_ore: Mapped[int] = mapped_column(default=0)
    # What lines of lists that are handed over keep back of it, and is not booked yet.
    held_ore: Mapped[int] = mapped_column(default=0, server_default="0")
    decided_on: Mapped[date]
    # The archive's number of the decision, or of the document that holds it.
    reference: Mapped[str]
    reason: Mapped[str]
    # What was paid and is reversed, «claim:7», where it is a counter-claim; none for a decision of another kind.
    ref: Mapped[str | None]
    status: Mapped[DebtStatus] = mapped_column(default=DebtStatus.REGISTERED)
    version: Mapped[int] = mapped_column(default=1)
    registered_by: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    registered_at: Mapped[datetime]
    confirmed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    confirmed_at: Mapped[datetime | None]
    withdrawn_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    withdrawn_at: Mapped[datetime | None]
    refused_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    refused_at: Mapped[datetime | None]
    # Why the second person says no; whoever registered it reads it.
    answer: Mapped[str] = mapped_column(default="", server_default="")
    hands = hands_of("repayment", id, case_id)

    @property
    def is_counter_claim(self) -> bool:
        """Whether it reverses something that was approved, and is itself the decision."""
        return self.ref is not None

    @property
    def open_ore(self) -> int:
        """What is still to come back, and nothing on its way to be set off."""
        return self.amount_ore - self.back_ore - self.held_ore

    def standing(self) -> Standing:
        """Registered by one, confirmed by another; nobody acts on a debt of an organisation they belong to."""
        latest = {"registered": self.registered_by, "confirmed": self.confirmed_by, "refused": self.refused_by}
        people = with_latest(self.hands, **latest)
        return Standing(self.status, party_id=self.party_id, people=people)

    @property
    def stream(self) -> str:
        """Told on its case."""
        return f"case:{self.case_id}"

    @property
    def on_case(self) -> int:
        """Its case."""
        return self.case_id


class MoneyBack(Base):
    """Money that came back on a claim, by its voucher; never changed."""

    __tablename__ = "money_back"
    __table_args__ = (
        sa.CheckConstraint("amount_ore > 0", name="amount_positive"),
        sa.UniqueConstraint("repayment_id", "voucher"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    repayment_id: Mapped[int] = mapped_column(sa.ForeignKey("repayment.id"))
    amount_ore: Mapped[int]
    came_on: Mapped[date]
    voucher: Mapped[str]
    registered_by: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    registered_at: Mapped[datetime]


assert isinstance(MoneyBack.__table__, sa.Table)
append_only(MoneyBack.__table__)
assert isinstance(Repayment.__table__, sa.Table)
locked_when(
    Repayment.__table__,
    "OLD.status <> 'registered'",
    (
        *("amount_ore", "case_id", "party_id", "frame_id", "reference", "reason", "ref"),
        *("registered_by", "confirmed_by", "refused_by", "answer"),
    ),
)
