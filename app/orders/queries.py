"""Reading orders and their rows."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.access.domain import Actor, Permission
from app.access.models import User
from app.db import db
from app.documents.domain.scopes import Verdict
from app.documents.models import VirusCheck
from app.orders.domain import Outcome, Phase
from app.orders.models import OrderRow, WorkOrder
from app.orders.workflow import Status
from app.parties.models import PilotArea

MOST = 100
PAGE = 50
# What is read at once of a long result.
_MANY = 1000


def seen_by(actor: Actor) -> sa.ColumnElement[bool]:
    """An order is seen by who ordered it, the people of its area, and the directorate's who may order it themselves."""
    if actor.is_internal and actor.may(Permission.PLACE_ORDER):
        return sa.true()
    return sa.or_(WorkOrder.ordered_by == actor.id, WorkOrder.area_id.in_(actor.area_ids))


def by_public_id(public_id: str, actor: Actor) -> WorkOrder | None:
    """The order of this address, when the person may see it."""
    return db.session.scalar(sa.select(WorkOrder).where(WorkOrder.public_id == public_id, seen_by(actor)))


def listed(actor: Actor) -> Sequence[sa.Row[WorkOrder, str, str]]:
    """The orders this person may see with who asked and the area's name, newest first."""
    query = (
        sa.select(WorkOrder, User.name.label("who"), PilotArea.name.label("area"))
        .join(User, User.id == WorkOrder.ordered_by)
        .outerjoin(PilotArea, PilotArea.id == WorkOrder.area_id)
        .where(seen_by(actor))
        .order_by(WorkOrder.id.desc())
    )
    return db.session.execute(query.limit(MOST)).all()


def locked(order_id: int) -> WorkOrder:
    """The order as it is now, locked until the transaction ends."""
    query = sa.select(WorkOrder).where(WorkOrder.id == order_id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def next_to_do(at: datetime) -> int | None:
    """The oldest order that waits, or whose worker has let its lease run out; a file held back for viruses waits."""
    left = sa.and_(WorkOrder.status == Status.RUNNING, WorkOrder.lease_until < at)
    held = sa.exists().where(VirusCheck.sha256 == WorkOrder.sha256, VirusCheck.verdict == Verdict.WAITING)
    query = sa.select(WorkOrder.id).where(sa.or_(WorkOrder.status == Status.QUEUED, left), ~held).order_by(WorkOrder.id)
    return db.session.scalar(query.limit(1))


def read_to(order_id: int) -> int:
    """The last row of the file that is kept."""
    return db.session.scalars(sa.select(WorkOrder.read_to).where(WorkOrder.id == order_id)).one()


def counts(order_id: int) -> dict[Outcome, int]:
    """How many rows came to what."""
    query = sa.select(OrderRow.outcome, sa.func.count().label("many")).group_by(OrderRow.outcome)
    return {row.outcome: row.many for row in db.session.execute(query.where(OrderRow.order_id == order_id))}


def to_do(order_id: int, phase: Phase, most: int) -> Sequence[sa.Row[int, str, dict[str, Any], int | None]]:
    """The next rows of this phase, as plain values; rows that touch the same thing stand together."""
    waits = Outcome.READY if phase is Phase.CARRY_OUT else Outcome.READ
    query = (
        sa.select(OrderRow.row_no, OrderRow.sorted_by, OrderRow.says, OrderRow.mended_by)
        .where(OrderRow.order_id == order_id, OrderRow.outcome == waits)
        .order_by(OrderRow.sorted_by, OrderRow.row_no)
    )
    return db.session.execute(query.limit(most)).all()


def rows(order_id: int, outcome: Outcome, after: int = 0) -> list[OrderRow]:
    """A page of the rows that came to this, by where they stand in the file."""
    query = sa.select(OrderRow).where(
        OrderRow.order_id == order_id, OrderRow.outcome == outcome, OrderRow.row_no > after
    )
    return list(db.session.scalars(query.order_by(OrderRow.row_no).limit(PAGE + 1)))


def locked_row(order_id: int, row_no: int) -> OrderRow | None:
    """One row as it is now."""
    query = sa.select(OrderRow).where(OrderRow.order_id == order_id, OrderRow.row_no == row_no)
    return db.session.scalar(query.execution_options(populate_existing=True))


def every_row(order_id: int) -> Iterator[OrderRow]:
    """All rows as they stand in the file, some at a time."""
    after = -1
    query = sa.select(OrderRow).where(OrderRow.order_id == order_id).order_by(OrderRow.row_no).limit(_MANY)
    while some := db.session.scalars(query.where(OrderRow.row_no > after)).all():
        yield from some
        after = some[-1].row_no
        db.session.expunge_all()


def made_by_row(thing: str) -> sa.Row[str, str, int] | None:
    """The order and the row number that made this thing, where one did."""
    query = (
        sa.select(WorkOrder.filename, WorkOrder.public_id, OrderRow.row_no)
        .join(WorkOrder, WorkOrder.id == OrderRow.order_id)
        .where(OrderRow.thing == thing, OrderRow.outcome == Outcome.MADE)
    )
    return db.session.execute(query.limit(1)).first()


def who_and_where(order: WorkOrder) -> tuple[str, str]:
    """Who asked for it, and the name of its area."""
    who = db.session.scalars(sa.select(User.name).where(User.id == order.ordered_by)).one()
    area = db.session.scalar(sa.select(PilotArea.name).where(PilotArea.id == order.area_id)) if order.area_id else ""
    return who, area or ""


def areas_of(actor: Actor) -> list[PilotArea]:
    """The areas this person works for, or all for the directorate's."""
    query = sa.select(PilotArea).order_by(PilotArea.sort_key, PilotArea.id)
    if not actor.is_internal:
        query = query.where(PilotArea.id.in_(actor.area_ids))
    return list(db.session.scalars(query))
