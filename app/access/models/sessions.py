"""Sessions, tries, forms kept for whoever must log in again, and what happened at the door. Kept a while only."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.access.domain import Ended, Happening
from app.db import Base, known
from app.db.base import Json


class LoginSession(Base):
    """One log-in of one browser. The browser holds a random token; here is only its hash. Times: the wall clock's."""

    __tablename__ = "login_session"
    __table_args__ = (
        sa.CheckConstraint("(ended_at IS NULL) = (ended_why IS NULL)", name="ended_paired"),
        sa.CheckConstraint("created_at <= last_used_at", name="used_after_created"),
        known("ended_why", Ended),
        sa.Index("ix_login_session_user_address", "user_id", "address"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token_sha256: Mapped[str] = mapped_column(unique=True)
    # The hash of the token its forms carry: a form that comes without a session still says whose it was.
    form_sha256: Mapped[str] = mapped_column(unique=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    stamp: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(index=True)
    last_used_at: Mapped[datetime]
    password_given_at: Mapped[datetime]
    address: Mapped[str]
    browser: Mapped[str]
    system: Mapped[str]
    ended_at: Mapped[datetime | None]
    ended_why: Mapped[Ended | None]


class LoginBrake(Base):
    """How many tries have failed against one place, name, address or device, and when the last was."""

    __tablename__ = "login_brake"
    __table_args__ = (sa.CheckConstraint("failures >= 0", name="failures_not_negative"),)

    key: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[datetime]


class KeptForm(Base):
    """What a person sent when their session was over, kept a short while for that person alone."""

    __tablename__ = "kept_form"
    __table_args__ = (sa.Index("ix_kept_form_user_at", "user_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    at: Mapped[datetime] = mapped_column(index=True)
    path: Mapped[str]
    query: Mapped[str]
    # The page it was typed on.
    page: Mapped[str]
    # Pairs of name and value, in the order they were sent.
    fields: Mapped[list[list[str]]] = mapped_column(Json)
    had_files: Mapped[bool]


class SecurityEvent(Base):
    """A failed log-in or a closed door. Never what was typed: people type passwords in the name's field."""

    __tablename__ = "security_event"
    __table_args__ = (known("kind", Happening),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    kind: Mapped[Happening] = mapped_column(index=True)
    # Whose name was tried, or who stood at the door; NULL for a name nobody has.
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"), index=True)
    address: Mapped[str]
    path: Mapped[str]
