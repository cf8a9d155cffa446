"""What the scheme's deliveries share: the pot, its prices by code, and words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.compensation.domain.periods import Period
from app.rules.domain import UnitKind, UnitPrice, Words
from app.rules.queries import pot_by_code, published_line, rules_of
from app.summaries.domain import both
from app.values.clock import local_date
from app.values.language import N_

POT = "gp"
FIRST_YEAR = 2025


@dataclass(frozen=True)
class Prices:
    """Every price the pot ever had, by code; of one that changed, its newest words."""

    by_code: Mapping[str, UnitPrice]

    @property
    def per_patient(self) -> frozenset[str]:
        """The codes of prices that are per patient."""
        return frozenset(code for code, price in self.by_code.items() if price.kind is UnitKind.PER_PATIENT)

    def name(self, code: str) -> Words:
        """What the price is called."""
        return self.by_code[code].words if code in self.by_code else Words(code, code)

    def in_order(self, codes: Sequence[str]) -> list[str]:
        """Codes in the order of the rules; those the rules have no more stand last."""
        order = list(self.by_code)
        return sorted(set(codes), key=lambda code: (order.index(code) if code in order else len(order), code))


def prices() -> Prices:
    """The prices of every published version."""
    gp = pot_by_code(POT)
    line = published_line(gp.id) if gp else []
    return Prices({price.code: price for version_id, _ in line for price in rules_of(version_id).unit_prices})


def until_now(year: int, at: datetime) -> Period:
    """The part of the year that has been; all of it when it is over."""
    return Period(date(year, 1, 1), max(date(year, 1, 1), min(date(year, 12, 31), local_date(at))))


def plus(words: Words, msgid: str) -> Words:
    """«Pasienter – godkjente enheter»: a price's own words and ours."""
    ours = both(msgid)
    return Words(f"{words.nb} – {ours.nb}", f"{words.nn} – {ours.nn}")


AREA = N_("Område")
ALL_AREAS = N_("Alle områder")
AGREED, STARTED, CLAIMED, SILENT = (
    N_("Fastleger med avtale"),
    N_("Fastleger i gang"),
    N_("Fastleger med krav"),
    N_("Fastleger uten krav"),
)
CLAIMED_ORE, APPROVED_ORE, PAID_ORE, WAITING_ORE = N_("Krevd"), N_("Innvilget"), N_("Utbetalt"), N_("Venter på midler")
DAYS, PER_PATIENT = N_("Dager fra krav til utbetaling (median)"), N_("Innvilget per pasient")
UNITS = N_("godkjente enheter")
