"""Why a step of assessing is closed: the same functions for the verb, the page and the list of steps."""

from datetime import datetime

from app.access.domain import Actor, Permission
from app.assessments import queries
from app.assessments.domain import NOT_FINISHED, Chore, Sheet, unclear
from app.cases.models import Case
from app.cases.queries import standing
from app.cases.workflow import CASE, Status, Step
from app.flow import Move, Offer, Reason, Workflow, why_not
from app.rules.queries import rules_of

# Working on one's own sheet moves nothing; the table only lets flow judge it like every other step.
_SHEET = Workflow(
    CASE.name,
    (Move(Chore.ASSESS, (Status.ASSESSING,), Status.ASSESSING, Permission.ASSESS, "assessed", impartial=True),),
)
_ON_CASE = (Status.REGISTERED, Status.ASSESSING, Status.RECOMMENDED)


def closed_to(case: Case, actor: Actor) -> list[Reason]:
    """Why this person may not work on their sheet now; empty when they may."""
    return why_not(_SHEET, Chore.ASSESS, standing(case, actor), actor)


def why_not_recommend(case: Case, actor: Actor, sheet: Sheet | None) -> list[Reason]:
    """Why this person may not recommend now, whatever they propose; `sheet`: the one that counts."""
    lacks = unclear(rules_of(case.rule_version_id), sheet) if sheet else [NOT_FINISHED]
    return why_not(CASE, Step.RECOMMEND, standing(case, actor), actor, lacks)


def offers(case: Case, actor: Actor, at: datetime) -> list[Offer]:
    """Start, assess, ask, recommend, take back and send back, as far as the case has come. `at` is not needed yet."""
    if case.status not in _ON_CASE or case.number is None or not actor.may(Permission.READ_CASES):
        return []
    del at
    return {
        Status.REGISTERED: _registered,
        Status.ASSESSING: _assessing,
        Status.RECOMMENDED: _recommended,
    }[case.status](case, actor)


def _registered(case: Case, actor: Actor) -> list[Offer]:
    return [_step(case, actor, Step.START, "assessments.start", post=True)]


def _assessing(case: Case, actor: Actor) -> list[Offer]:
    found = queries.finished_sheet(case)
    recommend = why_not_recommend(case, actor, found[1] if found else None)
    where = {"number": str(case.number)}
    return [
        Offer(Chore.ASSESS, tuple(closed_to(case, actor)), "assessments.sheet", where),
        Offer(Step.RECOMMEND, tuple(recommend), "assessments.recommend", where),
        _step(case, actor, Step.ASK, "assessments.ask"),
    ]


def _recommended(case: Case, actor: Actor) -> list[Offer]:
    return [
        _step(case, actor, Step.SEND_BACK, "assessments.send_back"),
        _step(case, actor, Step.TAKE_BACK, "assessments.take_back", post=True),
    ]


def _step(case: Case, actor: Actor, step: Step, endpoint: str, *, post: bool = False) -> Offer:
    values = {"number": str(case.number)}
    if post:
        values["version"] = str(case.version)
    return Offer(step, tuple(why_not(CASE, step, standing(case, actor), actor)), endpoint, values, post)
