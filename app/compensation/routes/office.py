"""The officer's page: claims that wait, agreements, and a new one."""

from collections.abc import Sequence
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access.creating import once
from app.access.domain import Permission
from app.access.guards import current_actor, fresh_password, needs
from app.budget.models import Frame
from app.compensation import actions, queries
from app.compensation.domain import Money, Terms, forecast
from app.compensation.queries import AreaFigures
from app.compensation.routes import bp
from app.compensation.routes.paging import Lists
from app.db.clock import now
from app.flow import Refused
from app.parties.queries import areas
from app.rules.queries import rules_of
from app.values.clock import local_date
from app.values.language import N_
from forms.compensation import AgreementForm


@bp.get("/fastleger")
@needs(Permission.REVIEW_CLAIM)
def home() -> Response | str:
    """The scheme this year: who takes part, what it costs, when the money ends, and what waits for a person."""
    at, lists = now(), Lists("compensation.home", "side", "avtaler")
    areas_now, frames = queries.figures(local_date(at), at), queries.frames(local_date(at).year)
    claims, open_claims = queries.open_page(lists["side"])
    agreements, every = queries.agreements(lists["avtaler"])
    shown = {
        "claims_leaf": lists.leaf("side", len(claims), count=open_claims),
        "agreements_leaf": lists.leaf("avtaler", len(agreements), count=every),
    }
    if lists.is_beyond:
        return lists.back()
    return render_template(
        "compensation/home.html",
        year=local_date(at).year,
        areas=areas_now,
        sums=_sums(frames, sum(each.helfo_ore for each in areas_now)),
        helfo_ore=sum(each.helfo_ore for each in areas_now),
        told=forecast(_months(areas_now), _money(areas_now, frames), local_date(at)) if frames else None,
        claims=claims,
        agreements=agreements,
        **shown,
    )


def _sums(frames: Sequence[Frame], helfo_ore: int) -> dict[str, int] | None:
    """The scheme's frames as one: øre in all, promised, paid and left; None while no frame is set.

    What Helfo's statistics tell is spent of them, though it was neither promised nor paid here.
    """
    if not frames:
        return None
    names = ("frame_ore", "committed_ore", "paid_ore", "left_ore")
    sums = {name: sum(getattr(frame, name) for frame in frames) for name in names}
    sums["committed_ore"] += helfo_ore
    sums["paid_ore"] += helfo_ore
    return {**sums, "left_ore": max(sums["left_ore"] - helfo_ore, 0)}


def _money(areas_now: Sequence[AreaFigures], frames: Sequence[Frame]) -> Money:
    pending_ore = sum(each.pending_ore for each in areas_now)
    helfo_ore = sum(each.helfo_ore for each in areas_now)
    return Money(
        left_ore=sum(frame.left_ore for frame in frames) - helfo_ore,
        pending_ore=pending_ore,
        caps_left_ore=max(sum(each.caps_left_ore for each in areas_now) - pending_ore, 0),
        agreements=sum(each.agreed for each in areas_now),
    )


def _months(areas_now: Sequence[AreaFigures]) -> dict[date, int]:
    found: dict[date, int] = {}
    for each in areas_now:
        for month, ore in each.months.items():
            found[month] = found.get(month, 0) + ore
    return found


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
