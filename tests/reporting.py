"""Reports as the rounds make them: expected by the job, filled in and delivered by the recipient."""

from datetime import UTC, date, datetime

import sqlalchemy as sa

from app.budget import actions as budget
from app.budget import queries as budget_queries
from app.cases import actions as cases
from app.cases import queries as case_queries
from app.cases.domain import Impartiality
from app.db import db, writing
from app.documents.actions import Upload, store
from app.reports import actions, jobs, queries
from app.reports.domain import Goal, Paper, ReportFacts, UnusedWish, asked, is_number
from app.reports.models import Report
from app.rules.domain import ReportKind
from app.rules.queries import rules_of
from tests import factories
from tests.remembered import remembered

IN_TIME = datetime(2026, 3, 20, 9, 0, tzinfo=UTC)
CASE_AT = datetime(2025, 2, 10, 9, 0, tzinfo=UTC)


def report_due(
    kind: ReportKind = ReportKind.YEAR,
    *,
    number: str = "T25-0001",
    orgnr: str = "312999005",
    signer: str = "demovik",
    amount_ore: int = 1_000_000_00,
    paid_ore: int = 600_000_00,
) -> int:
    """A report expected of an accepted award that has had its first instalment; needs `people`. Gives its key."""
    frame_id = factories.frame()
    case_id = factories.recommended(amount_ore, number=number, orgnr=orgnr, at=CASE_AT)
    award_id = factories.accepted(factories.decided(case_id, CASE_AT), signer, CASE_AT)
    if paid_ore:
        with writing():
            budget.pay(frame_id, case_id, paid_ore, f"test:{case_id}", by=None, at=CASE_AT)
    jobs.expect_reports(CASE_AT)
    return db.session.scalars(sa.select(Report.id).where(Report.award_id == award_id, Report.kind == kind)).one()


@remembered
def people_and_report() -> None:
    """The people, and one report expected of them."""
    factories.people()
    report_due()


def the_year_report() -> int:
    """The key of the only year's report that there is."""
    return db.session.scalars(sa.select(Report.id).where(Report.kind == ReportKind.YEAR)).one()


def filled(report_id: int, *, used_ore: int | None = None, signer: str = "demovik", at: datetime = IN_TIME) -> int:
    """The report written as it should be: half of `used_ore` (or all that is budgeted) on each line."""
    person = factories.acting(signer)
    sha256 = store(b"%PDF-1.4 auditor", "application/pdf", at)
    with writing():
        report = queries.locked(report_id)
        case = case_queries.locked(report.case_id)
        lines = queries.lines_of(report_id)
        used = [line.budget_ore for line in lines]
        if used_ore is not None:
            used = [used_ore - used_ore // 2, *[0] * (len(lines) - 2), used_ore // 2] if len(lines) > 1 else [used_ore]
        questions = asked(rules_of(case.rule_version_id))
        facts = ReportFacts(
            used_ore={line.position: ore for line, ore in zip(lines, used, strict=True)},
            explanations={line.position: "Kursene ble rimeligere." for line in lines},
            own_goal=Goal.REACHED,
            unused_wish=UnusedWish.REPAY,
            expected_used_ore=800_000_00,
            answers={q.code: 12 if is_number(q) else "Vi har gjort det vi skulle." for q in questions},
        )
        actions.save(
            report_id,
            facts,
            by=person,
            at=at,
            version=report.version,
            papers={Paper.AUDITOR: Upload(sha256, "revisor.pdf")},
        )
    return report_id


def delivered(report_id: int, *, used_ore: int | None = None, signer: str = "demovik", at: datetime = IN_TIME) -> int:
    """The report filled in and signed."""
    filled(report_id, used_ore=used_ore, signer=signer, at=at)
    person = factories.acting(signer)
    with writing():
        actions.deliver(report_id, by=person, at=at, version=queries.locked(report_id).version)
    return report_id


def in_review(report_id: int, officer: str = "officer1", at: datetime = IN_TIME) -> int:
    """The report taken by an officer who has declared to be impartial."""
    person = factories.acting(officer)
    with writing():
        report = queries.locked(report_id)
        cases.declare(case_queries.locked(report.case_id), Impartiality.IMPARTIAL, "", by=person, at=at)
        actions.take(report_id, by=person, at=at, version=report.version)
    return report_id


def approved(report_id: int, goal: Goal = Goal.REACHED, officer: str = "officer1", at: datetime = IN_TIME) -> int:
    """The report approved with its conclusion."""
    person = factories.acting(officer)
    with writing():
        version = queries.locked(report_id).version
        actions.approve(report_id, goal, "Tallene stemmer.", by=person, at=at, version=version)
    return report_id


def get(report_id: int) -> Report:
    """The report as it stands."""
    return db.session.get_one(Report, report_id, populate_existing=True)


def unused_in_ledger(case_id: int) -> int:
    """What the ledger says is unused, in øre."""
    return budget_queries.ledger_of(case_id).unused_ore


def day(text: str) -> datetime:
    """Noon in Oslo, about, on the day."""
    on = date.fromisoformat(text)
    return datetime(on.year, on.month, on.day, 11, 0, tzinfo=UTC)
