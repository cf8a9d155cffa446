"""The statement of a year: what a payee was paid for its GPs' claims, here and by Helfo, claim by claim."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.access.domain import Actor, Permission
from app.cases.models import Case
from app.compensation.models import Claim, CounterClaim, GpAgreement, HelfoClaim, HelfoPayment
from app.compensation.workflow import CLAIM
from app.db import db, reference
from app.parties.models import Party
from app.payables.models import PaymentBasis
from app.payouts.models import Payable
from app.payouts.workflow import Status
from app.values.clock import local_date

# The claims of one payee in a year: a practice has some, a municipality with salaried GPs more.
MOST_CLAIMS = 5_000


@dataclass(frozen=True)
class PaidClaim:
    """A claim that was paid in the year, in øre: gross, set off, sent; and what was taken back of it in the year.

    `paid_on`: none for a claim that was paid in another year, when something was taken back of it in this. `by_helfo`:
    the money came from Helfo, and not from here.
    """

    gp_name: str
    number: str
    from_on: date
    to_on: date
    paid_on: date | None
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
    """The claims of this payee that were paid in the year, or that something was taken back of in it, by GP and day;
    three reads.
    """
    back = _taken_back_in(party_id, year)
    in_year = Payable.paid_on.between(date(year, 1, 1), date(year, 12, 31))
    paid = sa.and_(Payable.basis_id == PaymentBasis.id, Payable.status == Status.PAID, in_year)
    query = (
        sa.select(GpAgreement.gp_name, PaymentBasis.decision_no, Claim.from_on, Claim.to_on, Payable.paid_on)
        .add_columns(sa.func.coalesce(Payable.amount_ore, 0), sa.func.coalesce(Payable.set_off_ore, 0))
        .add_columns(GpAgreement.gp_sort, GpAgreement.id, Claim.id)
        .select_from(PaymentBasis)
        .join(Claim, PaymentBasis.ref == reference(CLAIM.name, Claim.id))
        .join(GpAgreement, GpAgreement.id == Claim.agreement_id)
        .outerjoin(Payable, paid)
        .where(PaymentBasis.party_id == party_id, sa.or_(Payable.id.is_not(None), Claim.id.in_(back)))
        .order_by(GpAgreement.gp_sort, GpAgreement.id, Payable.paid_on, Claim.from_on, Claim.id)
        .limit(MOST_CLAIMS)
    )
    rows: Sequence[Any] = db.session.execute(query).all()
    found = [(tuple(row[-3:-1]), _by_us(row, back)) for row in rows]
    found += [(tuple(row[-2:]), _by_helfo(row)) for row in db.session.execute(_helfo(party_id, year))]
    return [claim for _, claim in sorted(found, key=lambda each: (each[0], each[1].paid_on or date.max))]


def _by_us(row: Any, back: Mapping[int, int]) -> PaidClaim:
    gp, number, from_on, to_on, paid_on, gross_ore, set_off_ore, *_, claim_id = row
    return PaidClaim(gp, number, from_on, to_on, paid_on, gross_ore, set_off_ore, back.get(claim_id, 0))


def _taken_back_in(party_id: int, year: int) -> dict[int, int]:
    """What counter-claims that were confirmed in the year took back of this payee's claims, in øre, by claim."""
    query = (
        sa.select(CounterClaim.claim_id, CounterClaim.amount_ore, CounterClaim.confirmed_at)
        .join(Claim, Claim.id == CounterClaim.claim_id)
        .where(Claim.party_id == party_id, CounterClaim.confirmed_at.is_not(None))
    )
    found: dict[int, int] = defaultdict(int)
    for claim_id, ore, confirmed_at in db.session.execute(query):
        if confirmed_at is not None and local_date(confirmed_at).year == year:
            found[claim_id] += ore
    return found


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
