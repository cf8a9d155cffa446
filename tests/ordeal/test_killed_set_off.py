"""kill -9 of the web process while lists with debts set off are locked, refused by the bank and booked."""

import random
from collections.abc import Callable
from datetime import date
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from app.budget.domain import EntryKind
from app.budget.models import LedgerEntry
from app.db import clock, db, writing
from app.parties import actions as parties
from app.parties.models import BankAccount
from app.payouts.models import MoneyBack, PayoutList, SetOff
from app.payouts.workflow import DebtStatus, Status
from tests import claims_paid, compensation_rows
from tests.claims_paid import JULY, debt, newest, next_claim, owing
from tests.factories import acting
from tests.ordeal.pressing import Step, insist
from tests.ordeal.processes import Program

LOCK, OUTCOME = "/utbetalinger/ko/til-overforing", "/utbetalinger/lister/{}"


def test_nothing_is_set_off_twice_and_nothing_is_lost(app: Flask, tmp_path: Path) -> None:
    """Locked, refused by the bank, looked at, locked anew and booked: each step wholly or not at all, the debt once."""
    dice, web = random.Random(5), Program(app, "web", tmp_path)

    def until(who: str, page: str, button: str, values: dict[str, str], done: Callable[[], bool]) -> None:
        step: Step = (who, page, button, values)
        insist(app, web, dice, step, done)

    with app.app_context():
        compensation_rows.ground()
        next_claim(owing(20), 50)
        claims_paid.ready(JULY)
        with writing():
            clock.start_at(JULY)
        first = newest().id
        db.session.remove()
    lock = ("finance2", LOCK, "Lås og overfør til økonomi", {"pay_on": "03.07.2025"})
    until(*lock, lambda: newest().status is Status.SENT)
    with app.app_context():
        assert (debt().held_ore, debt().back_ore) == (2_000_00, 0)
        page, line = OUTCOME.format(_list().number), f"/utbetalinger/linje/{newest().public_id}"
        db.session.remove()
    bank = {"whole": "y", "reason": "Kontoen er sperret."}
    until("finance3", page, "Registrer som avvist", bank, lambda: newest().status is Status.REJECTED)
    look = {"answer": "rejected", "note": "Sett i banken."}
    until("finance1", line, "Lagre kontrollen", look, lambda: newest().status is Status.CANCELLED)
    with app.app_context():
        assert (debt().held_ore, debt().open_ore) == (0, 2_000_00)
        _ready_anew()
        assert newest().id != first
        db.session.remove()
    until(*lock, lambda: newest().status is Status.SENT)
    with app.app_context():
        page = OUTCOME.format(_list().number)
        db.session.remove()
    paid = {"whole": "y", "paid_on": "03.07.2025"}
    until("finance3", page, "Registrer som betalt", paid, lambda: newest().status is Status.PAID)
    with app.app_context():
        assert (debt().held_ore, debt().back_ore, debt().status) == (0, 2_000_00, DebtStatus.REPAID)
        ledger = sa.select(LedgerEntry.amount_ore).where(LedgerEntry.kind == EntryKind.REPAYMENT)
        assert list(db.session.scalars(ledger)) == [2_000_00]
        assert [(back.amount_ore, back.came_on) for back in db.session.scalars(sa.select(MoneyBack))] == [
            (2_000_00, date(2025, 7, 3))
        ]
        offs = db.session.scalars(sa.select(SetOff).order_by(SetOff.id)).all()
        assert [(off.booked_at is None, off.undone_at is None) for off in offs] == [(True, False), (False, True)]


def _ready_anew() -> None:
    """The number is called back about, and the sum is attested and approved anew."""
    by, account_id = acting("finance3"), newest().account_id
    db.session.rollback()
    with writing():
        parties.control_account(db.session.get_one(BankAccount, account_id), "Ringt.", by=by, at=clock.now())
    claims_paid.ready(clock.now())


def _list() -> PayoutList:
    query = sa.select(PayoutList).order_by(PayoutList.id.desc()).limit(1)
    return db.session.scalars(query.execution_options(populate_existing=True)).one()
