"""The process that works on orders: one at a time, in batches of one commit each.

Whoever works on an order holds its lease, and each batch proves and renews it in the same transaction as what it does:
one that was stopped, taken over or held up for long has lost it, and its batch is undone. Where the work had come
stands in the rows themselves, so that whoever goes on does the rest, once.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby, islice
from typing import Any

import sqlalchemy as sa
import structlog
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.access.domain import Actor
from app.access.queries import actor
from app.db import db, trying, writing
from app.db.clock import now
from app.db.runs import stopping
from app.documents import files
from app.documents.domain.files import MEDIA_TYPE, Fault, FileType
from app.documents.domain.scopes import Verdict
from app.documents.queries import media_type, verdict_on
from app.documents.sheets import other_sheets
from app.documents.sheets import rows as rows_of
from app.flow import Reason, Refused, Stale, advance
from app.orders import judgement, queries
from app.orders.domain import LONGEST_KEY, FileRow, Judged, Outcome, Phase, Places, kept, line, places
from app.orders.kinds import KINDS
from app.orders.models import OrderRow, WorkOrder
from app.orders.workflow import ORDER, Status, Step
from app.values.language import N_

log = structlog.get_logger()

LEASE = timedelta(seconds=10)
BATCH = 400
# Rows of one GP are judged together, for one may stand in another's way; so many and no more.
MOST_TOGETHER = 1200
MOST_TRIES = 5
_READ_AT_ONCE = 1000
_ORDER: Any = WorkOrder.__table__
_ROW: Any = OrderRow.__table__


class Lost(Exception):
    """The order is no longer ours: stopped by a person, or taken by another process."""


def run_next() -> bool:
    """Take the next order and work on it until it waits for a person. False when there is none."""
    at = now()
    order_id = queries.next_to_do(at)
    db.session.rollback()
    if order_id is None:
        return False
    work = _take(order_id)
    if work is not None:
        try:
            work.go_on()
        except Lost:
            log.info("order was stopped or taken", order=order_id)
    db.session.remove()
    return True


def _take(order_id: int) -> "Work | None":
    at, lease = now(), secrets.token_hex(8)
    with writing():
        order = queries.locked(order_id)
        ours = {"lease": lease, "lease_until": at + LEASE, "tries": order.tries + 1}
        if order.status is Status.QUEUED:
            advance(order, ORDER, Step.TAKE, by=None, at=at, facts={"file": order.filename}, stamp=ours)
        elif order.status is Status.RUNNING and order.lease_until is not None and order.lease_until < at:
            db.session.execute(sa.update(WorkOrder).where(WorkOrder.id == order.id).values(**ours))
        else:
            return None
        return Work(order, lease)


class Work:
    """One order while it is ours."""

    def __init__(self, order: WorkOrder, lease: str) -> None:
        self._id, self._kind, self._area_id = order.id, KINDS[order.kind], order.area_id
        self._sha256, self._by_id = order.sha256, order.ordered_by
        self._phase, self._lease, self._tries = order.phase, lease, order.tries

    def go_on(self) -> None:
        """Read, try, and do what was decided; each as far as it is not done. Raises Lost."""
        if self._tries >= MOST_TRIES:
            self._give_up([Reason(N_("Arbeidet stanset %(times)s ganger på samme sted."), {"times": MOST_TRIES})])
            return
        by = actor(self._by_id)
        db.session.rollback()
        if by is None or judgement.why_not_place(self._kind, self._area_id, by):
            self._give_up([Reason(N_("Den som bestilte arbeidet, har ikke lenger tilgang til det."))])
            return
        if self._phase is Phase.READ and not self._read():
            return
        while not stopping.is_set():
            if not self._batch(by):
                return
        with writing():
            # Whoever starts next need not wait for the lease to run out.
            at = now()
            self._renew(at, lease_until=at)

    def _read(self) -> bool:
        """Read the file into rows. False when all of it is refused. Cut off, it goes on after the last row kept."""
        if verdict_on(self._sha256) is Verdict.INFECTED:
            self._give_up([Reason(Fault.INFECTED.word)])
            return False
        kind = next(each for each, media in MEDIA_TYPE.items() if media == media_type(self._sha256))
        read = rows_of(files.place(self._sha256), kind)
        first = next(read, None)
        found = places(first[1] if first else (), self._kind.headings())
        start = queries.read_to(self._id)
        db.session.rollback()
        faults = list(found.faults) or ([] if first else [Reason(N_("Filen har ingen rader."))])
        if self._is_split(kind):
            faults.insert(0, Reason(N_("Et annet ark har også overskriftene våre. Samle radene i det første arket.")))
        if faults:
            self._give_up(faults)
            return False
        rest = (row for row in read if row[0] > start)
        while some := list(islice(rest, _READ_AT_ONCE)):
            if stopping.is_set():
                return True
            self._keep(some, found)
        self._phase = Phase.CHECK
        with writing():
            self._renew(now(), phase=Phase.CHECK)
        return True

    def _is_split(self, kind: FileType) -> bool:
        """Whether rows stand in a sheet that is not read: they would be lost without a word."""
        firsts = (next(sheet, None) for sheet in other_sheets(files.place(self._sha256), kind))
        return any(first and places(first[1], self._kind.headings()).codes for first in firsts)

    def _keep(self, some: Sequence[tuple[int, list[str]]], found: Places) -> None:
        made = [line(number, cells, found) for number, cells in some]
        with writing() as session:
            self._renew(now(), read_to=some[-1][0], total=_ORDER.c.total + len(made))
            session.execute(sa.insert(_ROW), [self._row(each) for each in made])

    def _row(self, read: FileRow) -> dict[str, object]:
        return {
            "order_id": self._id,
            "row_no": read.row_no,
            "sorted_by": self._kind.together(read.says)[:LONGEST_KEY],
            "says": dict(read.says),
            "outcome": Outcome.READ,
            "thing": "",
        }

    def _batch(self, by: Actor) -> bool:
        """Do the next rows. False when there were none, and the order waits for a person or is done."""
        lines, over = self._next()
        if not lines and not over:
            self._end()
            return False
        if over:
            self._write(over)
        if lines:
            self._do(lines, by)
        return True

    def _next(self) -> tuple[list[FileRow], list[Judged]]:
        """The rows of the next batch, whole groups; and what comes of those a group is too large for."""
        found = queries.to_do(self._id, self._phase, MOST_TOGETHER + 1)
        db.session.rollback()
        taken: list[sa.Row[int, str, dict[str, Any], int | None]] = []
        for _, group in groupby(found, key=lambda row: row.sorted_by):
            together = list(group)
            if taken and len(taken) + len(together) > BATCH:
                break
            taken += together
        if len(taken) > MOST_TOGETHER:
            text = N_("Filen har mer enn %(most)s rader som gjelder det samme. Del den opp.")
            reason = Reason(text, {"most": MOST_TOGETHER})
            return [], [Judged(row.row_no, Outcome.WRONG, (reason,)) for row in taken]
        return [FileRow(row.row_no, dict(row.says), row.mended_by) for row in taken], []

    def _do(self, lines: Sequence[FileRow], by: Actor) -> None:
        """Try or do these rows together; where the database refuses, each by itself, so that one stops no other."""
        try:
            if self._phase is Phase.CARRY_OUT:
                at = now()
                with writing():
                    self._renew(at)
                    self._keep_results(self._kind.does(self._area_id, lines, by, at))
                return
            with trying():
                results = self._kind.does(self._area_id, lines, by, now())
        except (IntegrityError, Refused, Stale, ValueError) as fault:
            if len(lines) > 1:
                half = len(lines) // 2
                self._do(lines[:half], by)
                self._do(lines[half:], by)
                return
            log.exception("order row failed", order=self._id, row=lines[0].row_no)
            reasons = tuple(fault.reasons) if isinstance(fault, Refused) else (_FAULT,)
            results = [Judged(lines[0].row_no, Outcome.WRONG, reasons)]
        self._write([_tried(each) for each in results])

    def _write(self, results: Sequence[Judged]) -> None:
        with writing():
            self._renew(now())
            self._keep_results(results)

    def _keep_results(self, results: Sequence[Judged]) -> None:
        db.session.connection().execute(
            _SETTLE,
            [
                {
                    "o": self._id,
                    "r": each.row_no,
                    "new_outcome": each.outcome,
                    "new_reasons": [kept(reason) for reason in each.reasons] or None,
                    "new_thing": each.thing if each.outcome in (Outcome.MADE, Outcome.EXISTS) else "",
                }
                for each in results
            ],
        )

    def _renew(self, at: datetime, **more: object) -> None:
        """Prove that the order is still ours, in this transaction, and keep it for a while more. Raises Lost."""
        ours = sa.and_(_ORDER.c.id == self._id, _ORDER.c.lease == self._lease, _ORDER.c.status == Status.RUNNING)
        told = {"lease_until": at + LEASE, "tries": 0, **more}
        if db.session.connection().execute(sa.update(_ORDER).where(ours).values(**told)).rowcount != 1:
            raise Lost

    def _end(self) -> None:
        at = now()
        tried = self._phase is Phase.CHECK
        with writing():
            self._renew(at)
            order = queries.locked(self._id)
            stamp = {"lease": "", "lease_until": None, **({} if tried else {"finished_at": at})}
            step = Step.CHECK if tried else Step.FINISH
            advance(order, ORDER, step, by=None, at=at, facts={"file": order.filename}, stamp=stamp)

    def _give_up(self, reasons: list[Reason]) -> None:
        at = now()
        with writing():
            self._renew(at)
            order = queries.locked(self._id)
            stamp = {"lease": "", "lease_until": None, "finished_at": at, "faults": [kept(each) for each in reasons]}
            advance(order, ORDER, Step.GIVE_UP, by=None, at=at, facts={"file": order.filename}, stamp=stamp)


_FAULT = Reason(N_("Raden kunne ikke behandles. Feilen er logget, og de andre radene er ikke berørt."))
_SETTLE = (
    sa.update(_ROW)
    .where(_ROW.c.order_id == sa.bindparam("o"), _ROW.c.row_no == sa.bindparam("r"))
    .values(
        outcome=sa.bindparam("new_outcome", type_=_ROW.c.outcome.type),
        reasons=sa.bindparam("new_reasons", type_=_ROW.c.reasons.type),
        thing=sa.bindparam("new_thing"),
    )
)


def _tried(result: Judged) -> Judged:
    """What was made in a trial was undone: it can be made."""
    if result.outcome is Outcome.MADE:
        return Judged(result.row_no, Outcome.READY, result.reasons)
    return result


def work(seconds: float = 1.0) -> None:
    """Work on orders until the process is told to stop; looks for new ones every so often."""
    while not stopping.is_set():
        try:
            found = run_next()
        except DBAPIError:  # the database may be away for a while; the lease runs out, and somebody goes on
            log.exception("orders stopped for a while")
            db.session.remove()
            found = False
        except Exception:
            log.exception("an order failed")
            db.session.remove()
            found = False
        if not found:
            stopping.wait(seconds)
