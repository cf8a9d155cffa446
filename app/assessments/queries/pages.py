"""What the assessment page shows of the application, and where to go next."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.access.models import User
from app.applications.models import Application, ApplicationAnswer, ApplicationPartner, BudgetLine, InformationRequest
from app.assessments.domain import Sent
from app.assessments.models import Assessment
from app.assessments.queries.sheets import budget_of
from app.cases.domain import Impartiality
from app.cases.models import Case
from app.cases.queries import own_answer
from app.cases.workflow import Status
from app.db import db
from app.parties.models import Party
from app.rules.domain import Criterion, Question, Requirement, Rules
from app.rules.models import Call
from app.values.clock import local_date

MOST_UNANSWERED = 100
_GRANTED = (Status.GRANTED, Status.PARTLY_GRANTED, Status.CLOSED)


@dataclass(frozen=True)
class Applied:
    """The application as the officer reads it. `answers` by question code."""

    application: Application | None
    answers: dict[str, Any] = field(default_factory=dict)
    partners: Sequence[str] = ()
    lines: Sequence[BudgetLine] = ()
    asked: Sequence[InformationRequest] = ()
    sent: Sent | None = None

    def about(self, rules: Rules, judged: Requirement | Criterion) -> list[Question]:
        """The questions that speak of a requirement or criterion: those the rules name, else those of its code.

        A question of its own code, or all of a section of that code.
        """
        named = judged.answered_in
        return [
            question
            for section in rules.sections
            for question in section.questions
            if (question.code in named if named else judged.code in (question.code, section.code))
        ]


_APPLICATION = (
    sa.select(Application, User.name, Call.deadline_on)
    .join(Case, Case.id == Application.case_id)
    .outerjoin(User, User.id == Application.signed_by)
    .outerjoin(Call, Call.id == Case.call_id)
    .where(Case.id == sa.bindparam("asked"))
)


def applied(case: Case) -> Applied:
    """The application of a case. Five reads."""
    row = db.session.execute(_APPLICATION, {"asked": case.id}).one_or_none()
    if row is None:
        return Applied(None)
    application, signed_by, deadline_on = row
    answers = db.session.execute(
        sa.select(ApplicationAnswer.question_code, ApplicationAnswer.value).where(
            ApplicationAnswer.application_id == application.id
        )
    )
    partners = db.session.scalars(
        sa.select(Party.display_name)
        .join(ApplicationPartner, ApplicationPartner.party_id == Party.id)
        .where(ApplicationPartner.application_id == application.id)
        .order_by(Party.sort_key, Party.id)
    )
    asked = db.session.scalars(
        sa.select(InformationRequest).where(InformationRequest.case_id == case.id).order_by(InformationRequest.id)
    ).all()
    given: dict[str, Any] = dict(answers.all())
    lines = budget_of(case.id)
    sent = Sent(
        submitted_on=local_date(case.submitted_at) if case.submitted_at else None,
        deadline_on=deadline_on,
        late=case.late,
        signed_by=signed_by or "",
        signed_title=application.signed_title,
        applied_ore=case.applied_ore,
        own_funding_ore=application.own_funding_ore,
        lines_ore=[line.amount_ore for line in lines],
        words=[str(value) for value in given.values()],
    )
    return Applied(application, given, list(partners), lines, asked, sent)


def last_year(case: Case) -> Case | None:
    """What the applicant was granted from the same pot the year before."""
    query = sa.select(Case).where(
        Case.party_id == case.party_id,
        Case.pot_id == case.pot_id,
        Case.year == case.year - 1,
        Case.status.in_(_GRANTED),
        Case.granted_ore.is_not(None),
    )
    return db.session.scalar(query.order_by(Case.id.desc()).limit(1))


def next_for(officer_id: int, after_id: int) -> Case | None:
    """The officer's next application that they have not finished, in the order of their case numbers."""
    done = sa.select(Assessment.id).where(
        Assessment.case_id == Case.id, Assessment.assessor_id == officer_id, Assessment.finished_at.is_not(None)
    )
    query = (
        sa.select(Case)
        .where(
            Case.officer_id == officer_id,
            Case.status.in_((Status.REGISTERED, Status.ASSESSING)),
            Case.id != after_id,
            ~done.exists(),
        )
        .order_by(Case.id < after_id, Case.id)
        .limit(1)
    )
    return db.session.scalar(query)


def any_unanswered(today: date) -> sa.ColumnElement[bool]:
    """Whether any question's day is past without an answer."""
    return sa.exists().where(InformationRequest.answered_at.is_(None), InformationRequest.due_on < today)


def unanswered(officer_id: int, today: date) -> Sequence[sa.Row[Case, int, date, Impartiality | None]]:
    """The officer's cases that wait for an answer past its day: the case, the newest questions' key, their day, and the
    officer's own answer on the case.

    Begun with the few whose day is past: the cases of a person that wait can be thousands. The day counted from when
    the letter was sent is never before the one it was written with.
    """
    newer = aliased(InformationRequest)
    asked_again = sa.exists().where(
        newer.case_id == InformationRequest.case_id, newer.id > InformationRequest.id, newer.answered_at.is_(None)
    )
    query = (
        sa.select(Case, InformationRequest.id, InformationRequest.due_on, own_answer(officer_id))
        .select_from(InformationRequest)
        .join(Case, Case.id == InformationRequest.case_id)
        .where(
            InformationRequest.answered_at.is_(None),
            InformationRequest.due_on < today,
            ~asked_again,
            sa.func.coalesce(Case.officer_id, 0) == officer_id,
            sa.func.coalesce(Case.status, "") == Status.AWAITING_APPLICANT.value,
        )
        .order_by(InformationRequest.due_on, InformationRequest.case_id)
        .limit(MOST_UNANSWERED)
    )
    return db.session.execute(query).all()
