"""Who the money reaches, in the order they came."""

from hypothesis import given
from hypothesis import strategies as st

from app.compensation.domain import control_of, fits

SUMS = st.lists(st.integers(1, 10**7), max_size=40)


@given(SUMS, st.integers(-(10**6), 10**8))
def test_the_money_holds_those_it_reaches_and_not_the_next(sums: list[int], left: int) -> None:
    many = fits(sums, left)
    assert many == 0 or sum(sums[:many]) <= left
    assert many == len(sums) or sum(sums[: many + 1]) > left


@given(SUMS, st.integers(0, 10**8), st.integers(0, 10**7))
def test_more_money_never_reaches_fewer(sums: list[int], left: int, more: int) -> None:
    assert fits(sums, left) <= fits(sums, left + more)


def test_a_small_claim_never_goes_past_a_large_one() -> None:
    assert fits([500, 1], 100) == 0
    assert fits([50, 500, 1], 100) == 1


def test_the_control_sum_tells_order_version_and_sum_apart() -> None:
    told = [(1, 1, 500), (2, 1, 300)]
    others = [told[::-1], [(1, 2, 500), (2, 1, 300)], [(1, 1, 501), (2, 1, 300)], told[:1], []]
    assert len({control_of(each) for each in [told, *others]}) == 6
