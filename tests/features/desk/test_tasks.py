"""A task stands with the one whose it is, by the day that is theirs, and counts from the step that brought it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from flask import Flask

from app.cases import actions as cases
from app.cases.queries import locked
from app.db import writing
from app.desk.queries import home
from app.flow import Reason, Waiting
from app.reports import actions as reports
from app.reports import queries
from app.rules.domain import ReportKind
from app.values.clock import local_date
from tests import factories, reporting

Make = Callable[..., Any]
DELIVERED = datetime(2026, 3, 20, 9, 0, tzinfo=UTC)
GIVEN = datetime(2026, 3, 25, 9, 0, tzinfo=UTC)
# Fourteen days on is Good Friday, and the day before it a holiday too.
CONTROL_BY = date(2026, 4, 1)


def tasks(who: str, at: datetime) -> list[Waiting]:
    """What waits for this person at that moment."""
    return home.waiting(factories.acting(who), at)[0]


def one(who: str, verb: str, at: datetime) -> Waiting:
    """The one task of this name."""
    return next(each for each in tasks(who, at) if each.verb == verb)


def test_a_report_is_controlled_by_the_cases_officer_within_our_own_days(make: Make) -> None:
    report_id = make(lambda: reporting.delivered(reporting.report_due(), at=DELIVERED))

    task = make(one, "officer1", "Kontroller rapport", GIVEN)
    assert (task.due_on, task.since) == (CONTROL_BY, local_date(DELIVERED))
    for other in ("officer2", "lead"):
        assert "Kontroller rapport" not in {each.verb for each in make(tasks, other, GIVEN)}

    def given() -> None:
        with writing():
            case = locked(reporting.get(report_id).case_id)
            officer = factories.user("officer2")
            cases.assign(case, officer, by=factories.acting("lead"), at=GIVEN, version=case.version)

    make(given)
    task = make(one, "officer2", "Kontroller rapport", GIVEN)
    assert (task.due_on, task.since) == (CONTROL_BY, local_date(GIVEN)), "it came to her when the case did"
    assert "Kontroller rapport" not in {each.verb for each in make(tasks, "officer1", GIVEN)}


def test_a_report_tells_one_day_on_every_page(make: Make, app: Flask, client_for: Callable[..., Any]) -> None:
    # The first of the two that are owed, so that the case's own page tells of it.
    report_id = make(lambda: reporting.delivered(reporting.report_due(ReportKind.STATUS), at=DELIVERED))
    client = client_for("officer1")
    pages = (
        "/saker/T25-0001",
        "/saker/T25-0001/rapporter",
        f"/saker/T25-0001/rapport/{make(reporting.get, report_id).public_id}",
    )
    for address in pages:
        page = client.see(address)
        days = {each.get("datetime") for each in page.root.iter("time")}
        assert CONTROL_BY.isoformat() in days, address


def test_a_report_that_was_asked_about_is_controlled_anew_from_when_it_came_again(make: Make) -> None:
    report_id = make(lambda: reporting.in_review(reporting.delivered(reporting.report_due(), at=DELIVERED)))
    again = DELIVERED + timedelta(days=40)

    def asked() -> date | None:
        officer, signer = factories.acting("officer1"), factories.acting("demovik")
        by_on = local_date(DELIVERED) + timedelta(days=60)
        with writing():
            version = queries.locked(report_id).version
            reports.ask(report_id, "Bilag.", by_on, by=officer, at=DELIVERED, version=version)
        with writing():
            reports.deliver(report_id, by=signer, at=again, version=queries.locked(report_id).version)
        return one("officer1", "Kontroller rapport", again).due_on

    assert make(asked) == date(2026, 5, 13), "fourteen days from 29 April"


def test_what_is_to_be_decided_tells_its_sum_and_counts_from_the_recommendation(make: Make) -> None:
    made = datetime(2025, 1, 20, 9, 0, tzinfo=UTC)

    def told() -> dict[str, tuple[Reason | None, date | None]]:
        factories.recommended(2_500_000_00, at=made)
        factories.recommended(650_000_00, applied_ore=1_200_000_00, number="T25-0002", at=made)
        factories.recommended(0, number="T25-0003", at=made)
        found = [each for each in tasks("decider", made) if each.verb == "Vedta"]
        return {each.number: (each.told, each.since) for each in found}

    day = local_date(made)
    assert make(told) == {
        "T25-0001": (_proposed("hele beløpet, %(amount_ore)s", 2_500_000_00, 2_500_000_00), day),
        "T25-0002": (_proposed("%(amount_ore)s av %(applied_ore)s", 650_000_00, 1_200_000_00), day),
        "T25-0003": (_proposed("avslag på %(applied_ore)s", 0, 1_000_000_00), day),
    }


def _proposed(words: str, amount_ore: int, applied_ore: int) -> Reason:
    return Reason(f"Innstilt: {words}.", {"amount_ore": amount_ore, "applied_ore": applied_ore})


def test_a_grant_nobody_accepts_is_the_officers_to_follow_and_then_the_leaders_to_end(make: Make) -> None:
    make(factories.frame)
    award_id = make(lambda: factories.decided(factories.recommended()))
    make(factories.told, award_id)

    def waits(who: str, at: datetime) -> tuple[set[str], dict[str, date | None]]:
        mine, others = home.waiting(factories.acting(who), at)
        return {each.verb for each in mine}, {each.verb: each.due_on for each in others}

    lapse, follow = "Avgjør om tilskuddet skal falle bort", "Venter på aksept"
    soon, late = factories.AT + timedelta(days=3), factories.AT + timedelta(days=40)
    last = make(waits, "officer1", soon)[1][follow]
    assert last is not None and local_date(soon) < last < local_date(late)
    assert lapse not in make(waits, "decider", soon)[0]
    assert make(waits, "officer1", late)[1][follow] == last, "it is told as late as it is"
    task = make(one, "decider", lapse, late)
    assert (task.due_on, task.since) == (last, last + timedelta(days=1))
