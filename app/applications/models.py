"""The application's own data; its life is the case's."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, known
from app.db.base import Json
from app.parties.models import Party
from app.values.language import N_, Worded


class BudgetKind(Worded):
    """The budget applied with, and the revised one that comes with the acceptance of a partial award."""

    APPLIED = "applied", N_("søkt")
    REVISED = "revised", N_("revidert")


class Application(Base):
    """Fields the house computes with are columns; everything else is `application_answer` by question code."""

    __tablename__ = "application"
    __table_args__ = (
        sa.CheckConstraint("starts_on IS NULL OR ends_on IS NULL OR starts_on <= ends_on", name="period_in_order"),
        sa.CheckConstraint("own_funding_ore >= 0", name="own_funding_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"), unique=True)
    language: Mapped[str] = mapped_column(default="nb")
    # Raised by every saved section; what a person saw of one section is `application_section.version`.
    version: Mapped[int] = mapped_column(default=1)
    contact_name: Mapped[str] = mapped_column(default="")
    contact_title: Mapped[str] = mapped_column(default="")
    contact_email: Mapped[str] = mapped_column(default="")
    contact_phone: Mapped[str] = mapped_column(default="")
    purpose: Mapped[str] = mapped_column(default="")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    own_funding_ore: Mapped[int] = mapped_column(default=0)
    account_no: Mapped[str] = mapped_column(default="")
    # Who wrote the number that stands there; none where it is the one we knew.
    account_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    changed_at: Mapped[datetime]
    changed_by: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    signed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    signed_title: Mapped[str] = mapped_column(default="")


class ApplicationSection(Base):
    """A section somebody has saved: two people on two sections do not disturb each other, two on one see both texts."""

    __tablename__ = "application_section"

    application_id: Mapped[int] = mapped_column(sa.ForeignKey("application.id"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]
    changed_by: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))


class ApplicationPartner(Base):
    """An organisation that takes part; the applicant answers for all (domain A.2)."""

    __tablename__ = "application_partner"
    __table_args__ = (sa.UniqueConstraint("application_id", "party_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(sa.ForeignKey("application.id"))
    party_id: Mapped[int] = mapped_column(sa.ForeignKey(Party.id))
    intent_on: Mapped[date | None]


class ApplicationAnswer(Base):
    """The answer to one question of the rule version."""

    __tablename__ = "application_answer"

    application_id: Mapped[int] = mapped_column(sa.ForeignKey("application.id"), primary_key=True)
    question_code: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(Json)
    version: Mapped[int] = mapped_column(default=1)


class BudgetLine(Base):
    """One line of the project's budget."""

    __tablename__ = "budget_line"
    __table_args__ = (
        known("kind", BudgetKind),
        sa.UniqueConstraint("application_id", "kind", "position"),
        sa.CheckConstraint("amount_ore >= 0", name="amount_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(sa.ForeignKey("application.id"))
    kind: Mapped[BudgetKind]
    position: Mapped[int]
    cost_code: Mapped[str]
    text: Mapped[str]
    amount_ore: Mapped[int]


class InformationRequest(Base):
    """Questions to the applicant, sent as one letter with one deadline, and the answer (fvl § 11)."""

    __tablename__ = "information_request"
    __table_args__ = (
        sa.Index("ix_information_request_case", "case_id", "id"),
        # The few that are not answered, among all that ever were.
        sa.Index(
            "ix_information_request_open",
            "due_on",
            "case_id",
            sqlite_where=sa.text("answered_at IS NULL"),
            postgresql_where=sa.text("answered_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    questions: Mapped[str]
    due_on: Mapped[date]
    asked_by: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    asked_at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(default="")
    answered_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    answered_at: Mapped[datetime | None]
