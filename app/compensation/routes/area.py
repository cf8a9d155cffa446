"""The pilot area's page (pages.md 13): claims to confirm, unusual ones first."""

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.access.domain import Permission
from app.access.guards import current_actor, needs
from app.compensation import actions, judgement, queries
from app.compensation.domain import outliers
from app.compensation.routes import bp
from app.compensation.routes.review import prices_of
from app.compensation.workflow import Status
from app.db import db, writing
from app.db.clock import now
from app.flow import Stale
from app.page_language import current_language
from app.values.language import N_
from forms.compensation import ConfirmForm


@bp.get("/utprovingsomrade")
@needs(Permission.CONFIRM_CLAIM)
def area() -> str:
    """What waits for confirmation, what the directorate confirms, and the rest."""
    rows = queries.of_areas(current_actor().area_ids)
    waiting = [row for row in rows if row.claim.status is Status.SUBMITTED and not row.own_host]
    closed = judgement.why_not_confirmed_by(waiting, current_actor())
    unusual = outliers({row.claim.id: row.claim.claimed_ore for row in rows})
    return render_template(
        "compensation/area.html",
        areas=sorted({row.area.name for row in rows}),
        waiting=sorted(waiting, key=lambda row: row.claim.id not in unusual),
        closed=closed,
        unusual=unusual,
        lines=queries.lines_of([row.claim.id for row in waiting]),
        prices={row.claim.id: prices_of(row) for row in waiting},
        language_now=current_language(),
        own_host=[row for row in rows if row.claim.status is Status.SUBMITTED and row.own_host],
        settled=[row for row in rows if row.claim.status is not Status.SUBMITTED],
        form=ConfirmForm(formdata=None),
    )


@bp.post("/utprovingsomrade/bekreft")
@needs(Permission.CONFIRM_CLAIM)
def confirm() -> Response:
    """Confirm the ticked claims, all or none."""
    form, actor, at = ConfirmForm(), current_actor(), now()
    if not form.validate_on_submit():
        abort(400)
    known = {row.claim.public_id: row.claim.id for row in queries.of_areas(actor.area_ids)}
    db.session.rollback()
    if form.ticked.keys() - known.keys():
        raise Stale
    with writing():
        actions.confirm({known[address]: version for address, version in form.ticked.items()}, by=actor, at=at)
    flash(N_("Kravene er bekreftet."), "success")
    return redirect(url_for("compensation.area"), 303)
