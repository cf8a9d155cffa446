"""Reports, their accounts and answers."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, known, paired
from app.flow import Standing
from app.reports.workflow import Status
from app.rules.domain import ReportKind
from app.values.language import N_, Worded


class Goal(Worded):
    """The recorded conclusion on goal attainment: own rating by the recipient, conclusion by the officer."""

    REACHED = "reached", N_("Nådd")
    PARTLY = "partly", N_("Delvis nådd")
    NOT_REACHED = "not_reached", N_("Ikke nådd")


class UnusedWish(Worded):
    """What the recipient wants with unused money."""

    CARRY_OVER = "carry_over", N_("Vi søker om å overføre")
    REPAY = "repay", N_("Vi betaler tilbake")


class Report(Base):
    """One report owed on an award: the state as of `cutoff_on`, due on the local date `due_on` (never moved)."""

    __tablename__ = "report"
    __table_args__ = (
        known("kind", ReportKind),
        known("status", Status),
        *paired("delivered", "reviewed"),
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
        sa.CheckConstraint("used_ore IS NULL OR used_ore >= 0", name="used_not_negative"),
        sa.CheckConstraint("unused_ore IS NULL OR unused_ore >= 0", name="unused_not_negative"),
        sa.Index("ix_report_case", "case_id", "id"),
        sa.Index("ix_report_status_due", "status", "due_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    award_id: Mapped[int] = mapped_column(sa.ForeignKey("award.id"))
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"))
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
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    delivered_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    delivered_at: Mapped[datetime | None]
    lacking: Mapped[str] = mapped_column(default="")
    reviewed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    reviewed_at: Mapped[datetime | None]
    conclusion: Mapped[Goal | None]
    conclusion_reason: Mapped[str] = mapped_column(default="")
    demo: Mapped[bool] = mapped_column(default=False)

    def standing(self) -> Standing:
        """Written and signed by the recipient's own people."""
        return Standing(self.status, party_id=self.party_id)

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
