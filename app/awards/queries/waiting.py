"""What waits for the decider."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa

from app.access.domain import Actor
from app.assessments.models import Outcome, Recommendation, SendBack
from app.awards.domain import Warn
from app.awards.models import Award
from app.awards.queries.decision_basis import first_time, warnings
from app.awards.workflow import Status as AwardStatus
from app.budget.domain import OpenDebt
from app.budget.models import Frame
from app.budget.queries import open_debts
from app.cases.models import Case
from app.cases.queries import seen_by
from app.cases.workflow import Status
from app.db import db
from app.rules.models import Pot

MOST, MOST_TASKS = 200, 100


@dataclass(frozen=True)
class Row:
    """A recommended case in the decider's list. `left_ore`: left of the frame after it and all above."""

    case: Case
    outcome: Outcome
    amount_ore: int
    warnings: tuple[Warn, ...]
    left_ore: int | None
    debt: OpenDebt | None


@dataclass(frozen=True)
class Group:
    """The cases of one pot and year, with their frame. Sums are øre."""

    pot: Pot
    year: int
    frame: Frame | None
    rows: Sequence[Row]

    @property
    def granted(self) -> int:
        """How many are proposed granted, in full or part."""
        return sum(row.outcome is not Outcome.REFUSE for row in self.rows)

    @property
    def refused(self) -> int:
        """How many are proposed refused."""
        return len(self.rows) - self.granted

    @property
    def total_ore(self) -> int:
        """What is proposed in all."""
        return sum(row.amount_ore for row in self.rows)

    @property
    def left_ore(self) -> int | None:
        """What is left of the frame when all are decided; below nought when it does not hold."""
        if self.frame is None:
            return None
        return self.frame.frame_ore - self.frame.committed_ore - self.total_ore


def to_decide(actor: Actor) -> list[Group]:
    """The recommended cases by pot and year: those that need eyes first on top, then by name. At most 200."""
    sent_back = sa.exists().where(SendBack.case_id == Case.id)
    query = (
        sa.select(Case, Recommendation, Pot, Frame, first_time(), sent_back)
        .join(Recommendation, sa.and_(Recommendation.case_id == Case.id, Recommendation.closed_at.is_(None)))
        .join(Pot, Pot.id == Case.pot_id)
        .outerjoin(Frame, sa.and_(Frame.pot_id == Case.pot_id, Frame.year == Case.year))
        .where(Case.status == Status.RECOMMENDED, seen_by(actor))
        .order_by(Case.year.desc(), Pot.id, Case.party_sort, Case.id)
        .limit(MOST)
    )
    grouped: dict[tuple[int, int], tuple[Pot, Frame | None, list[Row]]] = {}
    found = db.session.execute(query).all()
    debts = open_debts({case.party_id for case, *_ in found})
    for case, proposal, pot, frame, first, back in found:
        debt = debts.get(case.party_id)
        _, _, rows = grouped.setdefault((pot.id, case.year), (pot, frame, []))
        warns = warnings(case, proposal, first, back, debt is not None)
        rows.append(Row(case, proposal.outcome, proposal.amount_ore, warns, None, debt))
    return [Group(pot, year, frame, _ordered(rows, frame)) for (_, year), (pot, frame, rows) in grouped.items()]


@dataclass(frozen=True)
class Beside:
    """The case before and after one in the decider's list, and how many wait."""

    previous: Case | None
    following: Case | None
    place: int
    count: int


def beside(case_id: int, actor: Actor) -> Beside:
    """Where the case stands in the decider's list. One that is decided stands before the first that waits."""
    cases = [row.case for group in to_decide(actor) for row in group.rows]
    at = next((place for place, case in enumerate(cases) if case.id == case_id), -1)
    previous = cases[at - 1] if at > 0 else None
    return Beside(previous, cases[at + 1] if at + 1 < len(cases) else None, at + 1, len(cases))


def _ordered(rows: Sequence[Row], frame: Frame | None) -> list[Row]:
    """Most warnings first, each with what is left of the frame after it."""
    left = frame.frame_ore - frame.committed_ore if frame else None
    found = []
    for row in sorted(rows, key=lambda each: -len([w for w in each.warnings if w is not Warn.FIRST_TIME])):
        left = None if left is None else left - row.amount_ore
        found.append(replace(row, left_ore=left))
    return found


def recommended() -> Sequence[sa.Row[Case, Recommendation]]:
    """Cases to decide with what is proposed, those due first first."""
    query = (
        sa.select(Case, Recommendation)
        .join(Recommendation, sa.and_(Recommendation.case_id == Case.id, Recommendation.closed_at.is_(None)))
        .where(Case.status == Status.RECOMMENDED)
        .order_by(Case.due_order, Case.id)
        .limit(MOST_TASKS)
    )
    return db.session.execute(query).all()


def not_accepted(*, past: date | None, officer_id: int | None) -> Sequence[sa.Row[Award, Case]]:
    """Grants that wait for their recipient: all whose day was before `past`, and this officer's."""
    which = [Award.accept_by_on < past] if past else []
    which += [sa.func.coalesce(Case.officer_id, 0) == officer_id] if officer_id else []
    query = (
        sa.select(Award, Case)
        .join(Case, Case.id == Award.case_id)
        .where(Award.status == AwardStatus.AWAITING, sa.or_(*which))
        .order_by(Award.accept_by_on, Award.id)
        .limit(MOST_TASKS)
    )
    return db.session.execute(query).all()
