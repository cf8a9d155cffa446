"""Loading the demo season: everything that has happened by the moment the demo starts at."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Protocol

from app.access.domain import Actor
from app.budget import actions as budget
from app.budget import queries as budget_queries
from app.budget.domain import ChangeFacts, ChangeKind, FrameState
from app.budget.queries import frame_of
from app.db import db, writing
from app.demo import (
    afterwards,
    applying,
    calls,
    compensating,
    delivering,
    grants,
    parties,
    piloting,
    reading,
    reporting,
    round_2025,
    rules,
)
from app.demo.accounts import load_internal
from app.demo.externals import load_external
from app.demo.participants import Participants
from app.demo.stories import half_written
from app.demo.story import Act, Story
from app.rules import queries
from app.rules.domain import Rules
from app.rules.models import Call, Pot, RuleVersion
from app.values.clock import local_date

# The house opens before the first story begins.
OPENED = datetime.fromisoformat("2023-11-20T08:00:00+00:00")
MILL = 1_000_000_00
# Month and day the letter of allocation is registered.
ALLOCATED = (1, 8)
# Pot, year, appropriation. Real: 20 million in 2024, 30 in 2025 and 2026, 10 + 6.5 million to GPs. PMD's is demo.
FRAMES: tuple[tuple[str, int, int, int], ...] = (
    ("samhandling", 2024, 20 * MILL, 0),
    ("pmd", 2024, 8 * MILL, 0),
    # Demo: so much that 6.5 million is left when the claims of the year are paid.
    ("gp", 2024, 9 * MILL, 0),
    ("samhandling", 2025, 30 * MILL, 0),
    # What the four projects of 2024 did not take.
    ("pmd", 2025, 0, 1 * MILL),
    ("gp", 2025, 10 * MILL, 0),
    # Kap. 701 post 21 in the letter of 2026; GPs are paid through Helfo from then on.
    ("samhandling", 2026, 30 * MILL, 0),
)


class Announce(Protocol):
    """Draft and announce a call under these rules."""

    def __call__(self, rules: RuleVersion, *, by: Actor, at: datetime) -> Call:
        """The call."""


def load(at: datetime) -> int:
    """Play the season up to `at`; gives the number of acts. The database must be empty."""
    people = _open_house(at)
    statement = reporting.lay_in_statement(OPENED)
    story = Story()
    made: dict[str, str] = {}
    _tell_frames(story, people)
    tell_calls(story, people, made)
    tellers = grants.tell_2024(story, people, _call(made, "pll2024"), _call(made, "pmd2024"))
    grants.tell_year_reports(tellers, statement)
    applied = round_2025.tell_2025(story, people, _call(made, "samhandling2025"))
    claims = compensating.tell(story, people)
    piloting.tell(story, people)
    round_2025.tell_payment_2025(story, people, applied, claims)
    afterwards.tell(story, people, afterwards.Cast(tellers, applied, claims), statement)
    delivering.tell(story, people)
    reading.tell(story, at)
    played = story.play(at)
    with writing():
        writer, approver = people.person("officer1"), people.person("decider")
        call = open_call(people.pots["pmd"], writer=writer, approver=approver, at=at)
    with writing():
        _draft(people, call.public_id, at)
    db.session.remove()
    return played


def open_call(pot: Pot, *, writer: Actor, approver: Actor, at: datetime) -> Call:
    """The call that is open whatever the day is, with a frame."""
    _leftover(pot, at)
    return calls.open_now(pot, writer=writer, approver=approver, at=at)


def _leftover(pot: Pot, at: datetime) -> None:
    """The frame of that call, where the season has told of none."""
    year = calls.year_of_open(local_date(at))
    if frame_of(pot.id, year) is not None:
        return
    letter = date(year, 1, 6) if local_date(at) >= date(year, *ALLOCATED) else None
    state = FrameState.AT_DISPOSAL if letter else FrameState.PRELIMINARY
    basis = f"Tildelingsbrev {year}" if letter else f"Prop. 1 S ({year - 1}–{year})"
    budget.set_frame(pot, year, 0, 1 * MILL, state=state, basis=basis, letter_on=letter, by=None, at=at)


def _draft(people: Participants, call_id: str, at: datetime) -> None:
    """Somebody has begun on the call that is open today."""
    call = queries.any_call_by_public_id(call_id)
    if call is not None:
        told = half_written("964338531", call.answer_by_on)
        by = people.person("bergen-writer")
        applying.begin(call, people.parties, told, by=by, at=at, demo_fields=("title", "purpose"))


def _open_house(at: datetime) -> Participants:
    """Organisations, people, schemes and pots."""
    opened = min(OPENED, at)
    with writing():
        made = parties.load(opened)
        areas = parties.load_areas(made, opened)
        load_internal(opened, date(2023, 1, 1), date(at.year + 3, 12, 31))
        signers = load_external(made, areas, opened)
        pots = rules.load_pots(opened)
    return Participants(made, areas, signers, pots)


def _tell_frames(story: Story, people: Participants) -> None:
    """Preliminary when the budget is proposed, at disposal with the letter of allocation (domain J.1.7)."""

    def act(pot: Pot, year: int, ore: int, carried: int, letter: date | None) -> Act:
        state = FrameState.AT_DISPOSAL if letter else FrameState.PRELIMINARY
        basis = f"Tildelingsbrev {year}" if letter else f"Prop. 1 S ({year - 1}–{year})"
        return lambda at: budget.set_frame(
            pot, year, ore, carried, state=state, basis=basis, letter_on=letter, by=None, at=at
        )

    for code, year, ore, carried in FRAMES:
        pot = people.pots[code]
        if ore:
            story.when(date(year - 1, 12, 1), "08:00", act(pot, year, ore, 0, None))
        story.when(date(year, *ALLOCATED), "08:00", act(pot, year, ore, carried, date(year, 1, 6)))
    _tell_carried_over(story, people)


def _tell_carried_over(story: Story, people: Participants) -> None:
    """What was not used for GPs in 2024, by two people as the page does it; the letters' numbers are invented."""
    facts = ChangeFacts(
        kind=ChangeKind.CARRY_OVER,
        amount_ore=6_500_000_00,
        document="Tildelingsbrev 2025, 25/0011-3",
        document_on=date(2025, 1, 6),
        reason="Ubrukt i 2024, fordi færre fastleger enn ventet kom i gang.",
        from_year=2024,
        clearance="Brev fra departementet, 24/4711-9",
        clearance_on=date(2024, 12, 19),
    )
    made: list[int] = []

    def propose(at: datetime) -> None:
        row = budget_queries.frame_on("gp", 2025)
        assert row is not None
        made.append(budget.propose(row.frame.id, facts, by=people.person("lead"), at=at).id)

    def confirm(at: datetime) -> None:
        budget.confirm_change(made[0], 1, by=people.person("decider"), at=at)

    story.when(date(2025, *ALLOCATED), "08:30", propose)
    story.when(date(2025, *ALLOCATED), "08:45", confirm)


def tell_calls(story: Story, people: Participants, made: dict[str, str]) -> None:
    """Rules approved by another than the one who wrote them, then the calls; `made` gets their addresses."""

    def act(key: str, pot: str, year: int, content: Rules, announce: Announce | None) -> Act:
        def establish(at: datetime) -> None:
            officer, decider = people.person("officer1"), people.person("decider")
            version = rules.establish(people.pots[pot], year, content, writer=officer, approver=decider, at=at)
            if announce:
                made[key] = announce(version, by=officer, at=at).public_id

        return establish

    story.when(date(2023, 12, 4), "09:00", act("pll2024", "samhandling", 2024, rules.pll_2024(), calls.pll_2024))
    story.when(date(2023, 12, 4), "09:05", act("pmd2024", "pmd", 2024, rules.pmd(2024), calls.pmd_2024))
    story.when(date(2023, 12, 4), "09:10", act("gp2024", "gp", 2024, rules.gp_season(2024), None))
    told = rules.samhandling(2025)
    story.when(date(2024, 11, 20), "09:00", act("samhandling2025", "samhandling", 2025, told, calls.samhandling_2025))
    story.when(date(2024, 12, 2), "09:00", act("gp2025", "gp", 2025, rules.gp_season(2025), None))
    # A delivery of the plan with its own day: nothing of 2026 is to be seen before it.
    told = rules.samhandling(2026)
    story.when(date(2025, 11, 1), "09:00", act("samhandling2026", "samhandling", 2026, told, calls.samhandling_2026))


def _call(made: dict[str, str], key: str) -> Callable[[], Call]:
    def find() -> Call:
        found = queries.any_call_by_public_id(made[key])
        if found is None:
            raise LookupError(key)
        return found

    return find
