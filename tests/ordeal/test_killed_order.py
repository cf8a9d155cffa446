"""kill -9 of the process that works on orders, while it reads, tries and makes: each row once, and none lost."""

import random
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app.audit.models import AuditEntry
from app.compensation.domain import registering
from app.compensation.models import Claim, ClaimLine, GpAgreement
from app.db import clock, db, writing
from app.dispatch.models import Outgoing
from app.flow.models import Hand
from app.orders import actions
from app.orders.domain import Outcome
from app.orders.models import OrderRow
from app.orders.workflow import Status
from app.parties.models import Party
from tests import compensation_rows, factories, gp_rows, order_rows
from tests.ordeal.processes import Program, running, until, wait
from tests.ordeal.whole import assert_whole

GPS, MONTHS = 500, 6
ROWS = GPS * MONTHS
NEW = 600


@pytest.fixture
def july(app: Flask) -> Flask:
    """People and rules, in July."""
    with app.app_context():
        factories.people()
        factories.season_rules()
        compensation_rows.frame()
        with writing():
            clock.start_at(order_rows.PLACED)
    return app


@pytest.fixture
def ground(july: Flask) -> Flask:
    """Five hundred GPs of one area."""
    with july.app_context():
        gp_rows.agreements(GPS)
    return july


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


def test_an_import_of_agreements_that_is_killed_registers_each_once(july: Flask, tmp_path: Path) -> None:
    dice = random.Random(12)
    with july.app_context():
        with writing():
            db.session.execute(sa.update(Party).where(Party.orgnr == "312999021").values(email="lege@demo.example"))
        lines = [f"Lege;{gp_rows.FIRST_HPR + n};selvstendig;312999021;01.08.2025;31.12.2025" for n in range(NEW)]
        text = order_rows.text_of(lines, ";".join(each.nb for each in registering.HEADINGS))
        order = order_rows.place(text, "avtaler.csv", kind="gp-agreements")
        worker = Program(july, "orders", tmp_path)
        _killed_at(worker, dice, 1, Outcome.READY)
        with running(worker):
            assert until(lambda: order_rows.again(order).status is Status.CHECKED, 180), _log(worker)
            worker.stop()
        assert _count(OrderRow, OrderRow.outcome == Outcome.READY) == NEW
        assert _count(GpAgreement) == 0, "what was tried was kept"
        by = factories.acting("area-nordland")
        with writing():
            actions.carry_out(order.id, order_rows.again_version(order), by=by, at=order_rows.PLACED)
        _killed_at(worker, dice, 1, Outcome.MADE)
        with running(worker):
            assert until(lambda: order_rows.again(order).status is Status.DONE, 180), _log(worker)
            worker.stop()
        assert _count(OrderRow, OrderRow.outcome == Outcome.MADE) == NEW
        assert _count(GpAgreement) == NEW
        assert _count(AuditEntry, AuditEntry.event == "agreement.registered") == NEW
        assert _count(Outgoing, Outgoing.kind == "agreement_to_sign") == NEW
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
