"""What is typed in a new claim is kept as one goes, found again, and thrown away."""

from datetime import datetime
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.access.domain import Permission
from app.access.guards import current_actor, needs
from app.compensation import actions, queries
from app.compensation.routes import bp
from app.compensation.routes.asking import Asked, draw, own_claim
from app.db import db, writing
from app.db.clock import now
from app.flow import Reason, Refused, Stale
from app.values.dates import format_time
from app.values.language import N_
from forms.compensation import StepForm


def kept(asked: Asked, at: datetime) -> Reason | None:
    """What is typed is the draft now; why not, where another window has written in it. The form then goes on that."""
    form, case_id, actor = asked.form, asked.agreed.case.id, current_actor()
    seen, typed, rules = form.seen_version, form.typed(), asked.rules
    db.session.rollback()
    try:
        with writing():
            version = actions.keep_draft(case_id, typed, rules, version=seen, by=actor, at=at)
    except Stale:
        return goes_on(asked)
    form.version.raw_data, form.version.data = None, version
    return None


def goes_on(asked: Asked) -> Reason:
    """Another window has written in the draft, or sent or thrown it away: what stands there is told."""
    there = queries.draft_of(asked.agreed.agreement.id)
    form = asked.form
    form.version.raw_data, form.version.data = None, there.draft.version if there else 0
    if there is None:
        return Reason(N_("Kladden er sendt eller slettet i et annet vindu. Se om kravet er sendt før du går videre."))
    typed = form.typed()
    told = [
        f"{form[name].label.text}: {text or '–'}"
        for name, text in there.draft.typed.items()
        if name in typed and text != typed[name]
    ]
    text = N_(
        "%(who)s har skrevet i kladden i et annet vindu. Der står det %(told)s. Her står det du skrev."
        " Se over, og trykk en gang til hvis dette skal gjelde."
    )
    return Reason(text, {"who": there.who, "told": ", ".join(told) or gettext(N_("det samme"))})


@bp.post("/krav-om-kompensasjon/<public_id>/kladd")
@needs(Permission.CLAIM_OWN)
def keep_draft(public_id: str) -> Any:
    """Kept as one goes, whole or not; the page itself where somebody comes back to what a lost session kept."""
    at = now()
    asked = own_claim(public_id, at)
    form, case_id, actor = asked.form, asked.agreed.case.id, current_actor()
    form.validate()
    if form.version.errors or "X-As-One-Goes" not in request.headers:
        return draw(asked), 422
    seen, typed, rules = form.seen_version, form.typed(), str(form.rules.data or "")[:100]
    db.session.rollback()
    try:
        with writing():
            version = actions.keep_draft(case_id, typed, rules, version=seen, by=actor, at=at)
    except Stale:
        return {"said": gettext(N_("Ikke lagret: kladden er endret i et annet vindu. Trykk «Regn ut» for å se."))}, 409
    except Refused as refused:
        return {"said": gettext(refused.reasons[0].text)}, 409
    return {"version": version, "said": gettext(N_("Kladden er lagret %(time)s."), time=format_time(at)), "shown": {}}


@bp.post("/krav-om-kompensasjon/<public_id>/kladd/slett")
@needs(Permission.CLAIM_OWN)
def throw_draft(public_id: str) -> Response:
    """What is typed is thrown away."""
    form, actor, at = StepForm(), current_actor(), now()
    asked = own_claim(public_id, at)
    if not form.validate_on_submit():
        abort(400)
    case_id = asked.agreed.case.id
    db.session.rollback()
    with writing():
        actions.throw_draft(case_id, version=form.seen_version, by=actor)
    flash(N_("Kladden er slettet."), "success")
    return redirect(url_for("compensation.own"), 303)
