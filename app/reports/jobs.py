"""Expect the reports that accepted awards owe, and remind of those that have not come."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from app.applications.models import Application, BudgetKind, BudgetLine
from app.assessments.models import BudgetCut
from app.assessments.queries import counting_of
from app.audit import record
from app.awards.domain import as_told
from app.awards.models import Award, Decision
from app.awards.workflow import Status as AwardStatus
from app.cases.actions import public_id
from app.cases.models import Case
from app.db import db, writing
from app.dispatch.queries import queued_of
from app.dispatch.words import say
from app.reports import notices, queries
from app.reports.domain.reminders import FIRST_LETTER, NOTICES, SECOND_LETTER, Told, due_step
from app.reports.models import Report, ReportLine
from app.reports.workflow import NOT_DELIVERED
from app.rules.domain import CostType, ReportRule
from app.rules.queries import rules_of
from app.values.clock import local_date
from app.values.deadlines import REPORT_REMINDER_DAYS, report_due_on
from app.values.language import N_

RUNNING = (AwardStatus.ACCEPTED, AwardStatus.PARTLY_PAID, AwardStatus.PAID, AwardStatus.STOPPED)


def expect_reports(at: datetime) -> int:
    """Make every report that accepted awards owe by their rules and that is not there. Gives how many were made."""
    query = (
        sa.select(Award.id, Case.rule_version_id, sa.func.count(Report.id))
        .join(Case, Case.id == Award.case_id)
        .outerjoin(Report, Report.award_id == Award.id)
        .where(Award.status.in_(RUNNING))
        .group_by(Award.id, Case.rule_version_id)
        .order_by(Award.id)
    )
    waiting = [
        award_id
        for award_id, version_id, there in db.session.execute(query).all()
        if there < len(rules_of(version_id).reports)
    ]
    return sum(_expect(award_id, at) for award_id in waiting)


def _expect(award_id: int, at: datetime) -> int:
    with writing() as session:
        award = session.scalars(sa.select(Award).where(Award.id == award_id).with_for_update()).one()
        case, decision = session.get_one(Case, award.case_id), session.get_one(Decision, award.decision_id)
        rules = as_told(rules_of(case.rule_version_id), decision.letter_dated_on)
        there = set(session.execute(sa.select(Report.kind, Report.cutoff_on).where(Report.award_id == award_id)).all())
        wanted = [rule for rule in rules.reports if (rule.kind, rule.cutoff_on) not in there]
        budget = _budget(award, case, rules.cost_types) if wanted else []
        for rule in wanted:
            _make(rule, award, case, budget, at)
        return len(wanted)


def _make(rule: ReportRule, award: Award, case: Case, budget: list[tuple[str, str, int]], at: datetime) -> None:
    report = Report(
        public_id=public_id(),
        award_id=award.id,
        case_id=case.id,
        party_id=award.party_id,
        pot_id=case.pot_id,
        kind=rule.kind,
        year=rule.cutoff_on.year,
        cutoff_on=rule.cutoff_on,
        # Accepted long after the letter, the date may have passed again; the reminders give the first word of it.
        due_on=report_due_on(rule.due_on, local_date(at)),
        demo=bool(case.demo_fields),
    )
    db.session.add(report)
    db.session.flush()
    for position, (code, text, ore) in enumerate(budget):
        line = ReportLine(report_id=report.id, position=position, cost_code=code, text=text, budget_ore=ore)
        db.session.add(line)
    facts = {"report": report.name, "due_on": report.due_on.isoformat()}
    record(report.stream, "report.expected", facts, by=None, at=at, case_id=case.id)


def _budget(award: Award, case: Case, cost_types: tuple[CostType, ...]) -> list[tuple[str, str, int]]:
    """The budget the money was given on: revised, else as the officer proposed, else as applied; never none at all."""
    query = (
        sa.select(BudgetLine)
        .join(Application, Application.id == BudgetLine.application_id)
        .where(Application.case_id == case.id)
        .order_by(BudgetLine.kind, BudgetLine.position)
    )
    lines = db.session.scalars(query).all()
    revised = [line for line in lines if line.kind is BudgetKind.REVISED]
    applied = [line for line in lines if line.kind is BudgetKind.APPLIED]
    language = notices.language_of(case)
    words = {cost.code: cost.words.in_(language) for cost in cost_types}
    proposed = {} if revised or not award.partial else _proposed(case)
    made = [
        (
            line.cost_code,
            line.text or words.get(line.cost_code, line.cost_code),
            proposed.get(line.position, line.amount_ore),
        )
        for line in revised or applied
    ]
    return made or [("", say(language, N_("Prosjektet samlet")), award.amount_ore)]


def _proposed(case: Case) -> dict[int, int]:
    """What the assessment that counts proposed for each line: the one the letter told of."""
    counts = counting_of(case)
    if counts is None:
        return {}
    query = sa.select(BudgetCut.position, BudgetCut.proposed_ore).where(BudgetCut.assessment_id == counts.id)
    return {row.position: row.proposed_ore for row in db.session.execute(query)}


def remind(at: datetime) -> int:
    """Send the step that is due for each report not delivered (domain F.4). Gives how many were queued.

    The first word comes before any reminder. After the second letter nothing more goes by itself: what follows is a
    person's decision.
    """
    today = local_date(at)
    first = today - timedelta(days=min(NOTICES))
    query = (
        sa.select(Report.id, Report.due_on)
        .where(Report.status.in_(NOT_DELIVERED), Report.due_on <= first)
        .order_by(Report.due_on, Report.id)
    )
    waiting = [row.id for row in db.session.execute(query)]
    sent, told = _sent(waiting), queries.told_on(waiting)
    due = [each for each in waiting if _is_due(each, today, sent.get(each, {}), told)]
    return sum(_remind(report_id, at, today) for report_id in due)


def _is_due(report_id: int, today: date, sent: dict[int, date], told: Mapping[int, Told]) -> bool:
    it = told[report_id]
    return it.needs_word(sent) or due_step(it.due_on, today, sent, it.since(sent, today)) is not None


def _remind(report_id: int, at: datetime, today: date) -> int:
    with writing():
        report = queries.locked(report_id)
        case = db.session.get_one(Case, report.case_id)
        sent, told = _sent([report_id]).get(report_id, {}), queries.told_on([report_id])[report_id]
        if report.status not in NOT_DELIVERED:
            return 0
        if told.needs_word(sent):
            return _first_word(report, case, at, today)
        step = due_step(report.due_on, today, sent, told.since(sent, today))
        if step is None:
            return 0
        if step in (FIRST_LETTER, SECOND_LETTER):
            notices.overdue(report, case, step, 1 if step == FIRST_LETTER else 2, at=at)
        else:
            notices.coming(report, case, step, at=at)
        facts = {"report": report.name, "step": step}
        record(report.stream, "report.reminded", facts, by=None, at=at, case_id=case.id)
        return 1


def _first_word(report: Report, case: Case, at: datetime, today: date) -> int:
    """Tell the date; one that has passed, or nearly, becomes a later one first."""
    due_on = report_due_on(report.due_on, today)
    if due_on != report.due_on:
        report.due_on = due_on
        facts = {"report": report.name, "due_on": due_on.isoformat()}
        record(report.stream, "report.moved", facts, by=None, at=at, case_id=case.id)
    notices.first_word(report, case, at=at)
    return 1


def _sent(report_ids: list[int]) -> dict[int, dict[int, date]]:
    """The steps already queued for each report, and on which day the recipient was told.

    A letter that has not gone out was told on the last of all days: it is not queued twice, and what follows it waits.
    """
    keys = {
        notices.key_of(report_id, step): (report_id, step) for report_id in report_ids for step in REPORT_REMINDER_DAYS
    }
    found: dict[int, dict[int, date]] = {}
    names = sorted(keys)
    for start in range(0, len(names), 500):
        for key, told in queued_of(names[start : start + 500]).items():
            report_id, step = keys[key]
            found.setdefault(report_id, {})[step] = told.told_on or date.max
    return found
