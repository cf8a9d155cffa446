"""The rows of a granted case, table by table, as plain facts."""

from datetime import date, datetime, timedelta
from typing import Any

from stdnum.no import kontonr

from app.assessments.models import Outcome
from app.awards.workflow import Status as AwardStatus
from app.budget.domain import EntryKind
from app.cases.workflow import Status
from app.db.reference import reference
from app.dispatch.workflow import Status as Sending
from app.payouts.workflow import Status as PayableStatus
from app.reports.domain import Goal
from app.reports.workflow import Status as ReportStatus
from app.rules.domain import ReportKind, Trigger
from tests import factories


def _half(case: dict[str, Any]) -> int:
    return int(case["applied_ore"]) // 2


def recommendation_row(case: dict[str, Any], keys: dict[str, int]) -> dict[str, Any]:
    """A proposal that stands or is decided."""
    return {
        "id": case["id"],
        "case_id": case["id"],
        "outcome": Outcome.GRANT,
        "amount_ore": case["applied_ore"],
        "purpose": "Ta i bruk løsningen.",
        "facts": "Søknaden er fullstendig.",
        "reasons": "Nytten er stor.",
        "conditions": [],
        "recommended_by": keys["lead"],
        "recommended_at": case["submitted_at"] + timedelta(days=50),
        "closed_at": None if case["status"] is Status.RECOMMENDED else case["submitted_at"] + timedelta(days=60),
    }


def decision_row(case: dict[str, Any], keys: dict[str, int], at: datetime) -> dict[str, Any]:
    """The decision of the proposal."""
    return {
        "id": case["id"],
        "case_id": case["id"],
        "recommendation_id": case["id"],
        "rule_version_id": case["rule_version_id"],
        "outcome": Outcome.GRANT,
        "amount_ore": case["applied_ore"],
        "recommended_by": keys["lead"],
        "decided_by": keys["decider"],
        "decided_at": at,
        "letter": "award",
        "letter_facts": {},
        "letter_hash": "bench",
        "text_version": 1,
        "law_regime": "1967",
        "language": "nb",
        "language_rule": "default",
    }


def award_row(case: dict[str, Any], keys: dict[str, int], account: int, at: datetime, *, old: bool) -> dict[str, Any]:
    """The grant; paid when it is old."""
    return {
        "id": case["id"],
        "public_id": f"bench-{case['id']}",
        "decision_id": case["id"],
        "case_id": case["id"],
        "party_id": case["party_id"],
        "amount_ore": case["applied_ore"],
        "partial": False,
        "status": AwardStatus.PAID if old else AwardStatus.ACCEPTED,
        "version": 1,
        "accept_by_on": at.date() + timedelta(days=21),
        "accepted_by": keys["demovik"],
        "accepted_at": at + timedelta(days=5),
        "account_id": account,
        "public_year": case["year"],
        "public_sort": case["party_sort"],
        "demo_fields": [],
    }


def letter_row(case: dict[str, Any], at: datetime) -> dict[str, Any]:
    """The decision's letter, sent the same day."""
    return {
        "id": case["id"],
        "public_id": f"bench-{case['id']}",
        "key": reference("decision", case["id"]),
        "case_id": case["id"],
        "party_id": case["party_id"],
        "kind": "decision",
        "language": "nb",
        "address": "post@example.invalid",
        "subject": f"Vedtak i sak {case['number']}",
        "body": "Vi har gjort vedtak i saken. Brevet ligger på siden deres.",
        "text_version": 1,
        "status": Sending.SENT,
        "version": 1,
        "attempts": 1,
        "uncertain": False,
        "last_error": "",
        "not_before": at,
        "queued_at": at,
        "sent_at": at,
    }


def account_row(party_id: int, keys: dict[str, int], at: datetime) -> dict[str, Any]:
    """The organisation's number, controlled by a second person; one in twenty-five is not yet."""
    controlled = party_id % 25 != 0
    return {
        "id": party_id,
        "party_id": party_id,
        "account_no": next(no for last in range(100) if kontonr.is_valid(no := f"1{party_id:08d}{last:02d}")),
        "registered_by": keys["demovik"],
        "registered_at": at,
        "controlled_by": keys["finance2"] if controlled else None,
        "controlled_at": at if controlled else None,
        "control_note": "Ringte." if controlled else "",
    }


def instalment_row(case: dict[str, Any], nr: int, of_report: ReportKind | None) -> dict[str, Any]:
    """One of two parts."""
    return {
        "id": case["id"] * 2 + nr,
        "award_id": case["id"],
        "nr": nr,
        "of": 2,
        "amount_ore": _half(case),
        "trigger": Trigger.REPORT_APPROVED if of_report else Trigger.ACCEPTANCE,
        "report": of_report,
    }


def commitment_row(case: dict[str, Any], keys: dict[str, int], frame: int, at: datetime) -> dict[str, Any]:
    """The sum bound in the ledger."""
    return {
        "id": case["id"],
        "frame_id": frame,
        "case_id": case["id"],
        "kind": EntryKind.COMMITMENT,
        "amount_ore": case["applied_ore"],
        "ref": reference("decision", case["id"]),
        "at": at,
        "by_id": keys["decider"],
    }


def basis_row(
    case: dict[str, Any],
    nr: int,
    of_report: ReportKind | None,
    keys: dict[str, int],
    account: int,
    at: datetime,
    *,
    old: bool,
) -> dict[str, Any]:
    """What is to be paid of a part."""
    accepted = at + timedelta(days=5)
    return {
        "id": case["id"] * 2 + nr,
        "ref": reference("instalment", case["id"] * 2 + nr),
        "case_id": case["id"],
        "party_id": case["party_id"],
        "commitment_id": case["id"],
        "amount_ore": _half(case),
        "nr": nr,
        "of": 2,
        "decided_by": keys["decider"],
        "letter_key": reference("decision", case["id"]),
        "promise_no": f"bench-{case['id']}",
        "decision_no": f"{case['number']}-V1",
        "text": "Tilskudd",
        "agreed": False,
        "trigger": Trigger.REPORT_APPROVED if of_report else Trigger.ACCEPTANCE,
        "report": of_report,
        "accepted_by": keys["demovik"],
        "accepted_at": accepted,
        "account_id": account,
        "released_at": accepted if old or of_report is None else None,
        "stopped": False,
        "lapsed": False,
        "taken": old or of_report is None,
    }


def list_row(pay_on: date, keys: dict[str, int]) -> dict[str, Any]:
    """The list of a pay day."""
    return {
        "id": pay_on.toordinal(),
        "number": f"U{pay_on:%y}-{pay_on.toordinal()}",
        "line_count": 1,
        "sum_ore": 1,
        "control_sum": 1,
        "pay_on": pay_on,
        "authorised_by": keys["finance2"],
        "authorised_at": datetime.combine(pay_on, factories.AT.timetz()),
    }


def payable_row(
    case: dict[str, Any], nr: int, keys: dict[str, int], of: tuple[int, int], at: datetime, pay_on: date | None
) -> dict[str, Any]:
    """A part's payment; paid on `pay_on`, else ready."""
    frame, account = of
    paid = {
        "status": PayableStatus.PAID,
        "attested_by": keys["finance1"],
        "attested_at": at,
        "approved_by": keys["decider"],
        "approved_at": at,
        "authorised_by": keys["finance2"],
        "authorised_at": at,
        "settled_by": keys["finance2"],
        "settled_at": at,
        "paid_on": pay_on,
        "list_id": pay_on.toordinal() if pay_on else None,
        "line_no": case["id"] * 2 + nr,
    }
    return {
        "id": case["id"] * 2 + nr,
        "public_id": f"bench-{case['id']}-{nr}",
        "case_id": case["id"],
        "frame_id": frame,
        "basis_id": case["id"] * 2 + nr,
        "party_id": case["party_id"],
        "account_id": account,
        "amount_ore": _half(case),
        "due_on": (at + timedelta(days=40 * nr)).date(),
        "text": "Tilskudd",
        "version": 1,
        "made_at": at,
        **(paid if pay_on else dict.fromkeys(paid) | {"status": PayableStatus.READY}),
    }


def report_row(case: dict[str, Any], keys: dict[str, int], at: datetime, *, old: bool) -> dict[str, Any]:
    """The status report: approved when it is old; of the newest every third is delivered."""
    due: date = date(case["year"], 9, 15) if old else at.date() + timedelta(days=90)
    delivered = {"delivered_by": keys["demovik"], "delivered_at": at + timedelta(days=100)}
    reviewed = {
        "reviewed_by": keys["lead"],
        "reviewed_at": at + timedelta(days=110),
        "conclusion": Goal.REACHED,
        "conclusion_reason": "Målet er nådd.",
    }
    open_to = {**dict.fromkeys(reviewed), "conclusion_reason": ""}
    if old:
        stage = {"status": ReportStatus.APPROVED, **delivered, **reviewed}
    elif case["id"] % 3 == 0:
        stage = {"status": ReportStatus.DELIVERED, **delivered, **open_to}
    else:
        stage = {"status": ReportStatus.NOT_STARTED, **dict.fromkeys(delivered), **open_to}
    return {
        "id": case["id"],
        "public_id": f"bench-{case['id']}",
        "award_id": case["id"],
        "case_id": case["id"],
        "party_id": case["party_id"],
        "pot_id": case["pot_id"],
        "kind": ReportKind.STATUS,
        "year": case["year"],
        "cutoff_on": due - timedelta(days=15),
        "due_on": due,
        "version": 1,
        "received_ore": _half(case),
        "answers": {},
        "late": False,
        "demo": False,
        **stage,
    }
