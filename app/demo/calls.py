"""The demo's calls: the rounds of 2024 to 2026, and one that is open whatever the day is."""

from datetime import date, datetime, timedelta

from app.access.domain import Actor
from app.demo.rules import PMD, SAMHANDLING, establish, pmd
from app.rules import actions, queries
from app.rules.domain import CallFacts, Words
from app.rules.models import Call, Pot, RuleVersion
from app.values.clock import local_date

_INTRO = Words(
    "Søk sammen med andre der det er naturlig. Én søker da på vegne av alle og har ansvaret overfor oss.",
    "Søk saman med andre der det er naturleg. Éin søkjer då på vegner av alle og har ansvaret overfor oss.",
)


def pll_2024(rules: RuleVersion, *, by: Actor, at: datetime) -> Call:
    """The round with the five published awards. The dates are demo; call it with a moment before 1 February 2024."""
    facts = CallFacts(
        Words("Pasientens legemiddelliste 2024", "Pasientens legemiddelliste 2024"),
        _INTRO,
        date(2023, 12, 1),
        date(2024, 2, 1),
        date(2024, 4, 15),
    )
    return announce(rules, facts, by=by, at=at)


def pmd_2024(rules: RuleVersion, *, by: Actor, at: datetime) -> Call:
    """What the four PMD projects applied under. Call and dates are demo; call it before 1 February 2024."""
    facts = CallFacts(
        Words("Pasientens måledata 2024", "Pasientens måledata 2024"),
        _INTRO,
        date(2023, 12, 1),
        date(2024, 2, 1),
        date(2024, 4, 15),
    )
    return announce(rules, facts, by=by, at=at)


def samhandling_2025(rules: RuleVersion, *, by: Actor, at: datetime) -> Call:
    """The round of 2025, frame 30 000 000 kr; call it with a moment before 15 January 2025.

    Handled by 15 February is the plan's («Behandle søknader … 15.feb 2025»); when it opens and closes is demo.
    """
    facts = CallFacts(
        Words(f"{SAMHANDLING.nb} 2025", f"{SAMHANDLING.nn} 2025"),
        _INTRO,
        date(2024, 11, 15),
        date(2025, 1, 15),
        date(2025, 2, 15),
    )
    return announce(rules, facts, by=by, at=at)


def samhandling_2026(rules: RuleVersion, *, by: Actor, at: datetime) -> Call:
    """The round of 2026. That its rules come on 1 November 2025 is the plan's; the call and its dates are demo."""
    facts = CallFacts(
        Words(f"{SAMHANDLING.nb} 2026", f"{SAMHANDLING.nn} 2026"),
        _INTRO,
        date(2025, 11, 1),
        date(2026, 1, 15),
        date(2026, 2, 15),
        budget_reservation=True,
    )
    return announce(rules, facts, by=by, at=at)


def open_now(pot: Pot, *, writer: Actor, approver: Actor, at: datetime) -> Call:
    """A call for this year's leftover money, open from two weeks ago and six weeks more, whatever the day is."""
    today = local_date(at)
    rules = queries.published_version(pot.id, today.year)
    if rules is None:
        rules = establish(pot, today.year, pmd(today.year), writer=writer, approver=approver, at=at)
    facts = CallFacts(
        Words(f"Restmidler {today.year}: {PMD.nb}", f"Restmidlar {today.year}: {PMD.nn}"),
        _INTRO,
        today - timedelta(days=14),
        today + timedelta(days=42),
        today + timedelta(days=140),
    )
    return announce(rules, facts, by=writer, at=at)


def announce(rules: RuleVersion, facts: CallFacts, *, by: Actor, at: datetime) -> Call:
    """Draft and announce at one moment."""
    call = actions.draft_call(rules, facts, by=by, at=at, demo=True)
    actions.publish_call(call, by=by, at=at, version=call.version)
    return call
