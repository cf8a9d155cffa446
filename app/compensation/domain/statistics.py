"""A row of Helfo's monthly statistics as this house asks for it. Plain Python: nobody has published columns for it."""

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from app.flow.domain import Reason
from app.orders.domain import Heading, cells
from app.orders.domain.cells import cell
from app.values.badvalue import BadValue
from app.values.bounds import MOST_GRANT_ORE, MOST_UNITS
from app.values.language import N_
from app.values.money import parse_kroner
from app.values.text import clean_code, clean_number

MONTH = Heading("maaned", "Måned", "Månad", needed=True)
HPR = Heading("hpr", "HPR-nummer", "HPR-nummer", needed=True)
ORGNR = Heading("orgnr", "Organisasjonsnummer", "Organisasjonsnummer", needed=True)
CODE = Heading("kode", "Kode", "Kode", needed=True)
UNITS = Heading("antall", "Antall", "Tal på einingar", needed=True)
AMOUNT = Heading("belop", "Beløp", "Beløp", needed=True)
CORRECTION = Heading("rettelse", "Rettelse nr.", "Retting nr.")
HEADINGS = (MONTH, HPR, ORGNR, CODE, UNITS, AMOUNT, CORRECTION)
MOST_CORRECTIONS = 99
# After a dot a month has two figures: «2026.1» is what a spreadsheet makes of 2026.10.
_YEAR_FIRST = re.compile(r"(20[0-9]{2})(?:[-/ ]?(?=[0-9])|\.(?=[0-9]{2}))(0?[1-9]|1[0-2])")
_MONTH_FIRST = re.compile(r"(0?[1-9]|1[0-2])[-./ ](20[0-9]{2})")


@dataclass(frozen=True)
class Told:
    """What Helfo says it paid a payee for one GP in one month, by one price; a correction says what it adds or takes.

    `month`: its first day. Øre, and units; below nought in a correction alone.
    """

    month: date
    hpr_no: str
    orgnr: str
    code: str
    units: int
    amount_ore: int
    correction: int = 0

    @property
    def key(self) -> tuple[date, str, str, str, int]:
        """What there is one of."""
        return (self.month, self.hpr_no, self.orgnr, self.code, self.correction)

    @property
    def of(self) -> tuple[date, str, str, str]:
        """What corrections of it have in common with it."""
        return self.key[:4]

    @property
    def last_on(self) -> date:
        """The last day of the month."""
        return self.month.replace(day=monthrange(self.month.year, self.month.month)[1])


@dataclass(frozen=True)
class Read:
    """A row as it was read, or everything in it that cannot be read."""

    row_no: int
    told: Told | None = None
    wrong: tuple[Reason, ...] = ()


def read(row_no: int, says: Mapping[str, str]) -> Read:
    """The row by its columns."""
    wrong: list[Reason] = []
    correction = cell(says, CORRECTION, _nr, 0, wrong) if says.get(CORRECTION.code) else 0
    told = Told(
        cell(says, MONTH, month, date.min, wrong),
        cell(says, HPR, cells.hpr, "", wrong),
        cell(says, ORGNR, cells.orgnr, "", wrong),
        cell(says, CODE, clean_code, "", wrong),
        cell(says, UNITS, _signed(lambda typed: cells.whole(typed, MOST_UNITS), correction), 0, wrong),
        cell(says, AMOUNT, _signed(_ore, correction), 0, wrong),
        correction,
    )
    return Read(row_no, None, tuple(wrong)) if wrong else Read(row_no, told)


def whose(says: Mapping[str, str]) -> str:
    """The GP's number as it is kept, or what stands there: the rows of one GP are judged after each other."""
    typed = says.get(HPR.code, "")
    try:
        return cells.hpr(typed)
    except BadValue:
        return typed


def month(typed: str) -> date:
    """«2026-01», «01.2026» or any day of it, as its first day. Raises BadValue."""
    bare = clean_number(typed)
    if found := _YEAR_FIRST.fullmatch(bare):
        return date(int(found[1]), int(found[2]), 1)
    if found := _MONTH_FIRST.fullmatch(bare):
        return date(int(found[2]), int(found[1]), 1)
    try:
        return cells.day(typed).replace(day=1)
    except BadValue as bad:
        if bad.code != "not_a_date":
            raise
        raise BadValue("not_a_month", N_("Skriv måneden med år og måned, for eksempel 2026-01.")) from bad


def _nr(typed: str) -> int:
    return cells.whole(typed, MOST_CORRECTIONS)


def _ore(typed: str) -> int:
    ore = parse_kroner(typed)
    if ore > MOST_GRANT_ORE:
        raise BadValue("too_high", N_("Beløpet er for høyt."))
    return ore


def _signed(parse: Callable[[str], int], correction: int) -> Callable[[str], int]:
    """The same with a sign before it, where the row is a correction."""

    def value(typed: str) -> int:
        bare = typed.strip()
        if bare[:1] not in ("-", "−", "–"):
            return parse(bare)
        if not correction:
            raise BadValue(
                "negative", N_("Bare en rettelse kan trekke fra. Skriv et nummer i kolonnen «Rettelse nr.».")
            )
        return -parse(bare[1:])

    return value
