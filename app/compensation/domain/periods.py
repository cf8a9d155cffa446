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
    """The period a new claim is filled in with: from the day after the last one to the end of last month."""
    start = max([agreed.from_on, *(p.to_on + timedelta(days=1) for p in earlier)])
    month_end = today.replace(day=1) - timedelta(days=1)
    end = month_end if month_end >= start else today
    return Period(start, max(start, min(end, agreed.to_on)))
