"""What waits for a person in this room: budget authority to confirm."""

from datetime import datetime

import sqlalchemy as sa

from app.access import queries as people
from app.access.domain import Actor, Permission
from app.flow import Waiting
from app.people import judgement, queries
from app.values.language import N_


def anything(actor: Actor, at: datetime) -> sa.ColumnElement[bool]:
    """Whether there is anything to look at."""
    del at
    return queries.any_unconfirmed() if actor.may(Permission.CONFIRM_BUDGET) else sa.false()


def waiting(actor: Actor, at: datetime) -> list[Waiting]:
    """All that this person may confirm, as one queue. At most three reads."""
    del at
    rows = queries.unconfirmed() if actor.may(Permission.CONFIRM_BUDGET) else []
    if not rows:
        return []
    lines, of_givers = queries.lines(), people.authority_of({row.given_by for row in rows})
    mine = [row for row in rows if not judgement.why_not_confirm(row, actor, lines, of_givers)]
    if not mine:
        return []
    return [
        Waiting(N_("Bekreft fullmakter"), "people.authority", due_on=min(row.from_on for row in mine), count=len(mine))
    ]
