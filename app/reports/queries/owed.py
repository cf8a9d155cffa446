"""What accepted awards owe of reports, and the budget a report is measured by."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from app.applications.models import Application, BudgetLine
from app.assessments.models import BudgetCut
from app.assessments.queries import counting_of
from app.awards.models import Award
from app.awards.workflow import Status as AwardStatus
from app.cases.models import Case
from app.db import db
from app.reports.models import Report
from app.rules.domain import ReportKind
from app.rules.queries import rules_of

RUNNING = (AwardStatus.ACCEPTED, AwardStatus.PARTLY_PAID, AwardStatus.PAID, AwardStatus.STOPPED)


def owing() -> list[int]:
    """Accepted awards with fewer reports than their rules ask for."""
    query = (
        sa.select(Award.id, Case.rule_version_id, sa.func.count(Report.id))
        .join(Case, Case.id == Award.case_id)
        .outerjoin(Report, Report.award_id == Award.id)
        .where(Award.status.in_(RUNNING))
        .group_by(Award.id, Case.rule_version_id)
        .order_by(Award.id)
    )
    rows = db.session.execute(query).all()
    return [award_id for award_id, version_id, there in rows if there < len(rules_of(version_id).reports)]


def there_of(award_id: int) -> set[tuple[ReportKind, date]]:
    """The reports the award has already: kind, and the day each is cut off."""
    query = sa.select(Report.kind, Report.cutoff_on).where(Report.award_id == award_id)
    return {(row.kind, row.cutoff_on) for row in db.session.execute(query)}


def budget_of(case_id: int) -> Sequence[BudgetLine]:
    """The budget applied with and the revised one, in order."""
    query = (
        sa.select(BudgetLine)
        .join(Application, Application.id == BudgetLine.application_id)
        .where(Application.case_id == case_id)
        .order_by(BudgetLine.kind, BudgetLine.position)
    )
    return db.session.scalars(query).all()


def proposed_of(case: Case) -> dict[int, int]:
    """What the assessment that counts proposed for each line: the one the letter told of."""
    counts = counting_of(case)
    if counts is None:
        return {}
    query = sa.select(BudgetCut.position, BudgetCut.proposed_ore).where(BudgetCut.assessment_id == counts.id)
    return {row.position: row.proposed_ore for row in db.session.execute(query)}
