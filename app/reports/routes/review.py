"""The officer's control of a report: what was promised beside what is told, the checks, and the conclusion."""

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access.domain import Permission as P
from app.access.guards import current_actor, fresh_password, needs
from app.db import writing
from app.db.clock import now
from app.page_language import current_language
from app.reports import actions, judgement, queries
from app.reports.domain import Conclusion, asked, questions_of
from app.reports.domain.checks import checks
from app.reports.routes.blueprint import bp
from app.reports.workflow import Step
from app.values.clock import local_date
from app.values.language import N_
from forms.reports import AskForm, ConcludeForm, TakeForm

BASE = "/saker/<number>/rapport/<public_id>"
_CONCLUSIONS = {Conclusion.APPROVE: actions.approve, Conclusion.REJECT: actions.reject}


@bp.get(BASE)
@needs(P.READ_CASES)
def review(number: str, public_id: str) -> str:
    """The report with all that is needed to conclude."""
    read = _read(number, public_id)
    return _page(read, ConcludeForm(data={"version": read.report.version}))


@bp.post(f"{BASE}/ta")
@needs(P.REVIEW_REPORT)
def take(number: str, public_id: str) -> Response | tuple[str, int]:
    """Begin the control."""
    read = _read(number, public_id)
    form = TakeForm()
    if not form.validate_on_submit():
        return _page(read, ConcludeForm(formdata=None, data={"version": read.report.version})), 422
    with writing():
        actions.take(read.report.id, by=current_actor(), at=now(), version=form.seen_version)
    return _back(number, public_id)


@bp.post(f"{BASE}/konklusjon")
@needs(P.REVIEW_REPORT)
@fresh_password
def conclude(number: str, public_id: str) -> Response | tuple[str, int]:
    """Approve or not, with the conclusion on the goal."""
    read = _read(number, public_id)
    form = ConcludeForm()
    if not form.validate_on_submit():
        return _page(read, form), 422
    with writing():
        _CONCLUSIONS[form.chosen](
            read.report.id,
            form.goal,
            form.reason.data or "",
            by=current_actor(),
            at=now(),
            version=form.seen_version,
        )
    flash(N_("Konklusjonen er lagret, og mottakeren får beskjed."), "success")
    return _back(number, public_id)


@bp.route(f"{BASE}/mangler", methods=["GET", "POST"])
@needs(P.REVIEW_REPORT)
def ask(number: str, public_id: str) -> Response | str | tuple[str, int]:
    """Ask for what is missing, all at once, with one deadline."""
    read = _read(number, public_id)
    form = AskForm(data={"version": read.report.version})
    form.limit(local_date(now()))
    reasons = _closed(read, Step.ASK)
    page = {"read": read, "report": read.report, "case": read.case, "form": form, "reasons": reasons}
    if request.method != "POST":
        return render_template("reports/ask.html", **page)
    by_on = form.by_on.data if form.validate_on_submit() else None
    if by_on is None:
        return render_template("reports/ask.html", **page), 422
    with writing():
        actions.ask(
            read.report.id,
            form.lacking.data or "",
            by_on,
            by=current_actor(),
            at=now(),
            version=form.seen_version,
        )
    flash(N_("Mottakeren får beskjed om det som mangler."), "success")
    return _back(number, public_id)


def _read(number: str, public_id: str) -> queries.Read:
    read = queries.of_case(public_id, number, current_actor())
    if read is None:
        abort(404)
    return read


def _back(number: str, public_id: str) -> Response:
    return redirect(url_for("reports.review", number=number, public_id=public_id), 303)


def _closed(read: queries.Read, *steps: Step) -> dict[Step, list[object]]:
    return {step: list(judgement.why_not_control(read.report, step, current_actor())) for step in steps}


def _page(read: queries.Read, form: ConcludeForm) -> str:
    report = read.report
    delivered_on = local_date(report.delivered_at) if report.delivered_at else None
    return render_template(
        "reports/review.html",
        read=read,
        report=report,
        next_on=queries.next_day([report], read.rules)[report.id],
        case=read.case,
        form=form,
        lines=read.snapshot.lines,
        checks=checks(read.snapshot, late=report.late, due_on=report.due_on, delivered_on=delivered_on),
        closed=_closed(read, Step.TAKE, Step.ASK, Step.APPROVE, Step.REJECT),
        questions=questions_of(read.rules),
        indicators=read.rules.indicators,
        sections=read.rules.sections,
        promised=read.promised,
        asked_codes={question.code for question in asked(read.rules)},
        language_now=current_language(),
        Step=Step,
    )
