"""Nobody is chased for a report before its date has been told, and a date that has passed is told anew."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.awards.models import Decision
from app.db import db, writing
from app.dispatch.models import Outgoing
from app.reports import jobs
from app.reports.domain.reminders import Told, due_step
from app.reports.models import Report
from app.rules.domain import ReportKind
from app.values.deadlines import report_due_on
from tests import factories, reporting

Make = Callable[..., Any]
NOVEMBER = reporting.day("2025-11-03")


def decided_in_november(accepted_at: datetime = NOVEMBER) -> int:
    """An award decided when its status report, due 15 September, should have been in long ago."""
    factories.frame()
    case_id = factories.recommended(1_000_000_00, at=NOVEMBER)
    factories.accepted(factories.decided(case_id, NOVEMBER), "demovik", accepted_at)
    jobs.expect_reports(accepted_at)
    return db.session.scalars(sa.select(Report.id).where(Report.kind == ReportKind.STATUS)).one()


def words() -> list[tuple[str, str]]:
    """What was queued about reports, in order."""
    query = sa.select(Outgoing.key, Outgoing.subject).where(Outgoing.key.like("report:%")).order_by(Outgoing.id)
    found = [(row.key.split(":", 2)[2], row.subject) for row in db.session.execute(query)]
    db.session.rollback()
    return found


def sent(at: datetime) -> None:
    """Everything queued so far has gone."""
    from app.dispatch.workflow import Status

    with writing() as session:
        waiting = sa.update(Outgoing).where(Outgoing.letter.is_(None), Outgoing.sent_at.is_(None))
        session.execute(waiting.values({Outgoing.status: Status.SENT, Outgoing.sent_at: at}))


def test_the_letter_and_the_report_have_the_same_new_date(app: Flask, make: Make) -> None:
    report = make(decided_in_november)
    with app.app_context():
        due_on = db.session.get_one(Report, report).due_on
        assert due_on == date(2025, 12, 15) == report_due_on(date(2025, 9, 15), NOVEMBER.date())
        told = db.session.scalars(sa.select(Decision.letter_facts)).one()["grant"]["reports"]
        assert [each["due_on"] for each in told] == ["2025-12-15", "2026-04-01"]


def test_nobody_is_chased_the_morning_after(app: Flask, make: Make) -> None:
    make(decided_in_november)
    with app.app_context():
        for days in range(1, 15):
            jobs.remind(NOVEMBER + timedelta(days=days))
        assert words() == [("reminder:-30", "Statusrapport 2025: fristen er 15. desember 2025")]


def test_a_date_no_letter_told_is_told_first_and_waits_until_it_is_sent(app: Flask, make: Make) -> None:
    report = make(decided_in_november)
    with app.app_context():
        with writing() as session:
            # As a version before this one left it: an old date in a letter of its own time.
            session.get_one(Report, report).due_on = date(2025, 9, 15)
        day = NOVEMBER + timedelta(days=1)
        assert jobs.remind(day) == 1
        assert words() == [("told", "Statusrapport 2025: fristen er 16. desember 2025")]
        assert db.session.get_one(Report, report).due_on == date(2025, 12, 16)
        for days in range(2, 60):
            jobs.remind(NOVEMBER + timedelta(days=days))
        assert len(words()) == 1, "the notice has not gone yet"
        sent(NOVEMBER + timedelta(days=60))
        for days in range(60, 100):
            jobs.remind(NOVEMBER + timedelta(days=days))
            factories.letters_sent(NOVEMBER + timedelta(days=days))
        assert [key for key, _ in words()] == ["told", "reminder:7", "reminder:21"]
        first = db.session.scalars(sa.select(Outgoing.queued_at).where(Outgoing.key == f"report:{report}:reminder:7"))
        assert first.one() == NOVEMBER + timedelta(days=74)


@pytest.mark.parametrize(("ruled_on", "due_on"), [("2025-11-17", "2025-11-17"), ("2025-11-16", "2025-12-15")])
def test_a_near_date_is_moved_too(ruled_on: str, due_on: str) -> None:
    assert report_due_on(date.fromisoformat(ruled_on), date(2025, 11, 3)) == date.fromisoformat(due_on)


def test_no_step_before_the_date_is_known() -> None:
    due_on = date(2025, 12, 15)
    told = Told(due_on, None, word_queued=False, word_on=None)
    assert told.needs_word({})
    assert not told.needs_word({-30: due_on}), "an earlier reminder has told"
    for days in range(-40, 60):
        today = due_on + timedelta(days=days)
        assert due_step(due_on, today, {}, told.since({}, today)) is None
