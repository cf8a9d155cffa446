"""Figures of the GP scheme: what one area has in one period. Plain Python; the counting is queries.counting."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.compensation.domain.periods import Period
from app.values.language import N_

_QUARTER = 3


@dataclass(frozen=True)
class CodeFigures:
    """Of one unit price («sats»): units claimed, units approved, and what the approved ones come to in øre."""

    claimed: int = 0
    approved: int = 0
    approved_ore: int = 0


@dataclass(frozen=True)
class AreaFigures:
    """One area in one period; `area_id` None: all areas together.

    A claim belongs to the period its last day is in, and one that is refused to none. `agreed`: GPs with an agreement
    on some day of the period; `started`: those of all who have claimed by its end; `claimed`: who have in it;
    `silent`: `agreed` without a claim. Sums in øre; what is approved or paid is after what is taken back. `days`: how
    many claims were paid so many days after they came. What Helfo's statistics tell is in all but `claims` and `days`.
    """

    area_id: int | None
    agreed: int = 0
    started: int = 0
    claimed: int = 0
    claims: int = 0
    claimed_ore: int = 0
    approved_ore: int = 0
    paid_ore: int = 0
    waiting_ore: int = 0
    codes: Mapping[str, CodeFigures] = field(default_factory=dict)
    days: Mapping[int, int] = field(default_factory=dict)

    @property
    def silent(self) -> int:
        """Who have an agreement in the period, and no claim."""
        return max(self.agreed - self.claimed, 0)

    @property
    def median_days(self) -> int | None:
        """Days from claim to payment: half of the paid claims were paid within so many. None before any is paid."""
        whole, seen = sum(self.days.values()), 0
        for days in sorted(self.days):
            seen += self.days[days]
            if 2 * seen >= whole:
                return days
        return None

    def patients(self, codes: frozenset[str]) -> int:
        """Approved units of the prices that are per patient."""
        return sum(each.approved for code, each in self.codes.items() if code in codes)

    def per_patient_ore(self, codes: frozenset[str]) -> int | None:
        """What is approved in all, for each patient that is approved; whole øre, rounded down; None without."""
        patients = self.patients(codes)
        return self.approved_ore // patients if patients else None


def together(areas: Mapping[int, AreaFigures]) -> AreaFigures:
    """All areas: a GP has one area at a time, so their counts add up."""
    codes: dict[str, CodeFigures] = {}
    days: dict[int, int] = {}
    for each in areas.values():
        for code, more in each.codes.items():
            had = codes.get(code, CodeFigures())
            codes[code] = CodeFigures(
                had.claimed + more.claimed, had.approved + more.approved, had.approved_ore + more.approved_ore
            )
        for day, count in each.days.items():
            days[day] = days.get(day, 0) + count
    names = ("agreed", "started", "claimed", "claims", "claimed_ore", "approved_ore", "paid_ore", "waiting_ore")
    sums = {name: sum(getattr(each, name) for each in areas.values()) for name in names}
    return AreaFigures(None, **sums, codes=codes, days=days)


def quarters(year: int) -> list[tuple[str, Period]]:
    """The quarters of a year, with their bokmål names."""
    names = (N_("1. kvartal"), N_("2. kvartal"), N_("3. kvartal"), N_("4. kvartal"))
    return [
        (name, Period(date(year, first, 1), date(year, first + 2, monthrange(year, first + 2)[1])))
        for name, first in zip(names, range(1, 13, _QUARTER), strict=True)
    ]


def whole_year(year: int) -> Period:
    """From 1 January to 31 December."""
    return Period(date(year, 1, 1), date(year, 12, 31))
