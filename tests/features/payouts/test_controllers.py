"""Who controls an account number is impartial in every case it can be paid to for, before a payment waits too."""

import pytest
import sqlalchemy as sa
from flask import Flask

from app.awards.models import Award
from app.cases import queries as cases
from app.cases.actions import declare
from app.cases.domain import Impartiality
from app.cases.models import Case
from app.db import db, writing
from app.db.clock import start_at
from app.flow import Refused
from app.parties.actions import give_account
from app.payouts.models import Payable
from app.rules.domain import Trigger
from tests import factories, payout_rows
from tests.compensation_rows import agreement
from tests.compensation_rows import frame as gp_frame
from tests.factories import AT, acting
from tests.features.payouts.test_accounts import control


def newer_number(line: Payable) -> int:
    by = acting("demovik")
    with writing():
        return give_account(line.party_id, "12345600076", by=by, at=AT).id


def no_line_waits() -> None:
    with writing():
        payout_rows.on_a_list()


def another_case(kind: str, party_id: int) -> int:
    """A second case of the same organisation that money may go out on, before anything is payable there."""
    if kind == "agreement":
        factories.season_rules()
        gp_frame()
        return agreement(payee_orgnr="312999005", officer="officer2").case_id
    made = payout_rows.award(number="T25-0002", ore=100_000_00)
    with writing():
        no_account = {"account_id": None, "accepted_at": None, "accepted_by": None} if kind == "awaiting" else {}
        db.session.execute(sa.update(Award).where(Award.id == made.id).values(status=kind, **no_account))
    return made.case_id


@pytest.mark.parametrize("kind", ["awaiting", "accepted", "agreement"])
def test_a_number_is_answered_for_in_every_case_it_can_be_paid_to_before_a_payment_waits(
    house: Flask, kind: str
) -> None:
    with house.app_context():
        line = factories.payable(number="T25-0007")
        account_id = newer_number(line)
        no_line_waits()
        case_id = another_case(kind, line.party_id)
        with pytest.raises(Refused, match="svare"):
            control(account_id, "finance1")
        number = db.session.get_one(Case, case_id).number
        db.session.rollback()
        ties = (("finance1", Impartiality.PARTIAL, "inhabil"), ("finance2", Impartiality.IN_DOUBT, "tvil"))
        for who, answer, words in ties:
            by = acting(who)
            with writing():
                declare(cases.locked(case_id), answer, "Søskenbarn", by=by, at=AT)
            with pytest.raises(Refused, match=f"Sak {number}: .*{words}"):
                control(account_id, who)
        payout_rows.declared(case_id, "finance3")
        control(account_id)


@pytest.mark.parametrize("status", ["paid", "closed"])
def test_a_case_that_is_paid_out_is_not_asked_for(house: Flask, status: str) -> None:
    with house.app_context():
        line = factories.payable(hands=(), plan=((100, Trigger.ACCEPTANCE, None, None),))
        account_id = newer_number(line)
        with writing():
            payout_rows.on_a_list()
            db.session.execute(sa.update(Award).values(status=status))
        control(account_id)


def test_the_box_asks_who_controls_for_exactly_those_cases(house: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    with house.app_context():
        with writing():
            start_at(AT)
        line = factories.payable()
        newer_number(line)
        no_line_waits()
        another_case("accepted", line.party_id)
        payout_rows.award(orgnr="312999013", signer="fjordnes", number="T25-0003", ore=100_000_00)
        db.session.remove()
    for who in ("officer1", "decider", "auditor"):
        assert "Lagre svaret om habilitet" not in client_for(who).see("/utbetalinger/kontonummer").buttons(), who
    page = client_for("finance3").see("/utbetalinger/kontonummer")
    assert page.form("Lagre svaret om habilitet").fields()["asked"] == ["T25-0002"]
    assert "Bekreft kontonummeret" not in page.buttons()
    done = page.press("Lagre svaret om habilitet")
    assert "Lagre svaret om habilitet" not in done.buttons()
    assert "Bekreft kontonummeret" in done.buttons()


@pytest.mark.parametrize("later", [False, True])
def test_the_case_says_that_the_call_back_comes_before_the_hand(house: Flask, client_for, later: bool) -> None:  # type: ignore[no-untyped-def]
    with house.app_context():
        with writing():
            start_at(AT)
        line = factories.payable(control=later, hands=("officer2", "finance1"))
        if later:
            newer_number(line)
    for who in ("officer2", "decider", "auditor", "finance1", "finance3"):
        assert "venter på at økonomi kontrollerer kontonummeret." in client_for(who).see("/saker/T25-0001").text, who
    assert "Kontroller kontonummeret" not in client_for("finance3").see("/saker/T25-0001").links(), "has not answered"
    page = client_for("finance1").see("/saker/T25-0001")
    accounts = page.client.see(page.links()["Kontroller kontonummeret"])
    accounts.press("Bekreft kontonummeret", note="Ringte sentralbordet")
    assert "Utbetalingen venter på attestasjon." in client_for("officer2").see("/saker/T25-0001").text
