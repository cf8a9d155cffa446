"""A period of local days, and the one a new claim is filled in with. Plain Python."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Period:
    """Local dates, both included."""

    from_on: date
    to_on: date

    def overlaps(self, other: "Period") -> bool:
        """Whether they share a day."""
        return self.from_on <= other.to_on and other.from_on <= self.to_on


def next_period(agreed: Period, earlier: Sequence[Period], today: date) -> Period:
    """The period a new claim is filled in with: from the day after the last one to the end of last month.

    Where every day since is claimed: the first days before that are not, as of a claim that is refused or taken back.
    """
    start = max([agreed.from_on, *(p.to_on + timedelta(days=1) for p in earlier)])
    if start > min(today, agreed.to_on) and (hole := _first_hole(agreed.from_on, earlier)):
        return hole
    month_end = today.replace(day=1) - timedelta(days=1)
    end = month_end if month_end >= start else today
    return Period(start, max(start, min(end, agreed.to_on)))


def _first_hole(first_on: date, earlier: Sequence[Period]) -> Period | None:
    """The first days from this one that lie before a period and in none of them."""
    for period in sorted(earlier, key=lambda each: each.from_on):
        if period.from_on > first_on:
            return Period(first_on, period.from_on - timedelta(days=1))
        first_on = max(first_on, period.to_on + timedelta(days=1))
    return None
