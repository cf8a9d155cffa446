"""What an answer's letter is made of, and where it is."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.access.models import User
from app.compensation.models import GpAgreement
from app.db import db
from app.dispatch.models import Outgoing
from app.parties.models import PilotArea


@dataclass(frozen=True)
class ToldAgreement:
    """Whose agreement it is, and its days."""

    gp_name: str
    from_on: date
    last_on: date


def told_of_agreements(agreement_ids: Collection[int]) -> dict[int, ToldAgreement]:
    """Whose each of these agreements is, by its key."""
    last_on = sa.func.coalesce(GpAgreement.ended_on, GpAgreement.to_on)
    query = sa.select(GpAgreement.id, GpAgreement.gp_name, GpAgreement.from_on, sa.type_coerce(last_on, sa.Date()))
    rows = db.session.execute(query.where(GpAgreement.id.in_(agreement_ids)))
    return {key: ToldAgreement(gp_name, from_on, to) for key, gp_name, from_on, to in rows}


def people(user_ids: Collection[int]) -> dict[int, User]:
    """These people, by key."""
    if not user_ids:
        return {}
    return {user.id: user for user in db.session.scalars(sa.select(User).where(User.id.in_(user_ids)))}


def area_name(area_id: int) -> str:
    """What the area is called."""
    return db.session.scalars(sa.select(PilotArea.name).where(PilotArea.id == area_id)).one()


def answers_under(keys: Collection[str]) -> dict[str, Outgoing]:
    """What was queued under these keys, by key: letters, or words from before answers were letters."""
    return {found.key: found for found in db.session.scalars(sa.select(Outgoing).where(Outgoing.key.in_(keys)))}
