"""What was shown as set off is what is locked: other sums are told, and nothing is handed over; both databases."""

from collections.abc import Callable
from datetime import date
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa
from flask import Flask

from app.compensation.models import Claim
from app.db import db, writing
from app.db.clock import start_at
from app.payouts import actions
from app.payouts.domain import CameBack
from app.payouts.models import PayoutList, SetOff
from app.payouts.workflow import DebtStatus, Status
from app.values.clock import local_date
from tests import claims_paid, compensation_rows, factories
from tests.claims_paid import JULY, confirmed, debt, newest, next_claim, owing, paid, proposed
from tests.client import Client, Page
from tests.factories import acting

LOCK = "Lås og overfør til økonomi"


@pytest.fixture
def gp_house(app: Flask) -> Flask:
    """People, the season's rules and the GP pot's frame of 2025; the clock in July."""
    with app.app_context():
        factories.people()
        factories.season_rules()
        compensation_rows.frame()
        with writing():
            start_at(JULY)
    return app


def lists() -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(PayoutList)) or 0


def to_be_locked(finance: Client) -> Page:
    queue = finance.see("/utbetalinger/ko/til-overforing")
    return queue.press("Gå videre med valgte", whole="y")


def money_came() -> None:
    """A part of the debt is paid back by hand."""
    by, owed = acting("finance3"), debt()
    key, version = owed.id, owed.version
    db.session.rollback()
    with writing():
        actions.register_back(key, CameBack(500_00, date(2025, 7, 3), "B-1"), version, by=by, at=JULY)


def test_a_sum_that_is_less_by_now_is_told_and_nothing_is_locked(
    gp_house: Flask, client_for: Callable[[str], Client]
) -> None:
    with gp_house.app_context():
        next_claim(owing(20), 50)
        claims_paid.ready(JULY)
        before = lists()
    asked = to_be_locked(client_for("finance2"))
    assert "Motregnes2 000,00 kr" in asked.text
    with gp_house.app_context():
        money_came()
    told = asked.press(LOCK, pay_on="03.07.2025")
    assert told.status == 422 and "Det som motregnes, er endret" in told.text
    assert "Motregnes1 500,00 kr" in told.text and "Til utbetaling3 500,00 kr" in told.text
    with gp_house.app_context():
        assert lists() == before and newest().status is Status.APPROVED and debt().held_ore == 0
    done = told.press(LOCK)
    assert done.status == 200 and "Motregnet1 500,00 kr" in done.text
    with gp_house.app_context():
        assert lists() == before + 1 and debt().held_ore == 1_500_00


def test_a_debt_that_has_come_is_told(gp_house: Flask, client_for: Callable[[str], Client]) -> None:
    with gp_house.app_context():
        claim = compensation_rows.claim(factories.agreement(), {"start": 1, "patient": 50})
        paid([claim])
        next_claim(claim, 50)
        claims_paid.ready(JULY)
        claim_id = claim.id
    asked = to_be_locked(client_for("finance2"))
    assert "Motregnes" not in asked.text
    with gp_house.app_context():
        claims_paid.countered(db.session.get_one(Claim, claim_id), {"patient": 20})
    told = asked.press(LOCK, pay_on="03.07.2025")
    assert told.status == 422 and "Motregnes2 000,00 kr" in told.text
    with gp_house.app_context():
        assert newest().status is Status.APPROVED and debt().held_ore == 0


def test_who_attests_and_approves_sees_what_is_set_off_in_all(
    gp_house: Flask, client_for: Callable[[str], Client]
) -> None:
    with gp_house.app_context():
        next_claim(owing(20), 50)
        claims_paid.ready(JULY)
    text = client_for("finance2").see("/utbetalinger/ko/til-overforing").text
    assert text.count("5 000,00 krMotregnes 2 000,00 kr, til utbetaling 3 000,00 kr") == 2, "the line and the sum"


def test_a_debt_confirmed_at_the_same_moment_is_set_off_as_shown_or_waits(gp_house: Flask) -> None:
    """Whoever comes first is right: the list is locked without it and it waits, or the list is told and not locked."""
    with gp_house.app_context():
        claim = compensation_rows.claim(factories.agreement(), {"start": 1, "patient": 50})
        paid([claim])
        next_claim(claim, 50)
        claims_paid.ready(JULY)
        made, line, before = proposed(claim, {"patient": 20}), newest(), lists()
        debt_id, key, version = made.id, line.id, line.version
        claims_paid.declared(claim.case_id, "decider")
        db.session.remove()
    gate, told, failed = Barrier(2), list[bool](), list[BaseException]()

    def hand() -> None:
        by = acting("finance2")
        db.session.rollback()
        gate.wait()
        try:
            with writing():
                actions.hand_over({key: version}, local_date(JULY), {}, by=by, at=JULY)
        except actions.SetOffChanged:
            told.append(True)

    def confirm() -> None:
        gate.wait()
        confirmed(debt_id)

    def run(what: Callable[[], None]) -> None:
        with gp_house.app_context():
            try:
                what()
            except BaseException as error:
                failed.append(error)
            db.session.remove()

    threads = [Thread(target=run, args=(what,)) for what in (hand, confirm)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with gp_house.app_context():
        assert not failed and debt().status is DebtStatus.CONFIRMED
        assert (lists() - before, debt().open_ore) == (0 if told else 1, 2_000_00)
        assert db.session.scalar(sa.select(sa.func.count()).select_from(SetOff)) == 0
        assert newest().status is (Status.APPROVED if told else Status.SENT)
