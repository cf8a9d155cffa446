"""The border between moments in UTC and days in Oslo, also where the clocks change."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.values import clock

days = st.dates(date(1980, 1, 1), date(2100, 12, 30))


def test_the_machine_clock_is_read_in_utc() -> None:
    assert clock.system_now().tzinfo is UTC


@pytest.mark.parametrize(
    ("at", "on"),
    [
        (datetime(2025, 1, 15, 22, 59, 59, tzinfo=UTC), date(2025, 1, 15)),
        (datetime(2025, 1, 15, 23, 0, tzinfo=UTC), date(2025, 1, 16)),
        (datetime(2025, 7, 15, 21, 59, 59, tzinfo=UTC), date(2025, 7, 15)),
        (datetime(2025, 7, 15, 22, 0, tzinfo=UTC), date(2025, 7, 16)),
    ],
)
def test_the_day_changes_at_midnight_in_oslo(at: datetime, on: date) -> None:
    assert clock.local_date(at) == on


def test_until_23_59_means_before_the_end_of_the_day() -> None:
    end = clock.end_of_local_day(date(2025, 1, 15))
    assert datetime(2025, 1, 15, 22, 59, 59, 999999, tzinfo=UTC) < end
    assert end == datetime(2025, 1, 15, 23, 0, tzinfo=UTC)


def test_days_when_clocks_change_are_23_and_25_hours() -> None:
    for on, hours in ((date(2025, 3, 30), 23), (date(2025, 10, 26), 25), (date(2025, 2, 15), 24)):
        assert clock.end_of_local_day(on) - clock.start_of_local_day(on) == timedelta(hours=hours)


@given(days)
def test_a_day_begins_and_ends_on_itself(on: date) -> None:
    assert clock.local_date(clock.start_of_local_day(on)) == on
    assert clock.local_time(clock.start_of_local_day(on)) == time()
    assert clock.local_date(clock.end_of_local_day(on) - timedelta(microseconds=1)) == on
    assert clock.end_of_local_day(on) == clock.start_of_local_day(on + timedelta(days=1))


def test_a_local_moment_is_told_by_the_clocks_in_oslo() -> None:
    assert clock.local_moment(date(2025, 2, 17), time(9)) == datetime(2025, 2, 17, 8, tzinfo=UTC)
    assert clock.local_moment(date(2025, 10, 26), time(2, 30)) == datetime(2025, 10, 26, 0, 30, tzinfo=UTC)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        clock.local_date(datetime(2025, 1, 1))  # noqa: DTZ001 - the fault under test
