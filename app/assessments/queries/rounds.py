"""A whole round: the frame, the finished in their order, and who is not finished."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.access.domain import Actor
from app.assessments.domain import Candidate, Ranking, rank
from app.assessments.models import Assessment, Recommendation, Score
from app.assessments.queries.recommended import Returned, returned
from app.assessments.queries.sheets import counting
from app.budget.models import Frame
from app.cases.models import Case
from app.cases.queries import of_call
from app.cases.workflow import Status
from app.db import db
from app.rules.domain import Rules
from app.rules.models import Call, Pot
from app.rules.workflow import CallStatus

MOST_CALLS = 50
_DECIDED = (Status.GRANTED, Status.PARTLY_GRANTED, Status.REFUSED, Status.CLOSED)


@dataclass(frozen=True)
class Row:
    """A case with its assessments: `score` is the mean of the finished, `proposed_ore` the case officer's."""

    case: Case
    assessment: Assessment
    score: int
    two: bool


@dataclass(frozen=True)
class Round:
    """The page of one call. `elsewhere_ore` is already committed to cases outside it."""

    call: Call
    frame: Frame | None
    ranking: Ranking
    rows: dict[int, Row]
    unfinished: Sequence[Case]
    returned: dict[int, Returned]
    elsewhere_ore: int


def calls() -> list[Call]:
    """Published calls, the newest deadline first."""
    query = (
        sa.select(Call)
        .options(joinedload(Call.pot).joinedload(Pot.scheme))
        .where(Call.status == CallStatus.PUBLISHED)
        .order_by(Call.deadline_on.desc(), Call.id.desc())
        .limit(MOST_CALLS)
    )
    return list(db.session.scalars(query))


def round_of(call: Call, rules: Rules, actor: Actor) -> Round:
    """Everything the ranking page shows, in six reads however many cases there are."""
    cases = of_call(call.id, actor)
    frame = db.session.scalar(sa.select(Frame).where(Frame.pot_id == call.pot_id, Frame.year == call.year))
    rows = _rows(cases)
    decided_ore = sum(case.granted_ore or 0 for case in cases if case.status in _DECIDED)
    elsewhere_ore = max(0, (frame.committed_ore if frame else 0) - decided_ore)
    heaviest = _heaviest(rules, rows)
    recommended = _recommended(rows)
    ranking = rank(
        [
            Candidate(
                case.id,
                str(case.number),
                row.score,
                heaviest.get(row.assessment.id, 0),
                _proposed(row, recommended),
            )
            for case in cases
            if (row := rows.get(case.id))
        ],
        (frame.frame_ore if frame else 0) - elsewhere_ore,
    )
    unfinished = [case for case in cases if case.id not in rows and case.status not in _DECIDED]
    back = returned([case.id for case in cases])
    return Round(call, frame, ranking, rows, unfinished, back, elsewhere_ore)


def _proposed(row: Row, recommended: dict[int, int]) -> int:
    """What the case takes of the frame: what is granted, else recommended, else proposed in the sheet."""
    if row.case.status in _DECIDED:
        return row.case.granted_ore or 0
    return recommended.get(row.case.id, row.assessment.proposed_ore or 0)


def _recommended(rows: dict[int, Row]) -> dict[int, int]:
    """The amount of each open recommendation; nought where a refusal is recommended."""
    query = sa.select(Recommendation.case_id, Recommendation.amount_ore).where(
        Recommendation.case_id.in_(rows), Recommendation.closed_at.is_(None)
    )
    return dict(db.session.execute(query).all())


def _rows(cases: Sequence[Case]) -> dict[int, Row]:
    query = (
        sa.select(Assessment)
        .where(Assessment.case_id.in_([case.id for case in cases]), Assessment.finished_at.is_not(None))
        .order_by(Assessment.finished_at, Assessment.id)
    )
    done: dict[int, list[Assessment]] = {}
    for assessment in db.session.scalars(query):
        done.setdefault(assessment.case_id, []).append(assessment)
    rows = {}
    for case in cases:
        counts = counting(case, done.get(case.id, []))
        if counts is not None:
            rows[case.id] = Row(case, counts, _mean(done[case.id]), len(done[case.id]) > 1)
    return rows


def _mean(done: Sequence[Assessment]) -> int:
    """The mean of the scores given, in hundredths, rounded half up; nought where a requirement was not met."""
    scores = [a.weighted for a in done if a.weighted is not None]
    return (2 * sum(scores) + len(scores)) // (2 * len(scores)) if scores else 0


def _heaviest(rules: Rules, rows: dict[int, Row]) -> dict[int, int]:
    """The points on the criterion that weighs most, by assessment; for ties."""
    if not rules.criteria or not rows:
        return {}
    code = max(rules.criteria, key=lambda criterion: criterion.weight).code
    query = sa.select(Score.assessment_id, Score.points).where(
        Score.assessment_id.in_([row.assessment.id for row in rows.values()]), Score.criterion == code
    )
    return {assessment_id: points or 0 for assessment_id, points in db.session.execute(query)}
