"""Questions to the applicant."""

from flask import flash, render_template
from werkzeug.wrappers import Response

from app.access.domain import Permission
from app.access.guards import current_actor, needs
from app.assessments import actions, queries
from app.assessments.routes.blueprint import Page, bp, case_of, seen_version, to_case
from app.cases.queries import standing
from app.cases.workflow import CASE, Step
from app.db import writing
from app.db.clock import now
from app.flow import why_not
from app.values.clock import local_date
from app.values.language import N_, Language, choose_language
from forms.assessments import AskForm


@bp.route("/saker/<number>/sporsmal", methods=["GET", "POST"])
@needs(Permission.ASSESS)
def ask(number: str) -> Page:
    """All questions in one letter with one deadline; the case waits until they are answered."""
    case, actor = case_of(number), current_actor()
    form = AskForm(version=case.version)
    form.limit(local_date(now()))
    if form.validate_on_submit():
        questions, due_on = form.facts()
        with writing():
            actions.ask_applicant(case.id, questions, due_on, by=actor, at=now(), version=form.seen_version)
        flash(N_("Spørsmålene er sendt til søkeren."), "success")
        return to_case(case)
    application = queries.applied(case).application
    chosen = choose_language(case.party.language_decision, Language(application.language) if application else None)
    closed = why_not(CASE, Step.ASK, standing(case, actor), actor)
    page = render_template("assessments/ask.html", case=case, form=form, chosen=chosen, closed=closed)
    return page, 422 if form.errors else 200


@bp.post("/saker/<number>/uten-svar")
@needs(Permission.ASSESS)
def go_on(number: str) -> Response:
    """Take the case on when the last day to answer is past."""
    case = case_of(number)
    with writing():
        actions.go_on(case.id, by=current_actor(), at=now(), version=seen_version())
    flash(N_("Saken er registrert igjen, uten svar fra søkeren."), "success")
    return to_case(case)
