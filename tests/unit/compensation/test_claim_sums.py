"""What a claim gives within the caps (domain B.2); the prices are demo."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.compensation.domain import ClaimLine, Period, cut, next_period, outliers, reckon, used_up, why_not_claim
from app.rules.domain import UnitPrice, Words

PRICES = (
    UnitPrice("start", Words("Oppstart", "Oppstart"), 10_000_00, 1),
    UnitPrice("patient", Words("Per pasient", "Per pasient"), 100_00, 200),
)
PLENTY = 10**12
YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))


def test_the_worked_example() -> None:
    first = reckon(PRICES, {"start": 1, "patient": 150}, {}, PLENTY)
    assert first.sum_ore == 25_000_00
    second = reckon(PRICES, {"patient": 80}, {"start": 1, "patient": 150}, PLENTY)
    assert second.sum_ore == 5_000_00
    (line,) = second.lines
    assert (line.paid_units, line.units) == (50, 80)
    assert line.reason is not None
    assert line.reason.facts == {"left_out": 30, "left_units": 50, "most": 200}


def test_the_cap_of_the_agreement_cuts_to_whole_units() -> None:
    reckoned = reckon(PRICES, {"start": 1, "patient": 10}, {}, 10_250_00)
    assert [line.paid_units for line in reckoned.lines] == [1, 2]
    assert reckoned.lines[1].reason is not None
    assert reckoned.lines[1].reason.facts == {"left_out": 8, "left_ore": 250_00}


UNITS = st.dictionaries(st.sampled_from(["start", "patient"]), st.integers(0, 1000))


@given(UNITS, UNITS, st.integers(-(10**6), 10**8))
def test_no_claim_passes_a_cap(units: dict[str, int], used: dict[str, int], left_ore: int) -> None:
    reckoned = reckon(PRICES, units, used, left_ore)
    assert reckoned.sum_ore <= max(left_ore, 0)
    most = {p.code: p.max_units for p in PRICES}
    for line in reckoned.lines:
        assert 0 <= line.paid_units <= line.units
        assert line.paid_units + min(used.get(line.code, 0), most[line.code]) <= most[line.code]
        assert line.amount_ore == line.paid_units * line.unit_price_ore
        assert (line.reason is None) == (line.paid_units == line.units)


@given(st.lists(UNITS, max_size=6), st.integers(0, 10**7))
def test_many_claims_never_pass_a_cap_together(claims: list[dict[str, int]], cap_ore: int) -> None:
    used: dict[str, int] = {}
    spent = 0
    for units in claims:
        reckoned = reckon(PRICES, units, used, cap_ore - spent)
        spent += reckoned.sum_ore
        for line in reckoned.lines:
            used[line.code] = used.get(line.code, 0) + line.paid_units
    assert spent <= cap_ore
    assert used.get("start", 0) <= 1
    assert used.get("patient", 0) <= 200


def test_periods_do_not_share_a_day() -> None:
    first = Period(date(2025, 1, 1), date(2025, 1, 31))
    reckoned = reckon(PRICES, {"patient": 1}, {}, PLENTY)
    today = date(2025, 6, 1)
    touching = Period(date(2025, 1, 31), date(2025, 2, 28))
    assert [r.reason.facts for r in why_not_claim(touching, YEAR, [first], reckoned, today)] == [
        {"from_on": first.from_on, "to_on": first.to_on}
    ]
    assert why_not_claim(Period(date(2025, 2, 1), date(2025, 2, 28)), YEAR, [first], reckoned, today) == []


@pytest.mark.parametrize(
    ("period", "says"),
    [
        (Period(date(2025, 3, 2), date(2025, 3, 1)), "slutter før"),
        (Period(date(2024, 12, 31), date(2025, 1, 5)), "innenfor avtalen"),
        (Period(date(2025, 5, 1), date(2025, 6, 2)), "ikke over"),
    ],
)
def test_a_wrong_period_is_told(period: Period, says: str) -> None:
    reckoned = reckon(PRICES, {"patient": 1}, {}, PLENTY)
    assert any(says in r.reason.text for r in why_not_claim(period, YEAR, [], reckoned, date(2025, 6, 1)))


def test_nothing_to_pay_is_told() -> None:
    today = date(2025, 6, 1)
    period = Period(date(2025, 1, 1), date(2025, 1, 31))
    none = reckon(PRICES, {}, {}, PLENTY)
    spent = reckon(PRICES, {"patient": 5}, {"patient": 200}, PLENTY)
    assert [r.reason.text for r in why_not_claim(period, YEAR, [], none, today)] == ["Skriv antall for minst én sats."]
    assert [r.reason.text for r in why_not_claim(period, YEAR, [], spent, today)] == [
        "Takene er brukt opp, så kravet gir ingen utbetaling."
    ]


def test_a_price_that_is_used_up_is_closed_with_the_reason() -> None:
    def closed(used: dict[str, int], left_ore: int) -> dict[str, str]:
        return {code: why.text for code, why in used_up(PRICES, used, left_ore).items()}

    assert closed({"patient": 199}, PLENTY) == {}
    assert closed({"start": 1, "patient": 199}, PLENTY) == {"start": "Brukt opp: %(most)s av %(most)s er krevd."}
    assert closed({}, 9_999_99) == {"start": "Bare %(left_ore)s er igjen av taket i avtalen."}
    assert closed({"start": 1}, 99_99).keys() == {"start", "patient"}


def test_the_next_period_follows_the_last() -> None:
    assert next_period(YEAR, [], date(2025, 4, 10)) == Period(date(2025, 1, 1), date(2025, 3, 31))
    earlier = [Period(date(2025, 1, 1), date(2025, 3, 31))]
    assert next_period(YEAR, earlier, date(2025, 4, 10)) == Period(date(2025, 4, 1), date(2025, 4, 10))
    assert next_period(YEAR, [], date(2026, 4, 10)).to_on == date(2025, 12, 31)


def test_three_times_the_middle_is_unusual() -> None:
    assert outliers({1: 100, 2: 100, 3: 301}) == {3}
    assert outliers({1: 100, 2: 100, 3: 300}) == set()
    assert outliers({1: 100, 2: 900}) == set()


def test_an_officer_cuts_and_never_raises() -> None:
    line = ClaimLine("patient", Words("Per pasient", "Per pasient"), 80, 50, 100_00)
    assert cut([line], {"patient": 40})[0].amount_ore == 4_000_00
    with pytest.raises(ValueError, match="51 of 50"):
        cut([line], {"patient": 51})
    with pytest.raises(ValueError, match="no such line"):
        cut([line], {"other": 1})


def test_a_claim_has_no_more_units_than_one_claim_may() -> None:
    prices = (UnitPrice("patient", Words("Per pasient", "Per pasient"), 100_00, 200, max_per_period=40),)
    (line,) = reckon(prices, {"patient": 60}, {"patient": 100}, PLENTY).lines
    assert line.paid_units == 40
    assert line.reason is not None and line.reason.facts == {"left_out": 20, "most": 40}
    (line,) = reckon(prices, {"patient": 60}, {"patient": 190}, PLENTY).lines
    assert line.paid_units == 10
    assert line.reason is not None and line.reason.facts == {"left_out": 50, "left_units": 10, "most": 200}
