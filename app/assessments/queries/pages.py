"""What the assessment page shows of the application, and where to go next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.access.models import User
from app.applications.models import (
    Application,
    ApplicationAnswer,
    ApplicationPartner,
    BudgetKind,
    BudgetLine,
    InformationRequest,
)
from app.assessments.domain import Sent, Sheet
from app.assessments.models import Assessment, BudgetCut, Score, SendBack
from app.assessments.queries.recommended import Returned, newest_waiting
from app.assessments.queries.sheets import made_of
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


class AppliedLine(NamedTuple):
    """One line of the budget applied with; whole øre."""

    position: int
    cost_code: str
    text: str
    amount_ore: int


@dataclass(frozen=True)
class Applied:
    """The application as the officer reads it. `answers` by question code.

    `last_year_ore`: what the applicant was granted from the same pot the year before; None when nothing was.
    """

    application: Application | None
    answers: dict[str, Any] = field(default_factory=dict)
    partners: Sequence[str] = ()
    lines: Sequence[AppliedLine] = ()
    asked: Sequence[InformationRequest] = ()
    sent: Sent | None = None
    last_year_ore: int | None = None

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


@dataclass(frozen=True)
class OnSheet:
    """All that stands on the page of one's own sheet, as it is stored.

    `declared`: the person's own answer on impartiality, by case. `others`: who else has finished, with their names.
    """

    applied: Applied
    own: Assessment | None
    stored: Sheet
    others: Sequence[tuple[Assessment, str]]
    back: Returned | None
    declared: Mapping[int, str]


_EARLIER, _SENDER = aliased(Case), aliased(User)
_LAST_YEAR = (
    sa.select(_EARLIER.granted_ore)
    .where(
        _EARLIER.party_id == Case.party_id,
        _EARLIER.pot_id == Case.pot_id,
        _EARLIER.year == Case.year - 1,
        _EARLIER.status.in_(_GRANTED),
        _EARLIER.granted_ore.is_not(None),
    )
    .order_by(_EARLIER.id.desc())
    .limit(1)
    .correlate(Case)
    .scalar_subquery()
)
_APPLICATION = (
    sa.select(Application, User.name.label("signed_by"), Call.deadline_on, _LAST_YEAR.label("last_year_ore"))
    .add_columns(own_answer(sa.bindparam("person")).label("declared"))
    .add_columns(SendBack.case_id, SendBack.cause, SendBack.words, _SENDER.name, SendBack.sent_at)
    .select_from(Case)
    .outerjoin(Application, Application.case_id == Case.id)
    .outerjoin(User, User.id == Application.signed_by)
    .outerjoin(Call, Call.id == Case.call_id)
    .outerjoin(SendBack, SendBack.id == newest_waiting())
    .outerjoin(_SENDER, _SENDER.id == SendBack.sent_by)
    .where(Case.id == sa.bindparam("asked"))
)


def _part(name: str, of: Any, place: Any, code: Any, text: Any, number: Any, value: Any = None) -> sa.Select[Any]:
    """One part of `_PAPER`: each has the same columns, blank where it has nothing to tell there."""
    types = (sa.Integer(), sa.Text(), sa.Text(), BudgetLine.amount_ore.type, ApplicationAnswer.value.type)
    told = (place, code, text, number, value)
    columns = (sa.cast(sa.null(), kind) if each is None else each for each, kind in zip(told, types, strict=True))
    names = ("place", "code", "text", "number", "value")
    return sa.select(
        sa.literal_column(f"'{name}'", sa.Text).label("part"),
        *(column.label(each) for column, each in zip(columns, names, strict=True)),
    ).select_from(of)


def _of_application(part: sa.Select[Any], model: Any) -> sa.Select[Any]:
    return part.join(Application, Application.id == model.application_id).where(
        Application.case_id == sa.bindparam("asked")
    )


def _of_own(part: sa.Select[Any], model: Any) -> sa.Select[Any]:
    return part.join(Assessment, Assessment.id == model.assessment_id).where(
        Assessment.case_id == sa.bindparam("asked"), Assessment.assessor_id == sa.bindparam("person")
    )


_ANSWER, _LINE, _PARTNER = ApplicationAnswer, BudgetLine, ApplicationPartner
_answers = _part("answer", _ANSWER, None, _ANSWER.question_code, None, None, _ANSWER.value)
_lines = _part("line", _LINE, _LINE.position, _LINE.cost_code, _LINE.text, _LINE.amount_ore)
_partners = _part("partner", _PARTNER, Party.id, Party.sort_key, Party.display_name, None)
_PAPER = sa.union_all(
    _of_application(_answers, _ANSWER),
    _of_application(_lines, _LINE).where(_LINE.kind == BudgetKind.APPLIED),
    _of_application(_partners.join(Party, Party.id == _PARTNER.party_id), _PARTNER),
    _of_own(_part("score", Score, None, Score.criterion, Score.reason, Score.points), Score),
    _of_own(_part("cut", BudgetCut, BudgetCut.position, None, BudgetCut.why, BudgetCut.proposed_ore), BudgetCut),
)
_ASKED = (
    sa.select(InformationRequest)
    .where(InformationRequest.case_id == sa.bindparam("asked"))
    .order_by(InformationRequest.id)
)
_SHEETS = (
    sa.select(Assessment, User.name)
    .join(User, User.id == Assessment.assessor_id)
    .where(Assessment.case_id == sa.bindparam("asked"))
    .where(sa.or_(Assessment.finished_at.is_not(None), Assessment.assessor_id == sa.bindparam("person")))
    .order_by(Assessment.finished_at, Assessment.id)
    .execution_options(populate_existing=True)
)


def applied(case: Case) -> Applied:
    """The application of a case. Three reads."""
    return _read(case, None)[0]


def on_sheet(case: Case, user_id: int) -> OnSheet:
    """What stands on the page of this person's sheet. Four reads."""
    found, row, parts = _read(case, user_id)
    sheets = db.session.execute(_SHEETS, {"asked": case.id, "person": user_id}).all()
    own = next((each for each, _ in sheets if each.assessor_id == user_id), None)
    scores = ((each.code, each.number, each.text) for each in parts["score"])
    cuts = ((each.place, each.number, each.text) for each in parts["cut"])
    return OnSheet(
        found,
        own,
        made_of(own, found.lines, case.applied_ore, scores, cuts),
        [(each, name) for each, name in sheets if each is not own],
        Returned(*row[5:]) if row.case_id else None,
        {case.id: row.declared.value} if row.declared else {},
    )


def _read(case: Case, user_id: int | None) -> tuple[Applied, Any, Mapping[str, list[Any]]]:
    row = db.session.execute(_APPLICATION, {"asked": case.id, "person": user_id}).one()
    parts: dict[str, list[Any]] = {name: [] for name in ("answer", "line", "partner", "score", "cut")}
    for each in db.session.execute(_PAPER, {"asked": case.id, "person": user_id}):
        parts[each.part].append(each)
    if row.Application is None:
        return Applied(None, last_year_ore=row.last_year_ore), row, parts
    given = {each.code: each.value for each in parts["answer"]}
    lines = [AppliedLine(each.place, each.code, each.text, each.number) for each in sorted(parts["line"], key=_place)]
    partners = sorted(parts["partner"], key=lambda each: (each.code, each.place))
    sent = Sent(
        submitted_on=local_date(case.submitted_at) if case.submitted_at else None,
        deadline_on=row.deadline_on,
        late=case.late,
        signed_by=row.signed_by or "",
        signed_title=row.Application.signed_title,
        applied_ore=case.applied_ore,
        own_funding_ore=row.Application.own_funding_ore,
        lines_ore=[line.amount_ore for line in lines],
        words=[str(value) for value in given.values()],
    )
    asked = db.session.scalars(_ASKED, {"asked": case.id}).all()
    told = [each.text for each in partners]
    return Applied(row.Application, given, told, lines, asked, sent, row.last_year_ore), row, parts


def _place(row: Any) -> int:
    return int(row.place)


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
