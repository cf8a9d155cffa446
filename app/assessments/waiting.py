"""What waits for a person in this room: their own cases where the last day to answer our questions is past."""

from dataclasses import replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.access.domain import Actor, Permission
from app.applications.queries import asking_key
from app.assessments import queries
from app.assessments.judgement import why_not_go_on
from app.cases.workflow import CASE, Step
from app.dispatch.queries import told_all
from app.flow import Waiting, is_theirs, why_not
from app.values.clock import local_date
from app.values.language import N_


def anything(actor: Actor, at: datetime) -> sa.ColumnElement[bool]:
    """Whether there is anything to look at."""
    return queries.any_unanswered(local_date(at)) if actor.may(Permission.ASSESS) else sa.false()


def waiting(actor: Actor, at: datetime) -> list[Waiting]:
    """One for each case of theirs that waits for an answer no longer. Two reads."""
    if not actor.may(Permission.ASSESS):
        return []
    found = queries.unanswered(actor.id, local_date(at))
    when = told_all([asking_key(asked) for _, asked, *_ in found])
    rows = [(case, when[asking_key(asked)].counted(due_on), answer) for case, asked, due_on, answer in found]
    past = [(case, due_on, answer) for case, due_on, answer in rows if not why_not_go_on(due_on, local_date(at))]
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
        for case, due_on, answer in past
        if is_theirs(why_not(CASE, Step.GO_ON, replace(case.standing(), declared=answer and answer.value), actor))
    ]
