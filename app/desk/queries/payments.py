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


@dataclass(frozen=True)
class Payments:
    """Rows of an instalment's or a claim's own columns with its payable's address (`payable_id`) and state (`paying`),
    when it was paid and on which list; and what is claimed back.
    """

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


def _with_payable(what: Any, kind: str, *wanted: str) -> sa.Select[Any]:
    """Rows of the tables, not their models: they are only shown."""
    basis, live, on = PaymentBasis.__table__, Payable.__table__, PayoutList.__table__
    paid = (live.c.public_id.label("payable_id"), live.c.status.label("paying"), live.c.paid_on, on.c.number)
    return (
        sa.select(*(what.c[name] for name in wanted), *paid)
        .select_from(what)
        .outerjoin(basis, basis.c.ref == reference(kind, what.c.id))
        .outerjoin(live, sa.and_(live.c.basis_id == basis.c.id, live.c.status != Status.CANCELLED))
        .outerjoin(on, on.c.id == live.c.list_id)
        .limit(MOST)
    )


_I: Any = Instalment.__table__
_C: Any = Claim.__table__
_NEWEST = sa.select(sa.func.max(Award.id)).where(Award.case_id == sa.bindparam("asked")).scalar_subquery()
_PARTS = (
    _with_payable(_I, INSTALMENT, "nr", "of", "amount_ore", "trigger", "due_on", "report")
    .where(_I.c.award_id == _NEWEST)
    .order_by(_I.c.nr)
)
_CLAIMS = (
    _with_payable(_C, CLAIM.name, "public_id", "from_on", "to_on", "claimed_ore", "approved_ore", "status")
    .where(_C.c.case_id == sa.bindparam("asked"))
    .order_by(_C.c.from_on, _C.c.id)
)
