"""All that a decision rests on, read with a fixed number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from app.access.domain import Actor
from app.access.models import User
from app.applications.models import Application, BudgetKind, BudgetLine
from app.assessments.domain import Scored, Sheet
from app.assessments.models import Assessment, BudgetCut, Recommendation, Score, SendBack
from app.assessments.queries import counting_of
from app.awards.domain import Warn, is_deep_cut
from app.budget import queries as budget
from app.budget.domain import OpenDebt
from app.budget.models import Frame
from app.cases.models import Case
from app.cases.queries import seen_by
from app.cases.workflow import Status
from app.db import db
from app.rules.domain import Rules
from app.rules.models import Pot
from app.rules.queries import rules_of

MOST = 200


@dataclass(frozen=True)
class DecisionBasis:
    """A recommended case with its application, proposal, rules, frame and officer.

    `proposed` is what the assessment grants of each budget line in øre, by its position; `previous` is the proposal
    before this one, when the case was sent back.
    """

    case: Case
    application: Application
    recommendation: Recommendation
    recommended_by: str
    pot: Pot
    rules: Rules
    frame: Frame | None
    officer: User | None
    lines: Sequence[BudgetLine]
    scores: Sequence[Score]
    proposed: dict[int, int]
    warnings: tuple[Warn, ...]
    debt: OpenDebt | None
    previous: Recommendation | None
    sent_back: SendBack | None

    @property
    def scored(self) -> Sheet:
        """The points of the assessment that counts."""
        return Sheet(scores={each.criterion: Scored(each.points, each.reason) for each in self.scores})


def basis(case_id: int) -> DecisionBasis | None:
    """What the decision on this case rests on; None when it is not recommended now."""
    return _read(Case.id == case_id)


def basis_by_number(number: str, actor: Actor) -> DecisionBasis | None:
    """The same by case number, when the person may see the case."""
    return _read(Case.number == number, seen_by(actor))


def _read(*which: sa.ColumnElement[bool]) -> DecisionBasis | None:
    proposer = aliased(User)
    row = db.session.execute(
        sa.select(Case, Application, Recommendation, proposer.name, Pot, Frame, User, first_time())
        .join(Application, Application.case_id == Case.id)
        .join(Recommendation, sa.and_(Recommendation.case_id == Case.id, Recommendation.closed_at.is_(None)))
        .join(proposer, proposer.id == Recommendation.recommended_by)
        .join(Pot, Pot.id == Case.pot_id)
        .outerjoin(Frame, sa.and_(Frame.pot_id == Case.pot_id, Frame.year == Case.year))
        .outerjoin(User, User.id == sa.func.coalesce(Case.officer_id, Recommendation.recommended_by))
        .options(joinedload(Case.party))
        .where(Case.status == Status.RECOMMENDED, *which)
    ).first()
    if row is None:
        return None
    case, application, recommendation, proposed_by, pot, frame, officer, first = row
    previous, sent_back = _before(case.id, recommendation.id)
    debt = budget.open_debts([case.party_id]).get(case.party_id)
    counts = counting_of(case)
    return DecisionBasis(
        case=case,
        application=application,
        recommendation=recommendation,
        recommended_by=proposed_by,
        pot=pot,
        rules=rules_of(case.rule_version_id),
        frame=frame,
        officer=officer,
        lines=_lines(application.id),
        scores=_scores(counts),
        proposed=_proposed(counts),
        warnings=warnings(case, recommendation, first, sent_back is not None, debt is not None),
        debt=debt,
        previous=previous,
        sent_back=sent_back,
    )


def first_time() -> sa.ColumnElement[bool]:
    """Whether the applicant has never sent in anything before this case."""
    other = aliased(Case)
    return ~sa.exists().where(
        other.party_id == Case.party_id, other.id != Case.id, other.submitted_at <= Case.submitted_at
    )


def warnings(case: Any, proposal: Any, first: bool, sent_back: bool, owes: bool) -> tuple[Warn, ...]:
    """What needs eyes first, worst first, by the case's and the proposal's columns."""
    found = (
        (Warn.OPEN_DEBT, owes),
        (Warn.LOW_SCORE, bool(proposal.despite)),
        (Warn.LATE, case.late),
        (Warn.SENT_BACK, sent_back),
        (Warn.DEEP_CUT, is_deep_cut(case.applied_ore, proposal.amount_ore)),
        (Warn.FIRST_TIME, first),
    )
    return tuple(warn for warn, there in found if there)


def proposed(case: Case) -> dict[int, int]:
    """What the assessment that counts grants of each line of the budget in øre, by its position."""
    return _proposed(counting_of(case))


def _proposed(counts: Assessment | None) -> dict[int, int]:
    if counts is None:
        return {}
    query = sa.select(BudgetCut.position, BudgetCut.proposed_ore).where(BudgetCut.assessment_id == counts.id)
    return {row[0]: row[1] for row in db.session.execute(query.limit(MOST))}


def _scores(counts: Assessment | None) -> Sequence[Score]:
    if counts is None:
        return ()
    return db.session.scalars(sa.select(Score).where(Score.assessment_id == counts.id).limit(MOST)).all()


def _lines(application_id: int) -> Sequence[BudgetLine]:
    query = sa.select(BudgetLine).where(
        BudgetLine.application_id == application_id, BudgetLine.kind == BudgetKind.APPLIED
    )
    return db.session.scalars(query.order_by(BudgetLine.position).limit(MOST)).all()


def _before(case_id: int, recommendation_id: int) -> tuple[Recommendation | None, SendBack | None]:
    """The proposal before this one and why it was sent back; neither when it never was."""
    row = db.session.execute(
        sa.select(Recommendation, SendBack)
        .join(SendBack, SendBack.recommendation_id == Recommendation.id)
        .where(Recommendation.case_id == case_id, Recommendation.id < recommendation_id)
        .order_by(Recommendation.id.desc())
        .limit(1)
    ).first()
    return (row[0], row[1]) if row else (None, None)
