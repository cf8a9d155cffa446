"""Loading the demo season: everything that has happened by the moment the demo starts at."""

from datetime import date, datetime, timedelta

from app.access.domain import Actor
from app.access.queries import actor as read_actor
from app.access.queries import by_username
from app.db import db, writing
from app.demo import calls, parties, rules
from app.demo.accounts import load_internal
from app.demo.externals import load_external
from app.demo.grants import Cast, tell_2024, tell_2025
from app.demo.story import Story

# The house opens before the first story begins.
OPENED = datetime.fromisoformat("2023-11-20T08:00:00+00:00")


def load(at: datetime) -> int:
    """Play the season up to `at`; gives the number of acts. The database must be empty."""
    with writing():
        _open_house(at)
    cast = _cast()
    story = Story()
    tell_2024(story, cast)
    tell_2025(story, cast)
    played = story.play(at)
    with writing():
        calls.open_now(cast.pots["samhandling"], writer=cast.officer1, approver=cast.decider, at=at)
    db.session.remove()
    return played
