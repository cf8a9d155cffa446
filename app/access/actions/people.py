"""Accounts."""

from datetime import datetime

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
) -> User:
    """A new account without any role."""
    user = User(
        username=username.strip().casefold(),
        name=name,
        title=title,
        email=email,
        phone=phone,
        password_hash=password_hash,
        created_at=at,
    )
    db.session.add(user)
    db.session.flush()
    record(f"person:{user.id}", "access.user_added", {"username": user.username}, by=by, at=at)
    return user
