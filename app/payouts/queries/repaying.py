"""Reading claims for money back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa

from app.access.domain import Actor
from app.budget.domain import EntryKind
from app.budget.models import LedgerEntry
from app.cases.models import Case
from app.cases.queries import own_answer, seen_by
from app.db import db
from app.flow import Standing
from app.payouts.models import MoneyBack, Payable, Repayment
from app.payouts.workflow import DROPPED, DebtStatus
from app.values.clock import local_date

MOST = 100


@dataclass(frozen=True)
class Claimed:
    """A claim with what has come back on it."""

    claim: Repayment
    back: Sequence[MoneyBack]


def repayments_of(case_id: int) -> list[Claimed]:
    """The claims of a case, newest first, each with what came back. Two reads."""
    query = sa.select(Repayment).where(Repayment.case_id == case_id).order_by(Repayment.id.desc()).limit(MOST)
    claims = db.session.scalars(query).all()
    came = sa.select(MoneyBack).where(MoneyBack.repayment_id.in_([claim.id for claim in claims]))
    parts = db.session.scalars(came.order_by(MoneyBack.id).limit(10 * MOST)).all()
    return [Claimed(claim, [part for part in parts if part.repayment_id == claim.id]) for claim in claims]


@dataclass(frozen=True)
class Owed:
    """A claim that waits, with its case's number and party, and the reader's own answer on the case."""

    claim: Repayment
    number: str
    party: str
    declared: str | None

    def standing(self) -> Standing:
        """What the table of moves judges, the reader's own declaration with it."""
        return replace(self.claim.standing(), declared=self.declared)


def any_open() -> sa.ColumnElement[bool]:
    """Whether any claim waits to be confirmed or for money."""
    return sa.exists().where(Repayment.status.in_((DebtStatus.REGISTERED, DebtStatus.CONFIRMED)))


def open_repayments(actor: Actor) -> list[Owed]:
    """Claims that wait to be confirmed or for money, the oldest first."""
    query = (
        sa.select(Repayment, Case.number, Case.party_name, own_answer(actor.id))
        .join(Case, Case.id == Repayment.case_id)
        .where(Repayment.status.in_((DebtStatus.REGISTERED, DebtStatus.CONFIRMED)))
        .order_by(Repayment.id)
        .limit(MOST)
    )
    return [
        Owed(claim, number or "", party, answer.value if answer else None)
        for claim, number, party, answer in db.session.execute(query)
    ]


def repayment(public_id: str, number: str, actor: Actor) -> Repayment | None:
    """The claim of this address on this case, when the person may see the case."""
    query = sa.select(Repayment).join(Case, Case.id == Repayment.case_id)
    return db.session.scalar(query.where(Repayment.public_id == public_id, Case.number == number, seen_by(actor)))


def locked_repayment(repayment_id: int) -> Repayment:
    """The claim as it is now, locked until the transaction ends; its case is locked before it."""
    query = sa.select(Repayment).where(Repayment.id == repayment_id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def claimed_ore(case_id: int) -> int:
    """What has been claimed back on a case, confirmed or not, but for what nothing came of, in øre."""
    query = sa.select(sa.func.coalesce(sa.func.sum(Repayment.amount_ore), 0))
    query = query.where(Repayment.case_id == case_id, Repayment.status.not_in(DROPPED))
    return int(db.session.scalars(query).one())


def frame_paid_from(case_id: int) -> int | None:
    """The frame the newest payment on the case came from; None when nothing is paid."""
    query = sa.select(LedgerEntry.frame_id).where(LedgerEntry.case_id == case_id, LedgerEntry.kind == EntryKind.PAYMENT)
    return db.session.scalar(query.order_by(LedgerEntry.id.desc()).limit(1))


def first_paid_on(case_id: int) -> date | None:
    """The day the first payment on the case was booked, else posted; None when nothing is paid."""
    booked = sa.select(sa.func.min(Payable.paid_on)).where(Payable.case_id == case_id).scalar_subquery()
    posted = sa.select(sa.func.min(LedgerEntry.at)).where(
        LedgerEntry.case_id == case_id, LedgerEntry.kind == EntryKind.PAYMENT
    )
    paid_on, posted_at = db.session.execute(sa.select(booked, posted.scalar_subquery())).one()
    return min((on for on in (paid_on, local_date(posted_at) if posted_at else None) if on is not None), default=None)


def vouchers_of(repayment_id: int) -> set[str]:
    """The vouchers registered on a claim."""
    return set(db.session.scalars(sa.select(MoneyBack.voucher).where(MoneyBack.repayment_id == repayment_id)))


def open_counter(ref: str) -> bool:
    """Whether a counter-claim on this waits to be confirmed."""
    waits = sa.exists().where(Repayment.ref == ref, Repayment.status == DebtStatus.REGISTERED)
    return db.session.scalar(sa.select(waits)) is True


def frame_bound_in(commitment_id: int) -> int:
    """The frame a sum was bound in, and is paid from."""
    return db.session.scalars(sa.select(LedgerEntry.frame_id).where(LedgerEntry.id == commitment_id)).one()
