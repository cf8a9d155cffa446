"""A row of an imported file read as a claim. Plain Python: what it says is judged where every claim is."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.compensation.domain.claims import ClaimFacts
from app.compensation.domain.periods import Period
from app.flow.domain import Reason
from app.orders.domain import Heading, cells
from app.orders.domain.cells import cell
from app.rules.domain import UnitPrice
from app.values.badvalue import BadValue
from app.values.bounds import MOST_UNITS

HPR = Heading("hpr", "HPR-nummer", "HPR-nummer", needed=True)
FROM = Heading("fra", "Periode fra", "Periode frå", needed=True)
TO = Heading("til", "Periode til", "Periode til", needed=True)
LATE = Heading("sent", "Grunn til at kravet kommer for sent", "Grunn til at kravet kjem for seint")
FIXED = (HPR, FROM, TO, LATE)


@dataclass(frozen=True)
class Asked:
    """What a row asks for, by the GP's number; or why it cannot be read."""

    row_no: int
    hpr_no: str = ""
    facts: ClaimFacts | None = None
    wrong: tuple[Reason, ...] = ()


def headings(prices: Sequence[UnitPrice]) -> list[Heading]:
    """The columns of a file: whose, when, one for each unit price by its code, and why it is late.

    Units of two prices that are called alike (one was taken away and a new one made) are told apart by the code.
    """
    found = {price.code: Heading(price.code, price.words.nb, price.words.nn) for price in prices}
    called = Counter(name for each in (*FIXED, *found.values()) for name in each.called)
    told = (each if max(called[name] for name in each.called) == 1 else _by_code(each) for each in found.values())
    return [HPR, FROM, TO, *told, LATE]


def _by_code(price: Heading) -> Heading:
    return Heading(price.code, f"{price.nb} ({price.code})", f"{price.nn} ({price.code})")


def read(row_no: int, says: Mapping[str, str], codes: Collection[Heading]) -> Asked:
    """The row as a claim, or everything in it that cannot be read."""
    wrong: list[Reason] = []
    hpr_no = cell(says, HPR, cells.hpr, "", wrong)
    from_on = cell(says, FROM, cells.day, date.min, wrong)
    to_on = cell(says, TO, cells.day, date.min, wrong)
    units = {each.code: cell(says, each, _units, 0, wrong) for each in codes if says.get(each.code)}
    late = cell(says, LATE, cells.line, "", wrong) if says.get(LATE.code) else ""
    if wrong:
        return Asked(row_no, hpr_no, None, tuple(wrong))
    return Asked(row_no, hpr_no, ClaimFacts(Period(from_on, to_on), units, late_reason=late))


def whose(says: Mapping[str, str]) -> str:
    """The GP's number as it is kept, or what stands there: the rows of one GP are judged after each other."""
    typed = says.get(HPR.code, "")
    try:
        return cells.hpr(typed)
    except BadValue:
        return typed


def _units(typed: str) -> int:
    return cells.whole(typed, MOST_UNITS)
