"""Reports are expected once, and reminded of once a step, in the recipient's language."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask

from app.db import db
from app.dispatch.models import Outgoing
from app.reports import jobs
from app.reports.domain.reminders import FIRST_LETTER
from app.reports.models import Report, ReportLine
from app.rules.domain import ReportKind
from tests import factories, reporting

Make = Callable[..., Any]
NOW = reporting.CASE_AT


def _sent(kind: str | None = None) -> list[tuple[str, str, str | None, str]]:
    query = sa.select(Outgoing.key, Outgoing.language, Outgoing.letter, Outgoing.subject).order_by(Outgoing.id)
    found = [tuple(row) for row in db.session.execute(query) if ":reminder:" in row.key]
    db.session.rollback()
    return found  # type: ignore[return-value]


def test_every_report_of_the_rules_is_expected_once(app: Flask, make: Make) -> None:
    make(reporting.report_due)
    with app.app_context():
        assert jobs.expect_reports(NOW) == 0
        found = db.session.scalars(sa.select(Report).order_by(Report.due_on)).all()
        assert [(r.kind, r.year, r.due_on.isoformat()) for r in found] == [
            (ReportKind.STATUS, 2025, "2025-09-15"),
            (ReportKind.YEAR, 2025, "2026-04-01"),
        ]
        lines = db.session.scalars(sa.select(ReportLine).where(ReportLine.report_id == found[0].id)).all()
        assert sum(line.budget_ore for line in lines) == 1_000_000_00
        assert [line.text for line in lines] == ["Prosjektledelse", "Opplæring"]


def test_an_award_that_is_not_accepted_owes_nothing(app: Flask, make: Make) -> None:
    def offered() -> int:
        factories.frame()
        return factories.decided(factories.recommended())

    make(offered)
    with app.app_context():
        assert jobs.expect_reports(NOW) == 0


def test_a_partial_award_reports_on_the_revised_budget(app: Flask, make: Make) -> None:
    from tests import factories

    def partial() -> None:
        factories.frame()
        case_id = factories.recommended(800_000_00, applied_ore=1_000_000_00)
        factories.accepted(factories.decided(case_id))
        jobs.expect_reports(NOW)

    make(partial)
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.sum(ReportLine.budget_ore))) == 2 * 800_000_00


def _day(report_days: int) -> datetime:
    return reporting.day("2025-09-15") + timedelta(days=report_days)


def test_day_by_day_each_step_is_sent_once(app: Flask, make: Make) -> None:
    report = make(reporting.report_due, ReportKind.STATUS)
    with app.app_context():
        for days in range(-31, 30):
            jobs.remind(_day(days))
            jobs.remind(_day(days))
            if days >= FIRST_LETTER:
                factories.letters_sent(_day(days))
        sent = _sent()
    assert [key for key, *_ in sent] == [f"report:{report}:reminder:{step}" for step in (-30, -7, 0, 7, 21)]
    assert [letter for _, _, letter, _ in sent] == [None, None, None, "report_reminder", "report_reminder"]


def test_a_jump_sends_the_newest_only_and_the_letters_keep_their_distance(app: Flask, make: Make) -> None:
    report = make(reporting.report_due, ReportKind.STATUS)
    with app.app_context():
        for days in (-40, 60, 61, 73, 74, 75, 100):
            jobs.remind(_day(days))
            factories.letters_sent(_day(days))
        assert [key for key, *_ in _sent()] == [f"report:{report}:reminder:{step}" for step in (7, 21)]


def test_the_second_letter_waits_until_the_first_has_gone_out(app: Flask, make: Make) -> None:
    report = make(reporting.report_due, ReportKind.STATUS)
    with app.app_context():
        for days in (8, 30, 60):
            jobs.remind(_day(days))
        assert [key for key, *_ in _sent()] == [f"report:{report}:reminder:7"]
        factories.letters_sent(_day(60))
        jobs.remind(_day(73))
        assert len(_sent()) == 1
        jobs.remind(_day(74))
        assert len(_sent()) == 2


def test_a_delivered_report_is_never_reminded_of(app: Flask, make: Make) -> None:
    report = make(reporting.report_due, ReportKind.STATUS)
    make(reporting.delivered, report, at=_day(-20))
    with app.app_context():
        assert jobs.remind(_day(0)) == 0
        assert jobs.remind(_day(50)) == 0
        assert _sent() == []


def test_the_reminder_is_in_the_recipients_language(app: Flask, make: Make) -> None:
    make(reporting.report_due, ReportKind.STATUS, orgnr="312999013", signer="fjordnes")
    with app.app_context():
        jobs.remind(_day(-7))
        jobs.remind(_day(8))
        sent = _sent()
    assert {language for _, language, _, _ in sent} == {"nn"}
    assert sent[1][3] == "Påminning: vi manglar Statusrapport 2025"


def test_the_letter_can_be_made(app: Flask, make: Make) -> None:
    import json

    import letters

    make(reporting.report_due, ReportKind.STATUS)
    with app.app_context():
        jobs.remind(_day(8))
        facts = db.session.scalars(sa.select(Outgoing.facts).where(Outgoing.letter == "report_reminder")).one()
        assert letters.missing(letters.from_json(json.dumps(facts))) == []
        assert letters.render(letters.from_json(json.dumps(facts))).startswith(b"%PDF")
