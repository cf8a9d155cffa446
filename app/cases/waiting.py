"""What waits for a person in this room: their answer on impartiality for a round, and colleagues' doubts."""

from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa

from app.access.domain import Actor, Permission
from app.cases import queries
from app.cases.judgement import own_tie
from app.flow import Reason, Waiting
from app.rules.domain import Words
from app.values.clock import local_date
from app.values.language import N_


def anything(actor: Actor, at: datetime) -> sa.ColumnElement[bool]:
    """Whether there is anything to look at."""
    del at
    return sa.true() if actor.may(Permission.ASSESS) or actor.may(Permission.DECIDE) else sa.false()


def waiting(actor: Actor, at: datetime) -> list[Waiting]:
    """One for each round, before all other work, and one for each case in doubt. Two reads."""
    del at
    return [*_rounds(actor), *_doubts(actor)]


def _rounds(actor: Actor) -> Iterator[Waiting]:
    if not (actor.may(Permission.ASSESS) or actor.may(Permission.DECIDE)):
        return
    for each in queries.unanswered_rounds(actor):
        yield Waiting(
            N_("Svar om du er habil"),
            "cases.declare_round",
            {"public_id": each.public_id},
            count=each.count,
            first=True,
            told=Reason("%(round)s", {"round": Words(each.title_nb, each.title_nn)}),
        )


def _doubts(actor: Actor) -> Iterator[Waiting]:
    found = queries.in_doubt(actor) if actor.may(Permission.DECIDE) else []
    since = {case: told_at for case, told_at, mine in reversed(found) if not own_tie(case, mine, actor)}
    for case, told_at in reversed(since.items()):
        yield Waiting(
            N_("Avgjør tvil om habilitet"),
            "cases.settle",
            {"number": str(case.number)},
            case.party_name,
            str(case.number),
            since=local_date(told_at),
        )
