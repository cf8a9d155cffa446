"""Reports of the demo, written by recipients and controlled by officers."""

from datetime import date, datetime

from app.access.domain import Actor
from app.db import db
from app.demo.queries import report_on
from app.documents.actions import Upload, store
from app.reports import actions, queries
from app.reports.domain import Goal, Paper, ReportFacts, UnusedWish
from app.reports.models import Report
from app.rules.domain import Answer, Question, ReportKind, Rules
from app.rules.queries import rules_of

_TEXT = "Vi er i gang hos de fleste fastlegene, og opplæringen er gjennomført. (Demotekst)"
_STATEMENT = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n"
)


def lay_in_statement(at: datetime) -> str:
    """Store the demo's (empty) auditor's statement; outside any transaction."""
    return store(_STATEMENT, "application/pdf", at)


def write(case_id: int, kind: ReportKind, used_percent: int, *, by: Actor, at: datetime, statement: str | None) -> None:
    """Fill in the whole report."""
    report = report_on(case_id, kind)
    rules = _rules(report)
    used = {line.position: line.budget_ore * used_percent // 100 for line in queries.lines_of(report.id)}
    facts = ReportFacts(
        used_ore=used,
        explanations=dict.fromkeys(used, "Opplæringen tok lengre tid enn planlagt. (Demo)")
        if used_percent < 95
        else {},
        own_goal=Goal.REACHED if used_percent >= 95 else Goal.PARTLY,
        unused_wish=UnusedWish.CARRY_OVER if used_percent < 100 else None,
        expected_used_ore=sum(used.values()) if kind is ReportKind.STATUS else None,
        answers={q.code: _answer(q) for q in (*rules.report_questions, *rules.indicators)},
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


def ask(case_id: int, kind: ReportKind, by_on: date, *, by: Actor, at: datetime) -> None:
    """Ask for what is missing."""
    report = report_on(case_id, kind)
    actions.ask(
        report.id,
        "Legg ved underskrevet regnskap per kostnadstype. (Demo)",
        by_on,
        by=by,
        at=at,
        version=report.version,
    )


def approve(case_id: int, kind: ReportKind, goal: Goal, *, by: Actor, at: datetime) -> None:
    """Approve, with the conclusion on the goal."""
    report = report_on(case_id, kind)
    actions.approve(report.id, goal, "Rapporten viser det planen lovet. (Demo)", by=by, at=at, version=report.version)


def _rules(report: Report) -> Rules:
    from app.cases.models import Case

    return rules_of(db.session.get_one(Case, report.case_id).rule_version_id)


def _answer(question: Question) -> str | int:
    if question.answer is Answer.NUMBER:
        return 14
    if question.answer is Answer.MONEY:
        return 250_000_00
    if question.answer is Answer.YES_NO:
        return "yes"
    if question.answer is Answer.CHOICE:
        return question.choices[0].code
    return _TEXT[: question.max_length]
