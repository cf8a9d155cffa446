"""What follows the application of the case in `whole_case`: two assessments, the grant, what is sent, the reports."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import letters
from app.assessments.models import Assessment, BudgetCut, Recommendation, Score
from app.awards.models import Award, Decision, Instalment
from app.awards.workflow import Status as AwardStatus
from app.budget.domain import EntryKind
from app.budget.models import LedgerEntry
from app.db import reference
from app.dispatch.models import Outgoing
from app.documents.models import Document
from app.payables.models import PaymentBasis
from app.payouts.models import Payable, PayoutList
from app.reports.models import Report
from app.reports.workflow import Status as ReportStatus
from app.rules.domain import ReportKind
from tests import letter_samples
from tests.bench import settled_rows as rows
from tests.bench import whole_texts as texts
from tests.bench.settled import Settled

AT = datetime(2025, 1, 24, 13, 0, tzinfo=UTC)
DECIDED = AT + timedelta(days=60)
APPLIED_ORE = 5_000_000_00
Rows = Iterator[tuple[Any, dict[str, Any]]]


def assessed(case: dict[str, Any], keys: dict[str, int]) -> Rows:
    """By two; the one who recommended is the one whose sheet counts."""
    for nr, (name, weighted) in enumerate((("officer1", 410), ("lead", 455))):
        at = AT + timedelta(days=40 + nr)
        key = {"assessment_id": case["id"] + nr}
        yield (
            Assessment,
            {
                "id": case["id"] + nr,
                "case_id": case["id"],
                "assessor_id": keys[name],
                "version": 4,
                "requirements": texts.REQUIREMENTS,
                "proposed_ore": APPLIED_ORE,
                "weighted": weighted,
                "internal_note": "",
                "changed_at": at,
                "finished_at": at,
            },
        )
        for criterion, (points, reason) in texts.SCORES.items():
            yield Score, {**key, "criterion": criterion, "points": points, "reason": reason}
        for place, (_code, text, ore) in enumerate(texts.BUDGET):
            yield BudgetCut, {**key, "position": place, "proposed_ore": ore, "why": f"Etter dagens satser: {text}."}
    yield Recommendation, {**rows.recommendation_row(case, keys), **texts.PROPOSAL}


def told(case: dict[str, Any]) -> Rows:
    """What is sent on the case, and its documents: two letters with their composed text, and what was laid in."""
    facts = json.loads(letters.to_json(letter_samples.award()))
    blocks = letters.keep(letters.compose(letter_samples.award()))
    for nr, (kind, days, title) in enumerate(texts.DOCUMENTS):
        sent = kind in ("receipt", "decision")
        yield (
            Document,
            {
                "id": case["id"] + nr,
                "public_id": f"bench-whole-{nr}",
                "case_id": case["id"],
                "scope": "case",
                "direction": "U" if sent else "I",
                "kind": kind,
                "title": title,
                "filename": f"{kind}-{nr}.pdf",
                "sha256": "0" * 64,
                "language": "nb",
                "to_party": True,
                "made_at": AT + timedelta(days=days),
            },
        )
    for nr, (kind, days, subject, name) in enumerate(texts.SENT):
        composed = {"letter": "award", "facts": facts, "blocks": blocks, "document_id": case["id"] + nr}
        key = reference(name, case["id"])
        yield (
            Outgoing,
            {
                **rows.letter_row(case, AT + timedelta(days=days)),
                "id": case["id"] + nr,
                "public_id": f"bench-whole-{nr}",
                "key": key,
                "kind": kind,
                "subject": subject,
                **(composed if kind in ("receipt", "decision") else {}),
            },
        )


def granted(case: dict[str, Any], keys: dict[str, int], following: Settled) -> Rows:
    """Accepted, the first part paid and the second on its way."""
    facts = json.loads(letters.to_json(letter_samples.award()))
    frame, account, paid_on = following.frame, case["party_id"], date(2025, 4, 20)
    yield Decision, {**rows.decision_row(case, keys, DECIDED), "letter_facts": facts}
    yield LedgerEntry, rows.commitment_row(case, keys, frame, DECIDED)
    yield Award, rows.award_row(case, keys, account, DECIDED, old=True) | {"status": AwardStatus.PARTLY_PAID}
    for nr, of_report in enumerate((None, ReportKind.STATUS), start=1):
        yield Instalment, rows.instalment_row(case, nr, of_report)
        yield PaymentBasis, rows.basis_row(case, nr, of_report, keys, account, DECIDED, old=True)
    if paid_on not in following.lists:
        yield PayoutList, rows.list_row(paid_on, keys)
    yield Payable, rows.payable_row(case, 1, keys, (frame, account), DECIDED, paid_on)
    yield Payable, rows.payable_row(case, 2, keys, (frame, account), DECIDED, None)
    paid = {"kind": EntryKind.PAYMENT, "amount_ore": APPLIED_ORE // 2, "by_id": keys["finance2"]}
    ref = reference("instalment", case["id"] * 2 + 1)
    yield LedgerEntry, {**rows.commitment_row(case, keys, frame, DECIDED), **paid, "id": case["id"] + 1, "ref": ref}


def reported(case: dict[str, Any], keys: dict[str, int]) -> Rows:
    """The status report approved, the year's delivered and not controlled."""
    first = rows.report_row(case, keys, DECIDED, old=True)
    yield Report, {**first, "used_ore": 1_950_000_00, "answers": texts.ANSWERS}
    open_to = dict.fromkeys(("reviewed_by", "reviewed_at", "conclusion"))
    yield (
        Report,
        {
            **first,
            **open_to,
            "id": case["id"] + 1,
            "public_id": "bench-whole-2",
            "kind": ReportKind.YEAR,
            "conclusion_reason": "",
            "cutoff_on": date(2025, 12, 31),
            "due_on": date(2026, 4, 1),
            "status": ReportStatus.DELIVERED,
            "used_ore": 4_800_000_00,
            "answers": texts.ANSWERS,
            "delivered_at": datetime(2026, 4, 3, 9, 0, tzinfo=UTC),
            "late": True,
        },
    )
