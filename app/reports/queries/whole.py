"""One report with all that stands on its page, and the reports of a case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, contains_eager, load_only

from app.access.domain import Actor
from app.access.models import User
from app.applications.models import Application, ApplicationAnswer
from app.awards.models import Award
from app.budget.domain import EntryKind
from app.budget.models import LedgerEntry
from app.cases.models import Case
from app.cases.queries import seen_by
from app.db import db
from app.documents.models import Document
from app.reports.domain import AccountsLine, Snapshot, unused_ore, used_ore
from app.reports.models import Report, ReportLine
from app.reports.workflow import Status
from app.rules.domain import Rules
from app.rules.queries import rules_of

MOST = 200
OPEN_TO_RECIPIENT = (Status.NOT_STARTED, Status.STARTED, Status.LACKING)
_OF_CASE = (
    sa.select(Report).where(Report.case_id == sa.bindparam("asked")).order_by(Report.cutoff_on, Report.id).limit(MOST)
)


@dataclass(frozen=True)
class Read:
    """A report with its case, award, promise and accounts, and the rules that hold for it."""

    report: Report
    case: Case
    award: Award
    application: Application | None
    changed_by: str
    auditor_document: Document | None
    accounts_document: Document | None
    lines: Sequence[ReportLine]
    promised: Mapping[str, Any]
    rules: Rules
    received_ore: int

    @property
    def snapshot(self) -> Snapshot:
        """What the judgement sees."""
        report = self.report
        return Snapshot(
            kind=report.kind,
            award_ore=self.award.amount_ore,
            received_ore=self.received_ore,
            lines=[facts_of(line) for line in self.lines],
            own_goal=report.own_goal,
            unused_wish=report.unused_wish,
            expected_used_ore=report.expected_used_ore,
            answers=report.answers,
            auditor_given=report.auditor_document_id is not None,
            auditor_by_on=report.auditor_by_on,
            accounts_given=report.accounts_document_id is not None,
            rules=self.rules,
        )

    @property
    def used_ore(self) -> int | None:
        """The sum used, or None while a line is open."""
        return used_ore(self.snapshot.lines)

    @property
    def unused_ore(self) -> int | None:
        """Received − used, at least nought."""
        return unused_ore(self.received_ore, self.used_ore)


def facts_of(line: ReportLine) -> AccountsLine:
    """The row as the judgement sees it."""
    return AccountsLine(line.position, line.text, line.budget_ore, line.used_ore, line.explanation)


def own(public_id: str, actor: Actor) -> Read | None:
    """A report of the person's own organisation."""
    return _read(sa.and_(Report.public_id == public_id, Report.party_id.in_(actor.party_ids)))


def of_case(public_id: str, number: str, actor: Actor) -> Read | None:
    """The report of this address on this case, when the person may see the case."""
    return _read(sa.and_(Report.public_id == public_id, Case.number == number, seen_by(actor)))


def _read(where: sa.ColumnElement[bool]) -> Read | None:
    paid = (
        sa.select(sa.func.coalesce(sa.func.sum(LedgerEntry.amount_ore), 0))
        .where(LedgerEntry.case_id == Case.id, LedgerEntry.kind == EntryKind.PAYMENT)
        .correlate(Case)
        .scalar_subquery()
    )
    auditor, accounts = aliased(Document), aliased(Document)
    query = (
        sa.select(Report, Case, Award, Application, User.name, auditor, accounts, paid)
        .join(Case, Case.id == Report.case_id)
        .join(Case.party)
        .join(Award, Award.id == Report.award_id)
        .outerjoin(Application, Application.case_id == Case.id)
        .outerjoin(User, User.id == Report.changed_by)
        .outerjoin(auditor, auditor.id == Report.auditor_document_id)
        .outerjoin(accounts, accounts.id == Report.accounts_document_id)
        .options(contains_eager(Case.party))
        .where(where)
    )
    found = db.session.execute(query).one_or_none()
    if found is None:
        return None
    report, case, award, application, changed_by, statement, signed, paid_ore = found
    settled = report.status not in OPEN_TO_RECIPIENT
    return Read(
        report,
        case,
        award,
        application,
        changed_by or "",
        statement,
        signed,
        lines_of(report.id),
        answers_of(application.id) if application else {},
        rules_of(case.rule_version_id),
        report.received_ore if settled else int(paid_ore),
    )


def case_of(report_id: int) -> int:
    """Its case, to be locked before the report. Raises NoResultFound."""
    return db.session.scalars(sa.select(Report.case_id).where(Report.id == report_id)).one()


def lines_of(report_id: int) -> Sequence[ReportLine]:
    """The accounts, in order."""
    query = sa.select(ReportLine).where(ReportLine.report_id == report_id).order_by(ReportLine.position)
    return db.session.scalars(query).all()


def answers_of(application_id: int) -> dict[str, Any]:
    """What the application answered, by question code."""
    query = sa.select(ApplicationAnswer.question_code, ApplicationAnswer.value).where(
        ApplicationAnswer.application_id == application_id
    )
    return {row.question_code: row.value for row in db.session.execute(query)}


def locked(report_id: int) -> Report:
    """The report as it is now, locked until the transaction ends; its case is locked first where both are needed."""
    query = sa.select(Report).where(Report.id == report_id).with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(query).one()


_LISTED = _OF_CASE.options(
    load_only(
        *(Report.public_id, Report.case_id, Report.kind, Report.year, Report.due_on, Report.lacking_by_on),
        *(Report.status, Report.delivered_at, Report.late, Report.used_ore, Report.conclusion),
    )
)


def listed_of(case_id: int) -> Sequence[Report]:
    """The same to be listed: what is answered in them, and whose hands they have had, is read if it is asked for."""
    return db.session.scalars(_LISTED, {"asked": case_id}).all()


def reports_of(case_id: int) -> Sequence[Report]:
    """The reports on a case, oldest first."""
    return db.session.scalars(_OF_CASE, {"asked": case_id}).all()


def award_ore(award_id: int) -> int:
    """What was granted, in øre."""
    return db.session.scalars(sa.select(Award.amount_ore).where(Award.id == award_id)).one()
