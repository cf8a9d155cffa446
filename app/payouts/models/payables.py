"""Payables and payout lists."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, known, paired
from app.db.triggers import also_when, locked_when, refused_when
from app.flow import Standing
from app.flow.models import hands_of
from app.flow.opposed import with_latest
from app.payouts.workflow import NEXT, Status


class ListCounter(Base):
    """The next list number of a year; the row is the lock."""

    __tablename__ = "list_counter"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    next: Mapped[int]


class PayoutList(Base):
    """A locked list handed to finance. Its files are stored bytes: taken again, they are identical."""

    __tablename__ = "payout_list"
    __table_args__ = (
        sa.CheckConstraint("line_count > 0", name="has_lines"),
        sa.CheckConstraint("sum_ore > 0", name="sum_positive"),
        sa.CheckConstraint("set_off_ore BETWEEN 0 AND sum_ore", name="set_off_within"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    line_count: Mapped[int]
    # Of the lines as they are owed; what is set off of them is kept back, and the rest is sent.
    sum_ore: Mapped[int]
    set_off_ore: Mapped[int] = mapped_column(default=0, server_default="0")
    # Sum of the account numbers modulo 10^12: changes when a line's account does.
    control_sum: Mapped[int]
    pay_on: Mapped[date]
    authorised_by: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    authorised_at: Mapped[datetime]
    csv_document_id: Mapped[int | None] = mapped_column(sa.ForeignKey("document.id"))
    xlsx_document_id: Mapped[int | None] = mapped_column(sa.ForeignKey("document.id"))

    @property
    def net_ore(self) -> int:
        """What is sent to the bank."""
        return self.sum_ore - self.set_off_ore

    @property
    def stream(self) -> str:
        """Its own audit stream: made, filed, taken."""
        return f"payout_list:{self.id}"


class Payable(Base):
    """One sum to one account: what its basis says, and each basis once in a live payable."""

    __tablename__ = "payable"
    __table_args__ = (
        known("status", Status),
        *paired("attested", "approved", "authorised", "settled", "checked"),
        sa.CheckConstraint("amount_ore > 0", name="amount_positive"),
        sa.CheckConstraint("set_off_ore BETWEEN 0 AND amount_ore", name="set_off_within"),
        sa.CheckConstraint("approved_by IS NULL OR approved_by <> attested_by", name="approved_by_another"),
        sa.CheckConstraint(
            "authorised_by IS NULL OR (authorised_by <> attested_by AND authorised_by <> approved_by)",
            name="authorised_by_third",
        ),
        sa.CheckConstraint("status IN ('ready', 'cancelled') OR attested_at IS NOT NULL", name="attested_first"),
        sa.CheckConstraint(
            "status IN ('ready', 'attested', 'cancelled') OR approved_at IS NOT NULL", name="approved_first"
        ),
        sa.CheckConstraint(
            "(status IN ('sent', 'paid', 'rejected')) = (list_id IS NOT NULL) OR status = 'cancelled'", name="on_a_list"
        ),
        sa.CheckConstraint("(list_id IS NULL) = (authorised_at IS NULL)", name="list_authorised"),
        sa.CheckConstraint("list_id IS NULL OR line_no IS NOT NULL", name="list_has_line"),
        sa.CheckConstraint("(status = 'paid') = (paid_on IS NOT NULL)", name="paid_has_date"),
        sa.CheckConstraint(
            "settled_by IS NULL OR (settled_by <> attested_by AND settled_by <> approved_by)", name="settled_by_another"
        ),
        sa.CheckConstraint(
            "checked_by IS NULL OR settled_by IS NULL OR checked_by <> settled_by", name="checked_by_another"
        ),
        sa.CheckConstraint("status NOT IN ('paid', 'rejected') OR settled_at IS NOT NULL", name="settled_told"),
        # A line that was sent is let go of, and so paid anew, only after a second look at the bank's answer.
        sa.CheckConstraint(
            "status <> 'cancelled' OR list_id IS NULL OR checked_at IS NOT NULL", name="rejection_checked"
        ),
        sa.UniqueConstraint("list_id", "line_no"),
        sa.Index("ix_payable_status", "status", "id"),
        sa.Index("ix_payable_case", "case_id", "id"),
        sa.Index("ix_payable_basis", "basis_id", "status"),
        sa.Index("ix_payable_party", "party_id", "status", "account_id", "id"),
        sa.Index(
            "uq_payable_basis_live",
            "basis_id",
            unique=True,
            sqlite_where=sa.text("status <> 'cancelled'"),
            postgresql_where=sa.text("status <> 'cancelled'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    basis_id: Mapped[int] = mapped_column(sa.ForeignKey("payment_basis.id"))
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    frame_id: Mapped[int] = mapped_column(sa.ForeignKey("frame.id"))
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"))
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("bank_account.id"))
    amount_ore: Mapped[int]
    # Debts of the payee that are set off in it: told when it comes on a list.
    set_off_ore: Mapped[int] = mapped_column(default=0, server_default="0")
    due_on: Mapped[date]
    text: Mapped[str]
    status: Mapped[Status] = mapped_column(default=Status.READY)
    version: Mapped[int] = mapped_column(default=1)
    attested_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    attested_at: Mapped[datetime | None]
    approved_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    approved_at: Mapped[datetime | None]
    authorised_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    authorised_at: Mapped[datetime | None]
    list_id: Mapped[int | None] = mapped_column(sa.ForeignKey("payout_list.id"))
    line_no: Mapped[int | None]
    back_reason: Mapped[str] = mapped_column(default="")
    paid_on: Mapped[date | None]
    made_at: Mapped[datetime]
    settled_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    settled_at: Mapped[datetime | None]
    checked_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    checked_at: Mapped[datetime | None]
    check_note: Mapped[str] = mapped_column(default="", server_default="")
    hands = hands_of("payable", id, case_id)

    @property
    def net_ore(self) -> int:
        """What is sent to the account; nought sends no money, and is booked all the same."""
        return self.amount_ore - self.set_off_ore

    @property
    def is_rejected(self) -> bool:
        """Whether the bank's answer waits for a second look."""
        return self.status is Status.REJECTED

    @property
    def is_ours(self) -> bool:
        """Whether it waits for one of the three hands."""
        return self.status in NEXT

    def standing(self) -> Standing:
        """Three hands, all different; the outcome another's than the first two, and its rejection seen by one more."""
        people = with_latest(
            self.hands,
            attested=self.attested_by,
            approved=self.approved_by,
            handed_over=self.authorised_by,
            settled=self.settled_by,
        )
        return Standing(self.status, party_id=self.party_id, people=people)

    @property
    def stream(self) -> str:
        """Told on its case."""
        return f"case:{self.case_id}"

    @property
    def on_case(self) -> int:
        """Its case."""
        return self.case_id


assert isinstance(Payable.__table__, sa.Table)
locked_when(
    Payable.__table__,
    "OLD.status IN ('sent', 'paid')",
    (
        "amount_ore",
        "account_id",
        "party_id",
        "list_id",
        "basis_id",
        "attested_by",
        "approved_by",
        "authorised_by",
    ),
)

refused_when(
    Payable.__table__,
    "(OLD.list_id IS NOT NULL AND NEW.set_off_ore IS DISTINCT FROM OLD.set_off_ore)",
    "what is set off stands on the list",
    act="UPDATE",
    name="set_off",
)

# Money goes on a list only to a number that was controlled, that the GP's own signer confirmed after us, or that this
# recipient was paid to (domain E.2); never to one that is closed, or that the bank has refused since its last control.
# `domain.why_control` asks for more; this holds whatever the code does.
_KNOWN_NUMBER = (
    "EXISTS (SELECT 1 FROM bank_account AS used WHERE used.id = NEW.account_id"
    " AND used.closed_at IS NULL AND (used.rejected_at IS NULL OR used.controlled_at > used.rejected_at) AND ("
    "EXISTS (SELECT 1 FROM bank_account AS same WHERE same.party_id = used.party_id"
    " AND same.account_no = used.account_no AND same.controlled_at IS NOT NULL)"
    " OR (EXISTS (SELECT 1 FROM payment_basis AS basis WHERE basis.id = NEW.basis_id AND basis.agreed)"
    " AND used.confirmed_by <> used.registered_by"
    " AND EXISTS (SELECT 1 FROM user_role AS ours WHERE ours.user_id = used.registered_by)"
    " AND NOT EXISTS (SELECT 1 FROM user_membership AS theirs WHERE theirs.user_id = used.registered_by"
    " AND theirs.party_id = used.party_id))"
    " OR EXISTS (SELECT 1 FROM bank_account AS same JOIN payable AS paid ON paid.account_id = same.id"
    " WHERE same.party_id = used.party_id AND same.account_no = used.account_no AND paid.status = 'paid')))"
)
refused_when(
    Payable.__table__,
    f"(NEW.list_id IS NOT NULL AND OLD.list_id IS NULL AND NOT {_KNOWN_NUMBER})",
    "an account nobody has controlled",
    act="UPDATE",
    name="known_number",
)
refused_when(Payable.__table__, "(NEW.list_id IS NOT NULL)", "a payable is made off any list")
# The sum, its case and its organisation are what was decided, whatever the code makes of it.
refused_when(
    Payable.__table__,
    "NOT EXISTS (SELECT 1 FROM payment_basis AS basis WHERE basis.id = NEW.basis_id"
    " AND basis.amount_ore = NEW.amount_ore AND basis.case_id = NEW.case_id AND basis.party_id = NEW.party_id"
    " AND basis.accepted_at IS NOT NULL)",
    "a payable is what its basis says",
    name="as_basis",
)
# A basis knows whether a live payable pays it, so that what is left is found among the many that are paid.
also_when(
    Payable.__table__,
    "INSERT",
    "NEW.status <> 'cancelled'",
    "UPDATE payment_basis SET taken = TRUE WHERE id = NEW.basis_id",
    name="takes",
)
also_when(
    Payable.__table__,
    "UPDATE OF status",
    "(NEW.status = 'cancelled') <> (OLD.status = 'cancelled')",
    "UPDATE payment_basis SET taken = (NEW.status <> 'cancelled') WHERE id = NEW.basis_id",
    name="gives_up",
)
