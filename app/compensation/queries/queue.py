"""Claims that wait for money: in the order they came, pot by pot."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from app.cases.models import Case
from app.compensation.domain import MANY
from app.compensation.models import Claim
from app.compensation.queries.claims import ClaimRow, rows
from app.compensation.workflow import Status
from app.db import db
from app.rules.models import Pot

_WAITS = Claim.status == Status.AWAITING_FUNDS


@dataclass(frozen=True)
class PotQueue:
    """How many claims of a pot wait, and for how much in øre."""

    pot: Pot
    count: int
    sum_ore: int


def queues() -> list[PotQueue]:
    """The pots that have claims waiting for money."""
    query = (
        sa.select(Pot, sa.func.count(), sa.func.sum(Claim.claimed_ore))
        .select_from(Claim)
        .join(Case, Case.id == Claim.case_id)
        .join(Pot, Pot.id == Case.pot_id)
        .where(_WAITS)
        .group_by(Pot.id)
        .order_by(Pot.id)
    )
    return [PotQueue(pot, count, int(ore)) for pot, count, ore in db.session.execute(query)]


def in_order(pot_id: int) -> list[ClaimRow]:
    """The first claims of the pot that wait, in the order they came: as many as one answer takes."""
    query = rows().where(Case.pot_id == pot_id, _WAITS).options(contains_eager(Case.party))
    query = query.order_by(Claim.submitted_at, Claim.id).limit(MANY)
    return [ClaimRow(*row) for row in db.session.execute(query)]


def released_at(moment: datetime, user_id: int) -> list[ClaimRow]:
    """What this person approved by one answer, in the order they came."""
    query = rows().where(Claim.reviewed_by == user_id, Claim.reviewed_at == moment, Claim.approved_ore > 0)
    return [ClaimRow(*row) for row in db.session.execute(query.order_by(Claim.submitted_at, Claim.id))]


def waits_before(claim: Claim, pot_id: int) -> bool:
    """Whether a claim of the pot that came earlier waits for money."""
    earlier = sa.tuple_(Claim.submitted_at, Claim.id) < sa.tuple_(
        sa.literal(claim.submitted_at, Claim.submitted_at.type), sa.literal(claim.id)
    )
    query = sa.select(Claim.id).join(Case, Case.id == Claim.case_id).where(Case.pot_id == pot_id, _WAITS, earlier)
    return db.session.scalar(query.order_by(Claim.submitted_at, Claim.id).limit(1)) is not None
