"""What the assessment page shows of the application, and where to go next."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from app.applications.models import Application, ApplicationAnswer, ApplicationPartner, BudgetLine, InformationRequest
from app.assessments.models import Assessment
from app.assessments.queries.sheets import budget_of
from app.cases.models import Case
from app.cases.workflow import Status
from app.db import db
from app.parties.models import Party
from app.rules.domain import Question, Rules

_GRANTED = (Status.GRANTED, Status.PARTLY_GRANTED, Status.CLOSED)


@dataclass(frozen=True)
class Applied:
    """The application as the officer reads it. `answers` by question code."""

    application: Application | None
    answers: dict[str, Any] = field(default_factory=dict)
    partners: Sequence[str] = ()
    lines: Sequence[BudgetLine] = ()
    asked: Sequence[InformationRequest] = ()

    def about(self, rules: Rules, code: str) -> list[tuple[Question, Any]]:
        """The applicant's words on a requirement or criterion: questions, or a section, with the same code."""
        return [
            (question, self.answers.get(question.code))
            for section in rules.sections
            for question in section.questions
            if code in (question.code, section.code)
        ]


def applied(case_id: int) -> Applied:
    """The application of a case. Five reads."""
    application = db.session.scalar(sa.select(Application).where(Application.case_id == case_id))
    if application is None:
        return Applied(None)
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
        sa.select(InformationRequest).where(InformationRequest.case_id == case_id).order_by(InformationRequest.id)
    ).all()
    return Applied(application, dict(answers.all()), list(partners), budget_of(case_id), asked)


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
