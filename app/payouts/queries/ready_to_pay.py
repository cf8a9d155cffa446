"""What may be paid and has no live payable yet, and what waits for clearance."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.budget.models import Frame, LedgerEntry
from app.cases.models import Case
from app.compensation.models import GpAgreement
from app.db import db
from app.flow import Reason
from app.parties.models import BankAccount
from app.payables.models import PaymentBasis
from app.payouts.kinds import named
from app.payouts.models import Payable
from app.payouts.workflow import WAITS_FOR

BATCH = 100


@dataclass(frozen=True)
class Held:
    """A sum that is released, but falls in another budget year than its frame (domain J.1.7)."""

    case_number: str
    party_name: str
    what: Reason
    amount_ore: int
    frame_year: int


def may_be_paid() -> sa.ColumnElement[bool]:
    """Whether money may still go out on the case: a sum that has not lapsed and is not paid, or an agreement.

    An agreement has no end of its own (a claim may come late): it is over when its cap is used and paid.
    """
    return sa.or_(*(query.where(case_id == Case.id).exists() for query, case_id, _ in _may_be_paid()))


def may_be_paid_of(party_ids: Collection[int]) -> list[sa.Select[int]]:
    """The cases of these organisations where it may, by what makes it so."""
    return [query.where(party_id.in_(party_ids)) for query, _, party_id in _may_be_paid()]


def _may_be_paid() -> list[tuple[sa.Select[int], Any, Any]]:
    """Of each thing that makes it so: the cases, and its columns of the case and the organisation."""
    basis, agreement, line = PaymentBasis, GpAgreement, Payable
    return [
        (sa.select(basis.case_id).where(~basis.taken, ~basis.lapsed), basis.case_id, basis.party_id),
        (
            sa.select(agreement.case_id).where(agreement.claimed_ore < agreement.cap_ore),
            agreement.case_id,
            agreement.payee_id,
        ),
        (sa.select(line.case_id).where(line.status.in_(list(WAITS_FOR))), line.case_id, line.party_id),
    ]


def takes_account(case_id: int) -> bool:
    """Whether the recipient may give another number on the case: it is accepted or agreed, and money may still go out.

    Before the acceptance the number is given with it.
    """
    awaiting = sa.exists().where(
        PaymentBasis.case_id == Case.id, PaymentBasis.accepted_at.is_(None), ~PaymentBasis.lapsed
    )
    query = sa.select(sa.exists().where(Case.id == case_id, may_be_paid(), ~awaiting))
    return db.session.scalar(query) is True


def _ready(today: date, *columns: Any) -> sa.Select[Any]:
    return (
        sa.select(*columns)
        .select_from(PaymentBasis)
        .join(LedgerEntry, LedgerEntry.id == PaymentBasis.commitment_id)
        .join(Frame, Frame.id == LedgerEntry.frame_id)
        .where(
            PaymentBasis.released_at.is_not(None),
            sa.or_(PaymentBasis.from_on.is_(None), PaymentBasis.from_on <= today),
            ~PaymentBasis.taken,
            ~PaymentBasis.stopped,
            ~PaymentBasis.lapsed,
        )
        .order_by(PaymentBasis.id)
    )


def ready_to_pay(today: date) -> Sequence[tuple[int, int]]:
    """(basis, case) of those to make payable now, oldest first."""
    query = _ready(today, PaymentBasis.id, PaymentBasis.case_id).where(Frame.year == today.year).limit(BATCH)
    return [(basis_id, case_id) for basis_id, case_id in db.session.execute(query)]


def ready(basis_id: int, today: date) -> tuple[PaymentBasis, Frame] | None:
    """The basis and the frame it is paid from, if it still may be paid."""
    query = _ready(today, PaymentBasis, Frame).where(PaymentBasis.id == basis_id, Frame.year == today.year)
    row = db.session.execute(query.execution_options(populate_existing=True)).first()
    return (row[0], row[1]) if row else None


def held(today: date) -> list[Held]:
    """Released sums that wait for clearance of another budget year."""
    query = (
        _ready(today, PaymentBasis, Case, Frame.year)
        .join(Case, Case.id == PaymentBasis.case_id)
        .where(Frame.year != today.year)
        .limit(BATCH)
    )
    return [
        Held(case.number or "", case.party_name, named(basis), basis.amount_ore, year)
        for basis, case, year in db.session.execute(query)
    ]


def usable_account(party_id: int, accepted_id: int) -> int:
    """The account to pay to: a newer one that is controlled by call-back, else the one that was accepted."""
    query = (
        sa.select(BankAccount.id)
        .where(
            BankAccount.party_id == party_id,
            BankAccount.id > accepted_id,
            BankAccount.controlled_at.is_not(None),
            BankAccount.closed_at.is_(None),
        )
        .order_by(BankAccount.id.desc())
        .limit(1)
    )
    return db.session.scalar(query) or accepted_id
