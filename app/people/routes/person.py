"""The list of people, one person, and writing their details."""

from flask import flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from app.access.creating import is_repeated, once
from app.access.domain import Permission, Role
from app.access.guards import current_actor, fresh_password, needs
from app.db import writing
from app.db.clock import now
from app.people import actions, judgement, queries
from app.people.domain import Shown
from app.people.routes.blueprint import Page, back, bp, drawn, found
from app.people.routes.passwords import LINK_KEY, links
from app.people.waiting import waiting
from app.values.clock import local_date
from app.values.language import N_
from app.values.wholenumber import small_number
from forms.people import NewPersonForm, PersonForm, RoleForm


@bp.get("/personer")
@needs(Permission.MANAGE_USERS)
def home() -> str:
    """«Personer og tilganger»: in Norwegian order, searched and narrowed in the address."""
    search, state = request.args.get("sok", "").strip()[:100], request.args.get("status", "")
    shown = Shown(state) if state in set(Shown) else None
    number = min(max(request.args.get("side", 1, type=small_number) or 1, 1), 1000)
    lines, more = queries.page(search, shown, number)

    def address(side: int) -> str:
        return url_for("people.home", sok=search or None, status=state or None, side=side)

    return render_template(
        "people/home.html",
        lines=lines,
        search=search,
        shown=shown,
        states=list(Shown),
        previous=address(number - 1) if number > 1 else None,
        following=address(number + 1) if more else None,
        waiting=waiting(current_actor(), now()),
    )


@bp.get("/personer/<username>")
@needs(Permission.MANAGE_USERS)
def person(username: str) -> str:
    """One person: what they may do, by whom, and what happened to that."""
    user, actor, at = found(username), current_actor(), now()
    around, admins = queries.around(user, at), queries.admins()
    asked, form = judgement.new_roles(user, around.roles, actor), RoleForm(formdata=None)
    form.offer(role for role, reasons in asked.items() if not reasons)
    return render_template(
        "people/person.html",
        user=user,
        around=around,
        today=local_date(at),
        apart=judgement.kept_apart(user.name, around.roles, dict.fromkeys(place.tied for place in around.places)),
        closed=judgement.why_not_manage(user, actor),
        closed_link=judgement.why_not_link(user, links(), actor, at),
        closed_end=judgement.why_not_end(user, admins, actor),
        closed_delegate=judgement.why_not_delegate(user, around.roles, actor),
        held=[(role, judgement.why_not_take(user, role, around.roles, admins, actor)) for role in around.roles],
        decider=Role.DECIDER in around.roles,
        form=form,
        kept_from=[(role, reasons) for role, reasons in asked.items() if reasons],
        # Told once: the session keeps it from the button to this page, the database never.
        link=_told_once(user.username),
    )


def _told_once(username: str) -> str | None:
    kept = session.get(LINK_KEY)
    if not kept or kept[0] != username:
        return None
    session.pop(LINK_KEY)
    return str(kept[1])


@bp.route("/ny-person", methods=["GET", "POST"])
@needs(Permission.MANAGE_USERS)
@fresh_password
def add() -> Page:
    """A new person; the next page shows the link for their first password."""
    form, actor, at = NewPersonForm(), current_actor(), now()
    form.offer(queries.inside())
    if not form.validate_on_submit():
        return drawn("add", form=form)
    if not is_repeated(form.token) and queries.by_username(form.whole().username) is not None:
        form.username.errors = [N_("Brukernavnet er i bruk. Velg et annet.")]
        return drawn("add", form=form)

    def make() -> str:
        user = actions.add_person(form.whole(), by=actor, at=at)
        return url_for("people.person", username=user.username)

    location = once(form.token, at, make)
    flash(N_("Personen er opprettet. Lag en lenke, så kan personen velge passord."), "success")
    return redirect(location, 303)


@bp.route("/personer/<username>/endre", methods=["GET", "POST"])
@needs(Permission.MANAGE_USERS)
@fresh_password
def change(username: str) -> Page:
    """Name, title, e-mail, telephone and superior."""
    user = found(username)
    form = PersonForm(obj=user)
    form.offer(queries.superiors_for(user))
    if not form.validate_on_submit():
        return drawn("change", form=form, user=user)
    actor, superior_id = current_actor(), form.facts().superior_id
    wrong = judgement.why_not_new_superior(user, superior_id, actor)
    if wrong := wrong or judgement.why_not_superior(user.id, superior_id, queries.lines()):
        form.superior_id.errors = wrong
        return drawn("change", form=form, user=user)
    with writing():
        actions.change_person(user.id, form.facts(), by=actor, at=now(), version=form.seen_version)
    flash(N_("Endringen er lagret."), "success")
    return back(user)


@bp.post("/personer/<username>/apne")
@needs(Permission.MANAGE_USERS)
@fresh_password
def reopen(username: str) -> Response:
    """Let the person in again."""
    user = found(username)
    with writing():
        actions.reopen_person(user.id, by=current_actor(), at=now())
    flash(N_("Tilgangen er åpnet igjen. Se over rollene, og lag en ny lenke for passord."), "success")
    return back(user)
