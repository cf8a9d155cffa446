"""The rows behind the summaries: one query each for reports and groups, one for the accounts."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.awards.models import Award
from app.cases.models import Case
from app.db import db
from app.reports.domain import asked, is_number
from app.reports.domain.summary import Row
from app.reports.models import Report, ReportLine
from app.rules.domain import Question, ReportKind
from app.rules.models import Pot
from app.rules.queries import rules_of
from app.values.clock import local_date

MOST_GROUPS = 200
MOST_ROWS = 2000


@dataclass(frozen=True)
class Group:
    """The reports of one pot, year and kind."""

    pot_id: int
    pot_code: str
    pot_nb: str
    pot_nn: str
    year: int
    kind: ReportKind
    due_on: date
    due: int
    delivered: int
    approved: int

    @property
    def missing(self) -> int:
        """How many are not delivered."""
        return self.due - self.delivered


def groups() -> list[Group]:
    """Every group that has a report, newest first."""
    return _groups(sa.true())


def group(pot_code: str, year: int, kind: ReportKind) -> Group | None:
    """The group of this address."""
    found = _groups(sa.and_(Pot.code == pot_code, Report.year == year, Report.kind == kind))
    return found[0] if found else None


def _groups(where: sa.ColumnElement[bool]) -> list[Group]:
    last = sa.func.max(Report.due_on)
    query = (
        sa.select(
            Pot.id,
            Pot.code,
            Pot.name_nb,
            Pot.name_nn,
            Report.year,
            Report.kind,
            last,
            sa.func.count(),
            sa.func.count(Report.delivered_at),
            sa.func.sum(sa.case((Report.status == "approved", 1), else_=0)),
        )
        .join(Case, Case.id == Report.case_id)
        .join(Pot, Pot.id == Case.pot_id)
        .where(where)
        .group_by(Pot.id, Pot.code, Pot.name_nb, Pot.name_nn, Report.year, Report.kind)
        .order_by(last.desc(), Pot.id, Report.kind)
        .limit(MOST_GROUPS)
    )
    return [Group(*values) for values in db.session.execute(query)]


def rows(of: Group) -> tuple[list[Row], list[Question]]:
    """Every report of the group by recipient, and the questions whose answers are numbers."""
    query = (
        sa.select(Report, Case, Award.amount_ore)
        .join(Case, Case.id == Report.case_id)
        .join(Award, Award.id == Report.award_id)
        .where(Case.pot_id == of.pot_id, Report.year == of.year, Report.kind == of.kind)
        .order_by(Case.party_sort, Report.id)
        .limit(MOST_ROWS)
    )
    found = db.session.execute(query).all()
    budgets = _budgets(of)
    numbers: dict[str, Question] = {}
    for version_id in sorted({case.rule_version_id for _report, case, _ore in found}):
        numbers |= {q.code: q for q in asked(rules_of(version_id)) if is_number(q)}
    made = [_row(report, case, ore, budgets.get(report.id, 0), numbers) for report, case, ore in found]
    return made, list(numbers.values())


def _budgets(of: Group) -> dict[int, int]:
    query = (
        sa.select(ReportLine.report_id, sa.func.sum(ReportLine.budget_ore))
        .join(Report, Report.id == ReportLine.report_id)
        .join(Case, Case.id == Report.case_id)
        .where(Case.pot_id == of.pot_id, Report.year == of.year, Report.kind == of.kind)
        .group_by(ReportLine.report_id)
    )
    return {report_id: int(ore) for report_id, ore in db.session.execute(query)}


def _row(report: Report, case: Case, award_ore: int, budget_ore: int, numbers: dict[str, Question]) -> Row:
    delivered = report.delivered_at is not None
    return Row(
        public_id=report.public_id,
        case_number=case.number or "",
        party=case.party_name,
        title=case.title,
        status=report.status,
        due_on=report.due_on,
        delivered_on=local_date(report.delivered_at) if report.delivered_at else None,
        late=report.late,
        award_ore=award_ore,
        budget_ore=budget_ore,
        received_ore=report.received_ore,
        used_ore=report.used_ore if delivered else None,
        unused_ore=report.unused_ore if delivered else None,
        own_goal=report.own_goal if delivered else None,
        conclusion=report.conclusion,
        numbers=_numbers(report, numbers) if delivered else {},
        demo=report.demo,
    )


def _numbers(report: Report, numbers: dict[str, Question]) -> dict[str, int]:
    answers = {code: report.answers.get(code) for code in numbers}
    return {code: value for code, value in answers.items() if isinstance(value, int)}
