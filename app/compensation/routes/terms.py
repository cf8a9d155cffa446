"""The practice reads later terms of an agreement that keeps its own, and signs them."""

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access.domain import Permission
from app.access.guards import current_actor, fresh_password, needs
from app.compensation import actions, judgement, queries
from app.compensation.domain.changes import changed
from app.compensation.routes import bp
from app.db import db, writing
from app.db.clock import now
from app.flow import Refused
from app.page_language import current_language
from app.rules.domain import Rules
from app.rules.queries import rules_of
from app.summaries.domain import Unit, shown
from app.values.clock import local_date
from app.values.language import N_
from forms.agreements import TermsForm


@bp.route("/krav-om-kompensasjon/<public_id>/vilkar/<int:year>/<int:number>", methods=["GET", "POST"])
@needs(Permission.CLAIM_OWN)
@fresh_password
def sign_terms(public_id: str, year: int, number: int) -> Response | str | tuple[str, int]:
    """What they change, and the signature."""
    actor, at = current_actor(), now()
    agreed = queries.own_agreement(public_id, actor)
    found = queries.terms_at(agreed.agreement.id, year, number) if agreed else None
    if agreed is None or found is None:
        abort(404)
    terms, rules = found
    standing = queries.standing_of(agreed.case.id)
    shut = judgement.why_not_sign_terms(standing, terms, rules, actor, local_date(at))
    if shut and request.method == "POST":
        raise Refused(shut)
    form = TermsForm()
    if not form.validate_on_submit():
        if request.method != "POST":
            form.version.data = agreed.agreement.version
        page = render_template(
            "compensation/terms.html",
            agreed=agreed,
            form=form,
            shut=shut,
            from_on=queries.first_day(rules),
            changes=_changes(standing.held[-1].rules, rules_of(rules.id)),
        )
        return page, 422 if request.method == "POST" else 200
    agreement_id = agreed.agreement.id
    db.session.rollback()
    with writing():
        actions.sign_terms(agreement_id, form.seen_version, year, number, by=actor, at=at)
    flash(N_("De nye vilkårene er signert."), "success")
    return redirect(url_for("compensation.own"), 303)


def _changes(present: Rules, planned: Rules) -> list[tuple[str, str, str]]:
    language = current_language()
    return [
        (
            each.name.in_(language),
            shown(each.present, Unit.TEXT, language),
            shown(each.planned, Unit.TEXT, language),
        )
        for each in changed(present, planned)
    ]
