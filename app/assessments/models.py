"""Assessments, scores, recommendations and send-backs."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.assessments.domain import BackCause as BackCause
from app.assessments.domain import Outcome as Outcome
from app.db import Base, known, paired
from app.db.triggers import append_only


class Assessment(Base):
    """One officer's assessment of a case; may be changed until it is finished, and again after a send-back."""

    __tablename__ = "assessment"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "assessor_id"),
        sa.CheckConstraint("proposed_ore IS NULL OR proposed_ore >= 0", name="proposed_not_negative"),
        sa.CheckConstraint("weighted IS NULL OR weighted >= 0", name="weighted_not_negative"),
        sa.CheckConstraint("finished_at IS NULL OR proposed_ore IS NOT NULL", name="finished_has_sum"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    assessor_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    version: Mapped[int] = mapped_column(default=1)
    # requirement code → {"met": …, "note": …}
    requirements: Mapped[dict[str, Any]]
    proposed_ore: Mapped[int | None]
    # Σ(score × weight) ÷ Σ weight, in whole hundredths of a point.
    weighted: Mapped[int | None]
    internal_note: Mapped[str] = mapped_column(default="")
    changed_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class Score(Base):
    """The score of one criterion, with the reason that goes into the letter."""

    __tablename__ = "assessment_score"
    __table_args__ = (sa.CheckConstraint("points >= 0", name="points_not_negative"),)

    assessment_id: Mapped[int] = mapped_column(sa.ForeignKey("assessment.id"), primary_key=True)
    criterion: Mapped[str] = mapped_column(primary_key=True)
    points: Mapped[int | None]
    reason: Mapped[str] = mapped_column(default="")


class BudgetCut(Base):
    """What is proposed for one budget line, and why it is cut."""

    __tablename__ = "budget_cut"
    __table_args__ = (sa.CheckConstraint("proposed_ore >= 0", name="proposed_not_negative"),)

    assessment_id: Mapped[int] = mapped_column(sa.ForeignKey("assessment.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    proposed_ore: Mapped[int]
    why: Mapped[str] = mapped_column(default="")


class Recommendation(Base):
    """A proposal for decision. Never edited: a new one replaces it; `closed_at` when sent or taken back, or decided."""

    __tablename__ = "recommendation"
    __table_args__ = (
        known("outcome", Outcome),
        sa.CheckConstraint("(outcome = 'refuse') = (amount_ore = 0)", name="amount_fits_outcome"),
        sa.CheckConstraint("amount_ore >= 0", name="amount_not_negative"),
        sa.CheckConstraint("reasons <> '' AND facts <> ''", name="reasons_given"),
        sa.Index("ix_recommendation_case", "case_id", "id"),
        sa.Index(
            "uq_recommendation_open",
            "case_id",
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    outcome: Mapped[Outcome]
    amount_ore: Mapped[int]
    purpose: Mapped[str]
    # The three parts of a good reason (domain D.4): facts and considerations, in the letter's language.
    facts: Mapped[str]
    reasons: Mapped[str]
    conditions: Mapped[list[str]] = mapped_column(default=list)
    # Why a grant is right though the scores speak against it; it stands in the letter.
    despite: Mapped[str] = mapped_column(default="", server_default="")
    recommended_by: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    recommended_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class SendBack(Base):
    """The decider's «do it again», with a coded reason and words."""

    __tablename__ = "send_back"
    __table_args__ = (
        known("cause", BackCause),
        *paired("sent"),
        sa.CheckConstraint("words <> ''", name="words_given"),
        sa.Index("ix_send_back_case", "case_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    recommendation_id: Mapped[int] = mapped_column(sa.ForeignKey("recommendation.id"))
    cause: Mapped[BackCause]
    words: Mapped[str]
    sent_by: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    sent_at: Mapped[datetime]


assert isinstance(SendBack.__table__, sa.Table)
append_only(SendBack.__table__)
