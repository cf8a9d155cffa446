"""Dates in words, in both forms of Norwegian."""

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.values import dates
from app.values.badvalue import BadValue
from app.values.deadlines import is_working_day
from app.values.language import Language
from tests.architecture.source import ROOT

NB, NN = Language.NB, Language.NN
typable = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    "typed",
    [
        "15.02.2025",
        "15.2.2025",
        " 15. 2. 2025 ",
        "2025-02-15",
        "15/02-25",
        "15.02.25",
        "15.2.2025.",
        "lørdag 15.02.2025",
        "den 15. februar 2025",
        "15.februar 2025",
        "lørdag, 15. februar 2025.",
        "15/2-2025",
        "15/2 2025",
        "15. februar 2025",
        "15 Februar 2025",
        "15/02/2025",
        "lørdag 15. februar 2025",
        "Laurdag 15.\u00a0februar 2025",
    ],
)
def test_dates_as_people_and_machines_write_them_are_read(typed: str) -> None:
    assert dates.parse_date(typed) == date(2025, 2, 15)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "not_a_date"),
        ("15/02-99", "short_year"),
        ("15.02.50", "short_year"),
        ("fredag 15.02.2025", "wrong_weekday"),
        ("15/02/025", "not_a_date"),
        ("i morgen", "not_a_date"),
        ("fredag 15. februar 2025", "wrong_weekday"),
        ("15/02-025", "not_a_date"),
        ("30. februar 2025", "no_such_day"),
        ("20250215", "not_a_date"),
        ("30.02.2025", "no_such_day"),
        ("2025-13-01", "no_such_day"),
        ("00.02.2025", "no_such_day"),
        ("15.00.2025", "no_such_day"),
        ("15.02.0025", "year_out_of_range"),
        ("15.02.9025", "year_out_of_range"),
    ],
)
def test_other_dates_are_refused_with_a_reason(typed: str, code: str) -> None:
    with pytest.raises(BadValue) as refused:
        dates.parse_date(typed)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("31/4/2026", "Den datoen finnes ikke: april 2026 har 30 dager."),
        ("29.02.2025", "Den datoen finnes ikke: februar 2025 har 28 dager."),
        ("30/2-24", "Den datoen finnes ikke: februar 2024 har 29 dager."),
        ("5/31/2025", "Den datoen finnes ikke: det er bare 12 måneder. Skriv dagen først, så måneden."),
    ],
)
def test_a_day_that_is_not_there_says_why(typed: str, why: str) -> None:
    with pytest.raises(BadValue, match=re.escape(why)):
        dates.parse_date(typed)


def test_the_day_stands_before_the_month_with_slashes_too() -> None:
    assert dates.parse_date("1/5/2025") == dates.parse_date("01/05/25") == date(2025, 5, 1)


@given(typable)
def test_a_short_date_can_be_typed_back(on: date) -> None:
    assert dates.parse_date(dates.format_short(on)) == on
    assert dates.parse_date(on.isoformat()) == on


def test_dates_are_long_in_text_and_short_in_tables() -> None:
    on = date(2025, 2, 15)
    assert dates.format_date(on, NB) == dates.format_date(on, NN) == "15. februar 2025"
    assert dates.format_short(on) == "15.02.2025"
    assert dates.format_date_with_weekday(on, NB) == "lørdag 15. februar 2025"
    assert dates.format_date_with_weekday(on, NN) == "laurdag 15. februar 2025"


def test_times_are_told_in_oslo() -> None:
    at = datetime(2025, 1, 15, 22, 59, 59, tzinfo=UTC)
    assert dates.format_time(at) == "kl. 23.59"
    assert dates.format_moment(at, NB) == "15. januar 2025 kl. 23.59"
    assert dates.format_moment_short(at) == "15.01.2025 kl. 23.59"


@pytest.mark.parametrize(
    ("due", "nb", "nn"),
    [
        (date(2025, 2, 15), "om 5 dager", "om 5 dagar"),
        (date(2025, 2, 11), "i morgen", "i morgon"),
        (date(2025, 2, 10), "i dag", "i dag"),
        (date(2025, 2, 9), "1 dag over fristen", "1 dag over fristen"),
        (date(2025, 2, 7), "3 dager over fristen", "3 dagar over fristen"),
    ],
)
def test_the_way_to_a_deadline_in_words(due: date, nb: str, nn: str) -> None:
    today = date(2025, 2, 10)
    assert dates.until_due(due, today, NB) == nb
    assert dates.until_due(due, today, NN) == nn


def test_days_left_and_days_gone() -> None:
    today = date(2025, 1, 3)
    assert dates.days_left(date(2025, 1, 15), today, NB) == "12 dager igjen"
    assert dates.days_left(date(2025, 1, 15), today, NN) == "12 dagar att"
    assert dates.days_left(date(2025, 1, 4), today, NB) == "1 dag igjen"
    assert dates.days_left(today, today, NN) == "siste dag"
    assert dates.days_left(date(2025, 1, 1), today, NN) == "2 dagar over fristen"
    assert dates.since(date(2024, 12, 31), today, NB) == "for 3 dager siden"
    assert dates.since(date(2024, 12, 31), today, NN) == "for 3 dagar sidan"
    assert dates.since(date(2025, 1, 2), today, NB) == "i går"
    assert dates.since(today, today, NB) == "i dag"
    assert dates.since(date(2025, 1, 5), today, NB) == "om 2 dager"


def test_the_day_we_show_as_an_example_can_be_typed_where_only_a_working_day_will_do() -> None:
    """One that is copied from a field for the day of a payment must be taken there."""
    said = "".join(path.read_text("utf-8") for path in (ROOT / "app/translations/nn").glob("*.po"))
    shown = {dates.parse_date(day) for day in re.findall(r"\d{2}\.\d{2}\.\d{4}", said)}
    assert shown
    assert all(is_working_day(day) for day in shown), shown
