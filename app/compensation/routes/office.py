"""The officer's page: claims that wait, agreements, and a new one."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access.creating import once
from app.access.domain import Permission
from app.access.guards import current_actor, fresh_password, needs
from app.compensation import actions, queries
from app.compensation.domain import Terms
from app.compensation.routes import bp
from app.db.clock import now
from app.flow import Refused
from app.parties.queries import areas
from app.rules.queries import rules_of
from app.values.clock import local_date
from app.values.language import N_
from forms.compensation import AgreementForm


@bp.get("/fastleger")
@needs(Permission.REVIEW_CLAIM)
def home() -> str:
    """What waits for review, what waits for the area, and every agreement."""
    return render_template("compensation/home.html", claims=queries.to_review(), agreements=queries.agreements())


@bp.route("/fastleger/ny-avtale", methods=["GET", "POST"])
@needs(Permission.REVIEW_CLAIM)
@fresh_password
def new_agreement() -> Response | str | tuple[str, int]:
    """Register a signed agreement."""
    form = AgreementForm()
    versions = queries.compensation_versions()
    form.pot.choices = [(v.pot.code, v.pot.name_nb) for v in versions]
    form.limit([Terms(v.pot.code, v.year, rules_of(v.id).cap_ore) for v in versions], local_date(now()))
    form.area.choices = [(a.public_id, a.name) for a in areas()]
    if request.method != "POST":
        if versions and (cap_ore := rules_of(versions[0].id).cap_ore):
            form.cap.data = cap_ore
        return render_template("compensation/new_agreement.html", form=form, reasons=[])
    if not form.validate_on_submit():
        return render_template("compensation/new_agreement.html", form=form, reasons=[]), 422
    actor, at, facts = current_actor(), now(), form.facts()

    def make() -> str:
        actions.make_agreement(facts, by=actor, at=at)
        return url_for("compensation.home")

    try:
        location = once(form.token, at, make)
    except Refused as refused:
        return render_template("compensation/new_agreement.html", form=form, reasons=refused.reasons), 422
    flash(N_("Avtalen er registrert."), "success")
    return redirect(location, 303)
