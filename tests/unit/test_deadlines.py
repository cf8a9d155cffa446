"""Deadline arithmetic: the worked examples of the law, and what must hold for every day."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.values import deadlines

days = st.dates(date(2000, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("arrived", "last_day"),
    [
        (date(2025, 2, 14), date(2025, 3, 7)),
        (date(2025, 3, 5), date(2025, 3, 26)),
        (date(2025, 3, 28), date(2025, 4, 22)),  # Good Friday, then Easter
        (date(2025, 4, 10), date(2025, 5, 2)),  # 1 May
        (date(2025, 12, 11), date(2026, 1, 2)),  # New Year's Day
        (date(2026, 5, 4), date(2026, 5, 26)),  # Whit Monday
        (date(2026, 11, 10), date(2026, 12, 1)),
        (date(2026, 12, 4), date(2026, 12, 28)),  # Christmas; the 26th is a Saturday
    ],
)
def test_the_complaint_deadline_of_the_worked_examples(arrived: date, last_day: date) -> None:
    assert deadlines.complaint_deadline(arrived) == last_day


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2025, 1, 15), date(2025, 2, 15)),  # a Saturday, and not moved
        (date(2025, 1, 31), date(2025, 2, 28)),
        (date(2024, 1, 31), date(2024, 2, 29)),
        (date(2025, 12, 31), date(2026, 1, 31)),
    ],
)
def test_an_interim_reply_is_due_within_a_month(received: date, due: date) -> None:
    assert deadlines.one_month_after(received) == due


@given(days)
def test_a_complaint_has_three_weeks_and_ends_on_a_working_day(arrived: date) -> None:
    last_day = deadlines.complaint_deadline(arrived)
    assert deadlines.is_working_day(last_day)
    assert timedelta(weeks=3) <= last_day - arrived <= timedelta(weeks=3, days=6)
    counted = arrived + timedelta(weeks=3)
    assert not any(deadlines.is_working_day(counted + timedelta(n)) for n in range((last_day - counted).days))


@given(days, st.integers(0, 40))
def test_months_end_on_the_same_day_or_the_last_of_a_shorter_month(on: date, months: int) -> None:
    later = deadlines.months_after(on, months)
    assert (later.year - on.year) * 12 + later.month - on.month == months
    assert later.day == on.day or (later + timedelta(days=1)).day == 1


@given(days, st.integers(0, 60))
def test_working_days_added_are_the_working_days_between(on: date, count: int) -> None:
    later = deadlines.add_working_days(on, count)
    between = (on + timedelta(days=n) for n in range(1, (later - on).days + 1))
    assert sum(map(deadlines.is_working_day, between)) == count
    assert count == 0 or deadlines.is_working_day(later)


@given(days)
def test_before_and_after_are_strict_and_nearest(on: date) -> None:
    assert deadlines.last_working_day_before(on) < on < deadlines.next_working_day(on)
    assert deadlines.working_day_on_or_before(on) <= on <= deadlines.working_day_on_or_after(on)
    assert deadlines.is_working_day(on) == (deadlines.working_day_on_or_after(on) == on)
    assert deadlines.add_working_days(on, 1) == deadlines.next_working_day(on)


def _easter_sunday(year: int) -> date:
    """Gauss's rule, written apart from the library under test."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    rest = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * rest) // 451
    month, day = divmod(h + rest - 7 * m + 114, 31)
    return date(year, month, day + 1)


@pytest.mark.parametrize("year", range(2000, 2061))
def test_the_holidays_are_those_of_the_law_and_no_others(year: int) -> None:
    easter = _easter_sunday(year)
    fixed = {date(year, month, day) for month, day in ((1, 1), (5, 1), (5, 17), (12, 25), (12, 26))}
    expected = fixed | {easter + timedelta(days=n) for n in (-3, -2, 0, 1, 39, 49, 50)}
    every_day = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    assert {on for on in every_day if on.year == year and deadlines.holiday_name(on)} == expected


def test_christmas_eve_is_a_working_day_in_law() -> None:
    assert deadlines.is_working_day(date(2025, 12, 24))
    assert deadlines.is_working_day(date(2025, 12, 31))


def test_a_date_that_stands_is_delivered_the_working_day_before() -> None:
    assert deadlines.working_day_on_or_before(date(2025, 11, 1)) == date(2025, 10, 31)
    assert deadlines.working_day_on_or_before(date(2026, 11, 1)) == date(2026, 10, 30)
    assert deadlines.working_day_on_or_before(date(2025, 5, 1)) == date(2025, 4, 30)


def test_the_other_limits_of_a_complaint() -> None:
    assert deadlines.others_complaint_deadline(date(2025, 11, 30)) == date(2026, 3, 2)  # 28 February is a Saturday
    assert deadlines.late_complaint_barred_after(date(2024, 2, 29)) == date(2025, 2, 28)
    assert deadlines.assumed_arrival(date(2025, 4, 16)) == date(2025, 4, 24)


def test_overdue_begins_the_day_after_the_last_day() -> None:
    assert not deadlines.is_overdue(None, date(2025, 1, 1))
    assert not deadlines.is_overdue(date(2025, 1, 1), date(2025, 1, 1))
    assert deadlines.is_overdue(date(2025, 1, 1), date(2025, 1, 2))


def test_working_days_are_not_counted_backward() -> None:
    with pytest.raises(ValueError, match="forward"):
        deadlines.add_working_days(date(2025, 2, 10), -1)


def test_a_basis_of_arrival_is_found_by_its_code_and_has_words() -> None:
    assert deadlines.ArrivalBasis("receipt").word == "Kvittering fra mottakeren"
    assert all(basis.word for basis in deadlines.ArrivalBasis)


@settings(max_examples=50)
@given(st.dates(date(2024, 1, 1), date(2026, 1, 1)), st.integers(1, 40), st.integers(0, 60))
def test_a_deadline_is_never_shorter_than_the_letter_gave(written: date, given_days: int, late: int) -> None:
    due, told = written + timedelta(days=given_days), written + timedelta(days=late)
    counted = deadlines.counted_from(due, written, told)
    assert counted >= due and counted - told >= timedelta(days=given_days if late else given_days - late)
    assert counted == due if late == 0 else deadlines.is_working_day(counted)
