"""The pilot area's page (pages.md 13): claims to confirm, unusual ones first with the figures, and a result per row."""

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access.domain import Permission
from app.access.guards import current_actor, needs
from app.compensation import actions, judgement, queries
from app.compensation.domain import middle, outliers
from app.compensation.queries import ToConfirm
from app.compensation.queries.agreements import on_their_way
from app.compensation.routes import bp
from app.compensation.routes.moments import moment_of, told_as
from app.compensation.routes.paging import Lists
from app.compensation.routes.review import prices_of
from app.db import db, writing
from app.db.clock import now
from app.flow import Stale
from app.page_language import current_language
from app.parties.queries import areas
from app.values.language import N_
from forms.compensation import ConfirmForm


@bp.get("/utprovingsomrade")
@needs(Permission.CONFIRM_CLAIM)
def area() -> Response | str:
    """What waits for confirmation, what the directorate confirms, and the rest."""
    actor, lists = current_actor(), Lists("compensation.area", "side", "bekreftet")
    rows, count = queries.to_confirm(actor.area_ids, lists["side"])
    settled, more = queries.confirmed_in(actor.area_ids, lists["bekreftet"])
    shown = {
        "leaf": lists.leaf("side", len(rows), count=count),
        "settled_leaf": lists.leaf("bekreftet", len(settled), more=more),
    }
    waiting = [row for row in rows if not row.own_host]
    sums = queries.sums_in(actor.area_ids)
    unusual = _unusual(waiting, sums)
    moment = moment_of(request.args.get("svar", ""))
    left = [each for each in request.args.get("ikke", "").split(",") if each][:100]
    if lists.is_beyond:
        return lists.back()
    return render_template(
        "compensation/area.html",
        areas=[each for each in areas() if each.id in actor.area_ids],
        waiting=sorted(waiting, key=lambda row: row.claim.id not in unusual),
        closed=judgement.why_not_confirmed_by(waiting, actor),
        unusual=unusual,
        usual={area_id: middle(found) for area_id, found in sums.items()},
        units=_units(waiting),
        own_host=[row for row in rows if row.own_host],
        settled=settled,
        on_their_way=on_their_way(actor.area_ids),
        **shown,
        done=queries.confirmed_at(moment, actor.id) if moment else [],
        not_done=queries.told(left, actor.area_ids) if left else [],
        form=ConfirmForm(formdata=None),
    )


def _units(waiting: list[ToConfirm]) -> dict[int, list[tuple[str, int, int]]]:
    """Of each claim's lines: what is claimed in words, and how many of how many are paid."""
    language, lines = current_language(), queries.units_of([row.claim.id for row in waiting])
    prices = {version: prices_of(row) for version, row in {row.claim.rule_version_id: row for row in waiting}.items()}
    return {
        row.claim.id: [
            (prices[row.claim.rule_version_id][line.code].told(line.units, language), line.paid_units, line.units)
            for line in lines[row.claim.id]
        ]
        for row in waiting
    }


def _unusual(waiting: list[ToConfirm], sums: dict[int, list[int]]) -> set[int]:
    """The claims that are far from what is usual in their area."""
    found = set[int]()
    for area_id, usual in sums.items():
        of_area = {row.claim.id: row.claim.claimed_ore for row in waiting if row.claim.area_id == area_id}
        # Keys below nought are the area's other claims: they tell what is usual.
        found |= outliers({**of_area, **{-nr: ore for nr, ore in enumerate(usual, 1)}}) & of_area.keys()
    return found


@bp.post("/utprovingsomrade/bekreft")
@needs(Permission.CONFIRM_CLAIM)
def confirm() -> Response:
    """Confirm each of the ticked claims that can be, and tell of every one."""
    form, actor, at = ConfirmForm(), current_actor(), now()
    if not form.validate_on_submit():
        abort(400)
    known = {row.claim.public_id: row.claim.id for row in queries.told(list(form.ticked), actor.area_ids)}
    db.session.rollback()
    if form.ticked.keys() - known.keys():
        raise Stale
    with writing():
        left = actions.confirm_each({known[each]: version for each, version in form.ticked.items()}, by=actor, at=at)
    if left:
        flash(N_("Noen av kravene er ikke bekreftet."), "warning")
    else:
        flash(N_("Kravene er bekreftet."), "success")
    addresses = ",".join(address for address, key in known.items() if key in left)
    return redirect(url_for("compensation.area", svar=told_as(at), ikke=addresses or None), 303)
