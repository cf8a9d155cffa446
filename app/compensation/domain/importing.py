"""A row of an imported file read as a claim. Plain Python: what it says is judged where every claim is."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from app.compensation.domain.claims import ClaimFacts
from app.compensation.domain.periods import Period
from app.flow.domain import Reason
from app.orders.domain import Heading
from app.rules.domain import UnitPrice
from app.values.badvalue import BadValue
from app.values.bounds import MOST_UNITS
from app.values.dates import parse_date
from app.values.identity import parse_hpr
from app.values.language import N_
from app.values.wholenumber import parse_whole_number

HPR = Heading("hpr", "HPR-nummer", "HPR-nummer", needed=True)
FROM = Heading("fra", "Periode fra", "Periode frå", needed=True)
TO = Heading("til", "Periode til", "Periode til", needed=True)
LATE = Heading("sent", "Grunn til at kravet kommer for sent", "Grunn til at kravet kjem for seint")
FIXED = (HPR, FROM, TO, LATE)
# A cell is read no further than 200 signs: what may have been cut is told and not kept.
LONGEST_REASON = 199
# What Excel counts days from, and the days of this century as it writes them.
_EXCEL_DAY_0 = date(1899, 12, 30)
_EXCEL_DAYS = range(36526, 73051)
T = TypeVar("T")


@dataclass(frozen=True)
class Asked:
    """What a row asks for, by the GP's number; or why it cannot be read."""

    row_no: int
    hpr_no: str = ""
    facts: ClaimFacts | None = None
    wrong: tuple[Reason, ...] = ()


def headings(prices: Sequence[UnitPrice]) -> list[Heading]:
    """The columns of a file: whose, when, one for each unit price by its code, and why it is late."""
    found = {price.code: Heading(price.code, price.words.nb, price.words.nn) for price in prices}
    return [HPR, FROM, TO, *found.values(), LATE]


def read(row_no: int, says: Mapping[str, str], codes: Collection[Heading]) -> Asked:
    """The row as a claim, or everything in it that cannot be read."""
    wrong: list[Reason] = []
    hpr_no = _cell(says, HPR, parse_hpr, "", wrong)
    from_on = _cell(says, FROM, _day, date.min, wrong)
    to_on = _cell(says, TO, _day, date.min, wrong)
    units = {each.code: _cell(says, each, _units, 0, wrong) for each in codes if says.get(each.code)}
    late = _cell(says, LATE, _reason, "", wrong) if says.get(LATE.code) else ""
    if wrong:
        return Asked(row_no, hpr_no, None, tuple(wrong))
    return Asked(row_no, hpr_no, ClaimFacts(Period(from_on, to_on), units, late_reason=late))


def whose(says: Mapping[str, str]) -> str:
    """The GP's number as it is kept, or what stands there: the rows of one GP are judged after each other."""
    typed = says.get(HPR.code, "")
    try:
        return parse_hpr(typed)
    except BadValue:
        return typed


def _cell(says: Mapping[str, str], heading: Heading, parse: Callable[[str], T], nothing: T, wrong: list[Reason]) -> T:
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


def _day(typed: str) -> date:
    if typed.isascii() and typed.isdigit() and int(typed[:9]) in _EXCEL_DAYS:
        meant = _EXCEL_DAY_0 + timedelta(days=int(typed))
        text = N_("%(typed)s er et tall og ikke en dato (kanskje %(meant)s). Vis kolonnen som dato i regnearket.")
        raise BadValue("serial", text, typed=typed, meant=f"{meant:%d.%m.%Y}")
    return parse_date(typed)


def _reason(typed: str) -> str:
    if len(typed) > LONGEST_REASON:
        raise BadValue("long", N_("Skriv høyst %(most)s tegn."), most=LONGEST_REASON)
    return typed


def _units(typed: str) -> int:
    return parse_whole_number(typed, 0, MOST_UNITS)
