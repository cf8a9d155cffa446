"""What comes after the day the demo begins on, for one that begins later: nobody real is left late or undecided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from app.demo import compensating, granting, handling, reporting
from app.demo.compensating import Agreed
from app.demo.grants import STATUS, YEAR
from app.demo.participants import Participants
from app.demo.stories import Ends, Told, over_the_frame
from app.demo.story import Act, Story
from app.demo.telling import Teller, hand, jobs, pay
from app.reports.domain import Goal

FRAME_ORE = 30_000_000_00
NEW_NUMBER = "12345602400"
_LATE = (Ends.SUBMITTED, Ends.REGISTERED, Ends.ANSWERED)
_BEGUN = (Ends.ASSESSING, Ends.HALF)
_JUDGED = (Ends.ASSESSED, Ends.SENT_BACK)
_HAS_GRANT = (Ends.AWAITING, Ends.ACCEPTED, Ends.ATTESTED, Ends.APPROVED, Ends.HANDED_OVER, Ends.PAID)


@dataclass(frozen=True)
class Cast:
    """Those who have come so far: the grants of 2024 by name, the round of 2025 and the GPs' agreements."""

    earlier: Mapping[str, Teller]
    applied: Sequence[Teller]
    agreed: Sequence[Agreed]


def tell(story: Story, people: Participants, cast: Cast, statement: str) -> None:
    """To the summer of 2026."""
    granted = _tell_decisions(cast.applied)
    _tell_claims(story, cast.agreed)
    outstanding = [t for t in granted if t.told.ends not in (Ends.PAID, Ends.HANDED_OVER)]
    sent = [t for t in granted if t.told.ends is Ends.HANDED_OVER]
    story.when(date(2025, 2, 11), "08:30", hand(people, granting.paid, "finance2", sent, date(2025, 2, 11)))
    rejected = [a for a in cast.agreed if a.ends is compensating.Ends.REJECTED]
    story.when(date(2025, 2, 11), "09:00", hand(people, granting.rejection_is_right, "finance3", rejected))
    for each in rejected:
        story.when(date(2025, 2, 24), "12:00", _new_number(each))
    for on in (date(2025, 2, 12), date(2025, 2, 14), date(2025, 3, 7)):
        jobs(story, on)
    paid = (date(2025, 3, 10), date(2025, 3, 11), date(2025, 3, 12), date(2025, 3, 14))
    pay(story, people, [*outstanding, *cast.agreed], paid)
    jobs(story, date(2025, 3, 12))
    _tell_year_reports_2024(cast.earlier, statement)
    _tell_reports(granted, STATUS, date(2025, 9, 1), 60, None)
    for on in (date(2025, 4, 16), date(2025, 8, 29), date(2025, 9, 19)):
        jobs(story, on)
    pay(story, people, granted, (date(2025, 9, 22), date(2025, 9, 23), date(2025, 9, 24), date(2025, 9, 26)))
    for on in (date(2025, 9, 24), date(2026, 1, 9)):
        jobs(story, on)
    _tell_reports(granted, YEAR, date(2026, 3, 2), 100, statement)
    jobs(story, date(2026, 3, 27))


def _new_number(agreed: Agreed) -> Act:
    """The practice whose account the bank would not pay to gives another."""

    def act(at: datetime) -> None:
        by = agreed.people.signer(agreed.told["payee"])
        granting.new_number([agreed.case_id], NEW_NUMBER, by=by, at=at)

    return act


def _tell_decisions(applied: Sequence[Teller]) -> list[Teller]:
    """All is decided by Friday 14 February, the last working day before the plan's; gives those with a grant."""
    over = over_the_frame(FRAME_ORE)
    granted = [teller for teller in applied if teller.told.ends in _HAS_GRANT]
    for nr, teller in enumerate(teller for teller in applied if teller.told.ends not in (*_HAS_GRANT, Ends.REFUSED)):
        told, ends = teller.told, teller.told.ends
        if ends is Ends.WITHDRAWN:
            continue
        final = replace(told, granted_ore=0) if told.orgnr in over else told
        if final.good:
            granted.append(teller)
        _tell_last(teller, final, f"{nr * 2 % 60:02d}")
    for nr, teller in enumerate(t for t in granted if t.told.ends not in _HAS_GRANT or t.told.ends is Ends.AWAITING):
        on = date(2025, 2, 17) if teller.told.ends is Ends.AWAITING else date(2025, 2, 26)
        teller.do(on + timedelta(days=nr % 3), f"09:{nr * 3 % 60:02d}", granting.accept, "signer", teller.told)
    return granted


def _tell_last(teller: Teller, final: Told, minutes: str) -> None:
    """From where the demo begins to the decision."""
    told, officer = teller.told, teller.officer
    if told.ends is Ends.SUBMITTED:
        teller.register(date(2025, 2, 10), "12:00")
    on = date(2025, 2, 11)
    if told.ends is Ends.ASKED:
        on = date(2025, 2, 14)
        teller.do(on, f"08:{minutes}", handling.go_on, officer)
    if told.ends in (*_LATE, Ends.ASKED):
        teller.do(on, f"09:{minutes}", handling.start, officer)
    if told.ends in (*_LATE, *_BEGUN, Ends.ASKED):
        teller.do(on, f"10:{minutes}", handling.assess, officer, told)
    if told.ends is not Ends.RECOMMENDED:
        teller.do(max(on, date(2025, 2, 12)), f"12:{minutes}", handling.recommend, officer, final)
    decided = date(2025, 2, 13) if told.ends is Ends.RECOMMENDED else date(2025, 2, 14)
    teller.do(decided, f"14:{minutes}", granting.decide, "decider")


def _tell_claims(story: Story, agreed: Sequence[Agreed]) -> None:
    """The claims of January that were under way are confirmed and reviewed."""
    states = compensating.Ends
    for nr, each in enumerate(compensating.those(agreed, states.SUBMITTED)):
        story.when(date(2025, 2, 11), f"12:{nr * 5:02d}", each.confirm)
    under_way = compensating.those(agreed, states.SUBMITTED, states.CONFIRMED, states.CONFIRMED_CENTRALLY)
    for nr, each in enumerate(under_way):
        story.when(date(2025, 2, 12), f"10:{nr * 5:02d}", each.review)
    for each in compensating.those(agreed, states.UNCONFIRMED):
        story.when(date(2025, 2, 12), "11:00", each.confirm_account)


def _tell_year_reports_2024(earlier: Mapping[str, Teller], statement: str) -> None:
    """The year reports for 2024 that were not approved in February are in by the day they are due."""
    for nr, (key, percent) in enumerate((("pll:Hammerfest", 100), ("pmd:Fredrikstad", 98), ("pmd:Bodø", 100))):
        earlier[key].do(
            date(2025, 3, 17 + nr), "09:00", reporting.write, "signer", earlier[key].told, YEAR, percent, statement
        )
    for key in ("pll:Bodø", "pmd:Larvik", "pll:Hammerfest", "pmd:Fredrikstad", "pmd:Bodø"):
        earlier[key].do(date(2025, 3, 21), "10:00", reporting.deliver, "signer", YEAR)
    rest = ("pll:Tromsø", "pll:Bodø", "pmd:Larvik", "pll:Hammerfest", "pmd:Fredrikstad", "pmd:Bodø")
    for nr, key in enumerate(rest):
        earlier[key].do(date(2025, 3, 24), f"09:{nr:02d}", reporting.take, earlier[key].officer, YEAR)
    for nr, key in enumerate((*rest, "pll:Bergen")):
        teller = earlier[key]
        goal = Goal.PARTLY if key in ("pll:Bergen", "pll:Bodø") else Goal.REACHED
        teller.do(date(2025, 4, 10), f"09:{nr:02d}", reporting.approve, teller.officer, teller.told, YEAR, goal)


def _tell_reports(granted: Sequence[Teller], kind: str, first: date, percent: int, statement: str | None) -> None:
    """Written, delivered in time and approved within three weeks."""
    for nr, teller in enumerate(granted):
        told, minutes = teller.told, f"{nr * 3 % 60:02d}"
        teller.do(
            first + timedelta(days=nr % 5), f"09:{minutes}", reporting.write, "signer", told, kind, percent, statement
        )
        teller.do(first + timedelta(days=7), f"10:{minutes}", reporting.deliver, "signer", kind)
        teller.do(first + timedelta(days=14), f"11:{minutes}", reporting.take, teller.officer, kind)
        teller.do(
            first + timedelta(days=17), f"12:{minutes}", reporting.approve, teller.officer, told, kind, Goal.REACHED
        )
