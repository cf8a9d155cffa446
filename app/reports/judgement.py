"""Why a step on a report is closed: the same functions for the verb, the page and the list of steps."""

from dataclasses import replace
from datetime import date, datetime

from app.access.domain import Actor, Permission
from app.cases.models import Case
from app.cases.queries import on_case
from app.flow import Offer, Reason, why_not, wrong_status
from app.reports.domain import Goal
from app.reports.models import Report
from app.reports.queries import OPEN_TO_RECIPIENT, reports_of
from app.reports.workflow import CONTROL, REPORT, SETTLED, Status, Step
from app.values.bounds import answer_days, promised_days
from app.values.language import N_


def why_not_write(report: Report, actor: Actor) -> list[Reason]:
    """Why this person may not write on it: their own organisation's, and not delivered."""
    if not actor.may(Permission.WRITE_OWN, party_id=report.party_id):
        return [Reason(N_("Du har ikke tilgang til dette."), who=N_("kan skrive"))]
    return [] if report.status in OPEN_TO_RECIPIENT else [wrong_status(report.status)]


def not_promised(report: Report, auditor_by_on: date | None) -> list[Reason]:
    """Why the auditor's statement cannot be promised for that day."""
    days = promised_days(report.cutoff_on, report.due_on)
    if auditor_by_on is None or days.hold(auditor_by_on):
        return []
    return [Reason(N_("Revisoruttalelsen må ettersendes innen %(last)s."), {"last": days.last})]


def not_asked(lacking: str, by_on: date, today: date) -> list[Reason]:
    """Why the recipient cannot be asked for this by that day."""
    reasons = [] if lacking.strip() else [Reason(N_("Skriv hva som mangler."))]
    if by_on <= today:
        reasons.append(Reason(N_("Fristen må være senere enn i dag.")))
    if by_on > (last := answer_days(today).last):
        reasons.append(Reason(N_("Fristen kan ikke være etter %(last)s."), {"last": last}))
    return reasons


def not_concluded(goal: Goal | None, reason: str) -> list[Reason]:
    """What a conclusion lacks."""
    lacks = []
    if goal is None:
        lacks.append(Reason(N_("Velg en konklusjon om målet: nådd, delvis nådd eller ikke nådd.")))
    if not reason.strip():
        lacks.append(Reason(N_("Begrunn konklusjonen om målet.")))
    return lacks


def why_not_control(report: Report, step: Step, actor: Actor) -> list[Reason]:
    """Why this person may not take the officer's step."""
    return why_not(REPORT, step, on_case(report.standing(), report.case_id, actor), actor)


def not_whose_turn(report: Report, declared: str | None, actor: Actor) -> list[Reason]:
    """The same for the next step of a report in a list, where their answers on impartiality are read together."""
    return why_not(REPORT, CONTROL[report.status], replace(report.standing(), declared=declared), actor)


def offers(case: Case, actor: Actor, at: datetime) -> list[Offer]:
    """The steps this person has on the case's reports, open or closed with every reason."""
    del at
    if actor.is_internal and not actor.may(Permission.REVIEW_REPORT):
        return []
    waiting = [report for report in reports_of(case.id) if report.status not in SETTLED]
    if not actor.is_internal:
        mine = [report for report in waiting if report.status in OPEN_TO_RECIPIENT]
        return [_own_offer(report, actor) for report in mine if report.party_id in actor.party_ids]
    # What the recipient has not delivered yet is no step of the officer's.
    at_hand = [report for report in waiting if report.status not in OPEN_TO_RECIPIENT]
    return [offer for report in at_hand for offer in _officer_offers(report, case, actor)]


def _own_offer(report: Report, actor: Actor) -> Offer:
    """Writing is open to more than signing, so the step shown is the next one."""
    step = Step.START if report.status is Status.NOT_STARTED else Step.DELIVER
    reasons = why_not(REPORT, step, report.standing(), actor)
    return Offer(step, tuple(reasons), "reports.edit", {"public_id": report.public_id}, about=report.name)


def _officer_offers(report: Report, case: Case, actor: Actor) -> list[Offer]:
    """Take it first; what can be concluded comes after."""
    values = {"number": case.number or "", "public_id": report.public_id}
    steps = (Step.APPROVE, Step.ASK, Step.REJECT) if report.status is Status.IN_REVIEW else (Step.TAKE,)
    return [
        Offer(step, tuple(why_not_control(report, step, actor)), "reports.review", values, about=report.name)
        for step in steps
    ]
