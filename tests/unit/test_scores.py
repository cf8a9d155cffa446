"""Weighted scores in hundredths."""

from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.values.scores import format_score, weighted_score

pairs = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 100)), min_size=1, max_size=12)


def test_a_weighted_score_is_rounded_half_up_to_hundredths() -> None:
    assert weighted_score([(5, 40), (4, 30), (3, 30)]) == 410
    assert weighted_score([(4, 1), (4, 1), (5, 1)]) == 433
    assert weighted_score([(1, 1), (0, 199)]) == 1
    assert weighted_score([(1, 1), (0, 200)]) == 0
    assert format_score(433) == "4,33"
    assert format_score(405) == "4,05"


@pytest.mark.parametrize("scored", [[], [(5, 0)], [(-1, 1)], [(1, -1)]])
def test_scores_without_weight_or_below_nought_are_refused(scored: list[tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match="least"):
        weighted_score(scored)


@given(pairs.filter(lambda scored: any(weight for _, weight in scored)))
def test_a_weighted_score_is_what_fractions_say(scored: list[tuple[int, int]]) -> None:
    exact = Fraction(100 * sum(score * weight for score, weight in scored), sum(weight for _, weight in scored))
    assert weighted_score(scored) == floor(exact + Fraction(1, 2))
