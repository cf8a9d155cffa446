"""A new claim (pages.md 12): what can be claimed, the sum and what the caps leave out before it is sent."""

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.access.creating import once
from app.access.domain import Permission
from app.access.guards import current_actor, fresh_password, needs
from app.compensation import actions, judgement, queries
from app.compensation.domain import Reckoned, next_period
from app.compensation.routes import bp
from app.compensation.routes.asking import Asked, asked_for, draw, place
from app.db.clock import now
from app.flow import Reason, Refused
from app.values.clock import local_date
from app.values.language import N_


@bp.route("/krav-om-kompensasjon/<public_id>", methods=["GET", "POST"])
@needs(Permission.CLAIM_OWN)
@fresh_password
def new_claim(public_id: str) -> Response | str | tuple[str, int]:
    """Fill in, see the sum, send. A period that crosses a change of the rules is asked for on each side of it."""
    actor, at = current_actor(), now()
    agreed = queries.own_agreement(public_id, actor)
    if agreed is None:
        abort(404)
    standing = queries.standing_of(agreed.case.id)
    asked = asked_for(agreed, standing, next_period(standing.agreed, standing.periods, local_date(at)))
    if shut := judgement.why_not_under(standing) or judgement.why_not_claim(agreed.case, actor):
        if request.method == "POST":
            raise Refused(shut)
        return draw(asked, shut=shut)
    if request.method != "POST":
        return draw(asked)
    if not asked.form.validate_on_submit():
        return draw(asked), 422
    reckoned = asked.reckoned()
    if request.form.get("act") != "send":
        place(asked.form, asked.wrong(local_date(at)))
        return draw(asked, reckoned), 422 if asked.form.errors else 200
    if not asked.form.declared.data:
        asked.form.declared.errors = [N_("Kryss av for at opplysningene er riktige.")]
        return draw(asked, reckoned), 422
    return _send(asked, reckoned)


def _send(asked: Asked, reckoned: list[Reckoned]) -> Response | tuple[str, int]:
    actor, at, form = current_actor(), now(), asked.form
    facts, case_id = form.facts(asked.periods), asked.agreed.case.id

    def make() -> str:
        actions.submit_parts(case_id, facts, by=actor, at=at)
        return url_for("compensation.own")

    try:
        location = once(form.token, at, make)
    except actions.Changed:
        reasons = [Reason(N_("Summen er en annen enn den du så. Se over og send en gang til."))]
        again = Asked(asked.agreed, queries.standing_of(case_id), asked.parts, form)
        return draw(again, again.reckoned(), reasons), 409
    except Refused as refused:
        again = Asked(asked.agreed, queries.standing_of(case_id), asked.parts, form)
        place(form, again.wrong(local_date(at)))
        return draw(again, reckoned, [] if form.errors else refused.reasons), 409
    flash(N_("Kravet er sendt inn.") if len(facts) == 1 else N_("Kravene er sendt inn."), "success")
    return redirect(location, 303)
