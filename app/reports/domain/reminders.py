"""When a recipient is reminded of a report (domain F.4): notices up to the deadline, letters after it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.values.deadlines import REPORT_LETTER_QUIET_DAYS, REPORT_QUIET_DAYS, REPORT_REMINDER_DAYS

NOTICES = tuple(step for step in REPORT_REMINDER_DAYS if step <= 0)
FIRST_LETTER, SECOND_LETTER = (step for step in REPORT_REMINDER_DAYS if step > 0)


@dataclass(frozen=True)
class Told:
    """How the recipient heard of a report's date: by the accepted letter, or by a notice that is queued, or gone.

    `by_letter_on`: the day they accepted a letter with this very date. `word_on`: the day the first notice was sent.
    """

    due_on: date
    by_letter_on: date | None
    word_queued: bool
    word_on: date | None

    def needs_word(self, sent: Mapping[int, date]) -> bool:
        """Whether nothing has told them yet, nor is on its way; an earlier reminder has."""
        return self.by_letter_on is None and not self.word_queued and not sent

    def since(self, sent: Mapping[int, date], today: date) -> date:
        """The day they knew; today while the notice is still on its way."""
        known = [on for on in (self.by_letter_on, self.word_on, *sent.values()) if on is not None]
        return min(known, default=today)


def due_step(due_on: date, today: date, sent: Mapping[int, date], told_on: date) -> int | None:
    """The one step to send today, or None. `sent`: the day each earlier step was told.

    `told_on`: the day the recipient was told of this date, by the letter they accepted or by a notice; nobody is chased
    for what they have just heard of.

    After downtime or a jump of the clock only the newest notice goes: three at once say nothing more. The letters keep
    their order and distance, because the second one says that it is the second.
    """
    days = (today - due_on).days
    known = (today - told_on).days
    if days >= FIRST_LETTER:
        return _letter(days, today, sent) if known >= REPORT_LETTER_QUIET_DAYS else None
    if known < REPORT_QUIET_DAYS:
        return None
    newest = max((step for step in NOTICES if step <= days), default=None)
    return newest if newest is not None and newest not in sent else None


def _letter(days: int, today: date, sent: Mapping[int, date]) -> int | None:
    if FIRST_LETTER not in sent:
        return FIRST_LETTER
    waited = (today - sent[FIRST_LETTER]).days >= SECOND_LETTER - FIRST_LETTER
    return SECOND_LETTER if days >= SECOND_LETTER and waited and SECOND_LETTER not in sent else None


def is_at_hand(cutoff_on: date, due_on: date, today: date) -> bool:
    """Whether a report is to be written now: the time it tells of is over, or the first reminder's day has come."""
    return cutoff_on < today or (due_on - today).days <= -min(REPORT_REMINDER_DAYS)
