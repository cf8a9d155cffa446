"""Decisions (never edited), awards and their instalments."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.assessments.models import Outcome
from app.awards.workflow import FELL_AWAY, Status
from app.db import Base, known, paired
from app.db.base import SortKey
from app.db.triggers import also_when, append_only
from app.dispatch.models import Outgoing
from app.flow import Standing
from app.flow.models import hands_of
from app.flow.opposed import with_latest
from app.rules.domain import ReportKind, Trigger
from app.values.clock import local_date


class Decision(Base):
    """An individual decision with the frozen facts of its letter. A change is a new row that points at the old one."""

    __tablename__ = "decision"
    __table_args__ = (
        known("outcome", Outcome),
        sa.CheckConstraint("decided_by <> recommended_by", name="four_eyes"),
        sa.CheckConstraint("(outcome = 'refuse') = (amount_ore = 0)", name="amount_fits_outcome"),
        sa.CheckConstraint("amount_ore >= 0", name="amount_not_negative"),
        sa.UniqueConstraint("recommendation_id"),
        sa.UniqueConstraint("replaces_id"),
        sa.Index("ix_decision_case", "case_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    recommendation_id: Mapped[int] = mapped_column(sa.ForeignKey("recommendation.id"))
    replaces_id: Mapped[int | None] = mapped_column(sa.ForeignKey("decision.id"))
    rule_version_id: Mapped[int] = mapped_column(sa.ForeignKey("rule_version.id"))
    outcome: Mapped[Outcome]
    amount_ore: Mapped[int]
    recommended_by: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    decided_by: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    decided_at: Mapped[datetime]
    letter: Mapped[str]
    letter_facts: Mapped[dict[str, Any]]
    letter_hash: Mapped[str]
    text_version: Mapped[int]
    law_regime: Mapped[str]
    language: Mapped[str]
    language_rule: Mapped[str]

    @property
    def letter_dated_on(self) -> date:
        """The day its letter bears, from which the letter's own dates are reckoned."""
        told = self.letter_facts.get("head", {}).get("dated_on")
        return date.fromisoformat(told) if told else local_date(self.decided_at)


assert isinstance(Decision.__table__, sa.Table)
append_only(Decision.__table__)


_STANDS = " AND ".join(["public_year IS NOT NULL", *(f"status <> '{each.value}'" for each in FELL_AWAY)])


class Award(Base):
    """The grant a decision gave. `account_id` is the number the recipient confirmed with the acceptance."""

    __tablename__ = "award"
    __table_args__ = (
        known("status", Status),
        *paired("accepted", "declined", "stopped"),
        sa.CheckConstraint("amount_ore > 0", name="amount_positive"),
        sa.CheckConstraint(
            "status IN ('awaiting', 'lapsed', 'declined') OR accepted_at IS NOT NULL", name="accepted_first"
        ),
        sa.CheckConstraint("(status = 'declined') = (declined_at IS NOT NULL)", name="declined_told"),
        sa.CheckConstraint("declined_at IS NULL OR decline_reason <> ''", name="declined_has_reason"),
        sa.CheckConstraint("(accepted_at IS NULL) = (account_id IS NULL)", name="accepted_with_account"),
        sa.Index("ix_award_case", "case_id"),
        sa.Index("ix_award_status", "status", "accept_by_on"),
        # The list open to all; its years and sums are read from this alone.
        sa.Index(
            "ix_award_public",
            "public_year",
            "public_sort",
            "case_id",
            "amount_ore",
            "status",
            sqlite_where=sa.text(_STANDS),
            postgresql_where=sa.text(_STANDS),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    decision_id: Mapped[int] = mapped_column(sa.ForeignKey("decision.id"), unique=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"))
    amount_ore: Mapped[int]
    # Partial awards ask for a revised budget and plan with the acceptance (domain J.1.8).
    partial: Mapped[bool]
    status: Mapped[Status] = mapped_column(default=Status.AWAITING)
    version: Mapped[int] = mapped_column(default=1)
    accept_by_on: Mapped[date]
    accepted_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    accepted_at: Mapped[datetime | None]
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("bank_account.id"))
    revised_plan: Mapped[str] = mapped_column(default="")
    declined_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    declined_at: Mapped[datetime | None]
    # In the recipient's own words.
    decline_reason: Mapped[str] = mapped_column(default="", server_default="")
    stopped_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    stopped_at: Mapped[datetime | None]
    stop_reason: Mapped[str] = mapped_column(default="")
    # Where it stands in the list open to all: its case's, empty until its letter has left. Kept by triggers.
    public_year: Mapped[int | None]
    public_sort: Mapped[SortKey | None]
    hands = hands_of("award", id, case_id)
    demo_fields: Mapped[list[str]] = mapped_column(default=list)

    @property
    def is_awaiting(self) -> bool:
        """Whether the recipient has not answered."""
        return self.status is Status.AWAITING

    @property
    def is_paying(self) -> bool:
        """Whether more of it is to be paid, now or when a stop is over."""
        return self.status in (Status.ACCEPTED, Status.PARTLY_PAID, Status.STOPPED)

    def standing(self) -> Standing:
        """Own organisation answers; another than the one who stopped resumes."""
        people = with_latest(self.hands, accepted=self.accepted_by, declined=self.declined_by, stopped=self.stopped_by)
        return Standing(self.status, party_id=self.party_id, people=people)

    @property
    def stream(self) -> str:
        """Told on its case."""
        return f"case:{self.case_id}"

    @property
    def on_case(self) -> int:
        """Its case."""
        return self.case_id


_OF_CASE = "(SELECT {} FROM case_file WHERE id = NEW.case_id AND track = 'grant')"
assert isinstance(Outgoing.__table__, sa.Table)
also_when(
    Outgoing.__table__,
    "UPDATE OF status",
    "NEW.status = 'sent' AND NEW.kind = 'decision'",
    f"UPDATE award SET public_year = {_OF_CASE.format('year')}, public_sort = {_OF_CASE.format('party_sort')}"
    " WHERE case_id = NEW.case_id AND 'decision:' || CAST(decision_id AS TEXT) = NEW.key",
    name="public",
    # A verb has its case before the award; whoever sends the letter waits for it there, as its audit entry would.
    first="PERFORM 1 FROM case_file WHERE id = NEW.case_id FOR KEY SHARE; ",
)
also_when(
    Decision.__table__,
    "INSERT",
    "NEW.replaces_id IS NOT NULL",
    "UPDATE award SET public_year = NULL, public_sort = NULL WHERE decision_id = NEW.replaces_id",
    name="public",
)


class Instalment(Base):
    """One part of the payment plan («rate»); the parts sum to the award."""

    __tablename__ = "instalment"
    __table_args__ = (
        known("trigger", Trigger),
        sa.UniqueConstraint("award_id", "nr"),
        sa.CheckConstraint("amount_ore > 0", name="amount_positive"),
        sa.CheckConstraint("(trigger = 'date') = (due_on IS NOT NULL)", name="date_has_date"),
        sa.CheckConstraint("(trigger = 'report_approved') = (report IS NOT NULL)", name="report_named"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    award_id: Mapped[int] = mapped_column(sa.ForeignKey("award.id"))
    nr: Mapped[int]
    of: Mapped[int]
    amount_ore: Mapped[int]
    trigger: Mapped[Trigger]
    due_on: Mapped[date | None]
    report: Mapped[ReportKind | None]


assert isinstance(Instalment.__table__, sa.Table)
append_only(Instalment.__table__)
