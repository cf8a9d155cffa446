"""What waits for a person in this room: delivered reports of their own cases to control."""

from datetime import date, datetime

import sqlalchemy as sa

from app.access.domain import Actor, Permission
from app.flow import Waiting, is_theirs
from app.reports import judgement, queries
from app.reports.queries import control_by
from app.rules.queries import rules_of
from app.values.clock import local_date
from app.values.language import N_

_BARRED = N_("Du kan ikke kontrollere rapporten selv. Be fagansvarlig gi saken til en annen.")


def anything(actor: Actor, at: datetime) -> sa.ColumnElement[bool]:
    """Whether there is anything to look at."""
    del at
    return queries.any_to_control() if actor.may(Permission.REVIEW_REPORT) else sa.false()


def waiting(actor: Actor, at: datetime) -> list[Waiting]:
    """One for each report on a case of theirs, by our own deadline; what nobody has waits to be given away."""
    del at
    if not actor.may(Permission.REVIEW_REPORT):
        return []
    found = queries.to_control(actor.id)
    return [
        Waiting(
            N_("Kontroller rapport"),
            "reports.review",
            {"number": number or "", "public_id": report.public_id},
            party,
            number or "",
            control_by(report, rules_of(version_id)),
            _day(report.delivered_at, given_at),
            cause="" if is_theirs(judgement.not_whose_turn(report, answer and answer.value, actor)) else _BARRED,
        )
        for report, party, number, version_id, given_at, answer in found
    ]


def _day(*moments: datetime | None) -> date | None:
    """The day of the latest: it came to them when both the report and the case had."""
    told = [at for at in moments if at is not None]
    return local_date(max(told)) if told else None
