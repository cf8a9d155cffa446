"""What waits for a person in this room: recommended cases to decide."""

from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from app.access.domain import Actor, Permission
from app.cases.models import Case
from app.cases.queries import declared
from app.cases.workflow import CASE, Status, Step
from app.db import db
from app.flow import Waiting, is_theirs, why_not
from app.values.clock import local_date
from app.values.language import N_

MOST = 100


def waiting(actor: Actor, at: datetime) -> list[Waiting]:
    """Those the person may decide by hands and impartiality; frame and authority are told there. Two reads."""
    del at
    if not actor.may(Permission.DECIDE):
        return []
    query = sa.select(Case).where(Case.status == Status.RECOMMENDED).order_by(Case.due_order, Case.id).limit(MOST)
    cases = db.session.scalars(query).all()
    answers = declared([case.id for case in cases], actor.id) if cases else {}
    return [
        Waiting(
            N_("Vedta"),
            "awards.decision",
            {"number": str(case.number)},
            case.party_name,
            str(case.number),
            case.due_on,
            local_date(case.submitted_at) if case.submitted_at else None,
        )
        for case in cases
        # Which of the three decisions it is makes no difference to who may take it.
        if is_theirs(why_not(CASE, Step.GRANT, replace(case.standing(), declared=answers.get(case.id)), actor))
    ]
