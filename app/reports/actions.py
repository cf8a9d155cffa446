"""Verbs on a report: start, save, deliver, take, ask, conclude."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType

from app.access.domain import Actor
from app.awards import payables as awards
from app.budget import actions as budget
from app.budget import queries as budget_queries
from app.budget.domain import EntryKind
from app.cases import queries as cases
from app.cases.models import Case
from app.db import db
from app.dispatch.words import say
from app.documents.actions import Upload, add_document
from app.documents.domain.scopes import Scope
from app.documents.models import Direction, Document
from app.flow import Reason, Refused, Stale, advance
from app.reports import judgement, notices, queries
from app.reports.domain import Goal, Paper, ReportFacts, Snapshot, in_words, missing, unused_ore, used_ore
from app.reports.models import Report
from app.reports.workflow import REPORT, Status, Step
from app.rules.domain import ReportKind
from app.rules.queries import rules_of
from app.values.clock import local_date
from app.values.deadlines import is_overdue

NONE: Mapping[Paper, Upload] = MappingProxyType({})
_PLACE = {Paper.AUDITOR: "auditor_document_id", Paper.ACCOUNTS: "accounts_document_id"}


def save(
    report_id: int,
    facts: ReportFacts,
    *,
    by: Actor,
    at: datetime,
    version: int,
    papers: Mapping[Paper, Upload] = NONE,
    language: str = "nb",
) -> Report:
    """Keep what the recipient has written, complete or not; the first save starts the report. Raises Stale, Refused."""
    report = queries.locked(report_id)
    # Of what is delivered no two texts are to be put together: that it is, is told first.
    if reasons := judgement.why_not_write(report, by):
        raise Refused(reasons)
    if report.version != version:
        raise Stale
    if reasons := judgement.not_promised(report, facts.auditor_by_on):
        raise Refused(reasons)
    if report.status is Status.NOT_STARTED:
        advance(report, REPORT, Step.START, by=by, at=at, facts={"report": report.name})
    for line in queries.lines_of(report.id):
        line.used_ore = facts.used_ore.get(line.position, line.used_ore)
        line.explanation = facts.explanations.get(line.position, line.explanation)
    report.own_goal, report.unused_wish = facts.own_goal, facts.unused_wish
    report.expected_used_ore, report.auditor_by_on = facts.expected_used_ore, facts.auditor_by_on
    report.answers = {**report.answers, **facts.answers}
    for paper, upload in papers.items():
        setattr(report, _PLACE[paper], _lay_in(report, paper, upload, language, by, at).id)
    report.changed_by, report.changed_at = by.id, at
    report.version += 1
    db.session.flush()
    return report


def _lay_in(report: Report, paper: Paper, upload: Upload, language: str, by: Actor, at: datetime) -> Document:
    """Lay a paper of the report in the case."""
    return add_document(
        scope=Scope.CASE,
        case=db.session.get_one(Case, report.case_id),
        direction=Direction.IN,
        kind=paper.value,
        title=f"{say(language, paper.word)}, {report.name}",
        filename=upload.filename,
        sha256=upload.sha256,
        language=language,
        to_party=True,
        by=by,
        at=at,
    )


def deliver(report_id: int, *, by: Actor, at: datetime, version: int) -> Report:
    """Sign and deliver. After the deadline too: then it is marked late, by the date. Raises Stale or Refused."""
    case = cases.locked(queries.case_of(report_id))
    report = _seen(report_id, version)
    snapshot = _snapshot(report, case)
    used = used_ore(snapshot.lines)
    unused = unused_ore(snapshot.received_ore, used)
    late = report.late or (report.delivered_at is None and is_overdue(report.due_on, local_date(at)))
    advance(
        report,
        REPORT,
        Step.DELIVER,
        by=by,
        at=at,
        also=in_words(missing(snapshot), notices.language_of(case)),
        facts={"report": report.name, "late": late, "unused_ore": unused or 0},
        stamp={
            "delivered_by": by.id,
            "delivered_at": at,
            "late": late,
            "received_ore": snapshot.received_ore,
            "used_ore": used,
            "unused_ore": unused,
        },
    )
    notices.received(report, case, at=at, by=by)
    return report


def take(report_id: int, *, by: Actor, at: datetime, version: int) -> Report:
    """Begin the control. Raises Stale or Refused."""
    report = _seen(report_id, version)
    _advance(report, Step.TAKE, by, at, {"report": report.name})
    return report


def ask(report_id: int, lacking: str, by_on: date, *, by: Actor, at: datetime, version: int) -> Report:
    """Tell the recipient what is missing and by when; the report is theirs again. Raises Stale or Refused."""
    report = _seen(report_id, version)
    also = judgement.not_asked(lacking, by_on, local_date(at))
    stamp = {"lacking": lacking.strip(), "lacking_by_on": by_on}
    _advance(report, Step.ASK, by, at, {"report": report.name, "by_on": by_on.isoformat()}, also, stamp)
    notices.lacking(report, db.session.get_one(Case, report.case_id), at=at, by=by)
    return report


def approve(report_id: int, goal: Goal | None, reason: str, *, by: Actor, at: datetime, version: int) -> Report:
    """Approve with a recorded conclusion on the goal; what was not used goes to the ledger. Raises Stale or Refused."""
    return _conclude(Step.APPROVE, report_id, goal, reason, by, at, version)


def reject(report_id: int, goal: Goal | None, reason: str, *, by: Actor, at: datetime, version: int) -> Report:
    """Settle without approving, with the same conclusion. What follows is a person's decision. Raises as approve."""
    return _conclude(Step.REJECT, report_id, goal, reason, by, at, version)


def _conclude(
    step: Step, report_id: int, goal: Goal | None, reason: str, by: Actor, at: datetime, version: int
) -> Report:
    case = cases.locked(queries.case_of(report_id))
    report = _seen(report_id, version)
    facts = {
        "report": report.name,
        "conclusion": goal.value if goal else "",
        "unused_ore": report.unused_ore or 0,
    }
    stamp = {"conclusion": goal, "conclusion_reason": reason.strip(), "reviewed_by": by.id, "reviewed_at": at}
    _advance(report, step, by, at, facts, judgement.not_concluded(goal, reason), stamp)
    if step is Step.APPROVE:
        awards.release(report.award_id, report.kind, at)
        _note_unused(report, case, by, at)
    notices.settled(report, case, at=at, by=by)
    return report


def _note_unused(report: Report, case: Case, by: Actor, at: datetime) -> None:
    """Only the end of a year tells what is unused; what an earlier report has noted is not noted again."""
    if report.kind is ReportKind.STATUS:
        return
    entries = budget_queries.entries_of(case.id)
    noted = sum(entry.amount_ore for entry in entries if entry.kind is EntryKind.UNUSED)
    frame_id = next((entry.frame_id for entry in entries if entry.kind is EntryKind.COMMITMENT), None)
    more = (report.unused_ore or 0) - noted
    if more > 0 and frame_id is not None:
        budget.unused(frame_id, case.id, more, f"report:{report.id}", by=by, at=at)


def _advance(
    report: Report,
    step: Step,
    by: Actor,
    at: datetime,
    facts: Mapping[str, object],
    also: Sequence[Reason] = (),
    stamp: Mapping[str, object] | None = None,
) -> None:
    standing = cases.on_case(report.standing(), report.case_id, by)
    advance(report, REPORT, step, by=by, at=at, standing=standing, also=also, facts=facts, stamp=stamp)


def _seen(report_id: int, version: int) -> Report:
    report = queries.locked(report_id)
    if report.version != version:
        raise Stale
    return report


def _snapshot(report: Report, case: Case) -> Snapshot:
    """Read under the lock, so that what is signed is what is judged."""
    return Snapshot(
        kind=report.kind,
        award_ore=queries.award_ore(report.award_id),
        received_ore=budget_queries.ledger_of(case.id).paid_ore,
        lines=[queries.facts_of(line) for line in queries.lines_of(report.id)],
        own_goal=report.own_goal,
        unused_wish=report.unused_wish,
        expected_used_ore=report.expected_used_ore,
        answers=report.answers,
        auditor_given=report.auditor_document_id is not None,
        auditor_by_on=report.auditor_by_on,
        accounts_given=report.accounts_document_id is not None,
        rules=rules_of(case.rule_version_id),
    )
