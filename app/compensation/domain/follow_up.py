"""How a pilot area is followed up: what is written down, and when the silent are reminded. Plain Python."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median_low

from app.flow.domain import Reason
from app.values.language import N_, Worded


class ContactKind(Worded):
    """How there was contact."""

    PHONE = "phone", N_("Telefon")
    MEETING = "meeting", N_("Møte")
    MAIL = "mail", N_("E-post")
    REMINDER = "reminder", N_("Påminnelse til fastleger")


# What a person writes down; a reminder is written by sending it.
BY_HAND = (ContactKind.PHONE, ContactKind.MEETING, ContactKind.MAIL)


@dataclass(frozen=True)
class CheckFacts:
    """One point of the area's routines. `follows`: the key of the check it comes after."""

    checked_on: date
    topic: str
    finding: str
    action: str = ""
    next_on: date | None = None
    follows: int | None = None


def period_of(on: date) -> str:
    """The quarter in which a silent GP is reminded at most once, as «2025-3»."""
    return f"{on.year}-{(on.month - 1) // 3 + 1}"


def reminder_of(agreement_id: int | str, period: str) -> str:
    """The key of a notice to a silent GP: once in the period."""
    return f"silent:{agreement_id}:{period}"


def middle(values: Sequence[int]) -> int | None:
    """The middle one; None of none."""
    return median_low(values) if values else None


def why_not_check(facts: CheckFacts, today: date) -> list[Reason]:
    """Why a check cannot say this."""
    reasons = []
    if facts.checked_on > today:
        reasons.append(Reason(N_("Datoen kan ikke være fram i tid."), of="checked_on"))
    if facts.next_on is not None and facts.next_on <= facts.checked_on:
        reasons.append(Reason(N_("Neste dato må være etter kontrollen."), of="next_on"))
    return reasons
