"""A payee as we see it: whether it is closed, and which agreements and claims that stops."""

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.access.domain import Permission
from app.access.guards import current_actor, fresh_password, needs
from app.compensation import actions, queries
from app.compensation.routes import bp
from app.db import db, writing
from app.db.clock import now
from app.flow import Refused
from app.parties.models import Party
from app.values.clock import local_date
from app.values.language import N_
from forms.closing import ClosedForm, OpenedForm


def _payee(public_id: str) -> Party:
    found = queries.payee_by_address(public_id)
    return found if found is not None else abort(404)


@bp.get("/fastleger/nedlagte")
@needs(Permission.REVIEW_CLAIM)
def closed_payees() -> str:
    """The payees that are registered as closed."""
    return render_template("compensation/closed_payees.html", payees=queries.closed_payees())


@bp.get("/fastleger/mottakere/<public_id>")
@needs(Permission.REVIEW_CLAIM)
def payee(public_id: str) -> str:
    """What it has with us."""
    return _draw(_payee(public_id))


def _draw(party: Party, form: ClosedForm | OpenedForm | None = None) -> str:
    if form is None:
        form = OpenedForm(formdata=None) if party.closed_on else ClosedForm(formdata=None)
    if isinstance(form, ClosedForm):
        form.limit(local_date(now()))
    return render_template(
        "compensation/payee.html",
        party=party,
        form=form,
        agreements=queries.agreements_with(party.id),
        claims=queries.open_claims_of(party.id),
    )


@bp.post("/fastleger/mottakere/<public_id>/nedlagt")
@needs(Permission.REVIEW_CLAIM)
@fresh_password
def close_payee(public_id: str) -> Response | tuple[str, int]:
    """It was closed."""
    party, form, actor, at = _payee(public_id), ClosedForm(), current_actor(), now()
    form.limit(local_date(at))
    if not form.validate_on_submit():
        return _draw(party, form), 422
    party_id, told = party.id, (form.day, str(form.source.data), str(form.reason.data))
    db.session.rollback()
    with writing():
        actions.close_practice(party_id, *told, by=actor, at=at)
    flash(N_("Legekontoret er registrert som nedlagt. De det gjelder, har fått melding."), "success")
    return redirect(url_for("compensation.payee", public_id=public_id), 303)


@bp.post("/fastleger/mottakere/<public_id>/ikke-nedlagt")
@needs(Permission.REVIEW_CLAIM)
@fresh_password
def open_payee(public_id: str) -> Response | tuple[str, int]:
    """It was not closed after all."""
    party, form, actor, at = _payee(public_id), OpenedForm(), current_actor(), now()
    if party.closed_on is None:
        raise Refused([actions.not_closed(party)])
    if not form.validate_on_submit():
        return _draw(party, form), 422
    party_id, told = party.id, (str(form.source.data), str(form.reason.data))
    db.session.rollback()
    with writing():
        actions.open_practice(party_id, *told, by=actor, at=at)
    flash(N_("Legekontoret er ikke lenger registrert som nedlagt. De det gjelder, har fått melding."), "success")
    return redirect(url_for("compensation.payee", public_id=public_id), 303)
