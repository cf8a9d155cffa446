"""The demo's schemes, pots and rules. Purpose, post and frame are published; what is not, stands as a setting."""

from dataclasses import replace
from datetime import date, datetime

from app.access.domain import Actor
from app.demo.questions import PLL_INDICATORS, PMD_INDICATORS, REPORT, SECTIONS
from app.demo.rule_parts import (
    CONDITIONS,
    COST_TYPES,
    CRITERIA,
    GP_CONDITIONS,
    GP_REQUIREMENTS,
    HOUR,
    NOT_COVERED,
    REQUIREMENTS,
    UNIT_PRICES,
)
from app.parties.domain import Kind
from app.rules import actions
from app.rules.domain import (
    PARTS,
    ControlRule,
    InstalmentRule,
    Question,
    ReportKind,
    ReportRule,
    Rules,
    Trigger,
    Words,
)
from app.rules.models import Pot, RuleVersion, Track

HTO = Words("Helseteknologiordningen", "Helseteknologiordninga")
SAMHANDLING = Words(
    "Utprøving og innføring av digitale samhandlingsløsninger",
    "Utprøving og innføring av digitale samhandlingsløysingar",
)
PMD = Words("Pasientens måledata", "Pasientens måledata")
# Code, names, chapter and post. The pot of the PMD projects is not published (domain J.1.2).
POTS: tuple[tuple[str, Words, str], ...] = (
    ("samhandling", SAMHANDLING, "701.21"),
    ("pmd", PMD, "701.21"),
    (
        "tilrettelegging",
        Words("Tilrettelegging for å ta i bruk teknologi", "Tilrettelegging for å ta i bruk teknologi"),
        "701.60",
    ),
    ("ks", Words("KS' digitaliseringsnettverk", "KS sitt digitaliseringsnettverk"), "701.73"),
)
_PURPOSE = Words(
    "Tilskuddet skal bidra til at digitale samhandlingsløsninger blir prøvd ut og tatt i bruk, og til at "
    "journalsystemene blir tilpasset dem. Det skal senke risikoen for dem som går først, og gjøre det lettere for "
    "dem som kommer etter.",
    "Tilskotet skal bidra til at digitale samhandlingsløysingar blir prøvde ut og tekne i bruk, og til at "
    "journalsystema blir tilpassa dei. Det skal senke risikoen for dei som går først, og gjere det lettare for "
    "dei som kjem etter.",
)
_BASIS = Words(
    "Stortingets budsjettvedtak, kapittel 701 post 21, og bestemmelser om økonomistyring i staten kapittel 6",
    "budsjettvedtaket i Stortinget, kapittel 701 post 21, og føresegner om økonomistyring i staten kapittel 6",
)
_SETTINGS = tuple(part for part in PARTS if part != "unit_prices")


def load_pots(at: datetime, by: Actor | None = None) -> dict[str, Pot]:
    """The two schemes and their pots, by pot code."""
    hto = actions.add_scheme("HTO", Track.GRANT, HTO, purpose=_PURPOSE, by=by, at=at)
    made = {code: actions.add_pot(hto, code, name, post, by=by, at=at) for code, name, post in POTS}
    name = Words("Kompensasjon til fastleger", "Kompensasjon til fastlegar")
    gp = actions.add_scheme("GP", Track.COMPENSATION, name, purpose=_gp_purpose(), by=by, at=at)
    made["gp"] = actions.add_pot(gp, "gp", name, "701.21", by=by, at=at)
    return made


def establish(
    pot: Pot, year: int, rules: Rules, *, writer: Actor, approver: Actor, at: datetime, demo: bool = True
) -> RuleVersion:
    """Draft, approve by another hand and publish, all at one moment."""
    version = actions.draft_rules(pot, year, rules, by=writer, at=at, demo=demo)
    basis = f"Fullmakt fra departementet for {year} (demo)"
    actions.approve(version, basis, by=approver, at=at, version=version.version)
    actions.publish(version, by=writer, at=at, version=version.version)
    return version


def samhandling(year: int) -> Rules:
    """The samhandling pot from 2025: 60 per cent at acceptance, the rest when the status report is approved."""
    return _grant(Words(f"{SAMHANDLING.nb} {year}", f"{SAMHANDLING.nn} {year}"), year, (60, 40), PLL_INDICATORS)


def pll_2024() -> Rules:
    """The round of 2024 with the five published awards: 75 and 25 per cent (a setting)."""
    title = Words(
        "Pasientens legemiddelliste under Helseteknologiordningen 2024",
        "Pasientens legemiddelliste under Helseteknologiordninga 2024",
    )
    return _grant(title, 2024, (75, 25), PLL_INDICATORS)


def pmd(year: int) -> Rules:
    """The pot of patients' measured data: in 2024 what the four earlier projects report by in spring 2025."""
    title = Words(
        f"Pasientens måledata under Helseteknologiordningen {year}",
        f"Pasientens måledata under Helseteknologiordninga {year}",
    )
    return _grant(title, year, (75, 25), PMD_INDICATORS)


def gp_2025() -> Rules:
    """Compensation to GPs by agreement; prices, caps and form are settings."""
    return Rules(
        title=Words("Kompensasjon til fastleger 2025", "Kompensasjon til fastlegar 2025"),
        purpose=_gp_purpose(),
        legal_basis=Words(
            "Stortingets budsjettvedtak, kapittel 701 post 21, og avtale med den enkelte fastlegen.",
            "Budsjettvedtaket i Stortinget, kapittel 701 post 21, og avtale med den einskilde fastlegen.",
        ),
        who_may_apply=(Kind.PRACTICE.value, Kind.MUNICIPALITY.value),
        requirements=GP_REQUIREMENTS,
        conditions=GP_CONDITIONS,
        unit_prices=UNIT_PRICES,
        cap_ore=30_000_00,
        settings_not_published=("who_may_apply", "requirements", "conditions", "unit_prices", "limits"),
    )


def gp_season(year: int) -> Rules:
    """The same as the demo season has it: more to claim for, and control by a rule, so that the frame matters."""
    start, patient = UNIT_PRICES
    return replace(
        gp_2025(),
        title=Words(f"Kompensasjon til fastleger {year}", f"Kompensasjon til fastlegar {year}"),
        unit_prices=(start, replace(patient, max_units=400), HOUR),
        cap_ore=400_000_00,
        change_clause=True,
        control=ControlRule(limit_ore=40_000_00, sample_percent=10),
        claims_until=date(year + 1, 1, 20),
    )


def _gp_purpose() -> Words:
    return Words(
        "Kompensasjonen skal gjøre det mulig for fastleger å ta i bruk Pasientens legemiddelliste i utprøvingen.",
        "Kompensasjonen skal gjere det mogleg for fastlegar å ta i bruk Pasientens legemiddelliste i utprøvinga.",
    )


def _grant(title: Words, year: int, percents: tuple[int, int], indicators: tuple[Question, ...]) -> Rules:
    first, last = percents
    return Rules(
        title=title,
        purpose=_PURPOSE,
        legal_basis=_BASIS,
        who_may_apply=(Kind.MUNICIPALITY.value, Kind.COUNTY.value, Kind.HEALTH_TRUST.value),
        not_covered=NOT_COVERED,
        sections=SECTIONS,
        requirements=REQUIREMENTS,
        criteria=CRITERIA,
        cost_types=COST_TYPES,
        conditions=CONDITIONS,
        instalments=(
            InstalmentRule(first, Trigger.ACCEPTANCE),
            InstalmentRule(last, Trigger.REPORT_APPROVED, report=ReportKind.STATUS),
        ),
        # Cut-off before September: the summary is due 1 October (domain J.1.1).
        reports=(
            ReportRule(ReportKind.STATUS, date(year, 8, 31), date(year, 9, 15)),
            ReportRule(ReportKind.YEAR, date(year, 12, 31), date(year + 1, 4, 1)),
        ),
        report_questions=REPORT,
        indicators=indicators,
        settings_not_published=_SETTINGS,
    )
