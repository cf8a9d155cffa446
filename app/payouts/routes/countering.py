"""A counter-claim on a GP's claim: what is to be taken back, and why. It is decided on the page of repayments."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.access.creating import is_repeated, once
from app.access.domain import Permission
from app.access.guards import current_actor, fresh_password, needs
from app.cases.queries import declared
from app.compensation.queries import ClaimRow, by_public_id, lines_now
from app.db.clock import now
from app.flow import Refused
from app.page_language import current_language
from app.payouts import actions, judgement
from app.payouts.routes import bp
from app.rules.queries import rules_of
from app.values.language import N_
from forms.countering import CounterForm, counter_form


@bp.route("/motkrav/<public_id>", methods=["GET", "POST"])
@needs(Permission.REVIEW_CLAIM)
@fresh_password
def counter_claim(public_id: str) -> Response | str | tuple[str, int]:
    """Fill in and propose; the same page sent twice makes one."""
    actor, at = current_actor(), now()
    row = by_public_id(public_id, actor) or abort(404)
    lines = lines_now(row.claim.id)
    names = {p.code: p.words.in_(current_language()) for p in rules_of(row.claim.rule_version_id).unit_prices}
    form = counter_form([(line.code, names.get(line.code, line.code)) for line in lines])()
    if not form.is_submitted():
        form.version.data = row.claim.version
        return _page(row, lines, names, form)
    if not form.validate():
        return _page(row, lines, names, form), 422
    counter = form.facts([(line.code, line.left_units, line.unit_price_ore) for line in lines])
    if not is_repeated(form.token):
        if closed := judgement.why_not_counter(row.claim, actor):
            raise Refused(closed)
        if lacks := judgement.why_not_so(row.claim, counter):
            form.tell(lacks)
            return _page(row, lines, names, form), 422
    claim_id, number = row.claim.id, row.case.number

    def make() -> str:
        actions.propose_counter(claim_id, counter, form.seen_version, by=actor, at=at)
        return url_for("payouts.repayments", number=number)

    address = once(form.token, at, make)
    flash(N_("Motkravet er foreslått. En leder med BDM må bekrefte det før noe blir tatt tilbake."), "success")
    return redirect(address, 303)


def _page(row: ClaimRow, lines: Any, names: dict[str, str], form: CounterForm) -> str:
    actor, language = current_actor(), current_language()
    prices = {p.code: p for p in rules_of(row.claim.rule_version_id).unit_prices}
    return render_template(
        "payouts/counter_claim.html",
        left={line.code: prices[line.code].counted(line.left_units, language) for line in lines},
        row=row,
        lines=lines,
        names=names,
        form=form,
        fields=[form[f"units_{line.code}"] for line in lines if line.left_units],
        closed=judgement.why_not_counter(row.claim, actor),
        undeclared=declared([row.case.id], actor.id).get(row.case.id) is None,
    )
