"""The GP's own page (pages.md 12): what can be claimed, the sum and what the cap leaves out before it is sent."""

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access.creating import once
from app.access.domain import Permission
from app.access.guards import current_actor, fresh_password, needs
from app.compensation import actions, judgement, queries
from app.compensation.domain import Reckoned, Wrong, next_period
from app.compensation.queries import Agreed, Standing
from app.compensation.routes import bp
from app.db import writing
from app.db.clock import now
from app.flow import Reason, Refused
from app.page_language import current_language
from app.parties.domain import PaidTo
from app.parties.queries import last_account, paid_to
from app.values.clock import local_date
from app.values.language import N_
from forms.compensation import AccountSeenForm, ClaimForm, claim_form


@bp.get("/krav-om-kompensasjon")
@needs(Permission.CLAIM_OWN)
def own() -> Response | str:
    """The agreements; with only one, straight to its claim."""
    actor = current_actor()
    agreed = queries.agreements_of(actor)
    claims = queries.of_agreements([a.agreement.id for a in agreed])
    return render_template(
        "compensation/own.html",
        agreed=agreed,
        claims=claims,
        form=AccountSeenForm(formdata=None),
        accounts={each.agreement.id: _paid_to(each) for each in agreed},
        closed={
            each.agreement.id: judgement.why_not_confirm_account(each.agreement, each.account, actor)
            for each in agreed
            if each.account.confirmed_at is None
        },
    )


def _paid_to(agreed: Agreed) -> PaidTo:
    """Where the money goes: the payee may have given a newer number elsewhere."""
    newest = last_account(agreed.payee.id) or agreed.account
    return paid_to(newest, agreed.account.id, agreed.account_no)


@bp.post("/krav-om-kompensasjon/<public_id>/kontonummer")
@needs(Permission.CLAIM_OWN)
@fresh_password
def confirm_account(public_id: str) -> Response:
    """The practice confirms the number that stands in the agreement."""
    actor, at, form = current_actor(), now(), AccountSeenForm()
    agreed = queries.own_agreement(public_id, actor)
    if agreed is None:
        abort(404)
    if not form.validate_on_submit():
        abort(400)
    agreement_id = agreed.agreement.id
    with writing():
        actions.confirm_account(agreement_id, form.seen_version, by=actor, at=at)
    flash(N_("Kontonummeret er bekreftet."), "success")
    return redirect(url_for("compensation.own"), 303)


@bp.route("/krav-om-kompensasjon/<public_id>", methods=["GET", "POST"])
@needs(Permission.CLAIM_OWN)
@fresh_password
def new_claim(public_id: str) -> Response | str | tuple[str, int]:
    """Fill in, see the sum, send."""
    actor, at = current_actor(), now()
    agreed = queries.own_agreement(public_id, actor)
    if agreed is None:
        abort(404)
    standing = queries.standing_of(agreed.case.id)
    closed = standing.used_up()
    form = claim_form([p for p in standing.rules.unit_prices if p.code not in closed], current_language())()
    form.limit(standing.agreed)
    if shut := judgement.why_not_claim(agreed.case, actor):
        if request.method == "POST":
            raise Refused(shut)
        return _draw(agreed, standing, form, shut=shut)
    if request.method != "POST":
        period = next_period(standing.agreed, standing.periods, local_date(at))
        form.from_on.data, form.to_on.data = period.from_on, period.to_on
        return _draw(agreed, standing, form)
    if not form.validate_on_submit():
        return _draw(agreed, standing, form), 422
    facts = form.facts()
    reckoned = standing.reckon(facts.units)
    if request.form.get("act") != "send":
        _place(form, standing.why_not(facts, local_date(at)))
        return _draw(agreed, standing, form, reckoned), 422 if form.errors else 200
    if not form.declared.data:
        form.declared.errors = [N_("Kryss av for at opplysningene er riktige.")]
        return _draw(agreed, standing, form, reckoned), 422
    return _send(agreed, standing, form, reckoned)


def _send(agreed: Agreed, standing: Standing, form: ClaimForm, reckoned: Reckoned) -> Response | tuple[str, int]:
    actor, at, facts = current_actor(), now(), form.facts()

    def make() -> str:
        actions.submit(agreed.case.id, facts, by=actor, at=at)
        return url_for("compensation.own")

    try:
        location = once(form.token, at, make)
    except actions.Changed as changed:
        reasons = [Reason(N_("Summen er en annen enn den du så. Se over og send en gang til."))]
        return _draw(agreed, standing, form, changed.reckoned, reasons), 409
    except Refused as refused:
        standing = queries.standing_of(agreed.case.id)
        _place(form, standing.why_not(facts, local_date(at)))
        return _draw(agreed, standing, form, reckoned, [] if form.errors else refused.reasons), 409
    flash(N_("Kravet er sendt inn."), "success")
    return redirect(location, 303)


def _place(form: ClaimForm, wrong: list[Wrong]) -> None:
    """Each fault at its field; one of the units stands at the first of them."""
    for each in wrong:
        name = each.place if each.place in form else next((f"units_{code}" for code in form.codes), "to_on")
        form[name].errors = [*form[name].errors, each.reason]


def _draw(
    agreed: Agreed,
    standing: Standing,
    form: ClaimForm,
    reckoned: Reckoned | None = None,
    reasons: list[Reason] | None = None,
    shut: list[Reason] | None = None,
) -> str:
    form.shown.data = str(reckoned.sum_ore) if reckoned and reckoned.lines else ""
    words = {price.code: price.words.in_(current_language()) for price in standing.rules.unit_prices}
    left, closed = standing.units_left(), standing.used_up()
    prices = [
        {"price": price, "words": words[price.code], "left": left[price.code]}
        for price in standing.rules.unit_prices
        if price.code not in closed
    ]
    return render_template(
        "compensation/claim_form.html",
        agreed=agreed,
        account=_paid_to(agreed),
        standing=standing,
        form=form,
        prices=prices,
        closed=closed,
        names=words,
        by_code={price.code: price for price in standing.rules.unit_prices},
        language_now=current_language(),
        reckoned=reckoned,
        reasons=reasons or [],
        shut=shut,
        fields=[form[f"units_{code}"] for code in form.codes],
    )
