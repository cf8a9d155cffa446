"""kill -9 of the worker while it controls claims by rules: each is approved, paid for and answered once, or not yet."""

import random
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from app.budget.models import Frame, LedgerEntry
from app.compensation.models import Claim, GpAgreement
from app.compensation.workflow import Status
from app.db import db
from app.dispatch.models import Outgoing
from app.payables.models import PaymentBasis
from tests.bench.control import ground
from tests.ordeal.processes import Program, running, until, wait
from tests.ordeal.whole import assert_whole

MANY, KILLS = 3_000, 5


def test_claims_are_approved_once_however_often_the_worker_dies(app: Flask, tmp_path: Path) -> None:
    dice = random.Random(11)
    with app.app_context():
        ground(MANY)
        worker = Program(app, "worker", tmp_path)
        for _ in range(KILLS):
            before = _looked_at()
            with running(worker):
                assert until(lambda before=before: _looked_at() > before), worker.log.read_text("utf-8")[-3000:]
                wait(dice.uniform(0.0, 0.3))
                worker.kill()
        with running(worker):
            assert until(lambda: _looked_at() == MANY + 1), (_looked_at(), worker.log.read_text("utf-8")[-3000:])
            worker.stop()
        _once_each()
        assert_whole()


def _looked_at() -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).where(Claim.finding.is_not(None))) or 0


def _once_each() -> None:
    db.session.rollback()
    assert set(db.session.scalars(sa.select(Claim.status).distinct())) == {Status.APPROVED}
    sum_ore = (MANY + 1) * 1_000_00
    bound = db.session.scalars(sa.select(Frame).join(GpAgreement, sa.true()).limit(1)).one()
    assert bound.committed_ore == sum_ore
    for counted in (LedgerEntry.amount_ore, PaymentBasis.amount_ore, GpAgreement.claimed_ore):
        assert db.session.scalar(sa.select(sa.func.sum(counted))) == sum_ore
    answers = sa.select(sa.func.count()).where(Outgoing.kind == "claim_answer")
    assert db.session.scalar(answers) == MANY + 1
