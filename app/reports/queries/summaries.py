"""The rows behind the summaries: one query each for reports and groups, one for the accounts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.awards.models import Award
from app.cases.models import Case
from app.db import db
from app.db.walking import each_value
from app.reports.domain import asked, is_number
from app.reports.domain.summary import SummaryRow
from app.reports.models import Report, ReportLine
from app.reports.workflow import NOT_DELIVERED, Status
from app.rules.domain import Question, ReportKind
from app.rules.models import Pot
from app.rules.queries import rules_of
from app.values.clock import local_date

MOST_ROWS = 2000
# So many years stand on a page: what is reported on now, and the year before.
YEARS, MOST_YEARS = 2, 100


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


@dataclass(frozen=True)
class Page:
    """The groups of some years, newest first, and the year each page beside it begins with."""

    groups: Sequence[Group]
    newer: int | None
    older: int | None


def page(until: int | None) -> Page:
    """The groups of the newest years with reports, from `until` and back."""
    years = list(db.session.scalars(each_value(Report.year, most=MOST_YEARS)))
    at = next((place for place, year in enumerate(years) if until is None or year <= until), 0)
    shown, after = years[at : at + YEARS], years[at + YEARS :]
    found = _groups(shown) if shown else []
    return Page(found, years[max(at - YEARS, 0)] if at else None, after[0] if after else None)


def group(pot_code: str, year: int, kind: ReportKind) -> Group | None:
    """The group of this address."""
    found = _groups([year], [kind], Pot.code == pot_code)
    return found[0] if found else None


def _groups(
    years: Sequence[int], kinds: Collection[ReportKind] = tuple(ReportKind), *where: sa.ColumnElement[bool]
) -> list[Group]:
    """For each pot, year, kind and status there is, how many and the last deadline, looked up in the index.

    Grouping would compare four columns of every report; to count along one stretch of the index takes a third of that.
    """
    year = sa.union_all(*(sa.select(sa.literal(each).label("year")) for each in years)).subquery("years")
    kind = sa.union_all(*(sa.select(_written(each).label("kind")) for each in kinds)).subquery("kinds")
    status = sa.union_all(*(sa.select(_written(each).label("status")) for each in Status)).subquery("statuses")
    same = (
        Report.year == year.c.year,
        Report.pot_id == Pot.id,
        Report.kind == kind.c.kind,
        Report.status == status.c.status,
    )
    last = sa.select(sa.func.max(Report.due_on)).where(*same).correlate(year, kind, status, Pot).scalar_subquery()
    places = (
        sa.select(Pot.id.label("pot_id"), year.c.year, kind.c.kind, status.c.status, last.label("last"))
        .select_from(Pot)
        .join(year, sa.true())
        .join(kind, sa.true())
        .join(status, sa.true())
        .where(*where)
        .subquery()
    )
    there = (getattr(Report, name) == places.c[name] for name in ("year", "pot_id", "kind", "status"))
    count = sa.select(sa.func.count()).where(*there).correlate(places).scalar_subquery()
    query = sa.select(Pot, places, count.label("count")).join(places, places.c.pot_id == Pot.id)
    found: dict[tuple[int, int, str], list[Any]] = {}
    for row in db.session.execute(query.where(places.c.last.is_not(None))):
        found.setdefault((row.Pot.id, row.year, row.kind), []).append(row)
    groups = [_group(rows[0].Pot, rows) for rows in found.values()]
    return sorted(groups, key=lambda each: (-each.due_on.toordinal(), each.pot_id, each.kind.value))


def _written(code: ReportKind | Status) -> Any:
    return sa.literal_column(f"'{code.value}'", sa.Text)


def _group(pot: Pot, rows: Sequence[Any]) -> Group:
    """`rows`: the counts of each status."""
    return Group(
        pot_id=pot.id,
        pot_code=pot.code,
        pot_nb=pot.name_nb,
        pot_nn=pot.name_nn,
        year=rows[0].year,
        kind=ReportKind(rows[0].kind),
        due_on=max(row.last for row in rows),
        due=sum(row.count for row in rows),
        delivered=sum(row.count for row in rows if row.status not in NOT_DELIVERED),
        approved=sum(row.count for row in rows if row.status == Status.APPROVED.value),
    )


def rows(of: Group) -> tuple[list[SummaryRow], list[Question]]:
    """Every report of the group by recipient, and the questions whose answers are numbers."""
    query = (
        sa.select(Report, Case, Award.amount_ore)
        .join(Case, Case.id == Report.case_id)
        .join(Award, Award.id == Report.award_id)
        .where(Report.pot_id == of.pot_id, Report.year == of.year, Report.kind == of.kind)
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
        .where(Report.pot_id == of.pot_id, Report.year == of.year, Report.kind == of.kind)
        .group_by(ReportLine.report_id)
    )
    return {report_id: int(ore) for report_id, ore in db.session.execute(query)}


def _row(report: Report, case: Case, award_ore: int, budget_ore: int, numbers: dict[str, Question]) -> SummaryRow:
    delivered = report.delivered_at is not None
    return SummaryRow(
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
