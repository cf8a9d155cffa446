"""The money of one case, part by part: what is planned, claimed and paid, for those who may read payouts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.access.domain import Actor, Permission
from app.awards.domain import INSTALMENT
from app.awards.models import Award, Instalment
from app.cases.models import Case
from app.compensation.models import Claim
from app.compensation.workflow import CLAIM
from app.db import db, reference
from app.payables.models import PaymentBasis
from app.payouts.models import Payable, PayoutList
from app.payouts.queries.repaying import Claimed, repayments_of
from app.payouts.workflow import Status

MOST = 200
_PAID = (Payable.public_id, Payable.status, Payable.due_on, Payable.paid_on, PayoutList.number)


@dataclass(frozen=True)
class Payments:
    """Rows of (instalment or claim, payable's address, state, due, paid on, list number), and what is claimed back."""

    instalments: Sequence[Any] = ()
    claims: Sequence[Any] = ()
    repayments: Sequence[Claimed] = ()


def payments(case: Case, holds: frozenset[str], actor: Actor) -> Payments:
    """The plan of the award that stands, each part with its live payable; a GP's claims likewise. At most 4 reads."""
    if not actor.may(Permission.READ_PAYOUTS):
        return Payments()
    return Payments(
        db.session.execute(_PARTS, {"asked": case.id}).all() if "award" in holds else (),
        db.session.execute(_CLAIMS, {"asked": case.id}).all() if "claim" in holds else (),
        repayments_of(case.id) if "repayment" in holds else (),
    )


def _with_payable(what: Any, kind: str) -> sa.Select[Any]:
    live = sa.and_(Payable.basis_id == PaymentBasis.id, Payable.status != Status.CANCELLED)
    return (
        sa.select(what, *_PAID)
        .outerjoin(PaymentBasis, PaymentBasis.ref == reference(kind, what.id))
        .outerjoin(Payable, live)
        .outerjoin(PayoutList, PayoutList.id == Payable.list_id)
        .limit(MOST)
    )


_NEWEST = sa.select(sa.func.max(Award.id)).where(Award.case_id == sa.bindparam("asked")).scalar_subquery()
_PARTS = _with_payable(Instalment, INSTALMENT).where(Instalment.award_id == _NEWEST).order_by(Instalment.nr)
_CLAIMS = (
    _with_payable(Claim, CLAIM.name).where(Claim.case_id == sa.bindparam("asked")).order_by(Claim.from_on, Claim.id)
)
