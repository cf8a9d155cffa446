"""kill -9 of the process that works on orders, while it reads, tries and makes: each row once, and none lost."""

import random
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app.audit.models import AuditEntry
from app.compensation.models import Claim, ClaimLine
from app.db import clock, db, writing
from app.flow.models import Hand
from app.orders import actions
from app.orders.domain import Outcome
from app.orders.models import OrderRow
from app.orders.workflow import Status
from tests import compensation_rows, factories, gp_rows, order_rows
from tests.ordeal.processes import Program, running, until, wait
from tests.ordeal.whole import assert_whole

GPS, MONTHS = 500, 6
ROWS = GPS * MONTHS


@pytest.fixture
def ground(app: Flask) -> Flask:
    """Five hundred GPs of one area, in July."""
    with app.app_context():
        factories.people()
        factories.season_rules()
        compensation_rows.frame()
        gp_rows.agreements(GPS)
        with writing():
            clock.start_at(order_rows.PLACED)
    return app


def test_an_import_that_is_killed_again_and_again_makes_each_claim_once(ground: Flask, tmp_path: Path) -> None:
    dice = random.Random(11)
    with ground.app_context():
        order = order_rows.place(gp_rows.file_of(GPS, MONTHS))
        worker = Program(ground, "orders", tmp_path)
        for goal in (1, 900):
            _killed_at(worker, dice, goal, Outcome.READY)
        with running(worker):
            assert until(lambda: order_rows.again(order).status is Status.CHECKED, 180), _log(worker)
            worker.stop()
        assert _count(OrderRow, OrderRow.outcome == Outcome.READY) == ROWS
        assert _count(Claim) == 0, "what was tried was kept"
        by = factories.acting("area-nordland")
        with writing():
            actions.carry_out(order.id, order_rows.again_version(order), by=by, at=order_rows.PLACED)
        for goal in (1, 900, 2000):
            _killed_at(worker, dice, goal, Outcome.MADE)
        with running(worker):
            assert until(lambda: order_rows.again(order).status is Status.DONE, 180), _log(worker)
            worker.stop()
        _each_once()
        assert_whole()


def _killed_at(worker: Program, dice: random.Random, goal: int, outcome: Outcome) -> None:
    """Killed some moments after so many rows have come so far; the next one waits for its lease to run out."""
    with running(worker):
        assert until(lambda: _count(OrderRow, OrderRow.outcome == outcome) >= goal, 180), _log(worker)
        wait(dice.uniform(0.0, 0.4))
        worker.kill()


def _each_once() -> None:
    assert _count(OrderRow, OrderRow.outcome == Outcome.MADE) == ROWS
    assert _count(Claim) == ROWS
    assert _count(ClaimLine) == ROWS + GPS, "each has its patients, and the first of each GP its start"
    assert _count(Hand, Hand.kind == "claim") == ROWS
    assert _count(AuditEntry, AuditEntry.event == "claim.submitted") == ROWS
    things = db.session.scalars(sa.select(OrderRow.thing)).all()
    assert len(set(things)) == ROWS
    periods = sa.select(Claim.agreement_id, Claim.from_on).distinct().subquery()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(periods)) == ROWS
    db.session.rollback()


def _count(model: object, *where: sa.ColumnElement[bool]) -> int:
    db.session.rollback()
    many = db.session.scalar(sa.select(sa.func.count()).select_from(model).where(*where)) or 0  # type: ignore[arg-type]
    db.session.rollback()
    return many


def _log(worker: Program) -> str:
    return worker.log.read_text("utf-8")[-3000:]
