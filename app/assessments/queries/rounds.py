"""A whole round: the frame, the finished in their order, and who is not finished."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.access.domain import Actor
from app.assessments.domain import Candidate, Met, Ranking, fits, rank
from app.assessments.models import Assessment, Recommendation, Score
from app.assessments.queries.recommended import Returned, returned
from app.assessments.queries.sheets import counting
from app.budget.models import Frame
from app.budget.queries import ledgers_of
from app.cases.models import Case
from app.cases.queries import MOST_IN_ROUND, listed_of_call
from app.cases.workflow import Status
from app.db import db
from app.rules.domain import Rules
from app.rules.models import Call, Pot
from app.rules.workflow import CallStatus

MOST_CALLS = 50
_DECIDED = (Status.GRANTED, Status.PARTLY_GRANTED, Status.REFUSED, Status.CLOSED)
# All that is read of a case of the round.
_SHOWN = (
    *(Case.id, Case.number, Case.status, Case.party_name, Case.applied_ore, Case.granted_ore),
    *(Case.officer_id, Case.officer_name, Case.recommended_by),
)
# Where an assessment may be finished.
_JUDGED = (Status.ASSESSING, Status.RECOMMENDED, *_DECIDED)


@dataclass(frozen=True)
class JudgedCase:
    """A case (or what the page shows of it) with its assessments: `score` is the mean of the finished."""

    case: Any
    assessment: Assessment
    score: int
    two: bool


@dataclass(frozen=True)
class Round:
    """The page of one call. `elsewhere_ore` is already committed to cases outside it."""

    call: Call
    frame: Frame | None
    ranking: Ranking
    rows: dict[int, JudgedCase]
    unfinished: Sequence[Any]
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
    cases = listed_of_call(call.id, actor, *_SHOWN)
    frame = db.session.scalar(sa.select(Frame).where(Frame.pot_id == call.pot_id, Frame.year == call.year))
    (rows, heaviest), bound = _rows(cases, rules), _bound(cases)
    ranking = rank(_candidates(rows, heaviest, bound), _room(bound, frame))
    unfinished = [case for case in cases if case.id not in rows and case.status not in _DECIDED]
    back = returned([case.id for case in cases])
    return Round(call, frame, ranking, rows, unfinished, back, _elsewhere(bound, frame))


def round_of_case(case: Case, rules: Rules, actor: Actor) -> Round | None:
    """The round a case is in, as its page shows it; None where it is in none. Eight reads."""
    call = db.session.get(Call, case.call_id) if case.call_id else None
    return round_of(call, rules, actor) if call else None


def too_little_left(case: Case, frame: Frame, rules: Rules) -> bool:
    """Whether those ranked before this case leave less of the frame than all it asks for.

    A case is not ranked, and the frame no reason, where a requirement was not met or nobody has finished. Four reads.
    """
    query = sa.select(Case).where(Case.call_id == case.call_id, Case.status.in_(_JUDGED)).limit(MOST_IN_ROUND)
    cases = list(db.session.scalars(query))
    rows, heaviest = _rows(cases, rules)
    if case.id not in rows or _fell_on_a_requirement(rows[case.id].assessment):
        return False
    bound = _bound(cases)
    return not fits(_candidates(rows, heaviest, bound), case.id, case.applied_ore, _room(bound, frame))


def _fell_on_a_requirement(assessment: Assessment) -> bool:
    return assessment.weighted is None or any(each["met"] == Met.NO for each in assessment.requirements.values())


def _bound(cases: Sequence[Any]) -> dict[int, int]:
    """What each decided case takes of the frame now: a grant that fell away has given its money back."""
    granted = [case.id for case in cases if case.status in _DECIDED and case.granted_ore]
    return {key: sums.committed_ore for key, sums in ledgers_of(granted).items()} if granted else {}


def _elsewhere(bound: Mapping[int, int], frame: Frame | None) -> int:
    """What of the frame is committed to cases outside the round."""
    return max(0, (frame.committed_ore if frame else 0) - sum(bound.values()))


def _room(bound: Mapping[int, int], frame: Frame | None) -> int:
    """What the round has to share."""
    return (frame.frame_ore - frame.carried_out_ore if frame else 0) - _elsewhere(bound, frame)


def _candidates(rows: dict[int, JudgedCase], heaviest: Mapping[int, int], bound: Mapping[int, int]) -> list[Candidate]:
    recommended = _recommended(rows)
    return [
        Candidate(
            case_id,
            str(row.case.number),
            row.score,
            heaviest.get(row.assessment.id, 0),
            _proposed(row, recommended, bound),
        )
        for case_id, row in rows.items()
    ]


def _proposed(row: JudgedCase, recommended: dict[int, int], bound: Mapping[int, int]) -> int:
    """What the case takes of the frame: what is bound to it, else recommended, else proposed in the sheet."""
    if row.case.status in _DECIDED:
        return bound.get(row.case.id, 0)
    return recommended.get(row.case.id, row.assessment.proposed_ore or 0)


def _recommended(rows: dict[int, JudgedCase]) -> dict[int, int]:
    """The amount of each open recommendation; nought where a refusal is recommended."""
    query = sa.select(Recommendation.case_id, Recommendation.amount_ore).where(
        Recommendation.case_id.in_(rows), Recommendation.closed_at.is_(None)
    )
    return dict(db.session.execute(query).all())


def _rows(cases: Sequence[Any], rules: Rules) -> tuple[dict[int, JudgedCase], dict[int, int]]:
    """The cases somebody has finished, and the points on the criterion that weighs most, by assessment; for ties."""
    code = max(rules.criteria, key=lambda criterion: criterion.weight).code if rules.criteria else None
    query = (
        sa.select(Assessment, Score.points)
        .outerjoin(Score, sa.and_(Score.assessment_id == Assessment.id, Score.criterion == code))
        .where(Assessment.case_id.in_([case.id for case in cases]), Assessment.finished_at.is_not(None))
        .order_by(Assessment.finished_at, Assessment.id)
    )
    done: dict[int, list[Assessment]] = {}
    heaviest = {}
    for assessment, points in db.session.execute(query):
        done.setdefault(assessment.case_id, []).append(assessment)
        heaviest[assessment.id] = points or 0
    rows = {}
    for case in cases:
        counts = counting(case, done.get(case.id, []))
        if counts is not None:
            rows[case.id] = JudgedCase(case, counts, _mean(done[case.id]), len(done[case.id]) > 1)
    return rows, heaviest


def _mean(done: Sequence[Assessment]) -> int:
    """The mean of the scores given, in hundredths, rounded half up; nought where a requirement was not met."""
    scores = [a.weighted for a in done if a.weighted is not None]
    return (2 * sum(scores) + len(scores)) // (2 * len(scores)) if scores else 0
