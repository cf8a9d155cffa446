"""Which days, years, sums and counts people may type, each bound with its reason.

What lies outside is a slip of the hand («2052», one nought too many): a bound is wide enough for all that an office
really does. What is unlawful is judged by the rooms, in words of their own.
"""

from datetime import date, timedelta
from typing import NamedTuple

MOST_GRANT_ORE = 1_000_000_000_00
"""One grant, budget line, claim, cap or answer in kroner. The whole field has 1.25 billion over six years (A.1)."""
MOST_UNIT_PRICE_ORE = 1_000_000_00
"""A unit price of compensation: a patient, an hour, a start."""
MOST_UNITS = 100_000
"""Units in one claim of one GP. Times the highest price it still fits in the columns."""
MOST_COUNTED = 1_000_000_000
"""An answer that counts something."""

_PROJECT_YEARS = 6
"""A project goes on from earlier grants and after this one; the field's own longest frame runs six years."""
_RULES_BACK, _RULES_AHEAD = 6, 2
"""Rules are drafted for the year after next at the earliest, and old rounds may be written in."""
_RULES_RUN = 5
"""Instalments and reports come in the year of the rules and, by authority from the Storting, in the next ones."""
_AGREEMENT_RUNS = 1
"""An agreement keeps the terms it was signed with (domain J.1.6): begun in December it runs through the next year."""
_ANSWER_DAYS = 365
"""Nobody is asked to answer later than within a year."""
_PROMISE_DAYS = 366
"""What is sent after a report comes within a year of it."""
_PAY_DAYS = 92
"""A list waits for its bank day, not for a season."""


class Days(NamedTuple):
    """Local days from the first to the last, both included."""

    first: date
    last: date

    def hold(self, on: date) -> bool:
        """Whether the day is one of them."""
        return self.first <= on <= self.last


def _whole_years(first: int, last: int) -> Days:
    return Days(date(first, 1, 1), date(last, 12, 31))


def rules_years(today: date) -> range:
    """Years that rules may be drafted for."""
    return range(today.year - _RULES_BACK, today.year + _RULES_AHEAD + 1)


def rules_days(year: int) -> Days:
    """Instalments and reports of the rules of a year."""
    return _whole_years(year, year + _RULES_RUN)


def draft_days(year: int) -> Days:
    """The same while they are a draft: one copied from an earlier round is saved before its days are moved."""
    return _whole_years(year - _RULES_BACK, year + _RULES_RUN)


def call_days(year: int) -> Days:
    """A call for money of this year: opened in the winter before the year before, answered within the next."""
    return _whole_years(year - 2, year + 1)


def project_days(year: int) -> Days:
    """A project that applies for money of this year."""
    return _whole_years(year - _PROJECT_YEARS, year + _PROJECT_YEARS)


def intent_days(today: date) -> Days:
    """A letter of intent that has come."""
    return Days(date(today.year - _PROJECT_YEARS, 1, 1), today)


def agreement_begins(year: int) -> Days:
    """An agreement under the rules of this year begins in it."""
    return _whole_years(year, year)


def agreement_ends(year: int) -> Days:
    """The last day of an agreement under the rules of this year."""
    return _whole_years(year, year + _AGREEMENT_RUNS)


def signed_days(year: int, today: date) -> Days:
    """An agreement under the rules of this year is signed in it, or before it began, and never ahead."""
    return Days(date(year - 1, 1, 1), today)


def answer_days(today: date) -> Days:
    """A deadline that somebody is given today."""
    return Days(today + timedelta(days=1), today + timedelta(days=_ANSWER_DAYS))


def promised_days(cutoff_on: date, due_on: date) -> Days:
    """What the recipient of a grant sends after the report itself."""
    return Days(cutoff_on, due_on + timedelta(days=_PROMISE_DAYS))


def pay_days(today: date) -> Days:
    """The bank day of a list that is handed over today."""
    return Days(today, today + timedelta(days=_PAY_DAYS))


def allocation_days(year: int, today: date) -> Days:
    """The letter that changes a frame of this year, or lets money over into it: from the year before, never ahead."""
    return Days(date(year - 1, 1, 1), today)


def told_days(today: date) -> Days:
    """What somebody has done and writes down: within the last year, never ahead."""
    return Days(today - timedelta(days=_ANSWER_DAYS), today)
