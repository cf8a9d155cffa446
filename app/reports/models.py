"""Reports, their accounts and answers."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, known, paired
from app.flow import Standing
from app.flow.models import hands_of
from app.flow.opposed import with_latest
from app.reports.domain import Goal, UnusedWish
from app.reports.workflow import Status
from app.rules.domain import ReportKind


class Report(Base):
    """One report owed on an award: the state as of `cutoff_on`, due on the local date `due_on`.

    The date is the one the recipient was told: it never moves off a weekend, and only past it before the first word.
    """

    __tablename__ = "report"
    __table_args__ = (
        known("kind", ReportKind),
        known("status", Status),
        *paired("delivered", "reviewed", "changed"),
        sa.UniqueConstraint("award_id", "kind", "cutoff_on"),
        sa.CheckConstraint(
            "status NOT IN ('delivered', 'in_review', 'approved', 'not_approved') OR delivered_at IS NOT NULL",
            name="delivered_told",
        ),
        # Riksrevisjonen: no report is settled without a recorded conclusion on the goal.
        sa.CheckConstraint(
            "(status IN ('approved', 'not_approved')) = (conclusion IS NOT NULL AND reviewed_at IS NOT NULL)",
            name="settled_with_conclusion",
        ),
        sa.CheckConstraint("conclusion IS NULL OR conclusion_reason <> ''", name="conclusion_has_reason"),
        sa.CheckConstraint(
            "status <> 'lacking' OR (lacking <> '' AND lacking_by_on IS NOT NULL)", name="lacking_says_what"
        ),
        sa.CheckConstraint("NOT late OR delivered_at IS NOT NULL", name="late_when_delivered"),
        sa.CheckConstraint("expected_used_ore IS NULL OR expected_used_ore >= 0", name="expected_not_negative"),
        sa.CheckConstraint("used_ore IS NULL OR used_ore >= 0", name="used_not_negative"),
        sa.CheckConstraint("unused_ore IS NULL OR unused_ore >= 0", name="unused_not_negative"),
        sa.Index("ix_report_case", "case_id", "id"),
        sa.Index("ix_report_status_due", "status", "due_on", "id"),
        sa.Index("ix_report_party_due", "party_id", "due_on", "id"),
        # The summaries are counted from this alone.
        sa.Index("ix_report_summary", "year", "pot_id", "kind", "status", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    award_id: Mapped[int] = mapped_column(sa.ForeignKey("award.id"))
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"))
    # Its case's; here so that a summary is counted without the cases.
    pot_id: Mapped[int] = mapped_column(sa.ForeignKey("pot.id"))
    kind: Mapped[ReportKind]
    year: Mapped[int]
    cutoff_on: Mapped[date]
    due_on: Mapped[date]
    status: Mapped[Status] = mapped_column(default=Status.NOT_STARTED)
    version: Mapped[int] = mapped_column(default=1)
    received_ore: Mapped[int] = mapped_column(default=0)
    used_ore: Mapped[int | None]
    unused_ore: Mapped[int | None]
    unused_wish: Mapped[UnusedWish | None]
    own_goal: Mapped[Goal | None]
    # Asked in a status report only: what they think is used on the last day of the year.
    expected_used_ore: Mapped[int | None]
    # Question and indicator codes of the rule version → the answer.
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    # The auditor's statement, or the day it will come.
    auditor_document_id: Mapped[int | None] = mapped_column(sa.ForeignKey("document.id"))
    auditor_by_on: Mapped[date | None]
    # The signed accounts, where the rules or we ask for them.
    accounts_document_id: Mapped[int | None] = mapped_column(sa.ForeignKey("document.id"))
    changed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    changed_at: Mapped[datetime | None]
    delivered_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    delivered_at: Mapped[datetime | None]
    # Judged by the first delivery; the form stays open after the deadline (domain A.5).
    late: Mapped[bool] = mapped_column(default=False)
    lacking: Mapped[str] = mapped_column(default="")
    lacking_by_on: Mapped[date | None]
    reviewed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    reviewed_at: Mapped[datetime | None]
    conclusion: Mapped[Goal | None]
    conclusion_reason: Mapped[str] = mapped_column(default="")
    demo: Mapped[bool] = mapped_column(default=False)
    hands = hands_of("report", id, case_id)

    @property
    def is_owed(self) -> bool:
        """Whether the recipient has the next word."""
        return self.status in (Status.NOT_STARTED, Status.STARTED, Status.LACKING)

    @property
    def is_lacking(self) -> bool:
        """Whether the recipient is asked for more."""
        return self.status is Status.LACKING

    @property
    def is_delivered(self) -> bool:
        """Whether it has come, and nobody has begun to control it."""
        return self.status is Status.DELIVERED

    @property
    def is_in_review(self) -> bool:
        """Whether an officer controls it."""
        return self.status is Status.IN_REVIEW

    @property
    def is_settled(self) -> bool:
        """Whether it is concluded on."""
        return self.status in (Status.APPROVED, Status.NOT_APPROVED)

    @property
    def tells_of_a_year(self) -> bool:
        """Whether it says what is unused; a status report tells what will be used of the year."""
        return self.kind is not ReportKind.STATUS

    @property
    def name(self) -> str:
        """«Årsrapport 2024»: the words of the kinds are the same in both forms of Norwegian."""
        return f"{self.kind.word} {self.year}"

    def standing(self) -> Standing:
        """Written and signed by the recipient's own people, reviewed by others."""
        people = with_latest(self.hands, delivered=self.delivered_by, reviewed=self.reviewed_by)
        return Standing(self.status, party_id=self.party_id, people=people)

    @property
    def stream(self) -> str:
        """Told on its case."""
        return f"case:{self.case_id}"

    @property
    def on_case(self) -> int:
        """Its case."""
        return self.case_id


class ReportLine(Base):
    """One line of the project accounts beside its budget."""

    __tablename__ = "report_line"
    __table_args__ = (
        sa.CheckConstraint("budget_ore >= 0", name="budget_not_negative"),
        sa.CheckConstraint("used_ore IS NULL OR used_ore >= 0", name="used_not_negative"),
    )

    report_id: Mapped[int] = mapped_column(sa.ForeignKey("report.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    cost_code: Mapped[str]
    text: Mapped[str]
    budget_ore: Mapped[int]
    used_ore: Mapped[int | None]
    explanation: Mapped[str] = mapped_column(default="")
