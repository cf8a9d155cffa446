"""Why a step of assessing is closed: the same functions for the verb, the page and the list of steps."""

from collections.abc import Sequence
from datetime import date, datetime

from app.access.domain import Actor, Permission
from app.applications import queries as applications
from app.assessments import queries
from app.assessments.domain import NOT_FINISHED, Chore, Sheet, missing, unclear
from app.assessments.models import Assessment
from app.cases.models import Case
from app.cases.queries import standing
from app.cases.workflow import CASE, Status, Step
from app.flow import Move, Offer, Reason, Workflow, why_not
from app.rules.domain import Rules
from app.rules.queries import rules_of
from app.values.bounds import answer_days
from app.values.clock import local_date
from app.values.language import N_

# Working on one's own sheet moves nothing; the table only lets flow judge it like every other step.
_SHEET = Workflow(
    CASE.name,
    (Move(Chore.ASSESS, (Status.ASSESSING,), Status.ASSESSING, Permission.ASSESS, "assessed", impartial=True),),
)
NO_SHEET = Reason(N_("Du har ikke vurdert søknaden."))
_ON_CASE = (Status.REGISTERED, Status.AWAITING_APPLICANT, Status.ASSESSING, Status.RECOMMENDED)


def closed_to(case: Case, actor: Actor) -> list[Reason]:
    """Why this person may not work on their sheet now; empty when they may."""
    return why_not(_SHEET, Chore.ASSESS, standing(case, actor), actor)


def why_not_save(assessment: Assessment | None) -> list[Reason]:
    """Why one's own sheet cannot be changed, beyond the case's status: a finished one is opened first."""
    if assessment is None or assessment.finished_at is None:
        return []
    return [Reason(N_("Vurderingen er ferdig. Åpne den igjen for å endre den."))]


def why_not_finish(assessment: Assessment, sheet: Sheet, rules: Rules, applied_ore: int) -> list[Reason]:
    """Why one's own sheet cannot be finished: everything that is missing."""
    done = [Reason(N_("Vurderingen er allerede ferdig."))] if assessment.finished_at else []
    return [*missing(rules, sheet, applied_ore), *done]


def why_not_reopen(assessment: Assessment) -> list[Reason]:
    """Why one's own sheet cannot be opened again."""
    return [] if assessment.finished_at else [Reason(N_("Vurderingen er ikke ferdig ennå."))]


def why_not_ask(questions: str, due_on: date, today: date) -> list[Reason]:
    """Why the applicant cannot be asked this with that day to answer by."""
    reasons = [] if questions.strip() else [Reason(N_("Skriv hva søkeren skal svare på."))]
    if due_on <= today:
        reasons.append(Reason(N_("Fristen må være etter i dag.")))
    if due_on > (last := answer_days(today).last):
        reasons.append(Reason(N_("Fristen kan ikke være etter %(last)s."), {"last": last}))
    return reasons


def why_not_recommend(case: Case, actor: Actor, sheet: Sheet | None) -> list[Reason]:
    """Why this person may not recommend now, whatever they propose; `sheet`: the one that counts."""
    lacks = unclear(rules_of(case.rule_version_id), sheet) if sheet else [NOT_FINISHED]
    return why_not(CASE, Step.RECOMMEND, standing(case, actor), actor, lacks)


def answer_due(case_id: int, today: date) -> tuple[date | None, list[Reason]]:
    """The last day to answer what the case waits for, and why nobody goes on without the answer yet."""
    asked = applications.request(case_id)
    due_on = applications.answer_by(asked) if asked else None
    return due_on, why_not_go_on(due_on, today)


def why_not_go_on(due_on: date | None, today: date) -> list[Reason]:
    """`due_on`: the last day to answer as it runs; None while nobody has been sent the questions."""
    if due_on is None:
        return [Reason(N_("Brevet med spørsmålene er ikke sendt til søkeren ennå."))]
    return [] if due_on < today else [Reason(N_("Fristen for å svare er %(due_on)s."), {"due_on": due_on})]


def offers(case: Case, actor: Actor, at: datetime) -> list[Offer]:
    """Start, assess, ask, go on unanswered, recommend, take back and send back, as far as the case has come."""
    if case.status not in _ON_CASE or case.number is None or not actor.may(Permission.READ_CASES):
        return []
    if case.status is Status.AWAITING_APPLICANT:
        _, early = answer_due(case.id, local_date(at))
        return [_step(case, actor, Step.GO_ON, "assessments.go_on", early, post=True)]
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
    steps = [
        Offer(Chore.ASSESS, tuple(closed_to(case, actor)), "assessments.sheet", where),
        Offer(Step.RECOMMEND, tuple(recommend), "assessments.recommend", where),
    ]
    # Who has assessed recommends next; the sheet is then only something to look at again.
    if found and found[0].assessor_id == actor.id:
        steps.reverse()
    return [*steps, _step(case, actor, Step.ASK, "assessments.ask")]


def _recommended(case: Case, actor: Actor) -> list[Offer]:
    return [
        _step(case, actor, Step.SEND_BACK, "assessments.send_back"),
        _step(case, actor, Step.TAKE_BACK, "assessments.take_back", post=True),
    ]


def _step(
    case: Case, actor: Actor, step: Step, endpoint: str, also: Sequence[Reason] = (), *, post: bool = False
) -> Offer:
    values = {"number": str(case.number)}
    if post:
        values["version"] = str(case.version)
    return Offer(step, tuple(why_not(CASE, step, standing(case, actor), actor, also)), endpoint, values, post)
