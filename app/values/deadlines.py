"""Deadline arithmetic (domain.md F): domstolloven §§ 148-149, forvaltningsloven §§ 11 a and 29-31.

Dates are local dates in Oslo. Whether a deadline is moved off a weekend is a property of its kind: those in law are,
dates the ministry sets are not (F.1 point 9, J.1 point 14).
"""

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

import holidays

from app.values.language import N_, Worded

COMPLAINT_WEEKS = 3
ASSUMED_POST_DAYS = 3

# Defaults for settings (domain.md F.4): days from the deadline, before it with a minus.
REPORT_REMINDER_DAYS = (-30, -7, 0, 7, 21)
REPORT_NEAREST_DAYS, REPORT_WEEKS = 14, 6
"""A report due nearer than this many days when it is told of is due this many weeks after it instead."""
REPORT_QUIET_DAYS, REPORT_LETTER_QUIET_DAYS = 7, 14
"""How long after a report's date was told the first notice, and the first letter, may remind of it."""
INTERIM_REPLY_WARNING_DAYS = (21, 28)
"""Days after the application arrived."""
COMPLAINT_FORWARD_WEEKS = 4

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


class ArrivalBasis(Worded):
    """How we know which day a decision reached its party (domain.md F.1 points 7 and 8)."""

    NOTICE_SENT = "notice_sent", N_("Dagen varselet ble sendt")
    RECEIPT = "receipt", N_("Kvittering fra mottakeren")
    ASSUMED_POST = "assumed_post", N_("Antatt framme med posten")
    CONFIRMED = "confirmed", N_("Bekreftet av mottakeren")


@lru_cache(maxsize=64)
def _holidays_in(year: int) -> dict[date, str]:
    return dict(holidays.country_holidays("NO", years=year, language="no"))


def holiday_name(on: date) -> str | None:
    """The bokmål name of the public holiday `on` (F.2), or None. Ordinary Saturdays and Sundays have none."""
    return _holidays_in(on.year).get(on)


def is_working_day(on: date) -> bool:
    """Not a Saturday, a Sunday or a public holiday (domstolloven § 149). Christmas Eve is a working day in law."""
    return on.weekday() < _SATURDAY and holiday_name(on) is None


def working_day_on_or_after(on: date) -> date:
    """`on`, or the nearest working day after it: where § 149 moves a deadline that ends on a day of rest."""
    while not is_working_day(on):
        on += _ONE_DAY
    return on


def working_day_on_or_before(on: date) -> date:
    """`on`, or the last working day before it: the day to deliver by when the date itself stands (J.1 point 14)."""
    while not is_working_day(on):
        on -= _ONE_DAY
    return on


def next_working_day(on: date) -> date:
    """The first working day later than `on`."""
    return working_day_on_or_after(on + _ONE_DAY)


def last_working_day_before(on: date) -> date:
    """The last working day earlier than `on`."""
    return working_day_on_or_before(on - _ONE_DAY)


def add_working_days(on: date, days: int) -> date:
    """`days` working days later than `on`; `on` itself, whatever day it is, is not counted.

    Raises ValueError when `days` is negative.
    """
    if days < 0:
        raise ValueError("working days are counted forward")
    for _ in range(days):
        on = next_working_day(on)
    return on


def months_after(on: date, months: int) -> date:
    """The same day `months` later, or the last day of a shorter month (domstolloven § 148)."""
    years, month = divmod(on.month - 1 + months, 12)
    year, month = on.year + years, month + 1
    return date(year, month, min(on.day, monthrange(year, month)[1]))


def one_month_after(on: date) -> date:
    """When an interim reply is due for what came in `on` (forvaltningsloven § 11 a); not moved off a weekend."""
    return months_after(on, 1)


def complaint_deadline(arrived_on: date) -> date:
    """The last day to complain: three weeks from when the decision, or the reasons asked for, reached the party.

    forvaltningsloven § 29, counted by domstolloven §§ 148-149: it ends on the weekday it began, and is moved forward
    to a working day. Reasons under § 24 second paragraph start three new weeks from the day they arrive.
    """
    return working_day_on_or_after(arrived_on + timedelta(weeks=COMPLAINT_WEEKS))


def others_complaint_deadline(decided_on: date) -> date:
    """The latest day for those the decision gives no right: three months from the decision (§ 29)."""
    return working_day_on_or_after(months_after(decided_on, 3))


def late_complaint_barred_after(decided_on: date) -> date:
    """The last day a late complaint may be taken at all: one year from the decision (§ 31)."""
    return months_after(decided_on, 12)


def assumed_arrival(sent_on: date) -> date:
    """When a letter by post is taken to have arrived: three working days on; a person may always overrule it."""
    return add_working_days(sent_on, ASSUMED_POST_DAYS)


def counted_from(due_on: date, written_on: date, told_on: date) -> date:
    """A deadline that a letter gave, counted from the day it reached its party when that is later than its own date.

    As many days as the letter gave, moved to a working day; never before the day that stands in the letter.
    """
    late = told_on - written_on
    return working_day_on_or_after(due_on + late) if late > timedelta() else due_on


def report_due_on(ruled_on: date, told_on: date) -> date:
    """The date a report is due when its date in the rules is told on this day: a passed or too near one is moved."""
    if ruled_on >= told_on + timedelta(days=REPORT_NEAREST_DAYS):
        return ruled_on
    return working_day_on_or_after(told_on + timedelta(weeks=REPORT_WEEKS))


def is_overdue(due_on: date | None, today: date) -> bool:
    """The only definition of overdue in the house: the last day has passed, in Oslo."""
    return due_on is not None and due_on < today
