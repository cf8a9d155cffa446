"""Which rules a claim is judged by: those of its own period, as far as a change reaches the agreement (J.1.6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.compensation.domain.periods import Period
from app.rules.domain import LegalForm, Rules

_DAY = timedelta(days=1)
NOTHING_SIGNED: Mapping[int, date] = {}


@dataclass(frozen=True)
class Holding:
    """A rule version and the first local date it holds for an agreement, until the next one takes over."""

    version_id: int
    from_on: date
    rules: Rules


@dataclass(frozen=True)
class RulePart:
    """A part of a period that has one set of rules."""

    period: Period
    holding: Holding


def reaches(rules: Rules, signed: Rules) -> bool:
    """Whether a change to `rules` reaches an agreement signed under `signed` without a new signature."""
    return rules.legal_form is LegalForm.REGULATION or signed.change_clause


def holdings(own: Holding, line: Sequence[Holding], signed: Mapping[int, date] = NOTHING_SIGNED) -> tuple[Holding, ...]:
    """What holds for an agreement signed under `own`, in order; `line` is all that is published, in order.

    A regulation reaches every agreement from its day. As an agreement, the terms stand as they were signed unless a
    clause lets them change, or a new signature did: `signed` has by version the first day it holds for.
    """
    found, terms = [own], own.rules
    again = [replace(each, from_on=signed.get(each.version_id, each.from_on)) for each in line]
    for each in sorted(again, key=lambda each: each.from_on):
        is_signed = each.version_id in signed
        terms = each.rules if is_signed else terms
        comes = each.version_id != own.version_id and each.from_on > own.from_on
        if comes and (is_signed or reaches(each.rules, terms)):
            # Of two that begin the same day, the later version holds.
            if found[-1].from_on == each.from_on:
                found.pop()
            found.append(each)
    return tuple(found)


def holding_on(held: Sequence[Holding], on: date) -> Holding:
    """What holds on this day; before all of them, the first."""
    return next((each for each in reversed(held) if each.from_on <= on), held[0])


def split(period: Period, held: Sequence[Holding]) -> tuple[RulePart, ...]:
    """The period by what holds in it: one part, or one for each side of a change. It must not end before it begins."""
    begins = [each.from_on for each in held[1:] if period.from_on < each.from_on <= period.to_on]
    starts = [period.from_on, *begins]
    ends = [*(begin - _DAY for begin in begins), period.to_on]
    return tuple(RulePart(Period(a, b), holding_on(held, a)) for a, b in zip(starts, ends, strict=True))
