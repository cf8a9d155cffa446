"""The grants of 2024: the five real awards and the four projects with measured data, to their year reports."""

from collections.abc import Callable
from datetime import date, timedelta

from app.demo import applying, granting, handling, reporting
from app.demo.participants import Participants
from app.demo.stories import pll_2024, pmd_2024
from app.demo.story import Story
from app.demo.telling import Teller, jobs, pay
from app.reports.domain import Goal
from app.rules.domain import ReportKind
from app.rules.models import Call

YEAR, STATUS = ReportKind.YEAR, ReportKind.STATUS


def tell_2024(
    story: Story, people: Participants, pll: Callable[[], Call], pmd: Callable[[], Call]
) -> dict[str, Teller]:
    """The five real awards of 2024 and the four PMD projects, paid; their year reports come in spring 2025."""
    demo = ("applied_ore", "title", "purpose", "answers", "account", "dates", "paid")
    tellers = {}
    for key, all_told, call, real in (("pll", pll_2024(), pll, demo), ("pmd", pmd_2024(), pmd, (*demo, "granted_ore"))):
        for number, told in enumerate(all_told):
            officer = "officer1" if number % 2 else "officer2"
            teller = tellers[f"{key}:{told.place}"] = Teller(story, people, told, officer)
            teller.draft(date(2024, 1, 15 + number), "10:00", call, real)
            teller.do(date(2024, 1, 24 + number), "14:00", applying.send, "signer")
            _to_recommended(teller, date(2024, 2, 5))
            teller.do(date(2024, 3, 1), f"10:{10 + number}", granting.decide, "decider")
            teller.do(date(2024, 3, 11 + number), "09:00", granting.accept, "signer", told)
    everyone = list(tellers.values())
    for day in (date(2024, 1, 31), date(2024, 3, 1), date(2024, 3, 15)):
        jobs(story, day)
    pay(story, people, everyone, (date(2024, 3, 18), date(2024, 3, 19), date(2024, 3, 20), date(2024, 3, 22)))
    jobs(story, date(2024, 3, 20))
    for number, teller in enumerate(everyone):
        teller.do(date(2024, 9, 2 + number), "10:00", reporting.write, "signer", teller.told, STATUS, 60, None)
        teller.do(date(2024, 9, 10), f"11:{10 + number}", reporting.deliver, "signer", STATUS)
        teller.do(date(2024, 9, 16), f"09:{10 + number}", reporting.take, teller.officer, STATUS)
        teller.do(
            date(2024, 9, 17), f"09:{10 + number}", reporting.approve, teller.officer, teller.told, STATUS, Goal.PARTLY
        )
    jobs(story, date(2024, 9, 17))
    pay(story, people, everyone, (date(2024, 9, 18), date(2024, 9, 19), date(2024, 9, 20), date(2024, 9, 24)))
    jobs(story, date(2024, 9, 20))
    return tellers


def tell_year_reports(tellers: dict[str, Teller], statement: str) -> None:
    """The year reports for 2024 in different states by spring 2025, so that the summary of 1 May means something."""
    told = (
        ("pll:Rana", date(2025, 1, 28), 100, "approved"),
        ("pll:Bergen", date(2025, 2, 3), 88, "in_review"),
        ("pll:Tromsø", date(2025, 2, 6), 97, "delivered"),
        ("pll:Bodø", date(2025, 2, 7), 70, "started"),
        ("pmd:Larvik", date(2025, 2, 4), 92, "lacking"),
        ("pmd:Ullensaker", date(2025, 2, 5), 100, "approved"),
    )
    for key, on, percent, state in told:
        teller = tellers[key]
        teller.do(on, "09:00", reporting.write, "signer", teller.told, YEAR, percent, statement)
        if state == "started":
            continue
        teller.do(on, "15:00", reporting.deliver, "signer", YEAR)
        if state == "delivered":
            continue
        teller.do(on + timedelta(days=1), "09:00", reporting.take, teller.officer, YEAR)
        if state == "lacking":
            teller.do(
                on + timedelta(days=2), "09:00", reporting.ask, teller.officer, teller.told, YEAR, date(2025, 3, 1)
            )
        if state == "approved":
            teller.do(
                on + timedelta(days=2), "10:00", reporting.approve, teller.officer, teller.told, YEAR, Goal.REACHED
            )


def _to_recommended(teller: Teller, first: date) -> None:
    """Registered, declared, started, assessed and recommended, over a week."""
    told, officer = teller.told, teller.officer
    teller.register(first, "09:00")
    teller.do(first + timedelta(days=1), "09:30", handling.declare, officer)
    teller.do(first + timedelta(days=1), "09:31", handling.declare, "decider")
    teller.do(first + timedelta(days=2), "10:00", handling.start, officer)
    teller.do(first + timedelta(days=5), "13:00", handling.assess, officer, told)
    teller.do(first + timedelta(days=7), "14:00", handling.recommend, officer, told)
