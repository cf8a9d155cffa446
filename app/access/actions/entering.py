"""Log-in with name and password."""

from dataclasses import dataclass
from datetime import datetime

from app.access import queries
from app.access.actions.braking import TooMany, count, take_out
from app.access.actions.hashing import Busy, fits
from app.access.actions.watching import tell
from app.access.domain import Happening, Known, brakes
from app.db import db

PATH = "/logg-inn"


@dataclass(frozen=True)
class Came:
    """Where a try comes from. `name` is a keyed hash of the name typed.

    `device`: the mark of the browser, and `people` those who have entered from it before.
    """

    name: str
    address: str
    device: str = ""
    people: frozenset[int] = frozenset()


def log_in(username: str, password: str, came: Came, *, at: datetime) -> Known | None:
    """The account when name and password fit, else None; `at` by the wall clock.

    Counted before the password is looked at, and hashed outside any transaction. Commits. Raises TooMany and Busy.
    """
    user = queries.by_username(username)
    user_id, stored = (user.id, user.password_hash) if user else (None, None)
    known = Known(user.id, user.session_stamp) if user and user.active else None
    device = came.device if user_id in came.people else None
    try:
        counted = count(brakes(came.name, came.address, device), at)
    except TooMany:
        tell(Happening.BRAKED, user_id=user_id, address=came.address, path=PATH, at=at)
        raise
    db.session.rollback()
    try:
        right = fits(stored, password)
    except Busy:
        take_out(counted)
        raise
    if right and known is not None:
        take_out(counted)
        return known
    tell(Happening.WRONG, user_id=user_id, address=came.address, path=PATH, at=at)
    return None
