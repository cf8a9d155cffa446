"""Stop, resume and lapse: each one page that says what happens, with a reason."""

from collections.abc import Callable
from datetime import datetime

from flask import abort, flash, redirect, render_template, request, url_for

from app.access.domain import Actor, Permission
from app.access.guards import current_actor, fresh_password, needs
from app.awards import actions, judgement, queries
from app.awards.models import Award
from app.awards.routes.blueprint import Answer, bp
from app.awards.workflow import Step
from app.cases.models import Case
from app.cases.queries import by_number
from app.db import writing
from app.db.clock import now
from app.values.language import N_
from forms.awards import ReasonForm

P = Permission
Verb = Callable[[Award, str, int, Actor, datetime], object]
# What happens, as the page says it before the act.
EFFECTS = {
    Step.STOP: N_("Ingenting blir utbetalt før en annen person gjenopptar utbetalingen."),
    Step.RESUME: N_("Det som gjenstår av tilskuddet, kan betales ut igjen."),
    Step.LAPSE: N_("Tilsagnet faller bort, og pengene går tilbake til rammen. Dette kan ikke angres."),
}


@bp.route("/saker/<number>/stans", methods=["GET", "POST"])
@needs(P.STOP_PAYMENT)
def stop(number: str) -> Answer:
    """Stop further payment."""
    return _hold(number, Step.STOP, lambda a, r, v, by, at: actions.stop(a.id, r, by=by, at=at, version=v))


@bp.route("/saker/<number>/gjenoppta", methods=["GET", "POST"])
@needs(P.DECIDE)
@fresh_password
def resume(number: str) -> Answer:
    """Let payment go on; another than the one who stopped."""
    return _hold(number, Step.RESUME, lambda a, r, v, by, at: actions.resume(a.id, r, by=by, at=at, version=v))


@bp.route("/saker/<number>/bortfall", methods=["GET", "POST"])
@needs(P.DECIDE)
@fresh_password
def lapse(number: str) -> Answer:
    """Let a grant nobody accepted fall away."""
    return _hold(number, Step.LAPSE, lambda a, r, v, by, at: actions.lapse(a.id, r, by=by, at=at, version=v))


def _hold(number: str, step: Step, verb: Verb) -> Answer:
    actor, at = current_actor(), now()
    case, award = _found(number, actor)
    form = ReasonForm(data={"version": award.version})
    reasons = judgement.why_not_hold(case, award, step, actor, at)
    if not form.validate_on_submit():
        page = render_template(
            "awards/hold.html", case=case, award=award, step=step, form=form, reasons=reasons, effect=EFFECTS[step]
        )
        return page, 422 if request.method == "POST" else 200
    with writing():
        verb(award, form.reason.data or "", form.seen_version, actor, at)
    flash(N_("Det er gjort."), "success")
    return redirect(url_for("awards.decision", number=number), 303)


def _found(number: str, actor: Actor) -> tuple[Case, Award]:
    case = by_number(number, actor) or abort(404)
    return case, queries.award_of(case.id) or abort(404)
