"""What a counter-claim («motkrav») takes back of an approved claim, unit by unit. Plain Python."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.flow.domain import Reason
from app.values.language import N_


@dataclass(frozen=True)
class Counter:
    """What is taken back, and why: units by code, and the words the payee reads."""

    units: Mapping[str, int]
    reason: str


@dataclass(frozen=True)
class Back:
    """Units of one price: those that are paid and not taken back yet, and how many of them are taken back now."""

    code: str
    left_units: int
    units: int
    unit_price_ore: int

    @property
    def amount_ore(self) -> int:
        """What they were paid by, in øre."""
        return self.units * self.unit_price_ore


def taken_back(lines: Sequence[tuple[str, int, int]], counter: Counter) -> tuple[Back, ...]:
    """The lines (code, units left, price in øre) that something is taken back of."""
    asked = ((code, left, counter.units.get(code, 0), price) for code, left, price in lines)
    return tuple(Back(*each) for each in asked if each[2])


def sum_ore(back: Sequence[Back]) -> int:
    """The sum of a counter-claim, in øre."""
    return sum(each.amount_ore for each in back)


def why_not_back(lines: Sequence[tuple[str, int, int]], counter: Counter) -> list[Reason]:
    """Why just this cannot be taken back of a claim with these lines."""
    codes = {code for code, _, _ in lines}
    back = taken_back(lines, counter)
    reasons = []
    if not counter.reason.strip():
        reasons.append(Reason(N_("Skriv begrunnelsen. Mottakeren får den i svaret."), of="reason"))
    if counter.units.keys() - codes or any(units < 0 for units in counter.units.values()):
        reasons.append(Reason(N_("Velg blant satsene i kravet.")))
    for each in back:
        if each.units > each.left_units:
            text = N_("Det er bare %(left)s igjen å ta tilbake.")
            reasons.append(Reason(text, {"left": each.left_units}, of=f"units_{each.code}"))
    if not sum_ore(back):
        reasons.append(Reason(N_("Skriv hvor mange enheter som skal tas tilbake.")))
    return reasons
