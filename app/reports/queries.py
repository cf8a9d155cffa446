"""Reading reports: one with all that stands on its page, those of a case or an organisation, and the steps offered."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from app.access.domain import Actor, Permission
from app.access.models import User
from app.applications.models import Application, ApplicationAnswer
from app.awards.models import Award, Decision
from app.budget.domain import EntryKind
from app.budget.models import LedgerEntry
from app.cases.models import Case
from app.cases.queries import on_case, seen_by
from app.db import db
from app.dispatch.models import Outgoing
from app.dispatch.queries import told_all
from app.documents.models import Document
from app.flow import Offer, why_not
from app.reports.domain import Line, Snapshot, review_by, unused_ore, used_ore
from app.reports.domain.reminders import Told
from app.reports.models import Report, ReportLine
from app.reports.workflow import REPORT, Status, Step
from app.rules.domain import ReportKind, Rules
from app.rules.queries import rules_of
from app.values.clock import local_date
from app.values.deadlines import report_due_on

MOST = 200
OPEN_TO_RECIPIENT = (Status.NOT_STARTED, Status.STARTED, Status.LACKING)
# The kind of the notice that asks for what a report lacks; its key is «report:<id>:lacking:<version>».
LACKING = "report_lacking"
SETTLED = (Status.APPROVED, Status.NOT_APPROVED)


@dataclass(frozen=True)
class Read:
    """A report with its case, award, promise and accounts, and the rules that hold for it."""

    report: Report
    case: Case
    award: Award
    application: Application | None
    changed_by: str
    auditor_document: Document | None
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


def facts_of(line: ReportLine) -> Line:
    """The row as the judgement sees it."""
    return Line(line.position, line.text, line.budget_ore, line.used_ore, line.explanation)


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
    query = (
        sa.select(Report, Case, Award, Application, User.name, Document, paid)
        .join(Case, Case.id == Report.case_id)
        .join(Case.party)
        .join(Award, Award.id == Report.award_id)
        .outerjoin(Application, Application.case_id == Case.id)
        .outerjoin(User, User.id == Report.changed_by)
        .outerjoin(Document, Document.id == Report.auditor_document_id)
        .options(contains_eager(Case.party))
        .where(where)
    )
    found = db.session.execute(query).one_or_none()
    if found is None:
        return None
    report, case, award, application, changed_by, document, paid_ore = found
    settled = report.status not in OPEN_TO_RECIPIENT
    return Read(
        report,
        case,
        award,
        application,
        changed_by or "",
        document,
        lines_of(report.id),
        answers_of(application.id) if application else {},
        rules_of(case.rule_version_id),
        report.received_ore if settled else int(paid_ore),
    )


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


def told_on(report_ids: Collection[int]) -> dict[int, Told]:
    """How the recipients heard of these reports' dates: two reads, in slices."""
    found: dict[int, Told] = {}
    ordered = sorted(report_ids)
    for start in range(0, len(ordered), 500):
        some = ordered[start : start + 500]
        words = {f"report:{each}:told" for each in some}
        query = sa.select(Outgoing.key, Outgoing.sent_at).where(Outgoing.key.in_(words))
        notices = {row.key: row.sent_at for row in db.session.execute(query)}
        accepted = (
            sa.select(Report.id, Report.kind, Report.due_on, Award.accepted_at, Decision.letter_facts)
            .join(Award, Award.id == Report.award_id)
            .join(Decision, Decision.id == Award.decision_id)
            .where(Report.id.in_(some))
        )
        for report_id, kind, due_on, accepted_at, facts in db.session.execute(accepted):
            key = f"report:{report_id}:told"
            in_letter = accepted_at is not None and _tells(facts, kind, due_on, local_date(accepted_at))
            sent_at = notices.get(key)
            found[report_id] = Told(
                due_on,
                local_date(accepted_at) if in_letter else None,
                key in notices,
                local_date(sent_at) if sent_at else None,
            )
    return found


def _tells(facts: Mapping[str, Any], kind: ReportKind, due_on: date, accepted_on: date) -> bool:
    """Whether a letter's frozen facts tell of this report and date, and did while it was to come."""
    reports = facts.get("grant", {}).get("reports", ())
    told = (kind.value, due_on.isoformat()) in {(each["kind"], each["due_on"]) for each in reports}
    return told and report_due_on(due_on, accepted_on) == due_on


def act_by(reports: Collection[Report]) -> dict[int, date | None]:
    """The day each recipient must act by. What they were asked for has its own, counted from when they were told; None
    while they are not. At most two reads.
    """
    lacking = {report.id: report for report in reports if report.status is Status.LACKING}
    keys = _asked_with(lacking.values())
    told = told_all(list(keys.values()))

    def day(report: Report) -> date | None:
        if report.id not in lacking or report.lacking_by_on is None:
            return report.due_on
        return told[keys[report.id]].counted(report.lacking_by_on) if report.id in keys else report.lacking_by_on

    return {report.id: day(report) for report in reports}


def next_day(reports: Collection[Report], rules: Rules) -> dict[int, date | None]:
    """The day that counts now, as the house sees it: the recipient's while they owe it, then ours; none at the end."""
    owed = act_by([report for report in reports if report.is_owed])
    return {report.id: owed.get(report.id) or control_by(report, rules) for report in reports}


def control_by(report: Report, rules: Rules) -> date | None:
    """The day the house must have controlled it by, while it lies here."""
    if report.is_owed or report.status in SETTLED or report.delivered_at is None:
        return None
    return review_by(local_date(report.delivered_at), rules)


def _asked_with(lacking: Collection[Report]) -> dict[int, str]:
    """The key of the newest notice of what each of these reports lacks."""
    if not lacking:
        return {}
    about = {f"report:{report.id}:lacking": report.id for report in lacking}
    query = sa.select(Outgoing.key).where(
        Outgoing.case_id.in_({report.case_id for report in lacking}), Outgoing.kind == LACKING
    )
    rows = db.session.scalars(query.order_by(Outgoing.id))
    return {about[name]: key for key in rows if (name := key.rpartition(":")[0]) in about}


def reports_of(case_id: int) -> Sequence[Report]:
    """The reports on a case, oldest first."""
    return db.session.scalars(
        sa.select(Report).where(Report.case_id == case_id).order_by(Report.cutoff_on, Report.id).limit(MOST)
    ).all()


def offers(case: Case, actor: Actor, at: datetime) -> list[Offer]:
    """The steps this person has on the case's reports, open or closed with every reason."""
    del at
    if actor.is_internal and not actor.may(Permission.REVIEW_REPORT):
        return []
    waiting = [report for report in reports_of(case.id) if report.status not in SETTLED]
    if not actor.is_internal:
        mine = [report for report in waiting if report.status in OPEN_TO_RECIPIENT]
        return [_own_offer(report, actor) for report in mine if report.party_id in actor.party_ids]
    # What the recipient has not delivered yet is no step of the officer's.
    at_hand = [report for report in waiting if report.status not in OPEN_TO_RECIPIENT]
    return [offer for report in at_hand for offer in officer_offers(report, case, actor)]


def _own_offer(report: Report, actor: Actor) -> Offer:
    """Writing is open to more than signing, so the step shown is the next one."""
    step = Step.START if report.status is Status.NOT_STARTED else Step.DELIVER
    reasons = why_not(REPORT, step, report.standing(), actor)
    return Offer(step, tuple(reasons), "reports.edit", {"public_id": report.public_id}, about=report.name)


def officer_offers(report: Report, case: Case, actor: Actor) -> list[Offer]:
    """Take it first; what can be concluded comes after."""
    standing = on_case(report.standing(), report.case_id, actor)
    values = {"number": case.number or "", "public_id": report.public_id}
    if report.status is not Status.IN_REVIEW:
        reasons = why_not(REPORT, Step.TAKE, standing, actor)
        return [Offer(Step.TAKE, tuple(reasons), "reports.review", values, about=report.name)]
    return [
        Offer(step, tuple(why_not(REPORT, step, standing, actor)), "reports.review", values, about=report.name)
        for step in (Step.APPROVE, Step.ASK, Step.REJECT)
    ]


def award_ore(award_id: int) -> int:
    """What was granted, in øre."""
    return db.session.scalars(sa.select(Award.amount_ore).where(Award.id == award_id)).one()
