"""When a recipient is reminded of a report (domain F.4): notices up to the deadline, letters after it."""

from collections.abc import Mapping
from datetime import date

from app.values.deadlines import REPORT_REMINDER_DAYS

NOTICES = tuple(step for step in REPORT_REMINDER_DAYS if step <= 0)
FIRST_LETTER, SECOND_LETTER = (step for step in REPORT_REMINDER_DAYS if step > 0)


def due_step(due_on: date, today: date, sent: Mapping[int, date]) -> int | None:
    """The one step to send today, or None. `sent`: the day each earlier step was told.

    After downtime or a jump of the clock only the newest notice goes: three at once say nothing more. The letters keep
    their order and distance, because the second one says that it is the second.
    """
    days = (today - due_on).days
    if days >= FIRST_LETTER:
        return _letter(days, today, sent)
    newest = max((step for step in NOTICES if step <= days), default=None)
    return newest if newest is not None and newest not in sent else None


def _letter(days: int, today: date, sent: Mapping[int, date]) -> int | None:
    if FIRST_LETTER not in sent:
        return FIRST_LETTER
    waited = (today - sent[FIRST_LETTER]).days >= SECOND_LETTER - FIRST_LETTER
    return SECOND_LETTER if days >= SECOND_LETTER and waited and SECOND_LETTER not in sent else None
