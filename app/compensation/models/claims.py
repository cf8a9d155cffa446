"""Claims under an agreement and their lines. Counts only, never a patient (domain B.2)."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.compensation.domain.control import HeldFor
from app.compensation.workflow import Status
from app.db import Base, known, paired
from app.flow import Standing
from app.flow.models import hands_of
from app.flow.opposed import with_latest

_STANDS = sa.text("status <> 'refused' AND status <> 'withdrawn' AND (reversed_ore = 0 OR reversed_ore < approved_ore)")


def first_hand(*, is_imported: bool) -> str:
    """The hand of who lays a claim in: the recipient's own, or the area's."""
    return "imported" if is_imported else "submitted"


class Claim(Base):
    """What a GP claims for a period, once per period (local dates, both included)."""

    __tablename__ = "claim"
    __table_args__ = (
        known("status", Status),
        *paired("submitted", "confirmed", "reviewed", "withdrawn"),
        # What fell, or is taken back whole, may be claimed anew; overlaps are judged under the agreement's lock.
        sa.Index(
            "uq_claim_period_live",
            "agreement_id",
            "from_on",
            "to_on",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
        # A person or a rule, never both (domain J.3): a rule approves in full, and says which it was and what it found.
        sa.CheckConstraint(
            "status IN ('submitted', 'confirmed', 'awaiting_funds', 'withdrawn') OR"
            " (reviewed_at IS NULL AND ruled_at IS NOT NULL) OR (reviewed_at IS NOT NULL AND ruled_at IS NULL)",
            name="a_person_or_a_rule",
        ),
        sa.CheckConstraint(
            "(ruled_at IS NULL AND rule IS NULL) OR (ruled_at IS NOT NULL AND rule IS NOT NULL AND finding IS NOT NULL"
            " AND held_for IS NULL AND approved_ore = claimed_ore AND status IN ('approved', 'paid'))",
            name="rule_told",
        ),
        sa.CheckConstraint("held_for IS NULL OR finding IS NOT NULL", name="held_has_finding"),
        known("held_for", HeldFor),
        sa.Index(
            "ix_claim_uncontrolled",
            "id",
            sqlite_where=sa.text("status = 'confirmed' AND finding IS NULL"),
            postgresql_where=sa.text("status = 'confirmed' AND finding IS NULL"),
        ),
        sa.CheckConstraint("status IN ('submitted', 'withdrawn') OR confirmed_at IS NOT NULL", name="confirmed_first"),
        sa.CheckConstraint(
            "(status = 'withdrawn') = (withdrawn_at IS NOT NULL) AND (withdrawn_at IS NULL OR confirmed_at IS NULL)",
            name="withdrawn_unconfirmed",
        ),
        sa.CheckConstraint("status NOT IN ('partly_approved', 'refused') OR reason <> ''", name="cut_has_reason"),
        sa.Index("ix_claim_status", "status", "id"),
        sa.CheckConstraint("from_on <= to_on", name="dates_in_order"),
        sa.CheckConstraint("claimed_ore >= 0", name="claimed_not_negative"),
        sa.CheckConstraint(
            "approved_ore IS NULL OR approved_ore BETWEEN 0 AND claimed_ore", name="approved_within_claim"
        ),
        sa.CheckConstraint("reversed_ore BETWEEN 0 AND COALESCE(approved_ore, 0)", name="reversed_within_approved"),
        sa.CheckConstraint("confirmed_by IS NULL OR confirmed_by <> submitted_by", name="confirmed_by_another"),
        sa.CheckConstraint("reviewed_by IS NULL OR reviewed_by <> confirmed_by", name="reviewed_by_another"),
        sa.CheckConstraint(
            "status NOT IN ('approved', 'partly_approved', 'paid') OR approved_ore > 0", name="approved_sum"
        ),
        sa.Index("ix_claim_case", "case_id", "id"),
        # The year in figures, and whose last claim is how old: told along an index, whatever the number of claims.
        sa.Index("ix_claim_figures", "from_on", "area_id", "status", "claimed_ore", "approved_ore", "reversed_ore"),
        sa.Index(
            "ix_claim_newest",
            "agreement_id",
            "submitted_at",
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
        # Who waits for money, in the order they came.
        sa.Index(
            "ix_claim_queue",
            "submitted_at",
            "id",
            sqlite_where=sa.text("status = 'awaiting_funds'"),
            postgresql_where=sa.text("status = 'awaiting_funds'"),
        ),
        sa.Index("ix_claim_area_status", "area_id", "status", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    agreement_id: Mapped[int] = mapped_column(sa.ForeignKey("gp_agreement.id"))
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    area_id: Mapped[int] = mapped_column(sa.ForeignKey("pilot_area.id"))
    # The rules of its own period, whatever the agreement was made under.
    rule_version_id: Mapped[int] = mapped_column(sa.ForeignKey("rule_version.id"))
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"))
    from_on: Mapped[date]
    to_on: Mapped[date]
    status: Mapped[Status] = mapped_column(default=Status.SUBMITTED)
    version: Mapped[int] = mapped_column(default=1)
    claimed_ore: Mapped[int]
    approved_ore: Mapped[int | None]
    # What counter-claims have taken back of it, confirmed; the rest of the row stays as it was approved.
    reversed_ore: Mapped[int] = mapped_column(default=0, server_default="0")
    submitted_by: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    submitted_at: Mapped[datetime]
    # `submitted_by` is one of the area's people, who laid it in for the GP.
    is_imported: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    confirmed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    confirmed_at: Mapped[datetime | None]
    reviewed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    reviewed_at: Mapped[datetime | None]
    # The payee's own, before anybody has confirmed it.
    withdrawn_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    withdrawn_at: Mapped[datetime | None]
    # The day finance booked the money.
    paid_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(default="")
    # Why it came after the last day for claims; blank for one that did not.
    late_reason: Mapped[str] = mapped_column(default="", server_default="")
    # What the control by rules found, as figures; none until it has looked. `held_for`: why a person must look.
    finding: Mapped[dict[str, Any] | None]
    held_for: Mapped[HeldFor | None]
    rule: Mapped[str | None]
    ruled_at: Mapped[datetime | None]
    hands = hands_of("claim", id, case_id)

    @property
    def net_ore(self) -> int:
        """What is approved and not taken back."""
        return (self.approved_ore or 0) - self.reversed_ore

    def standing(self) -> Standing:
        """Confirmed by the area's coordinator, reviewed by an officer who is another."""
        first = {self.first_hand: self.submitted_by}
        people = with_latest(self.hands, confirmed=self.confirmed_by, reviewed=self.reviewed_by, **first)
        return Standing(self.status, party_id=self.party_id, area_id=self.area_id, people=people)

    @property
    def first_hand(self) -> str:
        """The hand of who laid it in: the recipient's own, or the area's."""
        return first_hand(is_imported=self.is_imported)

    @property
    def stream(self) -> str:
        """Told on its case."""
        return f"case:{self.case_id}"

    @property
    def on_case(self) -> int:
        """Its case."""
        return self.case_id


# Neither refused, withdrawn nor taken back whole by counter-claims, said as the indexes say it.
STANDS = sa.and_(
    Claim.status != Status.REFUSED,
    Claim.status != Status.WITHDRAWN,
    sa.or_(Claim.reversed_ore == sa.literal_column("0"), Claim.reversed_ore < Claim.approved_ore),
)


class ClaimLine(Base):
    """Units of one unit price («sats»), and how many the cap left out."""

    __tablename__ = "claim_line"
    __table_args__ = (
        sa.CheckConstraint("units > 0", name="units_positive"),
        sa.CheckConstraint("paid_units BETWEEN 0 AND units", name="paid_within_units"),
        sa.CheckConstraint("amount_ore = paid_units * unit_price_ore", name="amount_adds_up"),
        sa.CheckConstraint("reversed_units BETWEEN 0 AND paid_units", name="reversed_within_paid"),
    )

    claim_id: Mapped[int] = mapped_column(sa.ForeignKey("claim.id"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    units: Mapped[int]
    paid_units: Mapped[int]
    unit_price_ore: Mapped[int]
    amount_ore: Mapped[int]
    # Units that counter-claims have taken back, confirmed.
    reversed_units: Mapped[int] = mapped_column(default=0, server_default="0")

    @property
    def left_units(self) -> int:
        """Units that are paid and not taken back."""
        return self.paid_units - self.reversed_units
