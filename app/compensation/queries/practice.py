"""All the GPs of a practice as one list: what is claimed for each, what waits, and what comes next."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from app.compensation.models import STANDS, Claim
from app.compensation.queries.claims import OPEN
from app.db import db


@dataclass(frozen=True)
class Claimed:
    """Under one agreement, in øre: all that is claimed and not fallen, and the part that is not settled."""

    claimed_ore: int = 0
    open_ore: int = 0


def approved_under(agreement_id: int) -> int:
    """What is approved and not taken back under this agreement alone, in øre."""
    given = sa.func.sum(sa.func.coalesce(Claim.approved_ore, 0) - Claim.reversed_ore)
    return int(db.session.scalar(sa.select(given).where(Claim.agreement_id == agreement_id)) or 0)


def claimed_under(agreement_ids: Collection[int]) -> dict[int, Claimed]:
    """What is claimed under each of these agreements; those without a claim are not there."""
    waits = sa.case((Claim.status.in_(OPEN), Claim.claimed_ore), else_=0)
    query = sa.select(Claim.agreement_id, sa.func.sum(Claim.claimed_ore), sa.func.sum(waits))
    query = query.where(Claim.agreement_id.in_(agreement_ids), STANDS).group_by(Claim.agreement_id)
    return {key: Claimed(int(claimed), int(waiting)) for key, claimed, waiting in db.session.execute(query)}
