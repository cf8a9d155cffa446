"""kill -9 of the web process in the middle of a POST: it happened wholly or not at all."""

import random
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from app.awards.models import Award
from app.awards.workflow import Status as AwardStatus
from app.cases.models import Case
from app.cases.workflow import Status
from app.db import clock, db, writing
from app.dispatch import jobs as dispatch
from app.payouts.jobs import make_payables
from app.payouts.models import Payable, PayoutList
from tests import factories, payout_rows
from tests.ordeal.pressing import insist
from tests.ordeal.processes import Program
from tests.ordeal.whole import assert_whole

CASES = 4


def test_each_post_happens_wholly_or_not_at_all(app: Flask, tmp_path: Path) -> None:
    dice = random.Random(11)
    web = Program(app, "web", tmp_path)
    with app.app_context():
        _ground()
        factories.published_call()
        drafts = [(who, factories.draft(who, at=factories.AT).public_id) for who in ("demovik", "bergen")]
        db.session.remove()
    for who, public_id in drafts:
        step = (who, f"/vaar-side/soknad/{public_id}/signer", "Signer og send inn", {})
        insist(app, web, dice, step, lambda p=public_id: _status(p) is not Status.DRAFT)
    for n in range(1, CASES + 1):
        number = f"T25-9{n:03d}"
        step = ("decider", f"/saker/{number}/vedtak", "Vedta", {})
        insist(app, web, dice, step, lambda k=number: _decided(k))
    with app.app_context():
        dispatch.render_due(clock.now())
        dispatch.send_due(clock.now())
        awards = list(db.session.scalars(sa.select(Award.public_id)))
        db.session.remove()
    assert len(awards) == CASES
    for public_id in awards:
        step = ("demovik", f"/vaar-side/tilskudd/{public_id}", "Aksepter tilskuddet", _ACCEPT)
        insist(app, web, dice, step, lambda k=public_id: _accepted(k))
    with app.app_context():
        make_payables(clock.now())
        payout_rows.ready_to_sign()
        db.session.remove()
    queue = "/utbetalinger/ko/"
    insist(
        app, web, dice, ("finance1", queue + "til-attestasjon", "Attester valgte", {"whole": "y"}), _all_are("attested")
    )
    insist(
        app, web, dice, ("decider", queue + "til-godkjenning", "Godkjenn valgte", {"whole": "y"}), _all_are("approved")
    )
    lock = ("finance2", queue + "til-overforing", "Lås og overfør til økonomi", {})
    insist(app, web, dice, lock, lambda: _count(PayoutList) == 1)
    with app.app_context():
        assert _count(Payable) == CASES
        assert _count(PayoutList) == 1
        assert_whole()


_ACCEPT = {"account": "1234 56 00009", "terms": "y"}


def _ground() -> None:
    factories.people()
    with writing():
        clock.start_at(factories.AT)
    factories.frame()
    for n in range(1, CASES + 1):
        factories.recommended(1_000_000_00 + n * 100, number=f"T25-9{n:03d}")


def _count(model: type) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def _status(public_id: str) -> Status | None:
    return db.session.scalar(sa.select(Case.status).where(Case.public_id == public_id))


def _decided(number: str) -> bool:
    return db.session.scalar(sa.select(Case.decided_by).where(Case.number == number)) is not None


def _accepted(public_id: str) -> bool:
    return db.session.scalar(sa.select(Award.status).where(Award.public_id == public_id)) is AwardStatus.ACCEPTED


def _all_are(status: str) -> Callable[[], bool]:
    def done() -> bool:
        return set(db.session.scalars(sa.select(Payable.status))) == {status}

    return done
