"""Another account number after the acceptance: the recipient gives it, all who sign are warned, finance rings first."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from app.awards.models import Award
from app.awards.workflow import Status as AwardStatus
from app.db import db, writing
from app.db.clock import start_at
from app.dispatch.models import Outgoing
from app.flow import Refused
from app.parties.models import BankAccount, Party
from app.payouts import actions, queries
from app.payouts.jobs import make_payables
from app.payouts.models import Payable, PayoutList
from app.payouts.workflow import Status
from app.rules.domain import Trigger
from app.values.clock import local_date
from tests import factories, payout_rows
from tests.client import Client
from tests.compensation_rows import agreement
from tests.factories import AT, acting
from tests.payout_rows import ACCOUNT, versions

OTHER = "12345600076"
LATER = AT + timedelta(hours=1)
People = Callable[[str], Client]


def give(case_id: int, number: str = OTHER, who: str = "demovik") -> BankAccount:
    by = acting(who)
    with writing():
        return actions.give_account(case_id, number, by=by, at=LATER)


def take(verb: Callable[..., object], line: Payable, who: str, *more: object, **named: object) -> None:
    seen, by = versions(line), acting(who)
    with writing():
        verb(seen, *more, by=by, at=LATER, **named)


def attest(line: Payable) -> None:
    take(actions.attest, line, "finance1")


def refused_by_the_bank() -> Payable:
    """A line that was sent and refused, the refusal seen by a second person; gives the line that pays it anew."""
    line = factories.payable()
    attest(line)
    take(actions.approve, line, "decider")
    take(actions.hand_over, line, "finance2", AT.date())
    made = db.session.scalars(sa.select(PayoutList.id)).one()
    db.session.rollback()
    take(partial(actions.register_rejected, made), line, "finance2", "Kontoen finnes ikke")
    take(actions.check_rejection, line, "finance3", "Sett svaret", rejected=True)
    assert make_payables(LATER) == 1
    anew = db.session.scalars(sa.select(Payable).where(Payable.status == Status.READY)).one()
    db.session.rollback()
    return anew


def control(account_id: int, at: datetime = LATER) -> None:
    by = acting("finance3")
    with writing():
        actions.control_account(account_id, "Ringte sentralbordet", by=by, at=at)


def deny(account_id: int, who: str = "finance3", note: str = "De kjenner ikke nummeret") -> None:
    by = acting(who)
    with writing():
        actions.deny_account(account_id, note, by=by, at=LATER)


def waiting() -> list[int]:
    found = queries.accounts_to_control(queries.seen(actor=None, today=local_date(LATER)))
    keys = [new.account.id for new in found]
    db.session.rollback()
    return keys


def test_a_new_number_is_paid_to_only_when_it_is_controlled(house: Flask) -> None:
    with house.app_context():
        line = factories.payable()
        account = give(line.case_id)
        assert (account.account_no, account.controlled_at) == (OTHER, None)
        with pytest.raises(Refused, match="nytt kontonummer"):
            attest(line)
        assert waiting() == [account.id]
        control(account.id)
        assert db.session.get_one(Payable, line.id).account_id == account.id
        attest(line)


def test_all_who_can_sign_and_the_organisation_are_warned(house: Flask) -> None:
    with house.app_context():
        line = factories.payable()
        with writing():
            db.session.execute(sa.update(Party).where(Party.id == line.party_id).values(email="post@demovik.example"))
        give(line.case_id)
        told = db.session.scalars(sa.select(Outgoing).where(Outgoing.kind == "account_given")).all()
        reached = queries.to_warn(line.party_id).values()
        assert (
            {each.address for each in told} == {*reached} >= {"post@demovik.example", factories.user("demovik").email}
        )
        assert all("6000 76" not in each.body and OTHER not in each.body for each in told)
        assert all("ta kontakt med oss med en gang" in each.body for each in told)


@pytest.mark.parametrize(("who", "why"), [("bergen", "tilgang"), ("officer1", "tilgang"), ("finance1", "tilgang")])
def test_only_the_recipients_own_signer_gives_it(house: Flask, who: str, why: str) -> None:
    with house.app_context():
        line = factories.payable()
        with pytest.raises(Refused, match=why):
            give(line.case_id, who=who)


def test_the_same_number_is_no_new_one_and_a_paid_award_takes_none(house: Flask) -> None:
    with house.app_context():
        line = factories.payable(plan=((100, Trigger.ACCEPTANCE, None, None),))
        with pytest.raises(Refused, match="har fra før"):
            give(line.case_id, ACCOUNT)
        with writing():
            payout_rows.on_a_list()
        with pytest.raises(Refused, match="ikke mer å betale"):
            give(line.case_id)


@pytest.mark.parametrize("status", [AwardStatus.ACCEPTED, AwardStatus.PARTLY_PAID, AwardStatus.STOPPED])
def test_the_award_has_the_step_and_the_page_takes_it_once(
    house: Flask, client_for: People, status: AwardStatus
) -> None:
    with house.app_context():
        with writing():
            start_at(AT)
        party_id = factories.payable().party_id
        with writing():
            db.session.execute(sa.update(Award).values(status=status))
        award = db.session.scalars(sa.select(Award.public_id)).one()
    client = client_for("demovik")
    page = client.see(client.see(f"/vaar-side/tilskudd/{award}").links()["Gi nytt kontonummer"])
    assert page.press("Gi nytt kontonummer", account="12345600077").status == 422
    same = page.press("Gi nytt kontonummer", account=ACCOUNT)
    assert (same.status, "har fra før" in same.text) == (422, True)
    done = page.press("Gi nytt kontonummer", account="1234 56 00076")
    assert "Det nye kontonummeret er registrert" in done.text and "(nytt)" in done.text
    page.press("Gi nytt kontonummer", account="1234 56 00076")
    assert "Gi nytt kontonummer" in done.links()
    with house.app_context():
        given = sa.select(BankAccount.account_no).where(BankAccount.party_id == party_id)
        assert db.session.scalars(given.order_by(BankAccount.id)).all() == [ACCOUNT, OTHER]


def test_a_gp_gives_one_on_the_agreement(app: Flask, client_for: People) -> None:
    with app.app_context():
        factories.people()
        factories.season_rules()
        with writing():
            start_at(AT)
        agreement()
    page = client_for("gp1").see("/krav-om-kompensasjon")
    done = client_for("gp1").see(page.links()["Gi nytt kontonummer"]).press("Gi nytt kontonummer", account=OTHER)
    assert "Det nye kontonummeret er registrert" in done.text and "(nytt)" in done.text
    assert OTHER[:4] in client_for("finance3").see("/utbetalinger/kontonummer").text


def test_a_number_the_bank_refused_is_rung_about_before_it_is_paid_to_again(house: Flask) -> None:
    with house.app_context():
        line = refused_by_the_bank()
        with pytest.raises(Refused, match="Banken avviste"):
            attest(line)
        assert waiting() == [line.account_id]
        hands = {"attested_by": 5, "approved_by": 4, "authorised_by": 6}
        times = {"attested_at": LATER, "approved_at": LATER, "authorised_at": LATER}
        on = {"status": "sent", "list_id": sa.select(PayoutList.id).scalar_subquery(), "line_no": 2}
        past_the_code = sa.update(Payable).where(Payable.id == line.id).values({**on, **hands, **times})
        with pytest.raises(IntegrityError, match="nobody has controlled"), writing():
            db.session.execute(past_the_code)
        told = db.session.scalars(sa.select(Outgoing.body).where(Outgoing.kind == "account_rejected")).all()
        assert told and all("Banken avviste" in body and ACCOUNT not in body for body in told)
        db.session.rollback()
        with pytest.raises(Refused, match="banken avviste"):
            give(line.case_id, ACCOUNT)
        control(line.account_id, LATER + timedelta(hours=1))
        assert waiting() == []
        attest(line)


def test_or_another_is_given_and_the_refused_one_given_later_is_no_better(house: Flask) -> None:
    with house.app_context():
        line = refused_by_the_bank()
        control(give(line.case_id).id)
        assert give(line.case_id, ACCOUNT).is_rejected
        with pytest.raises(Refused, match="nytt kontonummer"):
            attest(line)


@pytest.mark.parametrize("how", ["refused", "denied"])
def test_the_recipient_is_asked_for_another_where_they_look(house: Flask, client_for: People, how: str) -> None:
    with house.app_context():
        with writing():
            start_at(LATER)
        if how == "refused":
            refused_by_the_bank()
        else:
            deny(factories.payable(control=False).account_id)
        db.session.remove()
    client = client_for("demovik")
    home = client.see("/vaar-side")
    assert "Vi venter på et nytt kontonummer" in home.text and "Er til behandling hos oss" not in home.text
    page = client.see(home.links()["Gi oss et nytt kontonummer"])
    done = page.press("Gi nytt kontonummer", account=OTHER)
    assert "(nytt)" in done.text
    assert "Gi oss et nytt kontonummer" not in client.see("/vaar-side").links()


def test_a_number_that_was_wrong_on_the_phone_is_closed_and_all_waits(house: Flask) -> None:
    with house.app_context():
        line = factories.payable()
        account = give(line.case_id)
        with pytest.raises(Refused, match="tilgang"):
            deny(account.id, "officer1")
        with pytest.raises(Refused, match="Skriv hvem"):
            deny(account.id, note=" ")
        deny(account.id)
        with pytest.raises(Refused, match="var feil da mottakeren ble ringt"):
            attest(line)
        assert waiting() == []
        told = db.session.scalars(sa.select(Outgoing.body).where(Outgoing.kind == "account_denied")).all()
        assert told and all("er feil" in body for body in told)
        again = give(line.case_id)
        assert again.id != account.id and waiting() == [again.id]
        control(again.id)
        attest(line)


def test_finance_says_so_at_the_call_back(house: Flask, client_for: People) -> None:
    with house.app_context():
        with writing():
            start_at(LATER)
        account_id = factories.payable(control=False).account_id
    page = client_for("finance3").see("/utbetalinger/kontonummer")
    assert page.press("Nei, nummeret er ikke riktig", note="").status == 422
    done = page.press("Nei, nummeret er ikke riktig", note="Rådmannen kjenner det ikke")
    assert "Kontonummeret er stengt." in done.text
    with house.app_context():
        account = db.session.get_one(BankAccount, account_id)
        assert (account.closed_at is not None, account.controlled_at) == (True, None)
