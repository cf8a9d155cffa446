"""The form of a claim (pages.md 12), new or corrected: what can be claimed, the sum, and what the caps leave out."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import abort, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from app.access.guards import current_actor
from app.compensation import queries
from app.compensation.domain import Period, Reckoned, RulePart, Wrong, next_period
from app.compensation.models import Claim
from app.compensation.queries import Agreed, Standing, Written
from app.compensation.routes.own import money_to
from app.db.clock import now
from app.flow import Reason
from app.page_language import current_language
from app.rules.domain import UnitPrice
from app.values.clock import local_date
from forms.compensation import ClaimForm, PeriodForm, claim_form


@dataclass(frozen=True)
class Asked:
    """The page: whose claim, how the agreement stands, and the period's parts with the form that asks for them.

    `claim`: the one that is corrected; `standing` is then without it. `written`: the draft of a new one.
    """

    agreed: Agreed
    standing: Standing
    parts: tuple[RulePart, ...]
    form: ClaimForm
    claim: Claim | None = None
    written: Written | None = None

    @property
    def periods(self) -> list[Period]:
        """The parts' periods, in order."""
        return [part.period for part in self.parts]

    @property
    def rules(self) -> str:
        """The days, and the rules that hold for them: as the page was made for them."""
        days = "/".join(str(each.toordinal()) for each in (self.periods[0].from_on, self.periods[-1].to_on))
        return f"{days} {' '.join(str(part.holding.version_id) for part in self.parts)}"

    def is_changed_since(self, seen: str) -> bool:
        """Whether other rules hold now for the very days that were seen."""
        return seen.split(" ")[0] == self.rules.split(" ")[0] and seen != self.rules

    def last_days(self, today: date) -> list[tuple[date, bool]]:
        """The last day to claim for each part that has one, and whether it is past."""
        days = [part.holding.rules.claims_until for part in self.parts]
        return [(day, today > day) for day in dict.fromkeys(days) if day is not None]

    def reckoned(self) -> list[Reckoned]:
        """What each part gives."""
        return [self.standing.reckon(facts) for facts in self.form.facts(self.periods)]

    def wrong(self, today: date) -> list[tuple[int, Wrong]]:
        """Why the claim cannot be sent, each with the part it is in."""
        facts = self.form.facts(self.periods)
        return [(nr, each) for nr, part in enumerate(facts) for each in self.standing.why_not(part, today)]


def asked_for(
    agreed: Agreed,
    standing: Standing,
    filled: Period,
    claim: Claim | None = None,
    written: Written | None = None,
) -> Asked:
    """The form for the period that is typed now, or in the draft, else with this one filled in.

    A claim that is corrected has one part.
    """
    drafted = MultiDict(written.draft.typed) if written else None
    given: dict[str, Any] = {"formdata": drafted} if request.method != "POST" and drafted is not None else {}
    typed = PeriodForm(**given) if request.method == "POST" or given else None
    if typed is not None:
        typed.limit(standing.agreed)
        typed.validate()
    period = (typed.period if typed else None) or filled
    parts = standing.parts(period)
    if claim is not None:
        parts = (RulePart(period, parts[0].holding),)
    form = claim_form([_open(standing, part) for part in parts], current_language())(**given)
    form.limit(standing.agreed)
    if typed is None:
        form.from_on.data, form.to_on.data = filled.from_on, filled.to_on
    if request.method != "POST":
        form.version.data = claim.version if claim else written.draft.version if written else 0
    return Asked(agreed, standing, parts, form, claim, written)


def own_claim(public_id: str, at: datetime) -> Asked:
    """The form of a new claim for this agreement, with what is being written."""
    agreed = queries.own_agreement(public_id, current_actor())
    if agreed is None:
        abort(404)
    standing = queries.standing_of(agreed.case.id)
    following = next_period(standing.agreed, standing.periods, local_date(at))
    return asked_for(agreed, standing, following, written=queries.draft_of(agreed.agreement.id))


def _open(standing: Standing, part: RulePart) -> list[UnitPrice]:
    closed = standing.used_up(part.period.from_on)
    return [price for price in part.holding.rules.unit_prices if price.code not in closed]


def place(form: ClaimForm, wrong: list[tuple[int, Wrong]]) -> None:
    """Each fault at its field; one of the units stands at the first of them in its part."""
    for part, each in wrong:
        fields: list[Any] = [form[each.place]] if each.place in form else [*form.fields(part), form.to_on]
        if each.reason not in fields[0].errors:
            fields[0].errors = [*fields[0].errors, each.reason]


def draw(
    asked: Asked,
    reckoned: list[Reckoned] | None = None,
    reasons: list[Reason] | None = None,
    shut: list[Reason] | None = None,
) -> str:
    """The page. `shut`: why nothing can be sent at all."""
    form = asked.form
    form.rules.data = asked.rules
    # What was being written may have been sent or thrown away in another window while this one was answered.
    again = asked.written and request.method == "POST"
    written = queries.draft_of(asked.agreed.agreement.id) if again else asked.written
    shown = [each.sum_ore for each in reckoned or ()]
    form.shown.data = " ".join(str(ore) for ore in shown) if any(each.lines for each in reckoned or ()) else ""
    return render_template(
        "compensation/claim_form.html",
        agreed=asked.agreed,
        claim=asked.claim,
        action=url_for("compensation.correct_claim", public_id=asked.claim.public_id)
        if asked.claim
        else url_for("compensation.new_claim", public_id=asked.agreed.case.public_id),
        written=written,
        last_days=asked.last_days(local_date(now())),
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
