"""The timetable: after downtime, a jump of the clock or the night the clocks change, each job comes exactly once."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.jobs.timetable import TIMETABLE, Daily, Every, due, job
from app.values.clock import OSLO

MOMENTS = st.integers(0, 3 * 366 * 24 * 3600).map(lambda s: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=s))
JUMPS = st.lists(st.integers(0, 40 * 24 * 3600), min_size=1, max_size=30)
WHENS = st.sampled_from(
    [each.when for each in TIMETABLE] + [Daily(time(2, 30)), Daily(time(0, 0)), Daily(time(23, 59))]
)


def test_every_job_has_a_name_of_its_own() -> None:
    assert len({each.name for each in TIMETABLE}) == len(TIMETABLE)
    assert job("send").does == "app.dispatch.jobs.send_due"


@given(WHENS, MOMENTS)
def test_the_latest_is_not_after_now_and_the_following_is(when: Every | Daily, now: datetime) -> None:
    latest, following = when.latest(now), when.following(now)
    assert latest <= now < following
    assert when.latest(following) == following
    assert when.following(latest) == following


@given(MOMENTS, JUMPS)
def test_each_job_comes_once_for_its_newest_moment_however_the_clock_jumps(start: datetime, jumps: list[int]) -> None:
    last: dict[str, datetime] = {}
    now = start
    for jump in jumps:
        now += timedelta(seconds=jump)
        found = due(now, last)
        assert len({each.name for each, _ in found}) == len(found)
        for each, at in found:
            assert last.get(each.name, at - timedelta(1)) < at <= now
            last[each.name] = at
        assert due(now, last) == []
        assert all(last[each.name] == each.when.latest(now) for each in TIMETABLE)


@given(MOMENTS, st.integers(1, 1000))
def test_a_clock_that_goes_back_brings_nothing_again(now: datetime, hours: int) -> None:
    last = {each.name: at for each, at in due(now, {})}
    assert due(now - timedelta(hours=hours), last) == []


@pytest.mark.parametrize("on", [date(2025, 3, 30), date(2025, 10, 26), date(2025, 6, 1)])
def test_a_nightly_job_comes_once_on_the_night_the_clocks_change(on: date) -> None:
    when, ran = Daily(time(2, 30)), set()
    now = datetime.combine(on, time(0), tzinfo=OSLO).astimezone(UTC)
    end = datetime.combine(on + timedelta(1), time(0), tzinfo=OSLO).astimezone(UTC)
    while now < end:
        ran.add(when.latest(now))
        now += timedelta(minutes=5)
    assert len({at for at in ran if at.astimezone(OSLO).date() == on}) == 1


def test_what_makes_letters_comes_before_what_sends_them() -> None:
    names = [each.name for each, _ in due(datetime(2025, 1, 1, tzinfo=UTC), {})]
    assert names.index("report-reminders") < names.index("render") < names.index("send")
