"""People, their roles, memberships and budget authority."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, validates

from app.access.domain import Role
from app.db import Base, known
from app.db.base import SortKey
from app.values.sortkeys import sort_key


class User(Base):
    """A person who can log in. The name is shown on letters and in the record."""

    __tablename__ = "user_account"
    __table_args__ = (sa.Index("ix_user_account_sort", "sort_key", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    sort_key: Mapped[SortKey] = mapped_column(server_default="")
    title: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    password_hash: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)
    # Raised when the password changes or access is taken away: sessions of an older stamp are closed.
    session_stamp: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]

    @validates("name")
    def _place(self, _column: str, name: str) -> str:
        """A new name gets its new place in lists."""
        self.sort_key = sort_key(name)
        return name


class UserRole(Base):
    """A role in the directorate."""

    __tablename__ = "user_role"
    __table_args__ = (known("role", Role),)

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"), primary_key=True)
    role: Mapped[Role] = mapped_column(primary_key=True)


class UserMembership(Base):
    """A role for one organisation, or for one pilot area."""

    __tablename__ = "user_membership"
    __table_args__ = (
        known("role", Role),
        sa.CheckConstraint("(party_id IS NULL) <> (area_id IS NULL)", name="party_or_area"),
        sa.UniqueConstraint("user_id", "role", "party_id", "area_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"), index=True)
    role: Mapped[Role]
    party_id: Mapped[int | None] = mapped_column(sa.ForeignKey("party.id"), index=True)
    area_id: Mapped[int | None] = mapped_column(sa.ForeignKey("pilot_area.id"))


class BudgetDelegation(Base):
    """Written budget authority (BDM) from one person to another, with dates and limit (domain C.3)."""

    __tablename__ = "budget_delegation"
    __table_args__ = (
        sa.CheckConstraint("from_on <= to_on", name="dates_in_order"),
        sa.CheckConstraint("limit_ore > 0", name="limit_positive"),
        sa.CheckConstraint("user_id <> given_by", name="not_to_self"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"), index=True)
    given_by: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    from_on: Mapped[date]
    to_on: Mapped[date]
    limit_ore: Mapped[int]
    reference: Mapped[str] = mapped_column(default="")


class LoginFailure(Base):
    """A failed log-in, kept a short while to slow down guessing."""

    __tablename__ = "login_failure"
    __table_args__ = (sa.Index("ix_login_failure_key_at", "key", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    at: Mapped[datetime]
