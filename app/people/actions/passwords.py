"""A link for choosing a password, using it, and changing one's own."""

from datetime import datetime, timedelta

from app.access import actions as access
from app.access.domain import Actor
from app.access.models import User
from app.flow import Refused
from app.people import judgement, queries


def new_link(user_id: int, lasts: timedelta, *, by: Actor, at: datetime) -> str:
    """The token of a link by which the person chooses a password; told only here. Raises Refused."""
    user = queries.locked(user_id)
    if reasons := judgement.why_not_manage(user, by):
        raise Refused(reasons)
    return access.make_link(user, lasts, by=by, at=at)


def choose_by_link(token: str, password_hash: str, *, at: datetime) -> User | None:
    """Store the password chosen by this link; None when the link leads nowhere any more."""
    return access.use_link(token, password_hash, at=at)


def change_own_password(password_hash: str, *, by: Actor, at: datetime) -> None:
    """A new password for oneself; the old one has been asked for. Every open session ends."""
    access.change_password(queries.locked(by.id), password_hash, by=by, at=at)
