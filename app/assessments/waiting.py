"""What waits for a person in this room: their own cases where the last day to answer our questions is past."""

from dataclasses import replace
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.access.domain import Actor, Permission
from app.applications.models import InformationRequest
from app.applications.queries import asking_key
from app.assessments.judgement import why_not_go_on
from app.cases.models import Case
from app.cases.queries import declared
from app.cases.workflow import CASE, Status, Step
from app.db import db
from app.dispatch.queries import told_all
from app.flow import Waiting, is_theirs, why_not
from app.values.clock import local_date
from app.values.language import N_

MOST = 100


def waiting(actor: Actor, at: datetime) -> list[Waiting]:
    """One for each case of theirs that waits for an answer no longer. Three reads at most."""
    if not actor.may(Permission.ASSESS):
        return []
    # Begun with the few whose day is past: the cases of a person that wait can be thousands. The day counted from
    # when the letter was sent is never before the one it was written with.
    newer = aliased(InformationRequest)
    asked_again = sa.exists().where(
        newer.case_id == InformationRequest.case_id, newer.id > InformationRequest.id, newer.answered_at.is_(None)
    )
    query = (
        sa.select(Case, InformationRequest.id, InformationRequest.due_on)
        .select_from(InformationRequest)
        .join(Case, Case.id == InformationRequest.case_id)
        .where(
            InformationRequest.answered_at.is_(None),
            InformationRequest.due_on < local_date(at),
            ~asked_again,
            sa.func.coalesce(Case.officer_id, 0) == actor.id,
            sa.func.coalesce(Case.status, "") == Status.AWAITING_APPLICANT.value,
        )
        .order_by(InformationRequest.due_on, InformationRequest.case_id)
        .limit(MOST)
    )
    found = db.session.execute(query).all()
    when = told_all([asking_key(asked) for _, asked, _ in found])
    rows = [(case, when[asking_key(asked)].counted(due_on)) for case, asked, due_on in found]
    past = [(case, due_on) for case, due_on in rows if not why_not_go_on(due_on, local_date(at))]
    answers = declared([case.id for case, _ in past], actor.id) if past else {}
    return [
        Waiting(
            N_("Gå videre uten svar fra søkeren"),
            "desk.case",
            {"number": str(case.number)},
            case.party_name,
            str(case.number),
            due_on,
            # It came to the officer the morning after the applicant's last day.
            due_on + timedelta(days=1) if due_on else None,
        )
        for case, due_on in past
        if is_theirs(why_not(CASE, Step.GO_ON, replace(case.standing(), declared=answers.get(case.id)), actor))
    ]
