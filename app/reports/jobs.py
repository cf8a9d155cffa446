"""Expect the reports that accepted awards owe, and remind of those that have not come."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from app.applications.models import BudgetKind
from app.audit import record
from app.awards.domain import as_told
from app.awards.models import Award, Decision
from app.awards.queries import locked_award
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


def expect_reports(at: datetime) -> int:
    """Make every report that accepted awards owe by their rules and that is not there. Gives how many were made."""
    return sum(_expect(award_id, at) for award_id in queries.owing())


def _expect(award_id: int, at: datetime) -> int:
    with writing() as session:
        award = locked_award(award_id)
        case, decision = session.get_one(Case, award.case_id), session.get_one(Decision, award.decision_id)
        rules = as_told(rules_of(case.rule_version_id), decision.letter_dated_on)
        there = queries.there_of(award_id)
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
    lines = queries.budget_of(case.id)
    revised = [line for line in lines if line.kind is BudgetKind.REVISED]
    applied = [line for line in lines if line.kind is BudgetKind.APPLIED]
    language = notices.language_of(case)
    words = {cost.code: cost.words.in_(language) for cost in cost_types}
    proposed = {} if revised or not award.partial else queries.proposed_of(case)
    made = [
        (
            line.cost_code,
            line.text or words.get(line.cost_code, line.cost_code),
            proposed.get(line.position, line.amount_ore),
        )
        for line in revised or applied
    ]
    return made or [("", say(language, N_("Prosjektet samlet")), award.amount_ore)]


def remind(at: datetime) -> int:
    """Send the step that is due for each report not delivered (domain F.4). Gives how many were queued.

    The first word comes before any reminder. After the second letter nothing more goes by itself: what follows is a
    person's decision.
    """
    today = local_date(at)
    waiting = queries.not_come(today - timedelta(days=min(NOTICES)))
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
