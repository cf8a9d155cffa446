"""What comes after the decision, for the loaded cases: awards, plans, payments, reports; most of them long settled."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.assessments.models import Outcome, Recommendation
from app.awards.models import Award, Decision, Instalment
from app.awards.workflow import Status as AwardStatus
from app.cases.workflow import Status
from app.db import db, writing
from app.parties import actions as parties
from app.payouts.models import Payable, PayoutList
from app.payouts.workflow import Status as PayableStatus
from app.reports.domain import Goal
from app.reports.models import Report
from app.reports.workflow import Status as ReportStatus
from app.rules.domain import ReportKind, Trigger
from tests import factories

# So many of the newest cases are under way, whatever the size; what is older is paid and reported.
UNDER_WAY = 240
GRANTED = (Status.GRANTED, Status.PARTLY_GRANTED)


class Settled:
    """Gives the cases what follows a grant. People and rules must be there."""

    def __init__(self, newest: int) -> None:
        self.keys = {n: factories.user(n).id for n in ("lead", "decider", "finance1", "finance2", "demovik")}
        self.frame, self.account = factories.frame(), _account()
        self.newest = newest
        self.lists: set[date] = set()

    def insert(self, cases: Iterable[dict[str, Any]]) -> None:
        """Table by table, in the order they rest on each other."""
        kept: dict[Any, list[dict[str, Any]]] = {}
        for model, row in self._rows(cases):
            kept.setdefault(model, []).append(row)
        with _as_restored():
            for model in (Recommendation, Decision, Award, Instalment, PayoutList, Payable, Report):
                if model in kept:
                    db.session.execute(sa.insert(model.__table__), kept[model])

    def _rows(self, cases: Iterable[dict[str, Any]]) -> Iterator[tuple[Any, dict[str, Any]]]:
        for case in cases:
            if case["status"] is Status.RECOMMENDED or case["status"] in GRANTED:
                yield Recommendation, _recommendation(case, self.keys)
            if case["status"] in GRANTED:
                yield from self._granted(case, old=case["id"] < self.newest - UNDER_WAY)

    def _granted(self, case: dict[str, Any], *, old: bool) -> Iterator[tuple[Any, dict[str, Any]]]:
        at: datetime = case["submitted_at"] + timedelta(days=60)
        yield Decision, _decision(case, self.keys, at)
        yield Award, _award(case, self.keys, self.account, at, old=old)
        for nr, of_report in enumerate((None, ReportKind.STATUS), start=1):
            yield Instalment, _instalment(case, nr, of_report)
            if old or of_report is None:
                yield from self._paid(case, nr, at, old=old)
        yield Report, _report(case, self.keys, at, old=old)

    def _paid(self, case: dict[str, Any], nr: int, at: datetime, *, old: bool) -> Iterator[tuple[Any, dict[str, Any]]]:
        pay_on = (at + timedelta(days=40 * nr)).date().replace(day=20)
        if old and pay_on not in self.lists:
            self.lists.add(pay_on)
            yield PayoutList, _list(pay_on, self.keys)
        yield Payable, _payable(case, nr, self.keys, (self.frame, self.account), at, pay_on if old else None)


@contextmanager
def _as_restored() -> Iterator[None]:
    """As a copy is read back: a payable is born paid, which its triggers let no verb do."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(sa.text("SET LOCAL session_replication_role = replica"))
        yield
        db.session.execute(sa.text("SET LOCAL session_replication_role = origin"))
        return
    there = db.session.execute(
        sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'payable'")
    ).all()
    for name, _ in there:
        db.session.execute(sa.text(f"DROP TRIGGER {name}"))
    yield
    for _, written in there:
        db.session.connection().exec_driver_sql(written)


def _account() -> int:
    from app.parties.queries import by_orgnr

    bergen = by_orgnr("964338531")
    assert bergen is not None
    person = factories.acting("bergen")
    with writing():
        made = parties.give_account(bergen.id, "12345600009", by=person, at=factories.AT)
        parties.confirm_account(made, by=person, at=factories.AT)
        return made.id


def _half(case: dict[str, Any]) -> int:
    return int(case["applied_ore"]) // 2


def _recommendation(case: dict[str, Any], keys: dict[str, int]) -> dict[str, Any]:
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


def _decision(case: dict[str, Any], keys: dict[str, int], at: datetime) -> dict[str, Any]:
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


def _award(case: dict[str, Any], keys: dict[str, int], account: int, at: datetime, *, old: bool) -> dict[str, Any]:
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
        "demo_fields": [],
    }


def _instalment(case: dict[str, Any], nr: int, of_report: ReportKind | None) -> dict[str, Any]:
    return {
        "id": case["id"] * 2 + nr,
        "award_id": case["id"],
        "nr": nr,
        "of": 2,
        "amount_ore": _half(case),
        "trigger": Trigger.REPORT_APPROVED if of_report else Trigger.ACCEPTANCE,
        "report": of_report,
    }


def _list(pay_on: date, keys: dict[str, int]) -> dict[str, Any]:
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


def _payable(
    case: dict[str, Any], nr: int, keys: dict[str, int], of: tuple[int, int], at: datetime, pay_on: date | None
) -> dict[str, Any]:
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
        "instalment_id": case["id"] * 2 + nr,
        "party_id": case["party_id"],
        "account_id": account,
        "amount_ore": _half(case),
        "due_on": (at + timedelta(days=40 * nr)).date(),
        "text": "Tilskudd",
        "version": 1,
        "made_at": at,
        **(paid if pay_on else dict.fromkeys(paid) | {"status": PayableStatus.READY}),
    }


def _report(case: dict[str, Any], keys: dict[str, int], at: datetime, *, old: bool) -> dict[str, Any]:
    due: date = date(case["year"], 9, 15) if old else at.date() + timedelta(days=90)
    settled = {
        "status": ReportStatus.APPROVED,
        "delivered_by": keys["demovik"],
        "delivered_at": at + timedelta(days=100),
        "reviewed_by": keys["lead"],
        "reviewed_at": at + timedelta(days=110),
        "conclusion": Goal.REACHED,
        "conclusion_reason": "Målet er nådd.",
    }
    return {
        "id": case["id"],
        "public_id": f"bench-{case['id']}",
        "award_id": case["id"],
        "case_id": case["id"],
        "party_id": case["party_id"],
        "kind": ReportKind.STATUS,
        "year": case["year"],
        "cutoff_on": due - timedelta(days=15),
        "due_on": due,
        "version": 1,
        "received_ore": _half(case),
        "answers": {},
        "late": False,
        "demo": False,
        **(settled if old else dict.fromkeys(settled) | {"status": ReportStatus.NOT_STARTED, "conclusion_reason": ""}),
    }
