"""What the rules of a compensation scheme hold beside those of a grant: prices, control, legal form, who pays.

No price, cap or limit of the GP scheme is published (domain B.1): they are settings of the rule version.
"""

from dataclasses import dataclass

from app.rules.domain.words import NO_WORDS, Words
from app.values.language import N_, Language, Worded
from app.values.wholenumber import format_whole_number


class UnitKind(Worded):
    """What a unit of a price is (domain B.2)."""

    FIXED_START = "fixed_start", N_("engangsbeløp")
    PER_PATIENT = "per_patient", N_("per pasient")
    PER_HOUR = "per_hour", N_("per time")
    PER_REPORT = "per_report", N_("per rapport")


class LegalForm(Worded):
    """What the rules are in law (domain J.1.6): decides what a change means for agreements in force."""

    REGULATION = "regulation", N_("forskrift")
    AGREEMENT = "agreement", N_("avtale")


class PaidThrough(Worded):
    """Who pays what is approved in the year (domain B.1: Helfo from 2026)."""

    US = "us", N_("Helsedirektoratet")
    HELFO_EXPORT = "helfo_export", N_("Helfo, av krav vi eksporterer")
    HELFO_STATISTICS = "helfo_statistics", N_("Helfo, med statistikk til oss")


@dataclass(frozen=True)
class ControlRule:
    """What is approved without a person looking: claims up to `limit_ore`, but for a sample drawn by lot in per cent.

    `limit_ore` None: a person looks at every claim. Claims over `outlier_times` the area's middle one are looked at.
    """

    limit_ore: int | None = None
    sample_percent: int = 10
    outlier_times: int = 3


EACH_BY_A_PERSON = ControlRule()


@dataclass(frozen=True)
class UnitPrice:
    """A rate of the compensation scheme: so much a unit («sats»), at most so many units a GP.

    `one` and `many` are what a unit is called: «pasient», «pasienter». `max_per_period`: units in one claim at most,
    None where only the GP's own cap counts. `documented`: a claim of it needs an attachment.
    """

    code: str
    words: Words
    unit_price_ore: int
    max_units: int
    one: Words = NO_WORDS
    many: Words = NO_WORDS
    kind: UnitKind = UnitKind.PER_PATIENT
    max_per_period: int | None = None
    documented: bool = False

    def counted(self, units: int, language: Language | str) -> str:
        """«80 pasienter»; the number alone where the rules have no word for the unit."""
        word = (self.one if units == 1 else self.many).in_(language)
        return f"{format_whole_number(units)} {word}".rstrip()

    def told(self, units: int, language: Language | str) -> str:
        """The same where nothing beside it says what is counted."""
        words = "" if self.many.nb else f"{self.words.in_(language)}: "
        return words + self.counted(units, language)
