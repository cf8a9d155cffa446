"""A link for choosing a password, using it, and changing one's own."""

from datetime import datetime

from app.access import actions as access
from app.access import queries as people
from app.access.domain import Actor
from app.access.domain.links import Links, mailed_token
from app.access.models import User
from app.flow import Refused
from app.people import judgement, notices, queries


def new_link(user_id: int, links: Links, *, by: Actor, at: datetime) -> str | None:
    """The token of a link for a person's first password, told only here; None when it is mailed to the person.

    Whoever has had a password is somebody: only they may get the link. Raises Refused.
    """
    user = queries.locked(user_id)
    if reasons := judgement.why_not_link(user, links, by, at):
        raise Refused(reasons)
    if user.password_chosen_at is None:
        token = access.make_link(user, links.lasts, by=by, at=at)
        notices.link_made(user, at=at, by=by)
        return token
    key = notices.link_mailed(user, at + links.lasts, at=at, by=by)
    access.open_link(user, mailed_token(links.secret, key), links.lasts, by=by, at=at)
    return None


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
