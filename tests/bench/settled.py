"""What comes after the decision, for the loaded cases: awards, plans, payments, reports; most of them long settled."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.assessments.models import Recommendation
from app.awards.models import Award, Decision, Instalment
from app.budget.models import LedgerEntry
from app.cases.workflow import Status
from app.db import db, writing
from app.dispatch.models import Outgoing
from app.parties.models import BankAccount, Party
from app.payables.models import PaymentBasis
from app.payouts.models import Payable, PayoutList
from app.reports.models import Report
from app.rules.domain import ReportKind
from app.values.clock import local_date, system_now
from tests import factories
from tests.bench import settled_rows as rows

# So many of the newest cases are under way, whatever the size; what is older is paid and reported.
UNDER_WAY = 240
_IN_ORDER = (
    Recommendation,
    Decision,
    LedgerEntry,
    Award,
    Outgoing,
    Instalment,
    PaymentBasis,
    PayoutList,
    Payable,
    Report,
)
GRANTED = (Status.GRANTED, Status.PARTLY_GRANTED)


class Settled:
    """Gives the cases what follows a grant. People and rules must be there."""

    def __init__(self, newest: int) -> None:
        self.keys = {n: factories.user(n).id for n in ("lead", "decider", "finance1", "finance2", "demovik")}
        self.frame, self.frame_now = factories.frame(), factories.frame(year=local_date(system_now()).year)
        _accounts(self.keys)
        self.newest = newest
        self.lists: set[date] = set()

    def insert(self, cases: Iterable[dict[str, Any]]) -> None:
        """Table by table, in the order they rest on each other."""
        kept: dict[Any, list[dict[str, Any]]] = {}
        for model, row in self._rows(cases):
            kept.setdefault(model, []).append(row)
        with as_restored():
            for model in _IN_ORDER:
                if model in kept:
                    db.session.execute(sa.insert(model.__table__), kept[model])

    def _rows(self, cases: Iterable[dict[str, Any]]) -> Iterator[tuple[Any, dict[str, Any]]]:
        for case in cases:
            if case["status"] is Status.RECOMMENDED or case["status"] in GRANTED:
                yield Recommendation, rows.recommendation_row(case, self.keys)
            if case["status"] in GRANTED:
                yield from self._granted(case, old=case["id"] < self.newest - UNDER_WAY)

    def _granted(self, case: dict[str, Any], *, old: bool) -> Iterator[tuple[Any, dict[str, Any]]]:
        at: datetime = case["submitted_at"] + timedelta(days=60)
        account, frame = case["party_id"], self.frame if old else self.frame_now
        yield Decision, rows.decision_row(case, self.keys, at)
        yield LedgerEntry, rows.commitment_row(case, self.keys, frame, at)
        yield Award, rows.award_row(case, self.keys, account, at, old=old)
        yield Outgoing, rows.letter_row(case, at)
        for nr, of_report in enumerate((None, ReportKind.STATUS), start=1):
            yield Instalment, rows.instalment_row(case, nr, of_report)
            yield PaymentBasis, rows.basis_row(case, nr, of_report, self.keys, account, at, old=old)
            if old or of_report is None:
                yield from self._paid(case, nr, at, old=old)
        yield Report, rows.report_row(case, self.keys, at, old=old)

    def _paid(self, case: dict[str, Any], nr: int, at: datetime, *, old: bool) -> Iterator[tuple[Any, dict[str, Any]]]:
        pay_on = (at + timedelta(days=40 * nr)).date().replace(day=20)
        if old and pay_on not in self.lists:
            self.lists.add(pay_on)
            yield PayoutList, rows.list_row(pay_on, self.keys)
        of = (self.frame if old else self.frame_now, case["party_id"])
        yield Payable, rows.payable_row(case, nr, self.keys, of, at, pay_on if old else None)


@contextmanager
def as_restored() -> Iterator[None]:
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


def _accounts(keys: dict[str, int]) -> None:
    """Each organisation has one, with its own key."""
    with writing():
        made = [rows.account_row(party_id, keys, factories.AT) for party_id in db.session.scalars(sa.select(Party.id))]
        db.session.execute(sa.insert(BankAccount.__table__), made)  # type: ignore[arg-type]
