"""What waits for a person in this room: colleagues' doubts about their impartiality, which the leader settles."""

from datetime import datetime

from app.access.domain import Actor, Permission
from app.cases import queries
from app.cases.judgement import own_tie
from app.flow import Waiting
from app.values.clock import local_date
from app.values.language import N_


def waiting(actor: Actor, at: datetime) -> list[Waiting]:
    """One for each case. Two reads."""
    del at
    found = queries.in_doubt(actor) if actor.may(Permission.DECIDE) else []
    mine = queries.declared([case.id for case, _ in found], actor.id) if found else {}
    since = {case: told_at for case, told_at in reversed(found) if not own_tie(case, mine.get(case.id), actor)}
    return [
        Waiting(
            N_("Avgjør tvil om habilitet"),
            "cases.settle",
            {"number": str(case.number)},
            case.party_name,
            str(case.number),
            since=local_date(told_at),
        )
        for case, told_at in reversed(since.items())
    ]
