"""Reading what is on its way out."""

from datetime import datetime

import sqlalchemy as sa

from app.db import db
from app.dispatch.models import Outgoing
from app.dispatch.workflow import Status


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


def due(status: Status, at: datetime, after: int, many: int) -> list[Outgoing]:
    """What stands in this status and whose time has come, in the order it was queued, beyond the id `after`."""
    query = (
        sa.select(Outgoing)
        .where(Outgoing.status == status, Outgoing.not_before <= at, Outgoing.id > after)
        .order_by(Outgoing.id)
        .limit(many)
    )
    return list(db.session.scalars(query))


def ready_locked(at: datetime, many: int) -> list[Outgoing]:
    """What is ready and whose time has come, locked until the transaction ends."""
    query = (
        sa.select(Outgoing)
        .where(Outgoing.status == Status.READY, Outgoing.not_before <= at)
        .order_by(Outgoing.id)
        .limit(many)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return list(db.session.scalars(query))


def stuck() -> list[int]:
    """What a process left between the two steps; only one runs the job at a time."""
    return list(db.session.scalars(sa.select(Outgoing.id).where(Outgoing.status == Status.SENDING).limit(1000)))
