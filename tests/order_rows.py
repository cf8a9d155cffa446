"""Orders placed and worked on through the program's own actions."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.db import db, writing
from app.documents.actions import take_upload
from app.documents.domain.files import FileType
from app.orders import actions, queries
from app.orders.models import OrderRow, WorkOrder
from app.orders.running import run_next
from app.parties.actions import add_area
from app.parties.models import Party, PilotArea
from tests import factories
from tests.factories import acting
from tests.first_people import add_coordinator

HEAD = "HPR-nummer;Periode fra;Periode til;start;patient"
PLACED = datetime.fromisoformat("2025-07-10T09:00:00+00:00")


def text_of(rows: Sequence[str], head: str = HEAD) -> bytes:
    """A CSV as a Norwegian spreadsheet writes it."""
    return "\r\n".join([head, *rows, ""]).encode("utf-8-sig")


def second_area() -> None:
    """Another pilot area, with its coordinator."""
    host = db.session.scalars(sa.select(Party).where(Party.orgnr == "964338531")).one()
    with writing():
        area = add_area("PLL i vest (demo)", "Bergen", host, by=None, at=factories.AT)
        add_coordinator("area-bergen", "Bergljot Demo", area, factories.AT)


def place(
    data: bytes, name: str = "krav.csv", *, who: str = "area-nordland", at: datetime = PLACED, kind: str = "gp-claims"
) -> WorkOrder:
    """A file laid in by the area's coordinator."""
    by = acting(who)
    area_id = min(by.area_ids, default=None) or db.session.scalars(sa.select(PilotArea.id)).first()
    upload = take_upload(io.BytesIO(data), name, FileType.CSV, FileType.XLSX, at=at, counts_only=True)
    with writing():
        made = actions.place(kind, upload, area_id, by=by, at=at)
    return again(made)


def worked(order: WorkOrder) -> WorkOrder:
    """All that waits is worked on."""
    while run_next():
        pass
    return again(order)


def again(order: WorkOrder) -> WorkOrder:
    """The order as it is now."""
    db.session.rollback()
    found = db.session.scalars(
        sa.select(WorkOrder).where(WorkOrder.id == order.id).execution_options(populate_existing=True)
    ).one()
    db.session.expunge(found)
    db.session.rollback()
    return found


def step(verb: Any, order: WorkOrder, *, who: str = "area-nordland", at: datetime = PLACED) -> WorkOrder:
    """A person's step on it, and then all the work."""
    by = acting(who)
    with writing():
        verb(order.id, again_version(order), by=by, at=at)
    return worked(order)


def again_version(order: WorkOrder) -> int:
    """Its version now, inside a transaction."""
    return db.session.scalars(sa.select(WorkOrder.version).where(WorkOrder.id == order.id)).one()


def rows(order: WorkOrder) -> dict[int, OrderRow]:
    """Its rows by number."""
    return {row.row_no: row for row in queries.every_row(order.id)}


def outcomes(order: WorkOrder) -> list[str]:
    """What came of each row, in the file's order."""
    return [row.outcome.value for row in queries.every_row(order.id)]


def told(row: OrderRow) -> str:
    """Why, as one text."""
    from app.orders.domain import told as reason_of
    from app.templating import reason

    return " ".join(reason(reason_of(each)) for each in row.reasons or ())
