"""What people do with an order: place it, carry it out, stop it, let it go on, mend a row and try again."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from app.access.domain import Actor
from app.audit import record
from app.cases.actions import public_id
from app.db import db
from app.documents.actions import Upload
from app.flow import Refused, Stale, advance
from app.orders import judgement, queries
from app.orders.domain import LONGEST_KEY, Outcome, Phase
from app.orders.kinds import KINDS
from app.orders.models import OrderRow, WorkOrder
from app.orders.workflow import ORDER, Step


def place(kind: str, upload: Upload, area_id: int | None, *, by: Actor, at: datetime) -> WorkOrder:
    """Order work with a file that was taken. Raises Refused."""
    if reasons := judgement.why_not_place(KINDS[kind], area_id, by):
        raise Refused(reasons)
    order = WorkOrder(
        public_id=public_id(),
        kind=kind,
        area_id=area_id,
        ordered_by=by.id,
        ordered_at=at,
        sha256=upload.sha256,
        filename=upload.filename,
    )
    db.session.add(order)
    db.session.flush()
    facts = {"kind": kind, "file": upload.filename, "sha256": upload.sha256}
    record(order.stream, "order.placed", facts, by=by, at=at)
    return order


def carry_out(order_id: int, version: int, *, by: Actor, at: datetime) -> None:
    """What was tried is now done. Raises Refused or Stale."""
    _step(order_id, version, Step.CARRY_OUT, {"phase": Phase.CARRY_OUT, "tries": 0}, by, at)


def stop(order_id: int, version: int, *, by: Actor, at: datetime) -> None:
    """Stop after the batch at hand; what is done is done. Raises Refused or Stale."""
    _step(order_id, version, Step.STOP, {"lease": "", "lease_until": None}, by, at)


def resume(order_id: int, version: int, *, by: Actor, at: datetime) -> None:
    """Go on where it was stopped. Raises Refused or Stale."""
    _step(order_id, version, Step.RESUME, {"tries": 0}, by, at)


def try_again(order_id: int, version: int, *, by: Actor, at: datetime) -> None:
    """Try the rows that could not be carried out once more, and no others. Raises Refused or Stale."""
    _step(order_id, version, Step.TRY_AGAIN, {"phase": Phase.CHECK, "tries": 0}, by, at)
    db.session.execute(
        sa.update(OrderRow)
        .where(OrderRow.order_id == order_id, OrderRow.outcome == Outcome.WRONG)
        .values(outcome=Outcome.READ, reasons=None)
    )


def mend(order_id: int, row_no: int, says: Mapping[str, str], *, by: Actor, at: datetime) -> None:
    """Write what a row should have said; it is tried with «Prøv igjen». Raises Refused or Stale."""
    order, row = queries.locked(order_id), queries.locked_row(order_id, row_no)
    if row is None:
        raise Stale
    if reasons := judgement.why_not_mend(order, row, by):
        raise Refused(reasons)
    before = dict(row.says)
    row.says = {code: text for code, text in says.items() if text}
    row.sorted_by = KINDS[order.kind].together(row.says)[:LONGEST_KEY]
    row.outcome, row.reasons = Outcome.READ, None
    row.mended_by, row.mended_at = by.id, at
    facts = {"row": row_no, "file": order.filename, "before": before, "after": dict(row.says)}
    record(order.stream, "order.row_mended", facts, by=by, at=at)


def _step(order_id: int, version: int, step: Step, stamp: Mapping[str, object], by: Actor, at: datetime) -> None:
    order = queries.locked(order_id)
    # Work goes on while the page is read: stopping it is never too late.
    if step is not Step.STOP and order.version != version:
        raise Stale
    also = judgement.why_not_take_step(order, step, by, queries.counts(order_id))
    advance(order, ORDER, step, by=by, at=at, also=also, facts={"file": order.filename}, stamp=stamp)
