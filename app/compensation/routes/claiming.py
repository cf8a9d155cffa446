"""A new claim (pages.md 12): what can be claimed, the sum and what the caps leave out before it is sent."""

from dataclasses import replace
from datetime import datetime

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.access.creating import once
from app.access.domain import Permission
from app.access.guards import current_actor, fresh_password, needs
from app.compensation import actions, judgement, queries
from app.compensation.domain import Reckoned
from app.compensation.routes import bp
from app.compensation.routes.asking import Asked, draw, own_claim, place
from app.compensation.routes.drafting import goes_on, kept
from app.db.clock import now
from app.flow import Reason, Refused, Stale
from app.values.clock import local_date
from app.values.language import N_

OTHER_RULES = Reason(
    N_("Regelverket er endret siden du begynte på kravet. Summen er regnet ut på nytt. Se over før du sender.")
)


@bp.route("/krav-om-kompensasjon/<public_id>", methods=["GET", "POST"])
@needs(Permission.CLAIM_OWN)
@fresh_password
def new_claim(public_id: str) -> Response | str | tuple[str, int]:
    """Fill in, see the sum, send. A period that crosses a change of the rules is asked for on each side of it."""
    actor, at = current_actor(), now()
    asked = own_claim(public_id, at)
    if shut := judgement.why_not_under(asked.standing) or judgement.why_not_claim(asked.agreed.case, actor):
        if request.method == "POST":
            raise Refused(shut)
        return draw(asked, shut=shut)
    if request.method != "POST":
        return _as_written(asked, at)
    if not asked.form.validate_on_submit():
        return draw(asked), 422
    sends, reckoned = request.form.get("act") == "send", asked.reckoned()
    if why := _other_ground(asked, at, sends=sends):
        return draw(asked, reckoned, [why]), 409
    if not sends:
        place(asked.form, asked.wrong(local_date(at)))
        return draw(asked, reckoned), 422 if asked.form.errors else 200
    if not asked.form.declared.data:
        asked.form.declared.errors = [N_("Kryss av for at opplysningene er riktige.")]
        return draw(asked, reckoned), 422
    return _send(asked, reckoned)


def _as_written(asked: Asked, at: datetime) -> str:
    """The draft as it stands, reckoned anew; what cannot be sent is told when one asks for the sum."""
    if asked.written is None:
        return draw(asked)
    reckoned = asked.reckoned() if not asked.wrong(local_date(at)) else None
    return draw(asked, reckoned, [OTHER_RULES] if asked.is_changed_since(asked.written.draft.rules) else [])


def _other_ground(asked: Asked, at: datetime, *, sends: bool) -> Reason | None:
    """Why what was seen is not what is answered: another window, or other rules. What is typed is the draft by then."""
    if not sends and (stale := kept(asked, at)):
        return stale
    return OTHER_RULES if asked.is_changed_since(str(asked.form.rules.data or "")) else None


def _send(asked: Asked, reckoned: list[Reckoned]) -> Response | tuple[str, int]:
    actor, at, form = current_actor(), now(), asked.form
    facts, case_id, draft = form.facts(asked.periods), asked.agreed.case.id, form.seen_version
    address = asked.agreed.case.public_id

    def make() -> str:
        claims = actions.submit_parts(case_id, facts, draft=draft, by=actor, at=at)
        lacks = queries.lacking(claims)
        if first := next((claim for claim in claims if claim.id in lacks), None):
            return url_for("compensation.claim", public_id=first.public_id)
        return url_for("compensation.own", etter=address)

    try:
        location = once(form.token, at, make)
    except actions.Changed:
        reasons = [Reason(N_("Summen er en annen enn den du så. Se over og send en gang til."))]
        again = replace(asked, standing=queries.standing_of(case_id))
        return draw(again, again.reckoned(), reasons), 409
    except Stale:
        return draw(asked, reckoned, [goes_on(asked)]), 409
    except Refused as refused:
        again = replace(asked, standing=queries.standing_of(case_id))
        place(form, again.wrong(local_date(at)))
        return draw(again, reckoned, [] if form.errors else refused.reasons), 409
    flash(N_("Kravet er sendt inn.") if len(facts) == 1 else N_("Kravene er sendt inn."), "success")
    return redirect(location, 303)
