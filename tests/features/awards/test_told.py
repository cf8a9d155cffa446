"""What a recipient is told of the account number and the budget after the decision, on their pages and by mail."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from app.applications.models import Application
from app.assessments.models import BudgetCut
from app.awards.models import Award
from app.db import clock, db, writing
from app.dispatch.models import Outgoing
from app.parties.models import BankAccount
from tests import factories
from tests.client import Client

People = Callable[[str], Client]
KR = 100


@pytest.fixture
def house(app: Flask) -> Flask:
    """Its people and a frame, on the day of the round."""
    with app.app_context():
        factories.people()
        factories.frame()
        with writing():
            clock.start_at(factories.AT)
        db.session.remove()
    return app


def awarded(app: Flask, amount_ore: int = 1_000_000 * KR, applied_ore: int | None = None) -> str:
    """Decided and told of; gives the recipient's page."""
    with app.app_context():
        award = db.session.get_one(Award, factories.decided(factories.recommended(amount_ore, applied_ore=applied_ore)))
        factories.told(award.id)
        address = f"/vaar-side/tilskudd/{award.public_id}"
        db.session.remove()
    return address


def test_a_new_account_number_is_told_wherever_the_recipient_is_told_of_the_money(
    house: Flask, client_for: People
) -> None:
    page = client_for("demovik").see(awarded(house))
    done = page.press("Aksepter tilskuddet", account="12345600076", account_is_new="y", terms="y")
    told = "Kontonummer dere oppga: •••• •• •0076 (nytt). Vi ringer dere for å bekrefte det før vi betaler."
    assert told in done.text.replace("\xa0", " ")
    home = done.client.see("/vaar-side")
    assert "Vi ringer dere for å bekrefte det nye kontonummeret før vi betaler." in home.text
    case_page = home.links()["Legemiddelliste i kommunen"]
    case = home.client.see(case_page).text.replace("\xa0", " ")
    assert told in case and "•0009" not in case.partition("Brev")[0]
    mail = sa.select(Outgoing.body).where(Outgoing.kind == "acceptance")
    with house.app_context(), writing() as session:
        assert told in session.scalars(mail).one().replace("\xa0", " ")
        rung = {"controlled_by": factories.user("finance3").id, "controlled_at": factories.AT}
        session.execute(sa.update(BankAccount).values(rung))
    for address in (page.address, case_page):
        text = done.client.see(address).text.replace("\xa0", " ")
        assert "Vi betaler til kontonummer •••• •• •0076." in text and "(nytt)" not in text, address


def test_the_revised_budget_is_filled_in_with_what_was_granted(house: Flask, client_for: People) -> None:
    page = client_for("demovik").see(awarded(house, 600_000 * KR, 1_000_000 * KR))
    filled = page.form("Aksepter tilskuddet").fields()
    assert [filled[name][0].replace("\xa0", " ") for name in ("line_0", "line_1")] == ["300 000", "300 000"]
    assert "Fordel" not in page.text and "Trekk fra" not in page.text
    done = page.press("Aksepter tilskuddet", account="12345600009", terms="y", plan="Færre kurs")
    assert done.status == 200 and "Revidert budsjett" in done.text


def test_own_money_is_filled_in_whole_and_what_does_not_add_up_is_told_at_the_sum(
    house: Flask, client_for: People
) -> None:
    address = awarded(house, 600_000 * KR, 1_000_000 * KR)
    with house.app_context(), writing() as session:
        session.execute(sa.update(Application).values(own_funding_ore=50_000 * KR))
    page = client_for("demovik").see(address)
    filled = page.form("Aksepter tilskuddet").fields()
    assert [filled[name][0].replace("\xa0", " ") for name in ("line_0", "line_1")] == ["300 000", "350 000"]
    assert "Fordel" not in page.text
    short = page.press("Aksepter tilskuddet", account="12345600009", terms="y", plan="Færre kurs", line_1="300 000")
    text = short.text.replace("\xa0", " ")
    assert short.status == 422 and "Revidert budsjett er 600 000 kr. Det skal være 650 000 kr til sammen." in text
    assert "Til sammen: 600 000 kr av 650 000 kr. Feil: Fordel 50 000 kr til på linjene." in text
    html = short.response.get_data(as_text=True)
    assert "line_0-error" not in html and "line_1-error" not in html, "no line is wrong by itself"


def test_lines_that_have_too_much_beforehand_say_so(house: Flask, client_for: People) -> None:
    address = awarded(house, 600_000 * KR, 1_000_000 * KR)
    with house.app_context(), writing() as session:
        session.execute(sa.update(BudgetCut).where(BudgetCut.position == 0).values(proposed_ore=300_001 * KR))
    assert "Trekk fra 1 kr på linjene." in client_for("demovik").see(address).text.replace("\xa0", " ")


def test_a_budget_that_does_not_add_up_is_told_in_the_first_round_with_what_else_is_wrong(
    house: Flask, client_for: People
) -> None:
    page = client_for("demovik").see(awarded(house, 600_000 * KR, 1_000_000 * KR))
    apart = "Revidert budsjett er 500 000 kr. Det skal være 600 000 kr til sammen."
    short = page.press("Aksepter tilskuddet", account="12345678901", plan="", line_1="200 000")
    text = short.text.replace("\xa0", " ")
    assert short.status == 422 and "4 svar må rettes" in text and apart in text
    assert "Skriv hvordan planen er endret." not in text, "a fault is told once"
    torn = page.press("Aksepter tilskuddet", account="12345678901", plan="Færre kurs", terms="y", line_1="mange")
    assert torn.status == 422 and "Det skal være" not in torn.text, "no sum is made of a line that cannot be read"
