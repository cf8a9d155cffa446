"""No money to an account that nobody has controlled: never paid to, another than applied with, or typed by us."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from app.access.domain import Role
from app.applications.models import Application
from app.cases import queries as cases
from app.cases.actions import declare, tell_account
from app.cases.domain import Impartiality
from app.compensation import actions as compensation
from app.db import db, writing
from app.db.clock import start_at
from app.flow import Refused, Stale, leave_hands
from app.parties.actions import control_account, give_account
from app.parties.models import BankAccount
from app.parties.queries import locked_account
from app.payouts import actions, queries
from app.payouts.jobs import make_payables
from app.payouts.models import Payable
from app.people import actions as people
from app.values.clock import local_date
from tests import factories, payout_rows
from tests.compensation_rows import CONFIRMED, agreement, claim, confirmed, ground
from tests.factories import AT, acting
from tests.payout_rows import on_a_list, versions

NEVER = "ikke betalt til dette kontonummeret før"
OTHER = "et annet enn i søknaden"
NEWER = "nytt kontonummer"
OURS = "registrert av oss"


def attest(line: Payable, who: str = "finance1", at=AT) -> None:  # type: ignore[no-untyped-def]
    seen, by = versions(line), acting(who)
    with writing():
        actions.attest(seen, by=by, at=at)


def control(account_id: int, who: str = "finance3", note: str = "Ringte sentralbordet", *, role: bool = False) -> None:
    """`role`: they are made one of finance first, so that only four eyes stands in the way."""
    by = replace(acting(who), roles=frozenset({Role.FINANCE})) if role else acting(who)
    with writing():
        actions.control_account(account_id, note, by=by, at=AT)


def waiting(at=AT) -> list[int]:  # type: ignore[no-untyped-def]
    found = queries.accounts_to_control(queries.seen(actor=None, today=local_date(at)))
    keys = [new.account.id for new in found]
    db.session.rollback()
    return keys


@pytest.mark.parametrize(("applied", "why"), [("12345600009", NEVER), ("12345600076", OTHER)])
def test_the_first_payment_waits_for_a_call_back(house: Flask, applied: str, why: str) -> None:
    with house.app_context():
        line = factories.payable(control=False)
        with writing():
            db.session.execute(sa.update(Application).values(account_no=applied))
        with pytest.raises(Refused, match=why):
            attest(line)
        assert waiting() == [line.account_id]
        with pytest.raises(IntegrityError), writing():
            on_a_list()
        with pytest.raises(Refused, match="Skriv hvem du ringte"):
            control(line.account_id, note=" ")
        control(line.account_id)
        assert waiting() == []
        attest(line)


def test_a_number_the_recipient_has_been_paid_to_needs_no_new_call(house: Flask) -> None:
    with house.app_context():
        line = factories.payable()
        with writing():
            on_a_list()
        again = factories.payable(control=False, number="T25-0002", ore=100_000_00)
        assert again.account_id == line.account_id
        with writing():
            db.session.execute(sa.update(BankAccount).values(controlled_by=None, controlled_at=None))
        assert waiting() == []
        attest(again)


def test_a_number_given_later_is_controlled_and_what_waits_goes_to_it(house: Flask) -> None:
    with house.app_context():
        line, by = factories.payable(), acting("demovik")
        with writing():
            account = give_account(line.party_id, "12345600076", by=by, at=AT)
        with pytest.raises(Refused, match=NEWER):
            attest(line)
        assert waiting() == [account.id]
        control(account.id)
        assert waiting() == []
        assert db.session.get_one(Payable, line.id).account_id == account.id
        attest(line)


@pytest.mark.parametrize(("who", "why"), [("demovik", "tilgang"), ("officer1", "tilgang"), ("decider", "tilgang")])
def test_only_finance_controls(house: Flask, who: str, why: str) -> None:
    with house.app_context():
        line = factories.payable(control=False)
        with pytest.raises(Refused, match=why):
            control(line.account_id, who)


def test_who_typed_or_confirmed_a_number_does_not_control_it(house: Flask) -> None:
    with house.app_context():
        line, by = factories.payable(), acting("finance1")
        with writing():
            account = give_account(line.party_id, "12345600076", by=by, at=AT)
        with pytest.raises(Refused, match="selv registrert"):
            control(account.id, "finance1")
        for column in ("registered", "confirmed"):
            told = {f"{column}_by": by.id, f"{column}_at": AT, "controlled_by": by.id, "controlled_at": AT}
            with pytest.raises(IntegrityError, match="control_by_another"), writing() as session:
                session.execute(sa.update(BankAccount).where(BankAccount.id == account.id).values(**told))


def test_no_new_row_and_no_number_told_again_washes_off_who_typed_it(house: Flask) -> None:
    with house.app_context():
        line, first, second = factories.payable(), acting("finance1"), acting("finance3")
        with writing():
            account = tell_account(line.party_id, "12345600076", by=first, at=AT, written_by=acting("officer2").id)
            tell_account(line.party_id, "12345600009", by=first, at=AT)
        with writing():
            again = tell_account(line.party_id, "12345600076", by=second, at=AT)
        assert again.account_no == account.account_no
        for typist in ("finance1", "finance3", "officer2"):
            with pytest.raises(Refused, match="selv registrert"):
                control(again.id, typist, role=True)
        control(again.id, "finance2")


def test_whoever_is_partial_or_has_not_answered_controls_no_number(house: Flask) -> None:
    with house.app_context():
        line = factories.payable(control=False, hands=("decider", "finance1"))
        with writing():
            case = cases.locked(line.case_id)
            declare(case, Impartiality.PARTIAL, "Søskenbarn", by=acting("finance1"), at=AT)
        for who, words in (("finance1", "inhabil"), ("officer2", "svare")):
            with pytest.raises(Refused, match=words):
                control(line.account_id, who, role=True)


@pytest.fixture
def gp_line(app: Flask) -> Flask:
    """An approved claim of a GP whose account an officer typed; its payable is made."""
    with app.app_context():
        ground()
        made = confirmed(claim(agreement()))
        payout_rows.declared(made.case_id, "officer2", *payout_rows.HANDS[2:])
        by = acting("officer2")
        with writing():
            compensation.approve(made.id, 2, by=by, at=CONFIRMED)
        assert make_payables(CONFIRMED) == 1
        db.session.rollback()
    return app


def line_of() -> Payable:
    found = db.session.scalars(sa.select(Payable)).one()
    db.session.rollback()
    return found


def test_an_account_an_officer_typed_is_confirmed_by_the_gp_before_it_is_paid_to(gp_line: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    with gp_line.app_context():
        with writing():
            start_at(CONFIRMED)
        with pytest.raises(Refused, match=OURS):
            attest(line_of(), at=CONFIRMED)
        assert waiting(CONFIRMED) == [line_of().account_id]
        db.session.remove()
    done = client_for("gp1").see("/krav-om-kompensasjon").press("Bekreft at kontonummeret er riktig")
    assert "Kontonummeret er bekreftet." in done.text
    assert "Bekreft at kontonummeret er riktig" not in done.buttons()
    with gp_line.app_context():
        assert waiting(CONFIRMED) == []
        attest(line_of(), at=CONFIRMED)


def test_or_a_second_person_controls_it(gp_line: Flask) -> None:
    with gp_line.app_context():
        control(line_of().account_id)
        attest(line_of(), at=CONFIRMED)


def test_the_officer_who_settled_the_claim_does_not_attest_it(gp_line: Flask) -> None:
    with gp_line.app_context():
        control(line_of().account_id)
        with pytest.raises(Refused, match="vedtatt denne selv"):
            attest(line_of(), "officer2", CONFIRMED)


@pytest.mark.parametrize(("who", "why"), [("gp1", "selv registrert"), ("finance3", "Du har kontrollert")])
def test_who_typed_or_controlled_the_number_is_told_that_another_confirms_it(
    gp_line: Flask, client_for, who: str, why: str
) -> None:  # type: ignore[no-untyped-def]
    """The page says what the verb says: whoever ever typed the number, in whatever row, does not confirm it."""
    from app.compensation.models import GpAgreement

    with gp_line.app_context():
        made, by, admin = db.session.scalars(sa.select(GpAgreement)).one(), acting(who), acting("admin")
        with writing():
            start_at(CONFIRMED)
            if who == "gp1":
                leave_hands("account", made.account_id, "typed", {by.id: AT})
            else:
                control_account(locked_account(made.account_id), "Ringt", by=by, at=AT)
                people.take_role(by.id, Role.FINANCE, by=admin, at=AT)
                people.give_membership(by.id, Role.SIGNER, party_id=made.payee_id, by=admin, at=AT)
        by = acting(who)
        with pytest.raises(Refused, match=why), writing():
            compensation.confirm_account(made.id, made.account_id, by=by, at=AT)
        db.session.remove()
    page = client_for(who).see("/krav-om-kompensasjon")
    assert "Bekreft at kontonummeret er riktig" not in page.buttons()
    assert why in page.text


@pytest.mark.parametrize("who", ["bergen", "officer1", "area-nordland"])
def test_only_the_payees_own_signer_confirms_the_number_shown(gp_line: Flask, who: str) -> None:
    from app.compensation.models import GpAgreement

    with gp_line.app_context():
        made, by = db.session.scalars(sa.select(GpAgreement)).one(), acting(who)
        with pytest.raises(Refused, match="tilgang"), writing():
            compensation.confirm_account(made.id, made.account_id, by=by, at=AT)
        with pytest.raises(Stale), writing():
            compensation.confirm_account(made.id, made.account_id + 1, by=acting("gp1"), at=AT)


def test_the_line_says_so_and_finance_has_a_list(house: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    with house.app_context():
        with writing():
            start_at(AT)
        address = factories.payable(control=False).public_id
    page = client_for("finance1").see(f"/utbetalinger/linje/{address}")
    assert "Kontonummeret må kontrolleres" in page.text and NEVER in page.text
    accounts = client_for("finance3").see(page.links()["Kontonummer til kontroll"])
    assert NEVER in accounts.text
    assert accounts.press("Bekreft kontonummeret", note="").status == 422
    done = accounts.press("Bekreft kontonummeret", note="Ringte rådmannen på sentralbordets nummer")
    assert "Ingen kontonummer venter på kontroll." in done.text
    assert "Ringte rådmannen" in client_for("finance1").see(f"/utbetalinger/linje/{address}").text
