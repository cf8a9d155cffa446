"""The statement of a year: what a payee was paid for its GPs' claims, here and by Helfo, claim by claim."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.access.domain import Actor, Permission
from app.cases.models import Case
from app.compensation.models import Claim, GpAgreement, HelfoClaim, HelfoPayment
from app.compensation.workflow import CLAIM
from app.db import db, reference
from app.parties.models import Party
from app.payables.models import PaymentBasis
from app.payouts.models import Payable
from app.payouts.workflow import Status

# The claims of one payee in a year: a practice has some, a municipality with salaried GPs more.
MOST_CLAIMS = 5_000


@dataclass(frozen=True)
class PaidClaim:
    """A claim that was paid in the year, in øre: gross, set off, sent; and what is taken back of it by now.

    `by_helfo`: the money came from Helfo, and not from here.
    """

    gp_name: str
    number: str
    from_on: date
    to_on: date
    paid_on: date
    gross_ore: int
    set_off_ore: int
    reversed_ore: int
    by_helfo: bool = False

    @property
    def net_ore(self) -> int:
        """What was sent to the account."""
        return self.gross_ore - self.set_off_ore


def payee(orgnr: str, actor: Actor) -> Party | None:
    """The organisation, when the person acts for it, or reads payouts."""
    query = sa.select(Party).where(Party.orgnr == orgnr)
    if not actor.may(Permission.READ_PAYOUTS):
        query = query.where(Party.id.in_(actor.party_ids))
    return db.session.scalar(query)


def paid_in(party_id: int, year: int) -> Sequence[PaidClaim]:
    """The claims of this payee that were paid in the year, by GP and day; two reads."""
    query = (
        sa.select(GpAgreement.gp_name, PaymentBasis.decision_no, Claim.from_on, Claim.to_on, Payable.paid_on)
        .add_columns(Payable.amount_ore, Payable.set_off_ore, Claim.reversed_ore)
        .select_from(Payable)
        .join(PaymentBasis, PaymentBasis.id == Payable.basis_id)
        .join(Claim, PaymentBasis.ref == reference(CLAIM.name, Claim.id))
        .join(GpAgreement, GpAgreement.id == Claim.agreement_id)
        .where(
            Payable.party_id == party_id,
            Payable.status == Status.PAID,
            Payable.paid_on.between(date(year, 1, 1), date(year, 12, 31)),
        )
        .add_columns(GpAgreement.gp_sort, GpAgreement.id)
        .order_by(GpAgreement.gp_sort, GpAgreement.id, Payable.paid_on, Payable.id)
        .limit(MOST_CLAIMS)
    )
    found = [(tuple(row[-2:]), PaidClaim(*row[:-2])) for row in db.session.execute(query)]
    found += [(tuple(row[-2:]), _by_helfo(row)) for row in db.session.execute(_helfo(party_id, year))]
    return [claim for _, claim in sorted(found, key=lambda each: (each[0], each[1].paid_on))]


def _helfo(party_id: int, year: int) -> sa.Select[Any]:
    return (
        sa.select(GpAgreement.gp_name, Case.number, Claim.id, Claim.from_on, Claim.to_on, HelfoPayment.paid_on)
        .add_columns(HelfoClaim.amount_ore, Claim.reversed_ore, GpAgreement.gp_sort, GpAgreement.id)
        .join(HelfoClaim, HelfoClaim.claim_id == Claim.id)
        .join(HelfoPayment, HelfoPayment.id == HelfoClaim.payment_id)
        .join(GpAgreement, GpAgreement.id == Claim.agreement_id)
        .join(Case, Case.id == Claim.case_id)
        .where(Claim.party_id == party_id, HelfoPayment.paid_on.between(date(year, 1, 1), date(year, 12, 31)))
        .order_by(HelfoPayment.paid_on, Claim.id)
        .limit(MOST_CLAIMS)
    )


def _by_helfo(row: Any) -> PaidClaim:
    gp, number, key, from_on, to_on, paid_on, amount_ore, reversed_ore, *_ = row
    return PaidClaim(gp, f"{number}-K{key}", from_on, to_on, paid_on, amount_ore, 0, reversed_ore, by_helfo=True)
