"""What a claim gives, and what the caps leave out and why (domain B.2). Counts only, never a patient. Plain Python."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median_low

from app.compensation.domain.periods import Period
from app.flow.domain import Reason
from app.rules.domain import UnitPrice, Words
from app.values.language import N_

# An unusual claim is looked at by itself: more than three times the middle one (domain B.2).
OUTLIER_TIMES = 3


@dataclass(frozen=True)
class ClaimLine:
    """Units of one price: claimed, paid within the caps, and why the rest is left out."""

    code: str
    words: Words
    units: int
    paid_units: int
    unit_price_ore: int
    reason: Reason | None = None

    @property
    def amount_ore(self) -> int:
        """What the units within the caps give, in øre."""
        return self.paid_units * self.unit_price_ore


@dataclass(frozen=True)
class Reckoned:
    """A claim with every line reckoned."""

    lines: tuple[ClaimLine, ...]

    @property
    def sum_ore(self) -> int:
        """What the claim gives, in øre."""
        return sum(line.amount_ore for line in self.lines)


@dataclass(frozen=True)
class ClaimFacts:
    """What a GP claims: the period, units by code, and the sum they saw before they sent it.

    `late_reason`: why it comes after the last day for claims.
    """

    period: Period
    units: Mapping[str, int]
    shown_ore: int | None = None
    late_reason: str = ""


def reckon(prices: Sequence[UnitPrice], units: Mapping[str, int], used: Mapping[str, int], left_ore: int) -> Reckoned:
    """Cut each line to the units and the money that are left, in the order of the rules.

    `used` are units claimed earlier and not refused; `left_ore` what is left of the agreement's own cap. Only whole
    units are paid, so a line always is units times price.
    """
    lines = []
    for price in prices:
        wanted = units.get(price.code, 0)
        if wanted > 0:
            line = _line(price, wanted, units_left(price, used), max(left_ore, 0))
            left_ore -= line.amount_ore
            lines.append(line)
    return Reckoned(tuple(lines))


def units_left(price: UnitPrice, used: Mapping[str, int]) -> int:
    """Units of this price one may still claim within the GP's own cap."""
    return max(price.max_units - used.get(price.code, 0), 0)


def _line(price: UnitPrice, wanted: int, left_units: int, left_ore: int) -> ClaimLine:
    most = left_units if price.max_per_period is None else min(left_units, price.max_per_period)
    by_units = min(wanted, most)
    paid = min(by_units, left_ore // price.unit_price_ore) if price.unit_price_ore else by_units
    reason = None
    if paid < by_units:
        text = N_("Utelatt: %(left_out)s. Det er bare %(left_ore)s igjen av taket i avtalen.")
        reason = Reason(text, {"left_out": wanted - paid, "left_ore": left_ore})
    elif by_units < wanted and most < left_units:
        text = N_("Utelatt: %(left_out)s. Ett krav kan ha høyst %(most)s.")
        reason = Reason(text, {"left_out": wanted - paid, "most": most})
    elif by_units < wanted:
        text = N_("Utelatt: %(left_out)s. Det er bare %(left_units)s igjen av taket på %(most)s.")
        reason = Reason(text, {"left_out": wanted - paid, "left_units": left_units, "most": price.max_units})
    return ClaimLine(price.code, price.words, wanted, paid, price.unit_price_ore, reason)


def used_up(prices: Sequence[UnitPrice], used: Mapping[str, int], left_ore: int) -> dict[str, Reason]:
    """Why nothing more can be claimed by these prices, by their code; those with something left are not there."""
    closed = {}
    for price in prices:
        if used.get(price.code, 0) >= price.max_units:
            closed[price.code] = Reason(N_("Brukt opp: %(most)s av %(most)s er krevd."), {"most": price.max_units})
        elif left_ore < price.unit_price_ore:
            text = N_("Bare %(left_ore)s er igjen av taket i avtalen.")
            closed[price.code] = Reason(text, {"left_ore": max(left_ore, 0)})
    return closed


@dataclass(frozen=True)
class Wrong:
    """Why a claim cannot be sent, and where that stands: "from_on", "to_on", "units" or "late_reason"."""

    place: str
    reason: Reason


def why_not_claim(
    period: Period,
    agreed: Period,
    earlier: Sequence[Period],
    reckoned: Reckoned,
    today: date,
    pauses: Sequence[Period] = (),
) -> list[Wrong]:
    """Why the claim cannot be sent; empty when it can."""
    wrong = []
    if period.from_on > period.to_on:
        wrong.append(Wrong("to_on", Reason(N_("Perioden slutter før den begynner."))))
    if period.from_on < agreed.from_on or period.to_on > agreed.to_on:
        text = N_("Perioden må ligge innenfor avtalen, %(from_on)s til %(to_on)s.")
        place = "from_on" if period.from_on < agreed.from_on else "to_on"
        wrong.append(Wrong(place, Reason(text, {"from_on": agreed.from_on, "to_on": agreed.to_on})))
    if period.to_on > today:
        wrong.append(Wrong("to_on", Reason(N_("Perioden er ikke over ennå."))))
    hit = next((p for p in earlier if p.overlaps(period)), None)
    if hit is not None:
        text = N_("Det er allerede krevd kompensasjon for %(from_on)s til %(to_on)s.")
        wrong.append(Wrong("from_on", Reason(text, {"from_on": hit.from_on, "to_on": hit.to_on})))
    rest = next((p for p in pauses if p.overlaps(period)), None)
    if rest is not None:
        text = N_("Avtalen har pause fra %(from_on)s til %(to_on)s. Ta de dagene ut av perioden.")
        wrong.append(Wrong("from_on", Reason(text, {"from_on": rest.from_on, "to_on": rest.to_on})))
    if not reckoned.lines:
        wrong.append(Wrong("units", Reason(N_("Skriv antall for minst én sats."))))
    elif reckoned.sum_ore == 0:
        wrong.append(Wrong("units", Reason(N_("Takene er brukt opp, så kravet gir ingen utbetaling."))))
    return wrong


def outliers(sums_ore: Mapping[int, int]) -> set[int]:
    """Keys of the claims over three times the middle one; a few claims have no middle to speak of."""
    if len(sums_ore) < 3:
        return set()
    middle = median_low(sums_ore.values())
    return {key for key, ore in sums_ore.items() if ore > OUTLIER_TIMES * middle}


def cut(lines: Sequence[ClaimLine], approved: Mapping[str, int]) -> tuple[ClaimLine, ...]:
    """The lines with the units an officer approves. Raises ValueError when a line is raised or unknown."""
    if unknown := approved.keys() - {line.code for line in lines}:
        raise ValueError(f"no such line: {sorted(unknown)}")
    made = []
    for line in lines:
        units = approved.get(line.code, line.paid_units)
        if not 0 <= units <= line.paid_units:
            raise ValueError(f"{line.code}: {units} of {line.paid_units}")
        made.append(ClaimLine(line.code, line.words, line.units, units, line.unit_price_ore, line.reason))
    return tuple(made)
