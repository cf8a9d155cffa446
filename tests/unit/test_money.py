"""Money: what people type, what they are shown, and that shares always sum to the whole."""

import contextlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.values import money
from app.values.badvalue import BadValue

amounts = st.integers(min_value=0, max_value=money.HIGHEST_ORE)


@pytest.mark.parametrize(
    ("typed", "ore"),
    [
        ("12,50", 1250),
        ("12,5", 1250),
        ("0,05", 5),
        ("0", 0),
        ("1 250 000,50", 125000050),
        ("1’234’567", 123456700),
        ("1'234'567,50", 123456750),
        ("1 250 ,-", 125000),
        ("kr 1 250 ,50", 125050),
        ("1\u00a0250\u00a0000,50", 125000050),
        ("1\u202f250\u2009000", 125000000),
        ("1250000", 125000000),
        ("1 250 000 kr", 125000000),
        ("1 250 000 kr.", 125000000),
        ("kr 1 250 000,-", 125000000),
        ("500 kroner", 50000),
        ("NOK 500", 50000),
        ("1.250.000", 125000000),
        ("1.250.000,50", 125000050),
        ("250.000", 25000000),
        ("  500 ", 50000),
        ("1 000 000 000 000", money.HIGHEST_ORE),
    ],
)
def test_amounts_as_norwegians_type_them_are_read(typed: str, ore: int) -> None:
    assert money.parse_kroner(typed) == ore


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("-5", "negative"),
        ("\u2212 500 kr", "negative"),
        ("kr -500", "negative"),
        ("1,250", "too_many_decimals"),
        ("1,2345", "too_many_decimals"),
        ("12.50", "ambiguous"),
        ("1.25", "ambiguous"),
        ("1,250.50", "ambiguous"),
        ("1,250,000", "ambiguous"),
        ("12 50", "ambiguous"),
        ("1 250.000", "ambiguous"),
        ("0 500", "ambiguous"),
        ("12,", "ambiguous"),
        (",50", "not_money"),
        ("mye", "not_money"),
        ("1e6", "not_money"),
        ("1²", "not_money"),
        ("1_000", "not_money"),
        ("½", "not_money"),
        ("<b>5</b>", "not_money"),
        ("5\n6", "ambiguous"),
        ("1 000 000 000 000,01", "too_large"),
        ("9" * 5000, "too_large"),
        ("x" * 5000, "not_money"),
    ],
)
def test_amounts_that_cannot_be_trusted_are_refused_with_a_reason(typed: str, code: str) -> None:
    with pytest.raises(BadValue) as refused:
        money.parse_kroner(typed)
    assert refused.value.code == code
    assert refused.value.reason.endswith(".")


@given(st.text(max_size=80))
def test_whatever_is_typed_gives_an_amount_or_a_reason(typed: str) -> None:
    with contextlib.suppress(BadValue):
        assert 0 <= money.parse_kroner(typed) <= money.HIGHEST_ORE


@given(amounts)
def test_what_is_shown_can_be_typed_back(ore: int) -> None:
    for shown in (money.format_kr(ore), money.format_kr_ore(ore), money.format_amount(ore)):
        assert money.parse_kroner(shown) == ore


def test_amounts_are_shown_as_the_page_guide_says() -> None:
    assert money.format_kr(250000000) == "2\u00a0500\u00a0000\u00a0kr"
    assert money.format_kr(125000050) == "1\u00a0250\u00a0000,50\u00a0kr"
    assert money.format_kr(0) == "0\u00a0kr"
    assert money.format_kr(-50005) == "\u2212500,05\u00a0kr"
    assert money.format_kr_ore(250000000) == "2\u00a0500\u00a0000,00\u00a0kr"
    assert money.format_kr_ore(-5) == "\u22120,05\u00a0kr"
    assert money.format_million(2474999900) == "24,7\u00a0mill.\u00a0kr"
    assert money.format_million(2475000000) == "24,8\u00a0mill.\u00a0kr"
    assert money.format_million(-100) == "0,0\u00a0mill.\u00a0kr"


def test_the_example_of_the_instalment_plan() -> None:
    assert money.split_percent(250000100, [60, 40]) == [150000100, 100000000]


@given(amounts, st.lists(st.integers(1, 100), max_size=8))
def test_shares_by_percent_sum_to_the_whole_and_none_is_negative(total: int, cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), 100]
    percents = [after - before for before, after in pairwise(edges)]
    parts = money.split_percent(total, percents)
    assert sum(parts) == total
    assert len(parts) == len(percents)
    assert min(parts) >= 0
    assert all(part % 100 == 0 for part in parts[:-1])
    half = 50 * len(parts)
    for part, percent in zip(parts[:-1], percents, strict=False):
        assert abs(part * 100 - total * percent) <= half * 100 + 10000


@pytest.mark.parametrize(("total", "percents"), [(-1, [100]), (100, []), (100, [60, 60]), (100, [110, -10])])
def test_shares_that_make_no_sense_are_refused(total: int, percents: list[int]) -> None:
    with pytest.raises(ValueError, match="percents"):
        money.split_percent(total, percents)
