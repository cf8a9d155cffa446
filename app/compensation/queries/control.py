"""What the control by rules reads: the claims it has not looked at, and the area's middle claim."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.cases.models import Case
from app.compensation.models import STANDS, Claim, ClaimLine
from app.compensation.workflow import Status
from app.db import db


@dataclass(frozen=True)
class Middle:
    """The middle claim of an area, in øre, and of how many."""

    middle_ore: int = 0
    of_claims: int = 0


def uncontrolled(after: int, most: int) -> list[int]:
    """The keys of confirmed claims no control has looked at, the oldest first."""
    query = sa.select(Claim.id).where(Claim.status == Status.CONFIRMED, Claim.finding.is_(None), Claim.id > after)
    return list(db.session.scalars(query.order_by(Claim.id).limit(most)))


def middles() -> dict[int, Middle]:
    """The middle claim of each area that is not refused or withdrawn; of an even number the lower."""
    place = sa.func.row_number().over(partition_by=Claim.area_id, order_by=(Claim.claimed_ore, Claim.id))
    of = sa.func.count().over(partition_by=Claim.area_id)
    ranked = sa.select(Claim.area_id, Claim.claimed_ore, place.label("place"), of.label("of")).where(STANDS).subquery()
    query = sa.select(ranked.c.area_id, ranked.c.claimed_ore, ranked.c.of).where(
        ranked.c.place * 2 >= ranked.c.of, ranked.c.place * 2 <= ranked.c.of + 1
    )
    return {row.area_id: Middle(row.claimed_ore, row.of) for row in db.session.execute(query)}


def cases_with_party(case_ids: Collection[int]) -> dict[int, Case]:
    """These cases and whom they are with."""
    query = sa.select(Case).where(Case.id.in_(case_ids)).options(joinedload(Case.party))
    return {case.id: case for case in db.session.scalars(query)}


def cut_by_caps(claim_ids: Collection[int]) -> set[int]:
    """Those of these claims that have units a cap left out."""
    query = sa.select(ClaimLine.claim_id).where(
        ClaimLine.claim_id.in_(claim_ids), ClaimLine.paid_units < ClaimLine.units
    )
    return set(db.session.scalars(query))


def first_waiting(pot_id: int) -> tuple[datetime, int] | None:
    """When the claim that has waited longest for money in the pot came, and its key."""
    query = (
        sa.select(Claim.submitted_at, Claim.id)
        .join(Case, Case.id == Claim.case_id)
        .where(Claim.status == Status.AWAITING_FUNDS, Case.pot_id == pot_id)
    )
    row = db.session.execute(query.order_by(Claim.submitted_at, Claim.id).limit(1)).first()
    return (row.submitted_at, row.id) if row else None
