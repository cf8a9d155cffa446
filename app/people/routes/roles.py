"""Giving and taking roles and memberships."""

from flask import abort, flash
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.access.domain import INSIDE, Permission, Role
from app.access.guards import current_actor, fresh_password, needs
from app.db import writing
from app.db.clock import now
from app.flow import Refused
from app.parties.models import Party
from app.parties.queries import areas, by_orgnr
from app.people import actions, judgement, queries
from app.people.routes.blueprint import Page, back, bp, drawn, found
from app.values.badvalue import BadValue
from app.values.identity import parse_orgnr
from app.values.language import N_
from forms.people import MembershipForm, RoleForm


@bp.post("/personer/<username>/roller")
@needs(Permission.MANAGE_USERS)
@fresh_password
def give_role(username: str) -> Response | tuple[str, int]:
    """One more role."""
    user, actor, form = found(username), current_actor(), RoleForm()
    held = queries.roles_of([user.id]).get(user.id, ())
    if form.role.data in INSIDE and (closed := judgement.why_not_give(user, Role(form.role.data), held, actor)):
        # An older page offered it.
        raise Refused(closed)
    form.offer(role for role, reasons in judgement.new_roles(user, held, actor).items() if not reasons)
    if not form.validate_on_submit():
        return drawn("role", form=form, user=user)
    with writing():
        actions.give_role(user.id, form.facts(), by=actor, at=now())
    flash(N_("Rollen er gitt. Personen må logge inn på nytt."), "success")
    return back(user)


@bp.post("/personer/<username>/roller/<role>/ta-bort")
@needs(Permission.MANAGE_USERS)
@fresh_password
def take_role(username: str, role: str) -> Response:
    """One role less."""
    user = found(username)
    if role not in set(Role):
        abort(404)
    with writing():
        left = actions.take_role(user.id, Role(role), by=current_actor(), at=now()).left
    flash(N_("Rollen er tatt bort. Personen må logge inn på nytt."), "success")
    if left:
        words = ngettext("%(num)d sak venter på at fagansvarlig fordeler den.",
                         "%(num)d saker venter på at fagansvarlig fordeler dem.", left)  # fmt: skip
        flash(words, "info")
    return back(user)


@bp.route("/personer/<username>/tilganger/ny", methods=["GET", "POST"])
@needs(Permission.MANAGE_USERS)
@fresh_password
def give_membership(username: str) -> Page:
    """A role for one organisation or pilot area."""
    user, form = found(username), MembershipForm()
    form.offer([(area.id, area.name) for area in areas()])
    if not form.validate_on_submit():
        return drawn("membership", form=form, user=user, near=[])
    party, near = (None, []) if form.for_area else _party(form.party.data or "")
    if party is None and not form.for_area:
        form.party.errors = [N_("Flere organisasjoner passer. Skriv nummeret til den rette.") if near
                             else N_("Vi finner ingen organisasjon med dette navnet eller nummeret.")]  # fmt: skip
        return drawn("membership", form=form, user=user, near=near)
    with writing():
        actions.give_membership(
            user.id,
            Role(form.role.data),
            party_id=party.id if party else None,
            area_id=form.area.data if form.for_area else None,
            by=current_actor(),
            at=now(),
        )
    flash(N_("Tilgangen er gitt. Personen må logge inn på nytt."), "success")
    return back(user)


@bp.post("/personer/<username>/tilganger/<int:membership_id>/ta-bort")
@needs(Permission.MANAGE_USERS)
@fresh_password
def take_membership(username: str, membership_id: int) -> Response:
    """They act for the organisation or area no more."""
    user = found(username)
    with writing():
        actions.take_membership(user.id, membership_id, by=current_actor(), at=now())
    flash(N_("Tilgangen er tatt bort. Personen må logge inn på nytt."), "success")
    return back(user)


def _party(typed: str) -> tuple[Party | None, list[Party]]:
    """The organisation that is meant, and where several could be, those."""
    try:
        found_one = by_orgnr(parse_orgnr(typed))
        return found_one, []
    except BadValue:
        near = queries.find_parties(typed)
    exact = [each for each in near if typed.strip().casefold() in (each.name.casefold(), each.display_name.casefold())]
    if len(exact) == 1 or len(near) == 1:
        return (exact or near)[0], []
    return None, near
