"""What happens at the door: a line in the log, and a row the administrator sees."""

from datetime import datetime, timedelta

import structlog

from app.access import queries
from app.access.domain import Happening
from app.access.models import SecurityEvent
from app.db import writing

log = structlog.get_logger()

# Hammering on the same door is one row a minute; each blow is a line in the log.
SAME = timedelta(minutes=1)
OFTEN = {Happening.BRAKED, Happening.DOOR_CLOSED}


def tell(kind: Happening, *, user_id: int | None, address: str, path: str, at: datetime) -> None:
    """Log it and keep it; `at` by the wall clock. Commits.

    `user_id`: whose name was tried, or who stood at the door. What was typed is never told.
    """
    log.warning("security", kind=kind.value, person=user_id, address=address, path=path)
    with writing() as session:
        if kind in OFTEN and queries.told_since(kind, user_id, address, path, at - SAME):
            return
        session.add(SecurityEvent(kind=kind, user_id=user_id, address=address, path=path, at=at))
