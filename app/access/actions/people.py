"""Accounts."""

from datetime import datetime

from app.access.actions.hashing import NO_PASSWORD
from app.access.actions.passwords import void_link
from app.access.domain import Actor
from app.access.models import User
from app.audit import record
from app.db import db


def add_user(
    username: str,
    name: str,
    password_hash: str,
    *,
    by: Actor | None,
    at: datetime,
    title: str = "",
    email: str = "",
    phone: str = "",
    superior_id: int | None = None,
) -> User:
    """A new account without any role."""
    user = User(
        username=username.strip().casefold(),
        name=name,
        title=title,
        email=email,
        phone=phone,
        superior_id=superior_id,
        password_hash=password_hash,
        password_chosen_at=at if password_hash else None,
        created_at=at,
    )
    db.session.add(user)
    db.session.flush()
    record(user.stream, "access.user_added", {"username": user.username}, by=by, at=at)
    return user


def end_user(user: User, *, by: Actor, at: datetime) -> None:
    """The account is closed: its sessions end, no link leads in, and its password is good for nothing ever after."""
    user.active = False
    user.password_hash = NO_PASSWORD
    user.session_stamp += 1
    void_link(user)
    record(user.stream, "access.user_ended", {}, by=by, at=at)


def reopen_user(user: User, *, by: Actor, at: datetime) -> None:
    """The account is open again, with the roles it had."""
    user.active = True
    user.session_stamp += 1
    record(user.stream, "access.user_reopened", {}, by=by, at=at)
