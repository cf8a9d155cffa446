"""The one reader of the machine's clock, and the border between moments in UTC and days in Oslo.

Moments are aware datetimes in UTC; deadlines are local dates. Below the routes and jobs both are arguments.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")


def system_now() -> datetime:
    """The moment in UTC by the machine's own clock; the program's clock (app.db.clock) may run ahead of it."""
    return datetime.now(UTC)


def _in_oslo(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("a moment must say its time zone")
    return at.astimezone(OSLO)


def local_date(at: datetime) -> date:
    """The date in Oslo at the moment `at`. Raises ValueError when `at` is naive."""
    return _in_oslo(at).date()


def local_time(at: datetime) -> time:
    """The time of day in Oslo at the moment `at`, without a zone. Raises ValueError when `at` is naive."""
    return _in_oslo(at).time()


def start_of_local_day(on: date) -> datetime:
    """The first moment (UTC) of the day `on` in Oslo."""
    return datetime.combine(on, time(), tzinfo=OSLO).astimezone(UTC)


def end_of_local_day(on: date) -> datetime:
    """The first moment (UTC) after 23:59:59 in Oslo: "until 23.59" is `at < end_of_local_day(on)`."""
    return start_of_local_day(on + timedelta(days=1))


def local_moment(on: date, of_day: time) -> datetime:
    """The moment (UTC) when clocks in Oslo show `of_day` on `on`; the first of two when the hour comes twice."""
    return datetime.combine(on, of_day.replace(tzinfo=None), tzinfo=OSLO).astimezone(UTC)
