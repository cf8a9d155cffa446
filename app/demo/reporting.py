"""Reports of the demo, written by recipients and controlled by officers."""

from datetime import date, datetime

from app.access.domain import Actor
from app.db import db
from app.demo.queries import report_on
from app.demo.stories import Told
from app.demo.wordings import one, pool, willing
from app.documents.actions import Upload, store
from app.reports import actions, queries
from app.reports.domain import Goal, Paper, ReportFacts, UnusedWish
from app.reports.models import Report
from app.rules.domain import Answer, Question, ReportKind, Rules
from app.rules.queries import rules_of

_STATEMENT = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n"
)


def lay_in_statement(at: datetime) -> str:
    """Store the demo's (empty) auditor's statement; outside any transaction."""
    return store(_STATEMENT, "application/pdf", at)


def write(
    case_id: int, told: Told, kind: ReportKind, used_percent: int, statement: str | None, *, by: Actor, at: datetime
) -> None:
    """Fill in the whole report."""
    report = report_on(case_id, kind)
    rules = _rules(report)
    used = {line.position: line.budget_ore * used_percent // 100 for line in queries.lines_of(report.id)}
    answers = {q.code: _answer(q, told, kind) for q in (*rules.report_questions, *rules.indicators)}
    facts = ReportFacts(
        used_ore=used,
        explanations=dict.fromkeys(used, _said("explanation", told, kind)) if used_percent < 95 else {},
        own_goal=Goal.REACHED if used_percent >= 95 else Goal.PARTLY,
        unused_wish=UnusedWish.CARRY_OVER if used_percent < 100 else None,
        expected_used_ore=sum(used.values()) if kind is ReportKind.STATUS else None,
        answers={code: value for code, value in answers.items() if value != ""},
        auditor_by_on=None,
    )
    papers = {}
    if statement and kind is not ReportKind.STATUS:
        papers[Paper.AUDITOR] = Upload(statement, "revisoruttalelse.pdf")
    actions.save(report.id, facts, by=by, at=at, version=report.version, papers=papers)


def deliver(case_id: int, kind: ReportKind, *, by: Actor, at: datetime) -> None:
    """Sign and deliver."""
    report = report_on(case_id, kind)
    actions.deliver(report.id, by=by, at=at, version=report.version)


def take(case_id: int, kind: ReportKind, *, by: Actor, at: datetime) -> None:
    """Begin the control."""
    report = report_on(case_id, kind)
    actions.take(report.id, by=by, at=at, version=report.version)


def ask(case_id: int, told: Told, kind: ReportKind, by_on: date, *, by: Actor, at: datetime) -> None:
    """Ask for what is missing."""
    report = report_on(case_id, kind)
    actions.ask(report.id, _said("asked", told, kind), by_on, by=by, at=at, version=report.version)


def approve(case_id: int, told: Told, kind: ReportKind, goal: Goal, *, by: Actor, at: datetime) -> None:
    """Approve, with the conclusion on the goal."""
    report = report_on(case_id, kind)
    actions.approve(report.id, goal, _said("concluded", told, kind), by=by, at=at, version=report.version)


def _rules(report: Report) -> Rules:
    from app.cases.models import Case

    return rules_of(db.session.get_one(Case, report.case_id).rule_version_id)


def _answer(question: Question, told: Told, kind: ReportKind) -> str | int:
    if question.answer is Answer.NUMBER:
        whole = kind is not ReportKind.STATUS
        counted = {"gps_started": willing(told), "trained": told.staff, "units_in_use": told.staff // 2}
        return counted.get(question.code, told.staff * 3) if whole else counted.get(question.code, told.staff) // 2
    if question.answer is Answer.MONEY:
        return 0
    if question.answer is Answer.YES_NO:
        return "yes"
    if question.answer is Answer.CHOICE:
        return question.choices[told.nr % 2].code
    return _said(question.code, told, kind)[: question.max_length]


def _said(code: str, told: Told, kind: ReportKind) -> str:
    texts, year = pool("reports"), kind is not ReportKind.STATUS
    own = texts["year" if year else "status"]
    return one(own.get(code) or texts["both"][code], told, year)
