"""Dates and times in words (pages.md rule 4): long in text, short in tables, relative words only beside a date.

Plain functions of a Language, so that letters can use them too.
"""

import re
from calendar import monthrange
from datetime import date, datetime

from app.values.badvalue import BadValue
from app.values.clock import local_date, local_time
from app.values.language import N_, Language
from app.values.text import clean_number

_MONTHS = (
    "januar",
    "februar",
    "mars",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "desember",
)
_WEEKDAYS = {
    Language.NB: ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"),
    Language.NN: ("måndag", "tysdag", "onsdag", "torsdag", "fredag", "laurdag", "søndag"),
}
_DAYS = {Language.NB: "dager", Language.NN: "dagar"}
_TOMORROW = {Language.NB: "i morgen", Language.NN: "i morgon"}
_AGO = {Language.NB: "siden", Language.NN: "sidan"}
_LEFT = {Language.NB: "igjen", Language.NN: "att"}

_YEAR = "((?:[0-9]{2})?[0-9]{2})"
_DOTTED = re.compile(rf"([0-9]{{1,2}})\.\s?([0-9]{{1,2}})\.\s?{_YEAR}")
_SLASHED = re.compile(rf"([0-9]{{1,2}})/([0-9]{{1,2}})[-/ ]{_YEAR}")
_IN_WORDS = re.compile(rf"([0-9]{{1,2}})\.? ?({'|'.join(_MONTHS)}) ([0-9]{{4}})")
_ROUND_IT = re.compile(
    rf"(?:({'|'.join(sorted(set(_WEEKDAYS[Language.NB] + _WEEKDAYS[Language.NN])))}),? )?(?:den )?(.*?)\.?"
)
"""A weekday, «den» and the full stop of the sentence it was copied from."""
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_EARLIEST_YEAR, _LATEST_YEAR = 1900, 2199
_SHORT_YEARS = 50


def parse_date(text: str) -> date:
    """A date typed as 15.02.2025, 15/2-25, 15/2/2025 or 2025-02-15, or copied as «lørdag 15. februar 2025».

    With slashes too the day stands first, as it is written here. Raises BadValue for other shapes, for days that do not
    exist and for a weekday the day is not.
    """
    round_it = _ROUND_IT.fullmatch(clean_number(text).lower())
    weekday, typed = round_it.groups() if round_it else ("", "")
    year, month, day = _parts(typed)
    if not _EARLIEST_YEAR <= year <= _LATEST_YEAR:
        raise BadValue("year_out_of_range", N_("Sjekk årstallet i datoen."))
    _hold_up(year, month, day)
    found = date(year, month, day)
    if weekday and weekday not in {names[found.weekday()] for names in _WEEKDAYS.values()}:
        raise BadValue("wrong_weekday", N_("Ukedagen passer ikke til datoen. Sjekk begge."))
    return found


def _hold_up(year: int, month: int, day: int) -> None:
    """Raise BadValue, with what is wrong, for a day the calendar does not have."""
    if month > len(_MONTHS):
        text = N_("Den datoen finnes ikke: det er bare 12 måneder. Skriv dagen først, så måneden.")
        raise BadValue("no_such_day", text)
    if not (month and day):
        raise BadValue("no_such_day", N_("Den datoen finnes ikke. Sjekk dag og måned."))
    most = monthrange(year, month)[1]
    if day > most:
        text = N_("Den datoen finnes ikke: %(month)s %(year)s har %(days)s dager.")
        raise BadValue("no_such_day", text, month=_MONTHS[month - 1], year=year, days=most)


def _parts(typed: str) -> tuple[int, int, int]:
    """Year, month and day. A year of two figures is one of this century's first half; others are not guessed."""
    if dotted := _DOTTED.fullmatch(typed) or _SLASHED.fullmatch(typed):
        day, month, year = dotted.groups()
        if len(year) == 2 and int(year) >= _SHORT_YEARS:
            raise BadValue("short_year", N_("Skriv årstallet med fire tall."))
        return int(year if len(year) == 4 else f"20{year}"), int(month), int(day)
    if iso := _ISO.fullmatch(typed):
        year, month, day = iso.groups()
        return int(year), int(month), int(day)
    if worded := _IN_WORDS.fullmatch(typed):
        return int(worded[3]), _MONTHS.index(worded[2]) + 1, int(worded[1])
    raise BadValue("not_a_date", N_("Skriv datoen med dag, måned og år, for eksempel 14.02.2025."))


def format_date(on: date, language: Language) -> str:
    """As "15. februar 2025", for running text."""
    del language  # the months have the same names in both forms
    return f"{on.day}. {_MONTHS[on.month - 1]} {on.year}"


def format_month(on: date) -> str:
    """«mars 2025»: the months are called the same in both forms of Norwegian."""
    return f"{_MONTHS[on.month - 1]} {on.year}"


def format_date_with_weekday(on: date, language: Language) -> str:
    """As "laurdag 1. november 2025"."""
    return f"{_WEEKDAYS[language][on.weekday()]} {format_date(on, language)}"


def format_short(on: date) -> str:
    """As "15.02.2025", for tables."""
    return f"{on.day:02d}.{on.month:02d}.{on.year}"


def format_iso(when: date | datetime) -> str:
    """As "2025-02-15", or a moment with its zone: for programs, in attributes and open data; never for a reader."""
    return when.isoformat()


def format_time(at: datetime) -> str:
    """As "kl. 23.59" in Oslo, from an aware moment."""
    return f"kl. {local_time(at):%H.%M}"


def format_moment(at: datetime, language: Language) -> str:
    """As "15. februar 2025 kl. 23.59" in Oslo, for running text."""
    return f"{format_date(local_date(at), language)} {format_time(at)}"


def format_moment_short(at: datetime) -> str:
    """As "15.02.2025 kl. 23.59" in Oslo, for tables."""
    return f"{format_short(local_date(at))} {format_time(at)}"


def format_days(days: int, language: Language) -> str:
    """As "1 dag", "3 dager" or "3 dagar"."""
    return f"{days} dag" if days == 1 else f"{days} {_DAYS[language]}"


def until_due(due_on: date, today: date, language: Language) -> str:
    """As "om 3 dager", "i morgen", "i dag" or "3 dager over fristen": stands beside the date, never instead of it."""
    days = (due_on - today).days
    if days < 0:
        return f"{format_days(-days, language)} over fristen"
    return _soon(days, language) or f"om {format_days(days, language)}"


def days_left(due_on: date, today: date, language: Language) -> str:
    """As "12 dager igjen" or "12 dagar att"; "siste dag" on the day itself, and over the deadline as until_due."""
    days = (due_on - today).days
    if days < 0:
        return until_due(due_on, today, language)
    return f"{format_days(days, language)} {_LEFT[language]}" if days else "siste dag"


def since(on: date, today: date, language: Language) -> str:
    """As "for 3 dager siden" or "for 3 dagar sidan", "i går" and "i dag"; a later day is told as until_due tells it."""
    days = (today - on).days
    if days < 0:
        return until_due(on, today, language)
    if days < 2:
        return "i går" if days else "i dag"
    return f"for {format_days(days, language)} {_AGO[language]}"


def _soon(days: int, language: Language) -> str | None:
    if days == 0:
        return "i dag"
    return _TOMORROW[language] if days == 1 else None
