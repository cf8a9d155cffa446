"""Choosing a password: by a link that is used once, or by one who knows the old one (OWASP ASVS 4.0.3, 2.1 and 2.3)."""

import hashlib
import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.access.domain import Actor
from app.access.models import PasswordLink, User
from app.access.queries import locked, owner_of_link
from app.audit import record
from app.db import db


def make_link(user: User, lasts: timedelta, *, by: Actor | None, at: datetime) -> str:
    """The token of a new link, told only here; an older link of the same person is void."""
    token = secrets.token_urlsafe(32)
    open_link(user, token, lasts, by=by, at=at)
    return token


def open_link(user: User, token: str, lasts: timedelta, *, by: Actor | None, at: datetime) -> None:
    """Let the link with this token lead in, and no older one."""
    db.session.execute(sa.delete(PasswordLink).where(PasswordLink.user_id == user.id))
    db.session.add(
        PasswordLink(
            user_id=user.id,
            token_sha256=sealed(token),
            made_by=by.id if by else None,
            made_at=at,
            expires_at=at + lasts,
        )
    )
    record(user.stream, "access.link_made", {}, by=by, at=at)


def use_link(token: str, password_hash: str, *, at: datetime) -> User | None:
    """Store the password chosen by this link, which is then gone; None when it is unknown, used or too old."""
    user_id = owner_of_link(sealed(token))
    # The person before the link, as everywhere: two who use it at once then wait, and one finds it gone.
    user = locked(user_id) if user_id else None
    if user is None or not user.active:
        return None
    taken = sa.delete(PasswordLink).where(
        PasswordLink.user_id == user.id, PasswordLink.token_sha256 == sealed(token), PasswordLink.expires_at > at
    )
    if not db.session.execute(taken.returning(PasswordLink.user_id)).all():
        return None
    change_password(user, password_hash, by=None, at=at)
    return user


def change_password(user: User, password_hash: str, *, by: Actor | None, at: datetime) -> None:
    """A new password; every open session of the person ends. `by` is None when a link was used."""
    user.password_hash = password_hash
    user.password_chosen_at = user.password_chosen_at or at
    user.session_stamp += 1
    record(user.stream, "access.password_changed", {"with_link": by is None}, by=by, at=at)


def void_link(user: User) -> None:
    """No link leads in any more."""
    db.session.execute(sa.delete(PasswordLink).where(PasswordLink.user_id == user.id))


def sealed(token: str) -> str:
    """What is stored of a token: it has 256 bits of chance, so a plain hash cannot be turned back."""
    return hashlib.sha256(token.encode()).hexdigest()
