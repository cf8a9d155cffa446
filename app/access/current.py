"""Who is behind this request."""

from flask import abort
from flask_login import UserMixin, current_user

from app.access.domain import Actor, Entered


class Session(UserMixin):  # type: ignore[misc]  # Flask-Login ships no types
    """Flask-Login's idea of a user: only carries the session's row, and with it the actor."""

    def __init__(self, entered: Entered, token: str) -> None:
        self.entered = entered
        self.actor = entered.actor
        self.token = token

    def get_id(self) -> str:
        """The token the browser holds; the database has its hash."""
        return self.token


def current_actor() -> Actor:
    """The logged-in person as actions want them. Aborts 401 when nobody is."""
    actor = actor_or_none()
    if actor is None:
        abort(401)
    return actor


def actor_or_none() -> Actor | None:
    """The logged-in person, or None on open pages."""
    return getattr(current_user, "actor", None)


def entered_or_none() -> Entered | None:
    """The session of this request while it lasts."""
    return getattr(current_user, "entered", None)


def token_or_none() -> str | None:
    """The session's token as the browser holds it."""
    return getattr(current_user, "token", None)
