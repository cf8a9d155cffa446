"""100 000 cases and 100 000 reports: the same statements, no scans, bounded memory; reminders go once."""

import resource
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.cases.models import Case
from app.db import db, writing
from app.dispatch.models import Outgoing
from app.reports import jobs, notices
from app.reports.domain import reminders
from app.reports.models import Report
from app.reports.workflow import Status
from app.rules.domain import ReportKind
from app.values.clock import local_date
from tests import factories
from tests.bench import load
from tests.bench.places import counted
from tests.client import Client
from tests.hostile import client_of

CASES, REPORTS, DUE, REMINDED = 100_000, 100_000, 200, 5_000
FEW = 300
MEGABYTES = 1024
MOST_GROWTH = 150 * MEGABYTES
PAGES: dict[str, Callable[[str], str]] = {
    "first": lambda deep: "/saker",
    "filter": lambda deep: "/saker?status=assessing&sorter=frist",
    "mine": lambda deep: "/saker?hos=meg",
    "deep": lambda deep: f"/saker?sorter=nyeste&etter={deep}",
    "search": lambda deep: "/saker?sok=digital+samhandling",
}


def _statements(app: Flask, client: Client, deep: str) -> dict[str, list[tuple[str, Any]]]:
    found = {}
    for name, address in PAGES.items():
        client.get(address(deep))
        with counted(app) as sent:
            assert client.get(address(deep)).status_code == 200
        found[name] = list(sent)
    return found


def _deep(app: Flask) -> str:
    """A place far down the list by submission."""
    with app.app_context():
        middle = db.session.execute(
            sa.text("SELECT submitted_at, id FROM case_file ORDER BY id LIMIT 1 OFFSET :n"), {"n": FEW // 3}
        ).one()
        db.session.remove()
    at = middle[0] if isinstance(middle[0], str) else middle[0].isoformat()
    return f"{at.replace(' ', 'T').split('+')[0]}%2B00:00~{middle[1]}"


def _scans(app: Flask, statement: str, parameters: Any) -> list[str]:
    """Steps of the plan that must read the whole table of cases.

    PostgreSQL is asked whether an index can serve: which way it takes for a capped count or a common word follows from
    when it last gathered statistics.
    """
    lite = app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite")
    with app.app_context(), db.engine.connect() as connection:
        if not lite:
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        said = connection.exec_driver_sql(("EXPLAIN QUERY PLAN " if lite else "EXPLAIN ") + statement, parameters)
        plan = [str(row[-1]) for row in said]
    return [line for line in plan if "Seq Scan on case_file" in line or line.startswith("SCAN case_file")]


def test_the_worklist_costs_the_same_with_a_hundred_thousand_cases(app: Flask) -> None:
    with app.app_context():
        load.load(CASES, heavy=False)
    client = client_of(app, "officer1")
    deep = _deep(app)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sent = _statements(app, client, deep)
    assert {name: len(each) for name, each in sent.items() if len(each) > 8} == {}
    faults = [f"{name}: {scan}" for name, each in sent.items() for s, p in each for scan in _scans(app, s, p)]
    assert not faults, faults
    for _ in range(20):
        for address in PAGES.values():
            client.get(address(deep))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MOST_GROWTH


def test_the_statements_are_as_many_with_few_cases(app: Flask) -> None:
    with app.app_context():
        load.load(FEW, heavy=False)
    sent = _statements(app, client_of(app, "officer1"), _deep(app))
    assert {name: len(each) for name, each in sent.items() if len(each) > 8} == {}


@pytest.fixture
def award(app: Flask) -> tuple[int, int, int, int]:
    """An accepted award: its key, its case's, its party's and its pot's."""
    with app.app_context():
        factories.people()
        factories.frame()
        case_id = factories.recommended()
        award_id = factories.accepted(factories.decided(case_id))
        party_id, pot_id = factories.party("312999005").id, db.session.get_one(Case, case_id).pot_id
        db.session.remove()
    return award_id, case_id, party_id, pot_id


def test_reminders_of_a_hundred_thousand_reports_go_once(app: Flask, award: tuple[int, int, int, int]) -> None:
    today = local_date(factories.AT)
    with app.app_context():
        with writing():
            assert isinstance(Report.__table__, sa.Table)
            db.session.execute(sa.insert(Report.__table__), list(_reports(award, today)))
            db.session.execute(sa.insert(Outgoing.__table__), list(_told(award)))  # type: ignore[arg-type]
        assert jobs.remind(factories.AT) == DUE
        with counted(app) as sent:
            assert jobs.remind(factories.AT) == 0
        # One look at what waits, one for each 500 notices that may have been sent, and for each 500 reports two:
        # the notice of its date, and the letter that told of it.
        looked_at = DUE + REMINDED
        assert len(sent) <= 1 + looked_at * len(reminders.REPORT_REMINDER_DAYS) // 500 + 1 + 2 * (looked_at // 500 + 1)
        db.session.remove()


def _reports(award: tuple[int, int, int, int], today: date) -> Any:
    """The first wait for a reminder, the next have had all of theirs, the others are far ahead."""
    for n in range(REPORTS):
        ahead = 30 if n < DUE else -60 if n < DUE + REMINDED else 400
        yield {
            "id": 1_000_000 + n,
            "public_id": f"ordeal-{n}",
            "award_id": award[0],
            "case_id": award[1],
            "party_id": award[2],
            "pot_id": award[3],
            "kind": ReportKind.YEAR,
            "year": 2025,
            "cutoff_on": date(1800, 1, 1) + timedelta(days=n) if n < 73_000 else date(2100, 1, 1) + timedelta(days=n),
            "due_on": today + timedelta(days=ahead),
            "status": Status.NOT_STARTED,
            "version": 1,
            "received_ore": 0,
            "answers": {},
            "late": False,
            "lacking": "",
        }


def _told(award: tuple[int, int, int, int]) -> Any:
    for n in range(DUE, DUE + REMINDED):
        for step in reminders.REPORT_REMINDER_DAYS:
            key = notices.key_of(1_000_000 + n, step)
            yield {
                "public_id": f"told-{key}",
                "key": key,
                "case_id": award[1],
                "party_id": award[2],
                "kind": "report_reminder",
                "language": "nb",
                "address": "post@example.invalid",
                "subject": "Rapport",
                "body": "Rapport",
                "text_version": 1,
                "status": "sent",
                "version": 1,
                "attempts": 1,
                "uncertain": False,
                "last_error": "",
                "not_before": factories.AT - timedelta(days=40),
                "queued_at": factories.AT - timedelta(days=40),
                "sent_at": factories.AT - timedelta(days=40),
            }
