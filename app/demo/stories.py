"""What the applications of the demo are, read from app/demo/data.

Real are the five awards of 2024: recipient, year, sum. All else is demo. Late, refused and repaying recipients, and
those the frame leaves nothing for, are invented municipalities (domain J.3).
"""

import calendar
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from itertools import accumulate
from operator import mul
from pathlib import Path
from typing import Any

from app.demo.parties import invented
from app.demo.rule_parts import CRITERIA
from app.parties.register import load_municipalities
from app.values.language import Language, LanguageDecision

DATA = Path(__file__).with_name("data")
KILO = 1_000_00


class Ends(StrEnum):
    """How far a case of the 2025 round has come when the demo begins."""

    WITHDRAWN = "withdrawn"
    SUBMITTED = "submitted"
    REGISTERED = "registered"
    ASKED = "asked"
    ANSWERED = "answered"
    ASSESSING = "assessing"
    HALF = "half"
    ASSESSED = "assessed"
    RECOMMENDED = "recommended"
    SENT_BACK = "sent_back"
    REFUSED = "refused"
    AWAITING = "awaiting"
    ACCEPTED = "accepted"
    ATTESTED = "attested"
    APPROVED = "approved"
    HANDED_OVER = "handed_over"
    PAID = "paid"


@dataclass(frozen=True)
class Told:
    """One application. `granted_ore` its sheet proposes; less than applied for is a partial award, nought a refusal.

    `nr` picks among the words that many applications share; `points` are those of the rules' criteria, in their order.
    """

    nr: int
    orgnr: str
    place: str
    account: str
    area: str
    title: str
    purpose: str
    description: str
    results: str
    applied_ore: int
    granted_ore: int
    starts_on: date
    ends_on: date
    gps: int
    staff: int
    points: tuple[int, ...]
    language: Language
    community: str
    ends: Ends = Ends.PAID
    own_ore: int = 0
    continued: bool = False
    partners: tuple[str, ...] = ()
    cut: str = ""
    """The cost type that is cut first, and why where the usual reasons do not do."""
    why_cut: str = ""
    fails: str = ""
    """The formal requirement that is not met."""
    asked: str = ""
    answered: str = ""
    back: str = ""
    """Why the decider sent it back."""
    why: str = ""
    """Why it was withdrawn."""
    new_account: str = ""
    """Given with the acceptance instead of the one applied with; finance has yet to call back."""

    @property
    def year(self) -> int:
        """The year of the money."""
        return self.starts_on.year

    @property
    def good(self) -> bool:
        """Whether its sheet proposes money."""
        return self.granted_ore > 0


@dataclass(frozen=True)
class _Applicant:
    orgnr: str
    account: str
    language: Language
    community: str


# Numbers that pass modulus 11 in a series no bank has given out here; those of the invented stand in their table.
_ACCOUNTS = {
    "964338531": "12345600009",  # Bergen
    "940101808": "12345600076",  # Tromsø
    "972418013": "12345600149",  # Bodø
    "872418032": "12345600211",  # Rana
    "921770669": "12345600289",  # Hammerfest
    "933649768": "12345600351",  # Ullensaker
    "940039541": "12345600424",  # Fredrikstad
    "918082956": "12345600491",  # Larvik
    "920125298": "12345600564",  # Asker
    "921234554": "12345600777",  # Drammen
    "958935420": "12345600912",  # Oslo
}
_NEW_ACCOUNT = "12345600602"


@cache
def pll_2024() -> tuple[Told, ...]:
    """The five real awards of 2024."""
    return _read("projects_2024", "pll", 2024, first=70)


@cache
def pmd_2024() -> tuple[Told, ...]:
    """The four projects with patients' measured data that the plan names."""
    return _read("projects_2024", "pmd", 2024, first=75)


@cache
def round_2025() -> tuple[Told, ...]:
    """The applications of the 2025 round, in the order they came in: good and weak, near and far, as they come."""
    areas = ("pll", "pps", "pjd", "critical", "pmd")
    found = [told for area in areas for told in _read("round_2025", area, 2025, first=0)]
    # 24 has no factor in common with their number, so that each has a place of its own.
    mixed = [found[nr * 24 % len(found)] for nr in range(len(found))]
    return tuple(replace(told, nr=nr) for nr, told in enumerate(mixed))


def over_the_frame(frame_ore: int) -> frozenset[str]:
    """The applicants of the round whose proposals the frame does not hold after those of more points."""
    weights = [criterion.weight for criterion in CRITERIA]
    judged = [told for told in round_2025() if told.good and told.ends is not Ends.WITHDRAWN]
    judged.sort(key=lambda told: -sum(map(mul, told.points, weights)))
    sums = accumulate(told.granted_ore for told in judged)
    return frozenset(told.orgnr for told, total_ore in zip(judged, sums, strict=True) if total_ore > frame_ore)


def half_written(orgnr: str, decided_on: date) -> Told:
    """A draft on the open call, with nothing but the project filled in; it begins when the call has been decided."""
    place = next(name for name, each in _applicants().items() if each.orgnr == orgnr)
    told = next(told for told in pmd_2024() if told.place == "Fredrikstad")
    starts_on = decided_on + timedelta(days=1)
    return replace(
        told,
        orgnr=orgnr,
        place=place,
        title=f"Digital oppfølging i {place}",
        purpose=f"Prøve ut deling av måledata fra hjemmet med fastlege og sykehus i {place}.",
        starts_on=starts_on,
        ends_on=date(starts_on.year + (starts_on.month > 10), 12, 31),
    )


def _read(folder: str, area: str, year: int, *, first: int) -> tuple[Told, ...]:
    with DATA.joinpath(folder, f"{area}.toml").open("rb") as lines:
        rows: list[dict[str, Any]] = tomllib.load(lines)["application"]
    return tuple(_told(row, area, year, first + nr) for nr, row in enumerate(rows))


def _told(row: Mapping[str, Any], area: str, year: int, nr: int) -> Told:
    applicant = _applicants()[row["by"]]
    first, last = row["months"]
    texts = (
        "title",
        "purpose",
        "description",
        "results",
        "cut",
        "why_cut",
        "fails",
        "asked",
        "answered",
        "back",
        "why",
    )
    return Told(
        nr=nr,
        orgnr=applicant.orgnr,
        place=row["by"],
        account=applicant.account,
        area=area,
        applied_ore=row["applied"] * KILO,
        granted_ore=row["proposed"] * KILO,
        own_ore=row.get("own", 0) * KILO,
        starts_on=date(year, first, 1),
        ends_on=date(year, last, calendar.monthrange(year, last)[1]),
        gps=row["gps"],
        staff=row["staff"],
        points=tuple(map(int, row["points"])),
        language=applicant.language,
        community=applicant.community,
        ends=Ends(row.get("ends", "paid")),
        continued=row.get("continued", False),
        partners=tuple(_applicants()[name].orgnr for name in row.get("partners", ())),
        new_account=_NEW_ACCOUNT if row.get("new_account") else "",
        **{name: str(row[name]).strip() for name in texts if name in row},
    )


@cache
def _applicants() -> dict[str, _Applicant]:
    """By the name of the place; one whose language decision is neutral writes bokmål here."""
    real = {
        each.name: _Applicant(each.orgnr, _ACCOUNTS[each.orgnr], Language.NB, each.health_community)
        for each in load_municipalities()
        if each.orgnr in _ACCOUNTS
    }
    return real | {
        each.name: _Applicant(
            each.orgnr,
            each.account_no,
            Language.NN if each.language is LanguageDecision.NYNORSK else Language.NB,
            each.health_community,
        )
        for each in invented()
    }
