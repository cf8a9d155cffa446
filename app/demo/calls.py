"""The demo's calls: the rounds of 2024 to 2026, and one that is open whatever the day is."""

from datetime import date, datetime, timedelta

from app.access.domain import Actor
from app.demo.rules import PMD, SAMHANDLING, establish, pmd
from app.rules import actions, queries
from app.rules.domain import CallFacts, Words
from app.rules.models import Call, Pot, RuleVersion
from app.values.clock import local_date

# Month and day from which nothing of this year's money can be applied for, handled and paid any more.
_NEXT_YEARS = (11, 20)
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


def year_of_open(today: date) -> int:
    """The year of the money of the call that is open on this day: from late November it is next year's."""
    return today.year + (today >= date(today.year, *_NEXT_YEARS))


def open_now(pot: Pot, *, writer: Actor, approver: Actor, at: datetime) -> Call:
    """A call that is open whatever the day is: for what is left of this year's money, or the first of next year's."""
    today = local_date(at)
    year = year_of_open(today)
    rules = queries.published_version(pot.id, year)
    if rules is None:
        rules = establish(pot, year, pmd(year), writer=writer, approver=approver, at=at)
    ahead = year > today.year
    title = Words(f"{PMD.nb} {year}", f"{PMD.nn} {year}")
    left = Words(f"Restmidler {year}: {PMD.nb}", f"Restmidlar {year}: {PMD.nn}")
    # Decided in its own year: what is left of a year's money is no other year's.
    deadline_on, decided_on = today + timedelta(days=42), today + timedelta(days=140)
    if not ahead:
        deadline_on, decided_on = min(deadline_on, date(year, 12, 1)), min(decided_on, date(year, 12, 20))
    opens_on = today - timedelta(days=14)
    facts = CallFacts(title if ahead else left, _INTRO, opens_on, deadline_on, decided_on, budget_reservation=ahead)
    return announce(rules, facts, by=writer, at=at)


def announce(rules: RuleVersion, facts: CallFacts, *, by: Actor, at: datetime) -> Call:
    """Draft and announce at one moment."""
    call = actions.draft_call(rules, facts, by=by, at=at, demo=True)
    actions.publish_call(call, by=by, at=at, version=call.version)
    return call
