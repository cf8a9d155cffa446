"""Start an application, its task list, and what can be done with a draft."""

from collections.abc import Sequence

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.access.creating import once
from app.access.domain import Permission
from app.access.guards import current_actor, needs
from app.applications import actions, judgement, queries
from app.applications.content import content
from app.applications.domain import SectionState
from app.applications.routes import bp
from app.applications.routes.own import lacking_parts, may_write, own, who_signs
from app.cases.workflow import Status
from app.db import writing
from app.db.clock import now
from app.flow import Refused
from app.page_language import current_language
from app.parties import queries as parties
from app.parties.models import Party
from app.rules import queries as rules_queries
from app.rules.models import Call
from app.values.clock import local_date
from app.values.language import N_
from forms.applications import StartForm
from forms.base import VersionedForm


@bp.route("/ny-soknad/<public_id>", methods=["GET", "POST"])
@needs(Permission.WRITE_OWN)
def start(public_id: str) -> Response | tuple[str, int]:
    """The call, and one button that starts an application on it."""
    call = rules_queries.call_by_public_id(public_id)
    if call is None:
        abort(404)
    actor, at = current_actor(), now()
    mine = [party for party in queries.organisations_of(actor) if actor.may(Permission.WRITE_OWN, party_id=party.id)]
    form = StartForm([(party.public_id, party.display_name) for party in mine])
    if len(mine) == 1 and not form.is_submitted():
        form.party.data = mine[0].public_id
    if not form.validate_on_submit():
        return _start_page(call, form, mine), 422 if form.is_submitted() else 200
    chosen = next(party.id for party in mine if party.public_id == form.party.data)
    try:
        return redirect(once(form.token, at, lambda: _start(call, chosen, form.seen_version)), 303)
    except Refused as refused:
        if judgement.JUST_BEGUN not in refused.reasons:
            raise
    flash(judgement.JUST_BEGUN.text, "warning")
    return redirect(url_for("applications.start", public_id=public_id), 303)


def _start_page(call: Call, form: StartForm, mine: Sequence[Party]) -> str:
    """With the applications there are already: another project is another application."""
    there = queries.live_of(call.id, [party.id for party in mine])
    form.version.data = there[0].id if there else 0
    closed = judgement.not_startable(call, mine, {case.party_id for case in there}, now())
    return render_template("applications/start.html", call=call, form=form, mine=mine, closed=closed, there=there)


def _start(call: Call, party_id: int, seen: int) -> str:
    party = parties.get(party_id)
    case = actions.start_draft(call, party, by=current_actor(), at=now(), language=current_language(), seen=seen)
    return url_for("applications.tasks", public_id=case.public_id)


@bp.get("/soknad/<public_id>")
@needs(Permission.OWN_PORTAL)
def tasks(public_id: str) -> Response | str:
    """The task list: what is done, what is missing, and by when."""
    found = own(public_id)
    if found.case.status is not Status.DRAFT:
        return redirect(url_for("portal.case", public_id=public_id), 303)
    actor = current_actor()
    views = found.views
    return render_template(
        "applications/tasks.html",
        found=found,
        views=views,
        following=next((view for view in views if view.state is not SectionState.DONE and view.lacks), None),
        lacks=lacking_parts(found),
        closed=judgement.closed(found.call, local_date(now())),
        may_write=may_write(actor, found),
        may_sign=actor.may(Permission.SIGN_OWN, party_id=found.case.party_id),
        signers=who_signs(found),
        form=VersionedForm(data={"version": found.application.version}),
    )


@bp.get("/soknad/<public_id>/forhandsvis")
@needs(Permission.OWN_PORTAL)
def preview(public_id: str) -> str:
    """The whole application on one page, as it will be read."""
    found = own(public_id)
    return render_template("applications/preview.html", found=found, parts=content(found), signers=who_signs(found))


@bp.post("/soknad/<public_id>/til-signering")
@needs(Permission.WRITE_OWN)
def send_to_signing(public_id: str) -> Response:
    """Tell those who can sign."""
    found = own(public_id)
    form = VersionedForm()
    if not form.validate_on_submit():
        abort(400)
    with writing():
        names = actions.send_to_signing(found.case.id, version=form.seen_version, by=current_actor(), at=now())
    flash(gettext("Varsel er sendt til %(names)s.", names=", ".join(names)), "success")
    return redirect(url_for("applications.tasks", public_id=public_id), 303)


@bp.route("/soknad/<public_id>/slett", methods=["GET", "POST"])
@needs(Permission.WRITE_OWN)
def delete(public_id: str) -> Response | str:
    """Throw the draft away, after one page that says what that means."""
    found = own(public_id)
    if request.method != "POST":
        return render_template("applications/delete.html", found=found)
    with writing():
        actions.delete_draft(found.case.id, by=current_actor(), at=now())
    flash(N_("Kladden er slettet."), "success")
    return redirect(url_for("portal.home"), 303)
