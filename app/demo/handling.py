"""What the directorate does with a demo application: register, declare, assess, recommend."""

from datetime import date, datetime

from app.access.domain import Actor
from app.access.models import User
from app.assessments import actions, queries
from app.assessments.domain import Proposal, Sheet, outcome_of, reasons_from, suggested
from app.assessments.models import BackCause
from app.cases import actions as cases
from app.cases import queries as case_queries
from app.cases.domain import Impartiality
from app.cases.models import Case
from app.demo import reasons
from app.demo.stories import Told
from app.rules.queries import rules_of
from app.values.clock import local_date


def register(case_id: int, officer: User | None, *, by: Actor, at: datetime) -> None:
    """Register the application and give it to an officer."""
    cases.register(case_id, officer, by=by, at=at, version=_now(case_id).version)


def declare(case_id: int, *, by: Actor, at: datetime) -> None:
    """Declare oneself impartial."""
    cases.declare(_now(case_id), Impartiality.IMPARTIAL, "", by=by, at=at)


def declare_round(call_id: int, *, by: Actor, at: datetime) -> None:
    """Declare oneself impartial in the whole round."""
    shown = [str(case.number) for case in case_queries.of_call(call_id, by)]
    cases.declare_round(call_id, shown, {}, "", by=by, at=at)


def start(case_id: int, *, by: Actor, at: datetime) -> None:
    """Begin the assessment."""
    actions.start(case_id, by=by, at=at, version=_now(case_id).version)


def ask(case_id: int, told: Told, due_on: date, *, by: Actor, at: datetime) -> None:
    """Ask the applicant for what is missing."""
    actions.ask_applicant(case_id, told.asked, due_on, by=by, at=at, version=_now(case_id).version)


def assess(case_id: int, told: Told, *, by: Actor, at: datetime) -> None:
    """Fill in the whole sheet and finish it."""
    saved = actions.save_assessment(case_id, _sheet(case_id, told), by=by, at=at, version=_seen(case_id, by))
    actions.finish(case_id, by=by, at=at, version=saved.version)


def assess_half(case_id: int, told: Told, *, by: Actor, at: datetime) -> None:
    """Begin on the sheet, and be called away."""
    case = _now(case_id)
    applied, rules = queries.applied(case), rules_of(case.rule_version_id)
    filled = reasons.half(told, rules, applied.lines, suggested(rules, applied.sent))
    actions.save_assessment(case_id, filled, by=by, at=at, version=0)


def recommend(case_id: int, told: Told, *, by: Actor, at: datetime) -> None:
    """Propose what the sheet says."""
    case, language = _now(case_id), told.language
    rules, ore = rules_of(case.rule_version_id), told.granted_ore
    proposal = Proposal(
        outcome_of(ore, told.applied_ore),
        ore,
        told.purpose if ore else "",
        reasons.found(told, local_date(case.submitted_at or at)),
        reasons_from(rules, _sheet(case_id, told), language),
        rules.conditions_in(language) if ore else (),
    )
    actions.recommend(case_id, proposal, by=by, at=at, version=_now(case_id).version)


def go_on(case_id: int, *, by: Actor, at: datetime) -> None:
    """Go on without the answer that did not come."""
    actions.go_on(case_id, by=by, at=at, version=_now(case_id).version)


def send_back(case_id: int, told: Told, *, by: Actor, at: datetime) -> None:
    """The decider wants it looked at again."""
    cause = BackCause.AMOUNT if told.good else BackCause.REASONS
    actions.send_back(case_id, cause, told.back, by=by, at=at, version=_now(case_id).version)


def _now(case_id: int) -> Case:
    return case_queries.locked(case_id)


def _seen(case_id: int, by: Actor) -> int:
    """The version of one's own sheet, nought before there is one."""
    own = queries.own(case_id, by.id)
    return own.version if own else 0


def _sheet(case_id: int, told: Told) -> Sheet:
    case = _now(case_id)
    applied, rules = queries.applied(case), rules_of(case.rule_version_id)
    return reasons.sheet(told, rules, applied.lines, suggested(rules, applied.sent))
