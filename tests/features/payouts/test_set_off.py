"""A debt is set off in the payee's next payment from the same pot: held, booked once, or let go of; both databases."""

from dataclasses import replace
from datetime import UTC, date, datetime
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from app.budget import jobs as budget_jobs
from app.budget.domain import EntryKind
from app.budget.models import LedgerEntry
from app.budget.queries import ledger_of
from app.compensation.domain import Period
from app.db import db, writing
from app.db.clock import start_at
from app.parties import actions as parties
from app.parties.models import BankAccount
from app.payouts import actions, queries
from app.payouts.domain import CameBack
from app.payouts.exports import HEADS, csv_bytes
from app.payouts.kinds import KINDS
from app.payouts.models import MoneyBack, Payable, PayoutList, SetOff
from app.payouts.workflow import DebtStatus, Status
from app.values.clock import local_date
from tests import claims_paid, compensation_rows, factories
from tests.claims_paid import (
    JULY,
    SECOND,
    approved,
    at_the_bank,
    booked,
    countered,
    debt,
    newest,
    next_claim,
    owing,
    refused_by_bank,
)
from tests.factories import acting

THIRD, OCTOBER = Period(date(2025, 7, 1), date(2025, 9, 30)), datetime(2025, 10, 2, 9, 0, tzinfo=UTC)
LATER = datetime(2025, 7, 4, 9, 0, tzinfo=UTC)


def rows(kind: EntryKind) -> list[int]:
    return list(db.session.scalars(sa.select(LedgerEntry.amount_ore).where(LedgerEntry.kind == kind)))


def test_a_debt_is_held_on_the_list_and_booked_with_the_line(gp_house: Flask) -> None:
    with gp_house.app_context():
        claim = owing(20)
        next_claim(claim, 50)
        made = at_the_bank(JULY)
        assert (made.sum_ore, made.set_off_ore, made.net_ore) == (5_000_00, 2_000_00, 3_000_00)
        line = newest()
        assert (line.amount_ore, line.set_off_ore, line.net_ore) == (5_000_00, 2_000_00, 3_000_00)
        assert (debt().held_ore, debt().open_ore, debt().back_ore) == (2_000_00, 0, 0)
        assert debt().status is DebtStatus.CONFIRMED and ledger_of(claim.case_id).open_debt_ore == 2_000_00
        _, lines = queries.lines_to_file(made.id)
        row = csv_bytes(lines).decode("utf-8-sig").splitlines()[1].split(";")
        told = [row[HEADS.index(name)] for name in ("beløp", "brutto", "motregnet")]
        assert told == ["3000,00", "5000,00", "2000,00"]
        booked(made, JULY)
        assert (debt().held_ore, debt().back_ore, debt().status) == (0, 2_000_00, DebtStatus.REPAID)
        assert ledger_of(claim.case_id).open_debt_ore == 0
        assert rows(EntryKind.PAYMENT) == [15_000_00, 5_000_00] and rows(EntryKind.REPAYMENT) == [2_000_00]
        back = db.session.scalars(sa.select(MoneyBack)).one()
        assert (back.voucher, back.amount_ore, back.came_on) == (f"{made.number}/1", 2_000_00, local_date(JULY))
        assert budget_jobs.verify(JULY) == 1
        from app.audit.verify import faults

        assert list(faults()) == []


def test_what_is_more_than_the_line_waits_for_the_next(gp_house: Flask) -> None:
    """A line whose net is nought sends no money, and is booked."""
    with gp_house.app_context():
        claim = owing(50)
        next_claim(claim, 20)
        made = at_the_bank(JULY)
        assert (made.net_ore, made.set_off_ore) == (0, 2_000_00)
        with pytest.raises(Exception, match="sender ingen penger"):
            refused_by_bank(made, JULY)
        booked(made, JULY)
        assert (debt().open_ore, debt().back_ore, debt().status) == (3_000_00, 2_000_00, DebtStatus.CONFIRMED)
        next_claim(claim, 100, THIRD, OCTOBER)
        booked(at_the_bank(OCTOBER), OCTOBER)
        assert (debt().open_ore, debt().status) == (0, DebtStatus.REPAID)
        assert newest().net_ore == 7_000_00
        assert rows(EntryKind.REPAYMENT) == [2_000_00, 3_000_00]


def test_a_claim_is_taken_back_of_in_its_own_payment(gp_house: Flask) -> None:
    with gp_house.app_context():
        claim = approved(compensation_rows.claim(factories.agreement(), {"start": 1, "patient": 50}))
        countered(claim, {"patient": 10})
        made = at_the_bank()
        assert (made.sum_ore, made.net_ore) == (15_000_00, 14_000_00)
        booked(made)
        assert debt().status is DebtStatus.REPAID


def test_what_the_bank_refuses_is_owed_again_and_set_off_once(gp_house: Flask) -> None:
    with gp_house.app_context():
        claim = owing(20)
        next_claim(claim, 50)
        made = at_the_bank(JULY)
        refused_by_bank(made, JULY)
        assert (debt().held_ore, debt().open_ore, debt().status) == (0, 2_000_00, DebtStatus.CONFIRMED)
        assert rows(EntryKind.REPAYMENT) == []
        by, account = acting("finance3"), db.session.get_one(BankAccount, newest().account_id)
        db.session.rollback()
        with writing():
            parties.control_account(account, "Ringt.", by=by, at=LATER)
        again = at_the_bank(LATER)
        assert (again.sum_ore, again.set_off_ore) == (5_000_00, 2_000_00)
        booked(again, LATER)
        assert rows(EntryKind.REPAYMENT) == [2_000_00] and debt().status is DebtStatus.REPAID
        states = db.session.execute(sa.select(SetOff.booked_at.is_not(None), SetOff.undone_at.is_not(None)))
        assert [tuple(row) for row in states.all()] == [(False, True), (True, False)]


def test_money_that_comes_meanwhile_is_never_more_than_what_is_not_held(gp_house: Flask) -> None:
    with gp_house.app_context():
        claim = owing(50)
        next_claim(claim, 20)
        made = at_the_bank(JULY)
        finance, owed = acting("finance3"), debt()
        key, version = owed.id, owed.version
        db.session.rollback()
        with pytest.raises(Exception, match="bare"), writing():
            actions.register_back(key, CameBack(3_000_01, date(2025, 7, 3), "B-1"), version, by=finance, at=JULY)
        with writing():
            actions.register_back(key, CameBack(3_000_00, date(2025, 7, 3), "B-1"), version, by=finance, at=JULY)
        assert (debt().open_ore, debt().status) == (0, DebtStatus.CONFIRMED)
        booked(made, JULY)
        assert (debt().back_ore, debt().status) == (5_000_00, DebtStatus.REPAID)


def test_a_line_of_a_grant_sets_nothing_off(gp_house: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The kind of what is paid says so; what is owed in another pot is left by the reckoning itself."""
    with gp_house.app_context():
        next_claim(owing(20), 50)
        claims_paid.ready(JULY)
        key = newest().id
        assert [off.amount_ore for off in queries.offs_for([key])] == [2_000_00]
        assert not KINDS["instalment"].sets_off
        monkeypatch.setitem(KINDS, "claim", replace(KINDS["claim"], sets_off=False))
        assert queries.offs_for([key]) == []
        by = acting("finance2")
        db.session.rollback()
        with writing():
            made = actions.hand_over({key: newest().version}, local_date(JULY), by=by, at=JULY)
        assert made.set_off_ore == 0


@pytest.mark.parametrize("change", ["payable SET set_off_ore = 0", "repayment SET held_ore = 99999999"])
def test_what_is_set_off_is_the_lists_whoever_writes(gp_house: Flask, change: str) -> None:
    with gp_house.app_context():
        next_claim(owing(20), 50)
        at_the_bank(JULY)
        with pytest.raises(IntegrityError), writing():
            db.session.execute(sa.text(f"UPDATE {change}"))
        for act in ("UPDATE set_off SET amount_ore = 1", "DELETE FROM set_off"):
            with pytest.raises(IntegrityError), writing():
                db.session.execute(sa.text(act))


def test_two_lists_at_once_never_set_off_the_same_twice(gp_house: Flask) -> None:
    with gp_house.app_context():
        claim = owing(40)
        other = factories.agreement(hpr_no="7654321", gp_name="Lege To")
        next_claim(claim, 50)
        approved(compensation_rows.claim(other, {"patient": 30}, period=SECOND, at=JULY), at=JULY)
        claims_paid.ready(JULY)
        keys = list(db.session.execute(sa.select(Payable.id, Payable.version).where(Payable.status == Status.APPROVED)))
        db.session.remove()
    gate, failed = Barrier(2), list[BaseException]()

    def hand(key: int, version: int) -> None:
        with gp_house.app_context():
            by = acting("finance2")
            db.session.rollback()
            gate.wait()
            try:
                with writing():
                    actions.hand_over({key: version}, local_date(JULY), by=by, at=JULY)
            except BaseException as error:
                failed.append(error)
            db.session.remove()

    threads = [Thread(target=hand, args=(row.id, row.version)) for row in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with gp_house.app_context():
        assert not failed and len(keys) == 2
        assert (debt().held_ore, debt().open_ore) == (4_000_00, 0)
        assert db.session.scalar(sa.select(sa.func.sum(SetOff.amount_ore))) == 4_000_00
        assert db.session.scalar(sa.select(sa.func.sum(PayoutList.set_off_ore)).where(PayoutList.id > 1)) == 4_000_00


def test_the_pages_tell_gross_set_off_and_net(gp_house: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    with gp_house.app_context():
        next_claim(owing(20), 50)
        claims_paid.ready(JULY)
        line = newest().public_id
        with writing():
            start_at(JULY)
    finance = client_for("finance2")
    queue = finance.see("/utbetalinger/ko/til-overforing")
    assert "Motregnes 2 000,00 kr, til utbetaling 3 000,00 kr" in queue.text
    assert "Motregnes2 000,00 kr" in finance.see(f"/utbetalinger/linje/{line}").text
    asked = queue.press("Gå videre med valgte", whole="y")
    assert "Til utbetaling" in asked.text and "3 000,00 kr" in asked.text
    done = asked.press("Lås og overfør til økonomi", pay_on="03.07.2025")
    assert done.status == 200
    assert "Motregnet2 000,00 kr" in done.text and "Til utbetaling3 000,00 kr" in done.text


def test_the_claims_tell_what_is_set_off_where_and_what_is_left(gp_house: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    """To the payee too, and to no other: the claim paid with less, and the one that owes."""
    with gp_house.app_context():
        owes = owing(50)
        pays = next_claim(owes, 20)
        made = at_the_bank(JULY)
        booked(made, JULY)
        number, owing_id, paying_id = made.number, owes.public_id, pays.public_id
        with writing():
            start_at(JULY)
    gp = client_for("gp1")
    less = gp.see(gp.see(f"/krav/{paying_id}").links()["Motregning"]).text
    assert "Motregnet2 000,00 kr" in less and "Trukket fra utbetalingen" in less
    back = gp.see(gp.see(f"/krav/{owing_id}").links()["Motregning"]).text
    assert "Motkrav på 5 000,00 kr" in back and f"{number}/1" in back
    assert "Betalt tilbake2 000,00 kr" in back and "Står igjen3 000,00 kr" in back
    assert f"{number}/1" in client_for("finance1").see(f"/utbetalinger/motregning/{owing_id}").links()
    assert client_for("bergen").get(f"/utbetalinger/motregning/{owing_id}").status_code in (403, 404)
