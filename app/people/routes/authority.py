"""Budget authority: registering it, the page of all that is in force or waits, confirming and ending."""

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.access import queries as people
from app.access.creating import once
from app.access.domain import Permission
from app.access.guards import current_actor, fresh_password, needs
from app.db import writing
from app.db.clock import now
from app.flow import Refused
from app.people import actions, judgement, queries
from app.people.routes.blueprint import Page, bp, drawn, found
from app.values.clock import local_date
from app.values.language import N_
from forms.people import AuthorityForm


@bp.get("/fullmakter")
@needs(Permission.CONFIRM_BUDGET)
def authority() -> str:
    """Everybody's budget authority that is not ended, with what waits for a second person."""
    actor, given_all, lines = current_actor(), queries.delegations(), queries.lines()
    of_givers = people.authority_of({given.delegation.given_by for given in given_all})
    rows = [
        (
            given,
            judgement.why_not_confirm(given.delegation, actor, lines, of_givers),
            judgement.why_not_end_authority(given.delegation, actor),
        )
        for given in given_all
    ]
    waiting = [row for row in rows if row[0].delegation.confirmed_at is None]
    settled = [row for row in rows if row[0].delegation.confirmed_at is not None]
    return render_template("people/authority.html", waiting=waiting, settled=settled, today=local_date(now()))


@bp.route("/personer/<username>/fullmakter/ny", methods=["GET", "POST"])
@needs(Permission.MANAGE_USERS)
@fresh_password
def delegate(username: str) -> Page:
    """Register a written authority; it waits for a second person."""
    user, actor, at = found(username), current_actor(), now()
    roles = queries.roles_of([user.id]).get(user.id, ())
    if reasons := judgement.why_not_delegate(user, roles, actor):
        raise Refused(reasons)
    form = AuthorityForm()
    form.today = local_date(at)
    over = list(judgement.above(user.id, queries.lines()))
    form.offer([(key, name) for key, name in queries.inside() if key in over])
    if not form.validate_on_submit():
        return drawn("delegate", form=form, user=user, nobody=not over)

    def make() -> str:
        actions.delegate(user.id, form.facts(), by=actor, at=at)
        return url_for("people.person", username=user.username)

    try:
        location = once(form.token, at, make)
    except Refused as refused:
        form.tell(refused.reasons)
        return drawn("delegate", form=form, user=user, nobody=not over)
    flash(N_("Fullmakten er registrert. Den gjelder når en annen har bekreftet den."), "success")
    return redirect(location, 303)


@bp.post("/fullmakter/<int:delegation_id>/bekreft")
@needs(Permission.CONFIRM_BUDGET)
@fresh_password
def confirm(delegation_id: int) -> Response:
    """The second person."""
    if queries.delegation(delegation_id) is None:
        abort(404)
    with writing():
        actions.confirm(delegation_id, by=current_actor(), at=now())
    flash(N_("Fullmakten er bekreftet."), "success")
    return redirect(url_for("people.authority"), 303)


@bp.post("/fullmakter/<int:delegation_id>/avslutt")
@needs(Permission.MANAGE_USERS)
@fresh_password
def end_authority(delegation_id: int) -> Response:
    """It counts no more."""
    if queries.delegation(delegation_id) is None:
        abort(404)
    with writing():
        actions.end_authority(delegation_id, by=current_actor(), at=now())
    flash(N_("Fullmakten er avsluttet."), "success")
    return redirect(url_for("people.authority"), 303)
