"""Weighted scores as whole hundredths (domain.md A.3): no float, rounded half up."""

import re
from collections.abc import Iterable

from app.values.badvalue import BadValue
from app.values.language import N_
from app.values.text import clean_number

_TYPED = re.compile(r"([0-9]{1,3})(?:,([0-9]{1,2}))?")


def weighted_score(scored: Iterable[tuple[int, int]]) -> int:
    """Hundredths of Σ(score × weight) over Σ(weight), rounded half up, from pairs of score and weight.

    Raises ValueError when a score or a weight is negative, or when no weight is above nought.
    """
    pairs = list(scored)
    if any(score < 0 or weight < 0 for score, weight in pairs):
        raise ValueError("scores and weights are at least nought")
    weights = sum(weight for _, weight in pairs)
    if not weights:
        raise ValueError("at least one weight must be above nought")
    total = sum(score * weight for score, weight in pairs)
    return (2 * 100 * total + weights) // (2 * weights)


def parse_score(text: str) -> int:
    """Hundredths from "2", "2,5" or "2,50". Raises BadValue."""
    typed = _TYPED.fullmatch(clean_number(text))
    if typed is None:
        raise BadValue("not_a_score", N_("Skriv poengene med tall og komma, for eksempel 2,50."))
    return int(typed[1]) * 100 + int((typed[2] or "").ljust(2, "0"))


def format_score(hundredths: int) -> str:
    """As "4,33" from 433."""
    whole, rest = divmod(hundredths, 100)
    return f"{whole},{rest:02d}"
