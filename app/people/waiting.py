"""What waits for a person in this room: budget authority to confirm."""

from datetime import datetime

from app.access.domain import Actor, Permission
from app.flow import Waiting
from app.people import judgement, queries
from app.values.language import N_


def waiting(actor: Actor, at: datetime) -> list[Waiting]:
    """All that this person may confirm, as one queue. One read."""
    del at
    rows = queries.unconfirmed() if actor.may(Permission.CONFIRM_BUDGET) else []
    mine = [row for row in rows if not judgement.why_not_confirm(row, actor)]
    if not mine:
        return []
    return [
        Waiting(N_("Bekreft fullmakter"), "people.authority", due_on=min(row.from_on for row in mine), count=len(mine))
    ]
