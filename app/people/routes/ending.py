"""Ending a person's access, and who takes their cases over."""

from flask import flash
from flask_babel import gettext

from app.access.domain import Permission
from app.access.guards import current_actor, fresh_password, needs
from app.db import writing
from app.db.clock import now
from app.flow import Refused
from app.people import actions, judgement, queries
from app.people.routes.blueprint import Page, back, bp, drawn, found
from app.values.language import N_
from forms.people import EndForm


@bp.route("/personer/<username>/avslutt", methods=["GET", "POST"])
@needs(Permission.MANAGE_USERS)
@fresh_password
def end(username: str) -> Page:
    """The door is closed and the open cases go on, all at once."""
    user, actor, at = found(username), current_actor(), now()
    if reasons := judgement.why_not_end(user, queries.admins(), actor):
        raise Refused(reasons)
    around = queries.around(user, at)
    form = EndForm()
    others = [(key, name) for key, name in queries.case_handlers() if key != user.id]
    form.offer(others, queries.usual_receiver(user, [key for key, _ in others]), bool(around.cases))
    if not form.validate_on_submit():
        return drawn("end", form=form, user=user, around=around)
    with writing():
        ended = actions.end_person(user.id, form.receiver_id, by=actor, at=at)
    flash(N_("Tilgangen er avsluttet."), "success")
    if ended.given or ended.left:
        words = gettext("Saker som gikk videre: %(given)s. Saker som venter på fordeling: %(left)s.")
        flash(words % {"given": ended.given, "left": ended.left}, "info")
    return back(user)
