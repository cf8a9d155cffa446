"""The table of what is to be paid."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, known, paired
from app.db.triggers import locked_when
from app.payables.domain import parsed
from app.rules.domain import ReportKind, Trigger


class PaymentBasis(Base):
    """One sum a room has promised, and whether it may be paid now («utbetalingsgrunnlag»).

    A row stands from the decision that fixed the sum. What it is does not change; what it waits for does, under the
    lock of its case: accepted, released, stopped, lapsed.
    """

    __tablename__ = "payment_basis"
    __table_args__ = (
        known("trigger", Trigger),
        *paired("accepted"),
        sa.CheckConstraint("amount_ore > 0", name="amount_positive"),
        sa.CheckConstraint("nr BETWEEN 1 AND of", name="nr_within"),
        sa.CheckConstraint("(trigger = 'date') = (from_on IS NOT NULL)", name="date_has_date"),
        sa.CheckConstraint("(trigger = 'report_approved') = (report IS NOT NULL)", name="report_named"),
        sa.CheckConstraint("(accepted_at IS NULL) = (account_id IS NULL)", name="accepted_with_account"),
        sa.CheckConstraint("released_at IS NULL OR accepted_at IS NOT NULL", name="accepted_first"),
        sa.CheckConstraint("NOT (lapsed AND accepted_at IS NOT NULL)", name="lapsed_unaccepted"),
        sa.Index("ix_payment_basis_case", "case_id", "id"),
        sa.Index("ix_payment_basis_commitment", "commitment_id"),
        sa.Index("ix_payment_basis_party", "party_id", "account_id"),
        sa.Index(
            "ix_payment_basis_left",
            *("party_id", "case_id"),
            sqlite_where=sa.text("taken = 0 AND lapsed = 0"),
            postgresql_where=sa.text("NOT taken AND NOT lapsed"),
        ),
        # What may be paid and is not: few, however much is paid.
        sa.Index(
            "ix_payment_basis_ready",
            "id",
            sqlite_where=sa.text("released_at IS NOT NULL AND taken = 0 AND stopped = 0 AND lapsed = 0"),
            postgresql_where=sa.text("released_at IS NOT NULL AND NOT taken AND NOT stopped AND NOT lapsed"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # What it comes of, «instalment:7»; its payment stands under the same in the ledger, so that it is paid once.
    ref: Mapped[str] = mapped_column(unique=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"))
    # Where the sum is bound: the frame it is paid from, and how much the parts together may be.
    commitment_id: Mapped[int] = mapped_column(sa.ForeignKey("ledger_entry.id"))
    amount_ore: Mapped[int]
    nr: Mapped[int]
    of: Mapped[int]
    # Who fixed the sum, and so may not attest it (domain C.3).
    decided_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    # The letter that must have been sent first; none where the answer is no letter of decision.
    letter_key: Mapped[str | None]
    # What finance's file calls the promise and the decision, and what stands on the recipient's statement.
    promise_no: Mapped[str]
    decision_no: Mapped[str]
    text: Mapped[str]
    # The account stands in an agreement we wrote, not in the recipient's own acceptance.
    agreed: Mapped[bool]
    trigger: Mapped[Trigger]
    from_on: Mapped[date | None]
    report: Mapped[ReportKind | None]
    accepted_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    accepted_at: Mapped[datetime | None]
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("bank_account.id"))
    # When what it waits for had happened; a date is counted besides.
    released_at: Mapped[datetime | None]
    stopped: Mapped[bool] = mapped_column(default=False)
    lapsed: Mapped[bool] = mapped_column(default=False)
    # Whether a live payable pays it; kept by triggers on those (app.payouts.models).
    taken: Mapped[bool] = mapped_column(default=False, server_default=sa.false())

    @property
    def kind(self) -> str:
        """The name of its kind."""
        return parsed(self.ref)[0]

    @property
    def thing_id(self) -> int:
        """The key of what it comes of."""
        return parsed(self.ref)[1]


assert isinstance(PaymentBasis.__table__, sa.Table)
locked_when(
    PaymentBasis.__table__,
    "OLD.id > 0",
    ("ref", "case_id", "party_id", "commitment_id", "amount_ore", "nr", "of", "decided_by", "letter_key", "agreed"),
)
