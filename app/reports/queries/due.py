"""When reports are due: how each recipient heard of the date, when they must act, and which have not come."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.awards.models import Award, Decision
from app.db import db
from app.dispatch.models import Outgoing
from app.dispatch.queries import told_all
from app.reports.domain import review_by
from app.reports.domain.reminders import Told
from app.reports.models import Report
from app.reports.workflow import NOT_DELIVERED, SETTLED, Status
from app.rules.domain import ReportKind, Rules
from app.values.clock import local_date
from app.values.deadlines import report_due_on

# The kind of the notice that asks for what a report lacks; its key is «report:<id>:lacking:<version>».
LACKING = "report_lacking"


def not_come(due_by: date) -> list[int]:
    """Reports not delivered and due by this day, those due first first."""
    query = (
        sa.select(Report.id, Report.due_on)
        .where(Report.status.in_(NOT_DELIVERED), Report.due_on <= due_by)
        .order_by(Report.due_on, Report.id)
    )
    return [row.id for row in db.session.execute(query)]


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
