"""How an agreement stands: what is claimed, what is left, and why something cannot be claimed now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.compensation.domain import (
    ClaimFacts,
    Holding,
    Period,
    Reckoned,
    RulePart,
    Wrong,
    holding_on,
    next_period,
    reckon,
    split,
    units_left,
    used_up,
    why_not_claim,
)
from app.compensation.models import GpAgreement
from app.flow import Reason
from app.parties.models import Party
from app.rules.domain import PaidThrough, Rules
from app.values.language import N_

_HELFO = Reason(N_("For disse dagene krever fastlegen pengene av Helfo. Det sendes ikke krav hit."), who=N_("Helfo"))


@dataclass(frozen=True)
class Standing:
    """What an agreement has left: units used by code, øre asked for and not settled, periods claimed, days it rests.

    Units and øre are those of the whole chain it continues; `counted` is the first of it, whose cap counts.
    """

    agreement: GpAgreement
    counted: GpAgreement
    payee: Party
    held: tuple[Holding, ...]
    periods: Sequence[Period]
    used: Mapping[str, int]
    pending_ore: int
    pauses: Sequence[Period] = ()

    @property
    def agreed(self) -> Period:
        """The days the agreement holds."""
        return Period(self.agreement.from_on, self.agreement.last_on)

    @property
    def left_ore(self) -> int:
        """What is left of the cap when what is asked for is counted as used."""
        return self.counted.cap_ore - self.counted.claimed_ore - self.pending_ore

    def rules_on(self, on: date) -> Rules:
        """The rules that hold for the agreement on this day."""
        return holding_on(self.held, on).rules

    def version_on(self, on: date) -> int:
        """The key of that version."""
        return holding_on(self.held, on).version_id

    def parts(self, period: Period) -> tuple[RulePart, ...]:
        """The period by the rules that hold in it."""
        return split(period, self.held)

    def reckon(self, facts: ClaimFacts) -> Reckoned:
        """What these units give now, by the rules of the period's first day."""
        return reckon(self.rules_on(facts.period.from_on).unit_prices, facts.units, self.used, self.left_ore)

    def used_up(self, on: date) -> dict[str, Reason]:
        """Why nothing more can be claimed by the prices of this day, by code."""
        return used_up(self.rules_on(on).unit_prices, self.used, self.left_ore)

    def why_not(self, facts: ClaimFacts, today: date) -> list[Wrong]:
        """Why these facts cannot be sent as one claim now."""
        wrong = why_not_claim(facts.period, self.agreed, self.periods, self.reckon(facts), today, self.pauses)
        parts = self.parts(facts.period) if facts.period.from_on <= facts.period.to_on else ()
        if len(parts) > 1:
            text = N_("Satsene endres %(changed)s. Del perioden der, og skriv antall for hver del.")
            wrong.append(Wrong("to_on", Reason(text, {"changed": parts[1].period.from_on})))
        if self.rules_on(facts.period.from_on).paid_through is PaidThrough.HELFO_STATISTICS:
            wrong.append(Wrong("from_on", _HELFO))
        if self.is_late(facts.period.from_on, today) and not facts.late_reason.strip():
            text = N_("Siste dag for krav var %(last)s. Skriv hvorfor kravet kommer for sent.")
            last = self.rules_on(facts.period.from_on).claims_until
            wrong.append(Wrong("late_reason", Reason(text, {"last": last})))
        return wrong

    def is_late(self, on: date, today: date) -> bool:
        """Whether the last day to claim for this day is past; a person then looks at what is claimed."""
        last = self.rules_on(on).claims_until
        return last is not None and today > last

    def why_not_now(self, today: date) -> list[Reason]:
        """Why nothing can be claimed today: it has not begun, every day until now is claimed, or nothing is left."""
        if today < self.agreed.from_on:
            return [Reason(N_("Avtalen begynner %(from_on)s."), {"from_on": self.agreed.from_on})]
        if self.rules_on(next_period(self.agreed, self.periods, today).from_on).paid_through is (
            PaidThrough.HELFO_STATISTICS
        ):
            return [_HELFO]
        if len(self.used_up(today)) == len(self.rules_on(today).unit_prices):
            return [Reason(N_("Det er ikke mer å kreve i denne avtalen."))]
        following = next_period(self.agreed, self.periods, today)
        if following.from_on > min(today, self.agreed.to_on):
            last = max(period.to_on for period in self.periods)
            return [Reason(N_("Det er krevd kompensasjon til og med %(last)s."), {"last": last})]
        return []

    def units_left(self, on: date) -> dict[str, int]:
        """Units left of each price of this day."""
        return {p.code: units_left(p, self.used) for p in self.rules_on(on).unit_prices}
