"""What waits for a person in this room: delivered reports of their own cases to control."""

from dataclasses import replace
from datetime import date, datetime

import sqlalchemy as sa

from app.access.domain import Actor, Permission
from app.cases.models import Case
from app.cases.queries import declared, given_at
from app.db import db
from app.flow import Reason, Waiting, is_theirs, why_not
from app.reports.models import Report
from app.reports.queries import control_by
from app.reports.workflow import REPORT, Status, Step
from app.rules.queries import rules_of
from app.values.clock import local_date
from app.values.language import N_

MOST = 100
_BARRED = N_("Du kan ikke kontrollere rapporten selv. Be fagansvarlig gi saken til en annen.")
_NEXT = {Status.DELIVERED: Step.TAKE, Status.IN_REVIEW: Step.APPROVE}


def waiting(actor: Actor, at: datetime) -> list[Waiting]:
    """One for each report on a case of theirs, by our own deadline; what nobody has waits to be given away."""
    del at
    if not actor.may(Permission.REVIEW_REPORT):
        return []
    query = (
        sa.select(Report, Case.party_name, Case.number, Case.rule_version_id, given_at())
        .join(Case, Case.id == Report.case_id)
        .where(Report.status.in_(list(_NEXT)), Case.officer_id == actor.id)
        .order_by(Report.delivered_at, Report.id)
        .limit(MOST)
    )
    found = db.session.execute(query).all()
    answers = declared({report.case_id for report, *_ in found}, actor.id) if found else {}
    return [
        Waiting(
            N_("Kontroller rapport"),
            "reports.review",
            {"number": number or "", "public_id": report.public_id},
            party,
            number or "",
            control_by(report, rules_of(version_id)),
            _day(report.delivered_at, given_at),
            cause="" if is_theirs(_closed(report, answers.get(report.case_id), actor)) else _BARRED,
        )
        for report, party, number, version_id, given_at in found
    ]


def _day(*moments: datetime | None) -> date | None:
    """The day of the latest: it came to them when both the report and the case had."""
    told = [at for at in moments if at is not None]
    return local_date(max(told)) if told else None


def _closed(report: Report, answer: str | None, actor: Actor) -> list[Reason]:
    return why_not(REPORT, _NEXT[report.status], replace(report.standing(), declared=answer), actor)
