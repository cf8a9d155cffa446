"""What waits for a person in this room: delivered reports to control."""

from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from app.access.domain import Actor, Permission
from app.cases.models import Case
from app.cases.queries import declared
from app.db import db
from app.flow import Reason, Waiting, is_theirs, why_not
from app.reports.models import Report
from app.reports.workflow import REPORT, Status, Step
from app.values.clock import local_date
from app.values.language import N_

MOST = 100
_NEXT = {Status.DELIVERED: Step.TAKE, Status.IN_REVIEW: Step.APPROVE}


def waiting(actor: Actor, at: datetime) -> list[Waiting]:
    """One for each report this person may control. Two reads."""
    del at
    if not actor.may(Permission.REVIEW_REPORT):
        return []
    query = (
        sa.select(Report, Case.party_name, Case.number)
        .join(Case, Case.id == Report.case_id)
        .where(Report.status.in_(list(_NEXT)))
        .order_by(Report.due_on, Report.id)
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
            report.due_on,
            local_date(report.delivered_at) if report.delivered_at else None,
        )
        for report, party, number in found
        if is_theirs(_closed(report, answers.get(report.case_id), actor))
    ]


def _closed(report: Report, answer: str | None, actor: Actor) -> list[Reason]:
    return why_not(REPORT, _NEXT[report.status], replace(report.standing(), declared=answer), actor)
