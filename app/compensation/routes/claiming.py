"""A new claim (pages.md 12): what can be claimed, the sum and what the caps leave out before it is sent."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access.creating import once
from app.access.domain import Permission
from app.access.guards import current_actor, fresh_password, needs
from app.compensation import actions, judgement, queries
from app.compensation.domain import Period, Reckoned, RulePart, Wrong, next_period
from app.compensation.queries import Agreed, Standing
from app.compensation.routes import bp
from app.compensation.routes.own import money_to
from app.db.clock import now
from app.flow import Reason, Refused
from app.page_language import current_language
from app.rules.domain import UnitPrice
from app.values.clock import local_date
from app.values.language import N_
from forms.compensation import ClaimForm, PeriodForm, claim_form


@dataclass(frozen=True)
class Asked:
    """The page: whose claim, how the agreement stands, and the period's parts with the form that asks for them."""

    agreed: Agreed
    standing: Standing
    parts: tuple[RulePart, ...]
    form: ClaimForm

    @property
    def periods(self) -> list[Period]:
        """The parts' periods, in order."""
        return [part.period for part in self.parts]

    def wrong(self, today: date) -> list[tuple[int, Wrong]]:
        """Why the claim cannot be sent, each with the part it is in."""
        facts = self.form.facts(self.periods)
        return [(nr, each) for nr, part in enumerate(facts) for each in self.standing.why_not(part, today)]


@bp.route("/krav-om-kompensasjon/<public_id>", methods=["GET", "POST"])
@needs(Permission.CLAIM_OWN)
@fresh_password
def new_claim(public_id: str) -> Response | str | tuple[str, int]:
    """Fill in, see the sum, send. A period that crosses a change of the rules is asked for on each side of it."""
    actor, at = current_actor(), now()
    agreed = queries.own_agreement(public_id, actor)
    if agreed is None:
        abort(404)
    standing = queries.standing_of(agreed.case.id)
    asked = _asked(agreed, standing, local_date(at))
    if shut := judgement.why_not_under(standing) or judgement.why_not_claim(agreed.case, actor):
        if request.method == "POST":
            raise Refused(shut)
        return _draw(asked, shut=shut)
    if request.method != "POST":
        return _draw(asked)
    if not asked.form.validate_on_submit():
        return _draw(asked), 422
    reckoned = [standing.reckon(facts) for facts in asked.form.facts(asked.periods)]
    if request.form.get("act") != "send":
        _place(asked.form, asked.wrong(local_date(at)))
        return _draw(asked, reckoned), 422 if asked.form.errors else 200
    if not asked.form.declared.data:
        asked.form.declared.errors = [N_("Kryss av for at opplysningene er riktige.")]
        return _draw(asked, reckoned), 422
    return _send(asked, reckoned)


def _asked(agreed: Agreed, standing: Standing, today: date) -> Asked:
    """The form for the period that is typed, or for the next one."""
    following = next_period(standing.agreed, standing.periods, today)
    typed = PeriodForm() if request.method == "POST" else None
    if typed is not None:
        typed.limit(standing.agreed)
        typed.validate()
    parts = standing.parts((typed.period if typed else None) or following)
    prices = [_open(standing, part) for part in parts]
    form = claim_form(prices, current_language())()
    form.limit(standing.agreed)
    if typed is None:
        form.from_on.data, form.to_on.data = following.from_on, following.to_on
    return Asked(agreed, standing, parts, form)


def _open(standing: Standing, part: RulePart) -> list[UnitPrice]:
    closed = standing.used_up(part.period.from_on)
    return [price for price in part.holding.rules.unit_prices if price.code not in closed]


def _send(asked: Asked, reckoned: list[Reckoned]) -> Response | tuple[str, int]:
    actor, at, form = current_actor(), now(), asked.form
    facts, case_id = form.facts(asked.periods), asked.agreed.case.id

    def make() -> str:
        actions.submit_parts(case_id, facts, by=actor, at=at)
        return url_for("compensation.own")

    try:
        location = once(form.token, at, make)
    except actions.Changed:
        reasons = [Reason(N_("Summen er en annen enn den du så. Se over og send en gang til."))]
        standing = queries.standing_of(case_id)
        now_given = [standing.reckon(each) for each in facts]
        return _draw(Asked(asked.agreed, standing, asked.parts, form), now_given, reasons), 409
    except Refused as refused:
        again = Asked(asked.agreed, queries.standing_of(case_id), asked.parts, form)
        _place(form, again.wrong(local_date(at)))
        return _draw(again, reckoned, [] if form.errors else refused.reasons), 409
    flash(N_("Kravet er sendt inn.") if len(facts) == 1 else N_("Kravene er sendt inn."), "success")
    return redirect(location, 303)


def _place(form: ClaimForm, wrong: list[tuple[int, Wrong]]) -> None:
    """Each fault at its field; one of the units stands at the first of them in its part."""
    for part, each in wrong:
        fields: list[Any] = [form[each.place]] if each.place in form else [*form.fields(part), form.to_on]
        if each.reason not in fields[0].errors:
            fields[0].errors = [*fields[0].errors, each.reason]


def _draw(
    asked: Asked,
    reckoned: list[Reckoned] | None = None,
    reasons: list[Reason] | None = None,
    shut: list[Reason] | None = None,
) -> str:
    form = asked.form
    shown = [each.sum_ore for each in reckoned or ()]
    form.shown.data = " ".join(str(ore) for ore in shown) if any(each.lines for each in reckoned or ()) else ""
    return render_template(
        "compensation/claim_form.html",
        agreed=asked.agreed,
        account=money_to(asked.agreed),
        standing=asked.standing,
        form=form,
        parts=[_shown(asked, nr, reckoned[nr] if reckoned else None) for nr in range(len(asked.parts))],
        fields=any(form.codes),
        language_now=current_language(),
        sum_ore=sum(shown),
        reckoned=bool(form.shown.data),
        reasons=reasons or [],
        shut=shut,
    )


def _shown(asked: Asked, nr: int, reckoned: Reckoned | None) -> dict[str, Any]:
    """One part of the period as the page shows it."""
    part, standing = asked.parts[nr], asked.standing
    prices = part.holding.rules.unit_prices
    names = {price.code: price.words.in_(current_language()) for price in prices}
    closed, left = standing.used_up(part.period.from_on), standing.units_left(part.period.from_on)
    return {
        "period": part.period,
        "names": names,
        "by_code": {price.code: price for price in prices},
        "closed": closed,
        "prices": [
            {"price": each, "words": names[each.code], "left": left[each.code]}
            for each in prices
            if each.code not in closed
        ],
        "fields": asked.form.fields(nr),
        "reckoned": reckoned,
    }
