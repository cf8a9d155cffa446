"""How one case was assessed: the sheet that counts, the others' sums, what was recommended and what was sent back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.access.domain import Actor, Permission
from app.access.models import User
from app.applications.models import BudgetLine
from app.assessments import queries
from app.assessments.domain import Sheet
from app.assessments.models import Assessment, Recommendation, SendBack
from app.cases.models import Case
from app.cases.workflow import Status
from app.db import db
from app.rules.domain import Rules
from app.rules.queries import rules_of

MOST = 50
READERS = (Permission.ASSESS, Permission.DECIDE, Permission.READ_AUDIT)
_BLIND = (Status.REGISTERED, Status.AWAITING_APPLICANT, Status.ASSESSING)

_PROPOSED = (
    sa.select(Recommendation, User.name)
    .join(User, User.id == Recommendation.recommended_by)
    .where(Recommendation.case_id == sa.bindparam("asked"))
    .order_by(Recommendation.id.desc())
    .limit(1)
)
_BACK = (
    sa.select(SendBack.cause, SendBack.words, SendBack.sent_at.label("at"), User.name.label("by"))
    .join(User, User.id == SendBack.sent_by)
    .where(SendBack.case_id == sa.bindparam("asked"))
    .order_by(SendBack.id.desc())
    .limit(MOST)
)


@dataclass(frozen=True)
class Assessed:
    """`counts`: the assessment the recommendation builds on, with `sheet`; `others`: the other finished ones.

    `waits_for_own`: the reader assesses the case too and sees the others' when their own is finished.
    """

    rules: Rules
    lines: Sequence[BudgetLine] = ()
    counts: Assessment | None = None
    assessor: str = ""
    sheet: Sheet | None = None
    others: Sequence[tuple[Assessment, str]] = ()
    recommendation: Recommendation | None = None
    recommended_by: str = ""
    sent_back: Sequence[Any] = ()
    waits_for_own: bool = False


def assessed(case: Case, holds: frozenset[str], actor: Actor) -> Assessed:
    """Nothing for those who neither assess, decide nor control. At most six reads."""
    rules = rules_of(case.rule_version_id)
    if not any(actor.may(each) for each in READERS):
        return Assessed(rules)
    done = queries.finished(case.id)
    own = any(each.assessor_id == actor.id for each, _ in done)
    sent_back = _sent_back(case.id) if "send_back" in holds else ()
    if done and not own and case.status in _BLIND and actor.may(Permission.ASSESS):
        return Assessed(rules, sent_back=sent_back, waits_for_own=True)
    counts = queries.counting(case, [each for each, _ in done])
    lines = queries.budget_of(case.id)
    recommendation, by = _recommendation(case.id)
    return Assessed(
        rules,
        lines,
        counts,
        next((name for each, name in done if each is counts), ""),
        queries.sheet_of(counts, lines, case.applied_ore) if counts else None,
        [(each, name) for each, name in done if each is not counts],
        recommendation,
        by,
        sent_back,
    )


def _recommendation(case_id: int) -> tuple[Recommendation | None, str]:
    row = db.session.execute(_PROPOSED, {"asked": case_id}).first()
    return (row[0], row[1]) if row else (None, "")


def _sent_back(case_id: int) -> Sequence[Any]:
    return db.session.execute(_BACK, {"asked": case_id}).all()
