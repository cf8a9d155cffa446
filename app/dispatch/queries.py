"""Reading what is on its way out."""

import sqlalchemy as sa

from app.db import db
from app.dispatch.models import Outgoing


def by_key(key: str) -> Outgoing | None:
    """What was queued for this cause."""
    return db.session.scalar(sa.select(Outgoing).where(Outgoing.key == key))


def by_public_id(public_id: str) -> Outgoing | None:
    """The letter or notice of this address."""
    return db.session.scalar(sa.select(Outgoing).where(Outgoing.public_id == public_id))


def locked(outgoing_id: int) -> Outgoing:
    """As it is now, locked until the transaction ends."""
    query = (
        sa.select(Outgoing)
        .where(Outgoing.id == outgoing_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(query).one()
