"""A cell of a file as people write it in a spreadsheet: one reading for every kind of order. Plain Python.

A number may carry the decimals a program put there («1234567.0», «12,0»), and a date the clock («31.03.2025 00:00»).
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import TypeVar

from app.flow.domain import Reason
from app.orders.domain import Heading
from app.values.badvalue import BadValue
from app.values.dates import parse_date
from app.values.identity import parse_hpr, parse_orgnr
from app.values.language import N_
from app.values.plaintext import hold_plain
from app.values.text import clean_line, clean_number
from app.values.wholenumber import parse_whole_number

# A cell is read no further than 200 signs: what may have been cut is told and not kept.
LONGEST = 199
# What Excel counts days from, and the days of this century as it writes them.
_EXCEL_DAY_0 = date(1899, 12, 30)
_EXCEL_DAYS = range(36526, 73051)
# A clock of another zone may be another day here, and is not guessed.
_CLOCK = re.compile(
    r"(.*[0-9])(?:t| (?:kl\.? ?)?)(?:[01]?[0-9]|2[0-3])[:.][0-5][0-9](?:[:.][0-5][0-9](?:[.,][0-9]+)?)?", re.IGNORECASE
)
_WHOLE = re.compile(r"(-?[0-9][0-9 ]*)[.,]0{1,2}")
T = TypeVar("T")


def cell(says: Mapping[str, str], heading: Heading, parse: Callable[[str], T], nothing: T, wrong: list[Reason]) -> T:
    """What stands in this column; where it cannot be read, `nothing`, and why is added to `wrong`."""
    typed = says.get(heading.code, "")
    try:
        if typed.startswith("="):
            raise BadValue("formula", N_("Cellen er en formel. Lim inn verdien i stedet."))
        if not typed:
            raise BadValue("empty", N_("Cellen er tom."))
        return parse(typed)
    except BadValue as bad:
        text = N_("%(column)s: %(why)s")
        wrong.append(Reason(text, {"column": heading, "why": Reason(bad.reason, bad.facts)}))
        return nothing


def day(typed: str) -> date:
    """A date. Raises BadValue, with the date it may be for a number of days."""
    bare = _bare(typed)
    if bare.isdigit() and int(bare[:9]) in _EXCEL_DAYS:
        meant = _EXCEL_DAY_0 + timedelta(days=int(bare))
        text = N_("%(typed)s er et tall og ikke en dato (kanskje %(meant)s). Vis kolonnen som dato i regnearket.")
        raise BadValue("serial", text, typed=typed, meant=f"{meant:%d.%m.%Y}")
    with_clock = _CLOCK.fullmatch(clean_number(typed))
    return parse_date(with_clock[1] if with_clock else typed)


def whole(typed: str, most: int) -> int:
    """A whole number from nought to `most`. Raises BadValue."""
    return parse_whole_number(_bare(typed), 0, most)


def hpr(typed: str) -> str:
    """The number of a GP in HPR. Raises BadValue."""
    return parse_hpr(_bare(typed))


def orgnr(typed: str) -> str:
    """The number of an organisation. Raises BadValue."""
    return parse_orgnr(_bare(typed))


def line(typed: str) -> str:
    """A line of text, held to what a field of a form is held to. Raises BadValue."""
    return hold_plain(clean_line(typed), LONGEST)


def _bare(typed: str) -> str:
    """The number without decimals that say nothing."""
    number = clean_number(typed)
    found = _WHOLE.fullmatch(number)
    return found[1] if found else number
