"""Sessions: opened at a log-in, kept alive, ended. Every moment here is the wall clock's."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.access.domain import Actor, Ended, Known
from app.access.models import KeptForm, LoginBrake, LoginSession, SecurityEvent
from app.db import db, writing

# How often the last use is written down.
NOTED_EVERY = timedelta(minutes=5)

# How long each kind of row is kept; /personvern and the README say the same.
KEEP_SESSIONS = timedelta(days=90)
KEEP_EVENTS = timedelta(days=90)
KEEP_BRAKES = timedelta(days=1)
KEEP_FORMS = timedelta(hours=1)

_SESSIONS: Any = LoginSession.__table__


@dataclass(frozen=True)
class Device:
    """Where a session was opened: the address, and the browser and system in words."""

    address: str
    browser: str
    system: str


@dataclass(frozen=True)
class Opened:
    """What the browser gets: the session's token, and the token its forms carry. Neither is stored."""

    token: str
    form_token: str


def sha256(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_session(known: Known, device: Device, *, at: datetime) -> Opened:
    """A new session of this account; of no use when the account was changed since the password was looked at."""
    opened = Opened(secrets.token_urlsafe(32), secrets.token_hex(20))
    db.session.add(
        LoginSession(
            token_sha256=sha256(opened.token),
            form_sha256=sha256(opened.form_token),
            public_id=secrets.token_urlsafe(12),
            user_id=known.user_id,
            stamp=known.stamp,
            created_at=at,
            last_used_at=at,
            password_given_at=at,
            address=device.address,
            browser=device.browser,
            system=device.system,
        )
    )
    db.session.flush()
    return opened


def end_session(token: str, why: Ended, *, at: datetime) -> None:
    """End the session of this token, if it is still open."""
    _end(LoginSession.token_sha256 == sha256(token), why=why, at=at)


def end_own(actor: Actor, public_id: str | None, *, but: int, at: datetime) -> int:
    """End one of a person's own sessions, or all (None) but the one they sit in. Gives how many were ended."""
    which = [LoginSession.public_id == public_id] if public_id is not None else []
    return _end(LoginSession.user_id == actor.id, LoginSession.id != but, *which, why=Ended.BY_OWNER, at=at)


def _end(*which: sa.ColumnElement[bool], why: Ended, at: datetime) -> int:
    ended = db.session.execute(
        sa.update(_SESSIONS).where(_SESSIONS.c.ended_at.is_(None), *which).values(ended_at=at, ended_why=why)
    )
    return int(ended.rowcount)  # type: ignore[attr-defined]  # an UPDATE's result counts its rows


def keep_alive(key: int, *, at: datetime) -> None:
    """The session was used."""
    db.session.execute(sa.update(_SESSIONS).where(_SESSIONS.c.id == key).values(last_used_at=at))


def password_given(key: int, *, at: datetime) -> None:
    """The person behind the session gave their password once more."""
    db.session.execute(sa.update(_SESSIONS).where(_SESSIONS.c.id == key).values(password_given_at=at, last_used_at=at))


def forget(*, at: datetime) -> int:
    """Delete what has been kept for as long as we say. Gives the number of rows."""
    old = (
        sa.delete(LoginSession).where(LoginSession.created_at < at - KEEP_SESSIONS),
        sa.delete(SecurityEvent).where(SecurityEvent.at < at - KEEP_EVENTS),
        sa.delete(LoginBrake).where(LoginBrake.last_at < at - KEEP_BRAKES),
        sa.delete(KeptForm).where(KeptForm.at < at - KEEP_FORMS),
    )
    with writing() as session:
        return sum(session.execute(each).rowcount for each in old)  # type: ignore[attr-defined]  # a DELETE's result counts its rows
