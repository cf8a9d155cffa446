"""Money to come back: registered by one, confirmed by another, seen wherever the organisation is judged, and paid."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from app.access.domain import Role
from app.budget import actions as budget
from app.budget.domain import EntryKind
from app.budget.models import Frame, LedgerEntry
from app.budget.queries import ledger_of, open_debts
from app.cases import actions as cases
from app.cases.domain import Impartiality
from app.cases.queries import locked
from app.db import db, writing
from app.flow import Refused, Stale
from app.payouts import actions
from app.payouts.domain import CameBack, Owed, why_not_back, why_not_owed
from app.payouts.models import Repayment
from app.payouts.workflow import DebtStatus
from app.people import actions as people
from tests import factories
from tests.client import Client, Page
from tests.page_contract import words_of

AT = factories.AT
KR = 100
PAID = 600_000 * KR
PAGE = "/utbetalinger/tilbakebetaling/T25-0001"
TYPED = {"amount": "200 000", "decided_on": "07.01.2025", "reference": "25/1234-7", "reason": "Ubrukte midler."}
OWED = Owed(200_000 * KR, date(2025, 1, 7), "25/1234-7", "Ubrukte midler.")


@pytest.fixture
def paid(house: Flask) -> int:
    """A granted case that 600 000 kr is paid on, and another of the same organisation that waits for a decision."""
    with house.app_context():
        frame_id = db.session.scalars(sa.select(Frame.id)).one()
        db.session.rollback()
        case_id = factories.recommended(1_000_000 * KR)
        factories.accepted(factories.decided(case_id))
        with writing():
            budget.pay(frame_id, case_id, PAID, "test:1", by=None, at=AT)
        factories.recommended(500_000 * KR, number="T25-0002")
        for username in ("decider", "officer1"):
            with writing():
                cases.declare(locked(case_id), Impartiality.IMPARTIAL, "", by=factories.acting(username), at=AT)
        return case_id


def registered(case_id: int, owed: Owed = OWED, by: str = "officer1") -> Repayment:
    person = factories.acting(by)
    with writing():
        return actions.register_repayment(case_id, owed, by=person, at=AT)


def confirmed(claim: Repayment, by: str = "decider") -> Repayment:
    person = factories.acting(by)
    with writing():
        actions.confirm_repayment(claim.id, claim.version, by=person, at=AT)
    return db.session.get_one(Repayment, claim.id, populate_existing=True)


def test_a_debt_is_registered_confirmed_warned_of_and_paid(
    house: Flask, paid: int, client_for: Callable[[str], Client]
) -> None:
    officer, decider, finance = (client_for(name) for name in ("officer1", "decider", "finance1"))
    page = officer.see(PAGE).press("Registrer krav om tilbakebetaling", **TYPED)
    assert "Venter på bekreftelse" in page.text and "Står igjen" not in page.text, "it is no debt yet"
    assert "Bekreft kravet" not in page.buttons()
    assert "T25-0001" in decider.see("/utbetalinger").links(), "whoever must confirm it finds it"
    assert "Søkeren skylder" not in decider.see("/vedtak").text
    recipient = client_for("demovik")
    assert "Betal tilbake" not in recipient.see("/vaar-side").text
    with house.app_context():
        assert open_debts([factories.party("312999005").id]) == {}
    asked = decider.see(PAGE)
    assert "Se over før du går videre" in asked.text and "ikke trekkes etterpå" in asked.text
    told = asked.press("Bekreft kravet").text
    assert "Skal betales tilbake" in told and "Står igjen" in told
    for reader, address in ((officer, "/saker/T25-0001"), (decider, "/vedtak"), (decider, "/saker/T25-0002/vedtak")):
        text = reader.see(address).text.replace("\xa0", " ")
        assert "200 000" in text, address
        assert "T25-0001" in text, address
    assert "Søkeren skylder" in officer.see("/saker/T25-0002/vurdering").text
    mine = recipient.see(recipient.see("/vaar-side").links()["Betal tilbake 200 000 kr"]).text
    for words in (
        "Krevd tilbake200 000,00 kr",
        "Vedtatt7. januar 2025",
        "Vår referanse25/1234-7",
        "Betal slik det står",
    ):
        assert words in mine.replace("\n", ""), words
    assert "Registrer innbetaling" not in finance.see(PAGE).buttons(), "nobody takes money in who has not answered"
    finance.see(PAGE).press("Lagre svaret om habilitet")
    came = {"amount": "150 000", "came_on": "07.01.2025", "voucher": "B-1"}
    again = finance.see(PAGE).press("Registrer innbetaling", **came)
    assert again.status == 200
    assert finance.see(PAGE).press("Registrer innbetaling", **came).status == 422, "the same voucher, and too much"
    done = finance.see(PAGE).press("Registrer innbetaling", **{**came, "amount": "50 000", "voucher": "B-2"})
    assert "Betalt tilbake" in done.text
    assert "Søkeren skylder" not in officer.see("/saker/T25-0002").text
    assert "Betal tilbake" not in recipient.see("/vaar-side").text
    with house.app_context():
        assert ledger_of(paid).open_debt_ore == 0
        kinds = db.session.execute(
            sa.select(LedgerEntry.kind, LedgerEntry.amount_ore)
            .where(LedgerEntry.kind.in_([EntryKind.DEBT, EntryKind.REPAYMENT]))
            .order_by(LedgerEntry.id)
        )
        assert [(kind, ore // KR) for kind, ore in kinds] == [
            (EntryKind.DEBT, 200_000),
            (EntryKind.REPAYMENT, 150_000),
            (EntryKind.REPAYMENT, 50_000),
        ]


def test_nobody_claims_confirms_or_receives_what_is_not_theirs_to(house: Flask, paid: int) -> None:
    with house.app_context():
        for by in ("decider", "finance1", "auditor", "demovik"):
            with pytest.raises(Refused):
                registered(paid, by=by)
        with pytest.raises(Refused, match="habil"):
            registered(paid, by="officer2")
        claim = registered(paid)
        for by in ("officer1", "officer2", "finance1"):
            with pytest.raises(Refused):
                confirmed(claim, by)
        with pytest.raises(Refused, match="habil"), writing():
            actions.withdraw_repayment(claim.id, claim.version, by=factories.acting("officer2"), at=AT)
        with pytest.raises(Refused, match="eldre enn den første utbetalingen"):
            registered(paid, Owed(OWED.amount_ore, date(2025, 1, 6), "25/1", "Før noe var betalt."))
        with pytest.raises(Refused, match="kreves høyst"):
            registered(paid, Owed(PAID - OWED.amount_ore + 1, date(2025, 1, 7), "25/1", "For mye."))
        with writing():
            actions.withdraw_repayment(claim.id, claim.version, by=factories.acting("officer1"), at=AT)
        assert confirmed(registered(paid, Owed(PAID, date(2025, 1, 7), "25/1", "Alt."))).status is DebtStatus.CONFIRMED
        assert ledger_of(paid).open_debt_ore == PAID


def test_the_database_knows_two_people_and_keeps_what_is_confirmed(house: Flask, paid: int) -> None:
    with house.app_context():
        claim = confirmed(registered(paid))
        with pytest.raises(IntegrityError), writing() as session:
            session.execute(sa.update(Repayment).values(amount_ore=1))
        with pytest.raises(IntegrityError), writing() as session:
            session.execute(sa.update(Repayment).values(back_ore=claim.amount_ore))
        other = registered(paid, Owed(1, date(2025, 1, 7), "25/2", "Liten."))
        own = {"status": DebtStatus.CONFIRMED, "confirmed_by": other.registered_by, "confirmed_at": AT}
        with pytest.raises(IntegrityError), writing() as session:
            session.execute(sa.update(Repayment).where(Repayment.id == other.id).values(own))


def test_a_stale_page_and_a_page_sent_twice(house: Flask, paid: int, client_for: Callable[[str], Client]) -> None:
    page = client_for("officer1").see(PAGE)
    all_of_it = {**TYPED, "amount": "600 000"}
    assert page.press("Registrer krav om tilbakebetaling", **all_of_it).status == 200
    assert page.press("Registrer krav om tilbakebetaling", **all_of_it).status == 200, "not refused for what it did"
    other = page.press("Registrer krav om tilbakebetaling", **TYPED)
    assert other.status == 409 and "sendt før, med andre svar" in other.text
    bad = client_for("officer1").see(PAGE).press("Registrer krav om tilbakebetaling", **{**TYPED, "amount": "600 000"})
    assert bad.status == 422
    assert "Beløp som skal betales tilbake: Det kan kreves høyst" in bad.text, "told at its field"
    assert bad.root is not None and "amount-error" in [each.get("id") for each in bad.root.iter("p")]
    with house.app_context():
        claim = db.session.scalars(sa.select(Repayment)).one()
        confirmed(claim)
        with pytest.raises(Stale):
            confirmed(claim_at(claim, 1))


def claim_at(claim: Repayment, version: int) -> Repayment:
    """The claim as a page of an earlier version knew it."""
    db.session.expunge(claim)
    claim.version = version
    return claim


def test_one_button_is_the_main_one_however_many_claims_and_roles(
    house: Flask, paid: int, client_for: Callable[[str], Client]
) -> None:
    with house.app_context():
        with writing():
            people.give_role(factories.user("decider").id, Role.OFFICER, by=factories.acting("admin"), at=AT)
        for n in range(2):
            registered(paid, Owed(OWED.amount_ore, OWED.decided_on, f"25/{n}", "Ubrukt."))
        db.session.rollback()
    assert main_buttons(client_for("decider").see(PAGE)) == ["Bekreft kravet"]
    assert main_buttons(client_for("officer1").see(PAGE)) == ["Registrer krav om tilbakebetaling"]


def main_buttons(page: Page) -> list[str]:
    """The words of every button drawn as the main one."""
    assert page.root is not None
    content = page.root.find(".//main")
    assert content is not None
    return [words_of(b) for b in content.iter("button") if b.get("data-variant", "primary") == "primary"]


def test_what_is_claimed_and_what_comes_stays_within_bounds() -> None:
    today = date(2025, 1, 7)
    assert why_not_owed(OWED, PAID, 0, today, today) == []
    assert len(why_not_owed(Owed(1, today + timedelta(days=1), "a", "b"), 0, 0, today, today)) == 2
    assert len(why_not_owed(Owed(1, today - timedelta(days=1), "a", "b"), PAID, 0, today, today)) == 1
    assert why_not_back(CameBack(5, today, "B-1"), 5, set(), today, today) == []
    assert len(why_not_back(CameBack(6, today + timedelta(days=1), "B-1"), 5, {"B-1"}, today, today)) == 3
    assert len(why_not_back(CameBack(5, today - timedelta(days=1), "B-1"), 5, set(), today, today)) == 1
