"""The forecast of the day the money runs out."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.compensation.domain import Forecast, Money, forecast

TODAY = date(2025, 7, 10)
ORE = st.integers(0, 10**9)
MONTHLY = st.dictionaries(st.integers(1, 6).map(lambda month: date(2025, month, 1)), st.integers(1, 10**8), max_size=6)
MONEY = st.builds(Money, left_ore=ORE, pending_ore=ORE, caps_left_ore=ORE, agreements=st.integers(0, 100))
YEAR_END = date(2025, 12, 31)


def day_of(told: Forecast) -> date:
    return told.out_on or date.max


def test_at_a_steady_pace_it_is_the_day_the_rest_is_spent() -> None:
    # 91 days for 91 000 kroner: a thousand a day from 1 July.
    claimed = {date(2025, 4, 1): 30_000_00, date(2025, 5, 1): 31_000_00, date(2025, 6, 1): 30_000_00}
    told = forecast(claimed, Money(100_000_00, 0, 10**9, 12), TODAY)
    assert told.out_on == date(2025, 10, 8)
    assert len(told.assumed) == 4
    enough = forecast(claimed, Money(200_000_00, 0, 10**9, 12), TODAY)
    assert (enough.out_on, enough.spare_ore) == (None, 16_000_00)


def test_what_is_claimed_already_comes_first() -> None:
    told = forecast({}, Money(100, 130, 10**9, 1), TODAY)
    assert (told.out_on, told.missing_ore) == (TODAY, 30)


def test_without_a_month_that_is_over_nothing_is_foretold() -> None:
    told = forecast({date(2025, 7, 1): 500}, Money(100, 0, 10**9, 1), TODAY)
    assert (told.out_on, told.spare_ore) == (None, None)


@given(MONTHLY, MONEY, ORE)
def test_more_money_never_runs_out_sooner(claimed: dict[date, int], money: Money, more: int) -> None:
    richer = replace(money, left_ore=money.left_ore + more)
    assert day_of(forecast(claimed, money, TODAY)) <= day_of(forecast(claimed, richer, TODAY))


@given(MONTHLY.filter(bool), MONEY, st.integers(2, 5))
def test_a_higher_pace_never_lasts_longer(claimed: dict[date, int], money: Money, times: int) -> None:
    faster = {month: ore * times for month, ore in claimed.items()}
    assert day_of(forecast(faster, money, TODAY)) <= day_of(forecast(claimed, money, TODAY))


@given(MONTHLY, MONEY)
def test_caps_that_hold_less_than_there_is_keep_the_money(claimed: dict[date, int], money: Money) -> None:
    capped = replace(money, caps_left_ore=max(money.left_ore - money.pending_ore, 0))
    told = forecast(claimed, capped, TODAY)
    assert told.out_on is None or money.pending_ore > money.left_ore


@given(MONTHLY, MONEY)
def test_the_day_is_one_of_the_rest_of_the_year(claimed: dict[date, int], money: Money) -> None:
    told = forecast(claimed, money, TODAY)
    assert told.out_on is None or TODAY <= told.out_on <= YEAR_END
    assert told.spare_ore is None or told.spare_ore >= 0
    assert told.assumed
