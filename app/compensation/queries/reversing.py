"""Reading counter-claims: what is taken back of a claim, when, and why."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from app.compensation.models import Claim, ClaimLine, CounterClaim, CounterLine
from app.db import db


@dataclass(frozen=True)
class Countered:
    """A counter-claim with its lines."""

    counter: CounterClaim
    lines: Sequence[CounterLine]


def counters_of(claim_id: int) -> list[Countered]:
    """The confirmed counter-claims on a claim, oldest first. Two reads."""
    query = sa.select(CounterClaim).where(CounterClaim.claim_id == claim_id, CounterClaim.confirmed_at.is_not(None))
    found = db.session.scalars(query.order_by(CounterClaim.repayment_id)).all()
    lines = lines_taken_back([counter.repayment_id for counter in found])
    return [Countered(counter, lines[counter.repayment_id]) for counter in found]


def counter_of(repayment_id: int) -> Countered:
    """The counter-claim that this debt comes of, as it is now."""
    query = sa.select(CounterClaim).where(CounterClaim.repayment_id == repayment_id)
    counter = db.session.scalars(query.execution_options(populate_existing=True)).one()
    return Countered(counter, lines_taken_back([repayment_id])[repayment_id])


def claim_now(claim_id: int) -> Claim:
    """The claim that a counter-claim is on."""
    return db.session.get_one(Claim, claim_id)


def lines_taken_back(repayment_ids: Collection[int]) -> dict[int, list[CounterLine]]:
    """The lines of these counter-claims, by the key of their debt."""
    found: dict[int, list[CounterLine]] = {key: [] for key in repayment_ids}
    if not found:
        return found
    query = sa.select(CounterLine).where(CounterLine.repayment_id.in_(repayment_ids))
    for line in db.session.scalars(query.order_by(CounterLine.repayment_id, CounterLine.code)):
        found[line.repayment_id].append(line)
    return found


def lines_now(claim_id: int) -> Sequence[ClaimLine]:
    """The lines of a claim as they are now; its row is locked before."""
    query = sa.select(ClaimLine).where(ClaimLine.claim_id == claim_id).order_by(ClaimLine.code)
    return db.session.scalars(query.execution_options(populate_existing=True)).all()


def lines_left(claim_id: int) -> list[tuple[str, int, int]]:
    """The same as what can be taken back: code, units that are paid and not taken back, price in øre."""
    return [(line.code, line.left_units, line.unit_price_ore) for line in lines_now(claim_id)]
