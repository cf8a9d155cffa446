"""Calls for the directorate: write and announce."""

from flask import abort, flash, redirect, render_template, url_for

from app.access.creating import once
from app.access.domain import Permission
from app.access.guards import current_actor, fresh_password, needs
from app.db import writing
from app.db.clock import now
from app.rules import actions, judgement, queries
from app.rules.domain import CallFacts, Words
from app.rules.models import Call
from app.rules.routes.blueprint import VERSION, Answer, bp, code
from app.rules.routes.blueprint import found as find
from app.values.language import N_
from forms.calls import CallForm, NewCallForm
from forms.rules import ConfirmForm

P = Permission
CALL = "/utlysning/<public_id>"


@bp.get(CALL)
@needs(P.READ_CASES)
def call(public_id: str) -> str:
    """One call, and what can be done with it."""
    found = _call(public_id)
    return render_template("rules/call.html", call=found, offers=judgement.call_offers(found, current_actor(), now()))


@bp.route(VERSION + "/ny-utlysning", methods=["GET", "POST"])
@needs(P.DRAFT_RULES)
def new_call(pot: str, year: int, number: int) -> Answer:
    """A call under this version."""
    version, actor, at = find(pot, year, number), current_actor(), now()
    form = NewCallForm()
    form.limit(version.year)
    if not form.validate_on_submit():
        return render_template("rules/call_form.html", form=form, version=version, call=None), code()
    facts = form.facts()

    def make() -> str:
        return url_for("rules.call", public_id=actions.draft_call(version, facts, by=actor, at=at).public_id)

    return redirect(once(form.token, at, make), 303)


@bp.route(CALL + "/rediger", methods=["GET", "POST"])
@needs(P.DRAFT_RULES)
def edit_call(public_id: str) -> Answer:
    """New words and dates of a call that is a draft."""
    found, actor = _call(public_id), current_actor()
    form = CallForm(data={**_typed(found), "version": found.version})
    form.limit(found.year)
    closed = judgement.not_changeable(found, actor)
    if not form.validate_on_submit():
        page = render_template("rules/call_form.html", form=form, version=found.rules, call=found, closed=closed)
        return page, code()
    facts = form.facts()
    with writing():
        actions.change_call(found, facts, by=actor, at=now(), version=form.seen_version)
    flash(N_("Utlysningen er lagret."), "success")
    return redirect(url_for("rules.call", public_id=public_id), 303)


@bp.route(CALL + "/kunngjor", methods=["GET", "POST"])
@needs(P.READ_CASES, post=(P.PUBLISH,))
@fresh_password
def publish_call(public_id: str) -> Answer:
    """Announce, after one page that says what it means."""
    found, actor, at = _call(public_id), current_actor(), now()
    form = ConfirmForm(data={"version": found.version})
    if not form.validate_on_submit():
        offer = judgement.call_offers(found, actor, at)[-1]
        return render_template("rules/publish_call.html", call=found, form=form, offer=offer), code()
    with writing():
        actions.publish_call(found, by=actor, at=at, version=form.seen_version)
    flash(N_("Utlysningen er kunngjort."), "success")
    return redirect(url_for("rules.call", public_id=public_id), 303)


def _call(public_id: str) -> Call:
    return queries.any_call_by_public_id(public_id) or abort(404)


def _typed(call: Call) -> dict[str, object]:
    names = (*CallFacts.__dataclass_fields__,)
    both = {f"{n}_{form}" for n in names for form in Words.__dataclass_fields__}
    return {name: getattr(call, name) for name in {*names, *both} if hasattr(call, name)}
