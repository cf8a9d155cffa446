"""kill -9 of the worker while it controls claims by rules: each is approved, paid for and answered once, or not yet."""

import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from app.budget.models import Frame, LedgerEntry
from app.compensation.models import Claim, GpAgreement
from app.compensation.workflow import Status
from app.db import clock, db, writing
from app.demo.rules import establish, gp_2025
from app.dispatch.models import Outgoing
from app.payables.models import PaymentBasis
from app.rules.domain import ControlRule
from app.rules.queries import pot_by_code
from tests import compensation_rows, factories
from tests.many_claims import copies
from tests.ordeal.processes import Program, running, until, wait
from tests.ordeal.whole import assert_whole

MANY, KILLS = 3_000, 5
AT = compensation_rows.CONFIRMED


def test_claims_are_approved_once_however_often_the_worker_dies(app: Flask, tmp_path: Path) -> None:
    dice = random.Random(11)
    with app.app_context():
        _ground()
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


def _ground() -> None:
    factories.people()
    factories.season_rules()
    compensation_rows.frame(100_000_000_00)
    pot = pot_by_code("gp")
    assert pot is not None
    with writing():
        by, decider = factories.acting("officer1"), factories.acting("decider")
        rules = replace(gp_2025(), control=ControlRule(100_000_00, 0), in_force_on=date(2025, 1, 1))
        establish(pot, 2025, rules, writer=by, approver=decider, at=factories.AT.replace(year=2024, month=12))
    made = compensation_rows.claim(compensation_rows.agreement(), {"patient": 10})
    copies(compensation_rows.confirmed(made).id, MANY)
    with writing():
        clock.start_at(AT)


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
