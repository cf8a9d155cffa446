"""A link for choosing a password, using it, and changing one's own."""

from datetime import datetime, timedelta

from app.access import actions as access
from app.access import queries as people
from app.access.domain import Actor
from app.access.models import User
from app.flow import Refused
from app.people import judgement, notices, queries


def new_link(user_id: int, lasts: timedelta, *, by: Actor, at: datetime) -> str:
    """The token of a link by which the person chooses a password; told only here. Raises Refused."""
    user = queries.locked(user_id)
    if reasons := judgement.why_not_manage(user, by):
        raise Refused(reasons)
    token = access.make_link(user, lasts, by=by, at=at)
    notices.link_made(user, at=at, by=by)
    return token


def choose_by_link(token: str, password_hash: str, *, at: datetime) -> User | None:
    """Store the password chosen by this link; None when the link leads nowhere any more."""
    user = access.use_link(token, password_hash, at=at)
    if user is not None:
        notices.password_changed(user, at=at, by=None)
    return user


def change_own_password(password_hash: str, *, by: Actor, at: datetime) -> None:
    """A new password for oneself; the old one has been asked for. Every open session ends."""
    # Out of turn: a page has locked this row already, and nobody else is changed.
    user = people.locked(by.id)
    access.change_password(user, password_hash, by=by, at=at)
    notices.password_changed(user, at=at, by=by)
