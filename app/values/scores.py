"""Weighted scores as whole hundredths (domain.md A.3): no float, rounded half up."""

from collections.abc import Iterable


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


def format_score(hundredths: int) -> str:
    """As "4,33" from 433."""
    whole, rest = divmod(hundredths, 100)
    return f"{whole},{rest:02d}"
