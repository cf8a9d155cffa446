"""What waits for a person in this room: letters and notices that were not sent."""

from datetime import datetime

import sqlalchemy as sa

from app.access.domain import Actor, Permission
from app.dispatch import queries
from app.flow import Waiting
from app.values.clock import local_date
from app.values.language import N_


def anything(actor: Actor, at: datetime) -> sa.ColumnElement[bool]:
    """Whether there is anything to look at."""
    del at
    return queries.any_failed() if actor.may(Permission.REGISTER) else sa.false()


def waiting(actor: Actor, at: datetime) -> list[Waiting]:
    """An officer's are those of their own cases, and of cases nobody has; who has no cases has them all. One read."""
    del at
    if not actor.may(Permission.REGISTER):
        return []
    return [
        Waiting(
            N_("Rett og send på nytt"),
            "dispatch.show",
            {"public_id": public_id},
            party or "",
            number or "",
            since=local_date(queued_at),
            cause=error.partition("\n")[0],
        )
        for party, number, queued_at, public_id, error in queries.failed(actor)
    ]
