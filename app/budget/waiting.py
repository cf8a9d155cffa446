"""What waits for a person in this room: changes of frames to confirm."""

from datetime import datetime

import sqlalchemy as sa

from app.access.domain import Actor, Permission
from app.budget import judgement, queries
from app.budget.workflow import ChangeStep
from app.flow import Waiting
from app.values.clock import local_date
from app.values.language import N_


def anything(actor: Actor, at: datetime) -> sa.ColumnElement[bool]:
    """Whether there is anything to look at."""
    del at
    return queries.any_open() if actor.may(Permission.DECIDE) else sa.false()


def waiting(actor: Actor, at: datetime) -> list[Waiting]:
    """One for each change this person may settle: what can no longer be confirmed is theirs to refuse."""
    rows = queries.open_changes() if actor.may(Permission.DECIDE) else []
    today = local_date(at)
    return [
        Waiting(
            N_("Bekreft endring av rammen"),
            "budget.change",
            {"change_id": str(row.change.id)},
            party=f"{row.pot.chapter_post} {row.frame.year}",
            since=local_date(row.change.proposed_at),
        )
        for row in rows
        if not judgement.why_not_settle(ChangeStep.REFUSE, row.change, row.frame, actor, today)
    ]
