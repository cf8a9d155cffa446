"""The day the money runs out, reckoned from what is claimed so far, with what it takes for granted (domain B.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.flow.domain import Reason
from app.values.language import N_

# The pace is that of the last months that are over; earlier ones tell of a scheme that was smaller.
MONTHS = 3


@dataclass(frozen=True)
class Money:
    """How the scheme stands: øre left in the frame, asked for and not settled, and what the caps still allow."""

    left_ore: int
    pending_ore: int
    caps_left_ore: int
    agreements: int


@dataclass(frozen=True)
class Forecast:
    """`out_on`: the first day without money; None when it lasts the year, or when nothing tells the pace.

    `missing_ore`: what is claimed already beyond what is left. `spare_ore`: what the year will leave; None: not known.
    """

    out_on: date | None
    missing_ore: int
    spare_ore: int | None
    assumed: tuple[Reason, ...]


def forecast(claimed: Mapping[date, int], money: Money, today: date) -> Forecast:
    """When the money of this year runs out. `claimed`: øre by the first day of the month that is claimed for."""
    free_ore = money.left_ore - money.pending_ore
    assumed = [
        Reason(
            N_("Krav som ikke er avgjort (%(pending_ore)s), blir godkjent i sin helhet."),
            {"pending_ore": money.pending_ore},
        )
    ]
    if free_ore < 0:
        return Forecast(today, -free_ore, 0, tuple(assumed))
    months = _over(claimed, today)
    if not months or not any(claimed.get(month, 0) for month in months):
        assumed.append(Reason(N_("Ingen måned er krevd ennå, så takten er ikke kjent.")))
        return Forecast(None, 0, None, tuple(assumed))
    paced_ore = sum(claimed.get(month, 0) for month in months)
    first, last = months[0], _end(months[-1])
    days = (last - first).days + 1
    assumed += [
        Reason(
            N_("Takten er som fra %(first)s til %(last)s: %(monthly_ore)s i måneden."),
            {"first": first, "last": last, "monthly_ore": paced_ore // len(months)},
        ),
        Reason(N_("Avtaler som gjelder: %(count)s. Det kommer ingen nye."), {"count": money.agreements}),
        Reason(N_("Takene i avtalene tillater %(caps_ore)s til."), {"caps_ore": money.caps_left_ore}),
    ]
    year_end = date(today.year, 12, 31)
    rest_ore = min(paced_ore * max((year_end - last).days, 0) // days, money.caps_left_ore)
    if rest_ore <= free_ore:
        return Forecast(None, 0, free_ore - rest_ore, tuple(assumed))
    # Days until what is free is spent at this pace, the last of them begun.
    lasts = -(-free_ore * days // paced_ore)
    return Forecast(max(last + timedelta(days=lasts), today), 0, 0, tuple(assumed))


def _over(claimed: Mapping[date, int], today: date) -> list[date]:
    """The last months of the year that are over and claimed for by at least one, in order."""
    this = today.replace(day=1)
    return sorted(month for month in claimed if month.year == today.year and month < this)[-MONTHS:]


def _end(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
