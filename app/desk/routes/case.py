"""The case page: tabs that have an address each, and read what they show."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask import request

from app.access.domain import Permission
from app.access.guards import needs
from app.applications.content import content
from app.applications.queries import read as read_application
from app.awards import queries as awards
from app.budget.domain import OpenDebt
from app.cases.models import Case
from app.desk.queries import case as queries
from app.desk.queries import papers
from app.desk.queries.assessed import READERS, assessed
from app.desk.queries.payments import payments
from app.desk.queries.timeline import timeline
from app.desk.routes import after
from app.desk.routes.blueprint import bp
from app.desk.routes.frame import framed
from app.desk.routes.steps import drawn
from app.flow import Reason
from app.reports.queries import listed_of, next_day
from app.rules.queries import rules_of
from app.values.clock import local_date
from app.values.language import N_

MOST_WARNINGS = 3
NEWEST = 6
ONE = "/saker/<number>"


@bp.get(ONE, endpoint="case")
@needs(Permission.READ_CASES)
def overview(number: str) -> str:
    """What I can do, what it is about, what we have asked, and what happened last. Here alone every step is judged."""
    frame = framed(number, with_asked=True, judged=True)
    case, near = frame.case, frame.near
    steps = queries.steps(case, frame.actor, frame.at, near.holds)
    others = queries.others(case, local_date(frame.at))
    warnings = _warnings(case, steps, others, queries.debt(case))
    to_come, asked = frame.to_come, frame.asked
    return frame.page(
        "overview",
        asked=asked,
        now=drawn(steps.offers, must_declare=steps.must_declare),
        told=after.told(case, to_come, steps.offers, near.holds) if to_come else after.answer_awaited(case, asked),
        warnings=list(warnings)[:MOST_WARNINGS],
        others=others,
        last_year=next((o for o in others if o.pot_id == case.pot_id and o.year == case.year - 1), None),
        events=timeline(case.id, most=NEWEST),
    )


@bp.get(f"{ONE}/soknad")
@needs(Permission.READ_CASES)
def application(number: str) -> str:
    """Every answer and the whole budget, and what was asked afterwards."""
    frame = framed(number, with_asked=True)
    # The account is for those who pay; who only reads cases does not see it.
    with_account = frame.actor.may(Permission.READ_PAYOUTS)
    found = frame.near.application
    parts = []
    if found is not None and frame.case.call_id is not None:
        whole = read_application(frame.case, with_saved=False, application=found)
        parts = content(whole, with_account=with_account)
    return frame.page("application", parts=parts, asked=frame.asked)


@bp.get(f"{ONE}/vurderinger")
@needs(*READERS)
def assessment(number: str) -> str:
    """Scores, reasons and cuts as they were judged, and what was recommended."""
    frame = framed(number)
    return frame.page(
        "assessment",
        assessed=assessed(frame.case, frame.near.holds, frame.actor),
        assesses=frame.actor.may(Permission.ASSESS),
    )


@bp.get(f"{ONE}/vedtak-og-brev")
@needs(Permission.READ_CASES)
def decision(number: str) -> str:
    """The decision, whether it is accepted, and every letter of the case."""
    frame = framed(number)
    made = awards.summary_of(frame.case.id) if frame.near.has_decision else None
    award = made.award if made else None
    letter_told = made.told if made else None
    return frame.page(
        "decision",
        made=made,
        letter_told=letter_told,
        accept_by_on=letter_told.counted(award.accept_by_on) if award and letter_told else None,
        answered_by=made.answered_by if made else "",
        letters=papers.letters(frame.case.id),
    )


@bp.get(f"{ONE}/utbetalinger", endpoint="payments")
@needs(Permission.READ_PAYOUTS)
def payments_page(number: str) -> str:
    """Each part of the award, or each claim, with how far its payment has come; and what is claimed back."""
    frame = framed(number)
    return frame.page("payments", money=payments(frame.case, frame.near.holds, frame.actor))


@bp.get(f"{ONE}/rapporter")
@needs(Permission.READ_CASES)
def reports(number: str) -> str:
    """The reports of the case, each with the day that counts now: the recipient's, or ours to control it."""
    frame = framed(number)
    found = listed_of(frame.case.id)
    return frame.page("reports", reports=found, next_day=next_day(found, rules_of(frame.case.rule_version_id)))


@bp.get(f"{ONE}/dokumenter")
@needs(Permission.READ_CASES)
def documents(number: str) -> str:
    """The documents the reader may open."""
    frame = framed(number)
    return frame.page("documents", documents=papers.documents(frame.case.id, frame.actor))


@bp.get(f"{ONE}/hendelser")
@needs(Permission.READ_CASES)
def events(number: str) -> str:
    """What has happened, newest first."""
    frame = framed(number)
    letters_only = request.args.get("vis") == "brev"
    return frame.page("events", events=timeline(frame.case.id, letters_only=letters_only), letters_only=letters_only)


def _warnings(
    case: Case, steps: queries.Steps, others: Sequence[Any], debt: OpenDebt | None
) -> Iterator[tuple[str, Reason]]:
    """Worst first."""
    if debt is not None:
        text = N_("Søkeren skylder %(owed_ore)s som skal betales tilbake (%(cases)s).")
        yield "danger", Reason(text, {"owed_ore": debt.owed_ore, "cases": debt.cases})
    if steps.declared in ("partial", "in_doubt"):
        yield "danger", Reason(N_("Du har meldt at du er inhabil eller i tvil i denne saken."))
    if case.late:
        yield "warning", Reason(N_("Søknaden kom inn etter fristen."))
    late = [o for o in others if o.report_late]
    if late:
        yield (
            "warning",
            Reason(N_("Rapporten i sak %(number)s er ikke levert, og fristen er ute."), {"number": late[0].number}),
        )
    poor = [o for o in others if o.report_not_approved]
    if poor:
        yield "warning", Reason(N_("En rapport i sak %(number)s er underkjent."), {"number": poor[0].number})
    same = [o for o in others if case.call_id is not None and o.call_id == case.call_id]
    if same:
        yield "warning", Reason(N_("Søkeren har en sak til i samme runde: %(number)s."), {"number": same[0].number})
