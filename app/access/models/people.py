"""People, their roles, memberships and budget authority."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, validates

from app.access.domain import INSIDE, OUTSIDE, Role
from app.db import Base, known, paired
from app.db.base import SortKey
from app.values.sortkeys import sort_key


class User(Base):
    """A person who can log in. The name is shown on letters and in the record."""

    __tablename__ = "user_account"
    __table_args__ = (
        sa.Index("ix_user_account_sort", "sort_key", "id"),
        sa.CheckConstraint("superior_id <> id", name="not_own_superior"),
    )

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
    # Until it is, a link for a password is handed over by whoever made it; afterwards it is only mailed.
    password_chosen_at: Mapped[datetime | None]
    # When somebody wrote another e-mail address; a link does not go to one that new.
    email_changed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    superior_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))

    @validates("name")
    def _place(self, _column: str, name: str) -> str:
        """A new name gets its new place in lists."""
        self.sort_key = sort_key(name)
        return name

    @property
    def stream(self) -> str:
        """The person's own audit stream."""
        return f"person:{self.id}"


class UserRole(Base):
    """A role in the directorate. Who has budget authority is never in finance too (domain J.1.10)."""

    __tablename__ = "user_role"
    __table_args__ = (
        known("role", INSIDE),
        sa.Index(
            "uq_user_role_decider_or_finance",
            "user_id",
            unique=True,
            sqlite_where=sa.text("role IN ('decider', 'finance')"),
            postgresql_where=sa.text("role IN ('decider', 'finance')"),
        ),
    )

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"), primary_key=True)
    role: Mapped[Role] = mapped_column(primary_key=True)


class UserMembership(Base):
    """A role for one organisation, or for one pilot area."""

    __tablename__ = "user_membership"
    __table_args__ = (
        known("role", OUTSIDE),
        sa.CheckConstraint("(party_id IS NULL) <> (area_id IS NULL)", name="party_or_area"),
        sa.CheckConstraint("(role = 'coordinator') = (area_id IS NOT NULL)", name="area_has_coordinator"),
        # Two, since no database counts two rows without an area as alike.
        sa.Index("uq_user_membership_party", "user_id", "role", "party_id", unique=True),
        sa.Index("uq_user_membership_area", "user_id", "role", "area_id", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"), index=True)
    role: Mapped[Role]
    party_id: Mapped[int | None] = mapped_column(sa.ForeignKey("party.id"), index=True)
    area_id: Mapped[int | None] = mapped_column(sa.ForeignKey("pilot_area.id"))


class BudgetDelegation(Base):
    """Written budget authority (BDM) from one person to another, with dates and limit (domain C.3).

    In force when a second person has confirmed it, and until it is ended.
    """

    __tablename__ = "budget_delegation"
    __table_args__ = (
        sa.CheckConstraint("from_on <= to_on", name="dates_in_order"),
        sa.CheckConstraint("limit_ore > 0", name="limit_positive"),
        sa.CheckConstraint("user_id <> given_by", name="not_to_self"),
        sa.CheckConstraint("registered_by <> user_id", name="not_registered_by_receiver"),
        sa.CheckConstraint("confirmed_by <> user_id", name="not_confirmed_by_receiver"),
        sa.CheckConstraint("confirmed_by <> registered_by", name="confirmed_by_another"),
        *paired("confirmed", "ended"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"), index=True)
    given_by: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    from_on: Mapped[date]
    to_on: Mapped[date]
    limit_ore: Mapped[int]
    reference: Mapped[str] = mapped_column(default="")
    # None: by the program itself, as in the demo.
    registered_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    confirmed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    confirmed_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    ended_at: Mapped[datetime | None]


class PasswordLink(Base):
    """The one link by which a person may choose a password; used once, it is gone. The token itself is never kept."""

    __tablename__ = "password_link"
    __table_args__ = (sa.CheckConstraint("expires_at > made_at", name="lasts"),)

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"), primary_key=True, autoincrement=False)
    token_sha256: Mapped[str] = mapped_column(unique=True)
    # None: from the command line.
    made_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
