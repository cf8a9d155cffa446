"""The statement of a year: what a payee was paid, claim by claim, for its own people and for us."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from app.compensation.domain import Period
from app.compensation.models import Claim
from app.db import db, writing
from app.db.clock import forward, start_at
from app.dispatch.models import Outgoing
from app.parties import actions as parties
from app.parties.models import BankAccount
from app.payouts.models import Payable
from app.payouts.queries import paid_in
from tests import claims_paid, compensation_rows, factories
from tests.claims_paid import approved, at_the_bank, booked, countered, paid, refused_by_bank
from tests.client import Client
from tests.factories import acting

SECOND, JULY = Period(date(2025, 4, 1), date(2025, 6, 30)), datetime(2025, 7, 3, 9, 0, tzinfo=UTC)
LATER = datetime(2025, 7, 4, 9, 0, tzinfo=UTC)
NEXT_YEAR = datetime(2026, 1, 8, 9, 0, tzinfo=UTC)
PAGE = "/utbetalinger/arsoppgave/312999021/2025"
NEW = "12345600076"


@pytest.fixture
def gp_house(app: Flask) -> Flask:
    """People, the season's rules and the GP pot's frame of 2025; the clock in July."""
    with app.app_context():
        compensation_rows.ground()
        with writing():
            start_at(LATER)
    return app


def second(claim: Claim) -> Claim:
    agreed = claims_paid.agreed_with(claim.agreement_id)
    return approved(compensation_rows.claim(agreed, {"patient": 50}, period=SECOND, at=JULY), at=JULY)


def test_the_year_adds_up_and_is_the_payees_own(gp_house: Flask, client_for: Callable[[str], Client]) -> None:
    with gp_house.app_context():
        claim = compensation_rows.claim(factories.agreement(), {"start": 1, "patient": 50})
        paid([claim])
        countered(claim, {"patient": 20})
        second(claim)
        booked(at_the_bank(JULY), JULY)
    gp = client_for("gp1")
    page = gp.see(gp.see("/krav-om-kompensasjon").links()["Årsoppgave for Legekontoret Demo AS"])
    text = page.text
    for words in ("15 000,00 kr", "5 000,00 kr", "Sum20 000,00 kr2 000,00 kr18 000,00 kr2 000,00 kr"):
        assert words in text.replace("\n", ""), text
    rows = gp.get(f"{PAGE}/oppgave.csv").get_data(as_text=True).splitlines()
    assert len(rows) == 3 and rows[2].endswith(";5000,00;2000,00;3000,00;0,00")
    pdf = gp.get(f"{PAGE}/oppgave.pdf")
    assert pdf.status_code == 200 and pdf.get_data().startswith(b"%PDF-") and b"/MarkInfo" in pdf.get_data()
    assert gp.get(f"{PAGE}/oppgave.xml").status_code == 404
    assert "Ingen krav er betalt" in gp.see("/utbetalinger/arsoppgave/312999021/2024").text
    assert client_for("officer1").see(PAGE).status == 200
    for year in ("2023", "2026"):
        assert gp.get(f"/utbetalinger/arsoppgave/312999021/{year}").status_code == 404
    for other in ("bergen", "gp1"):
        whose = "312999021" if other == "bergen" else "964338531"
        assert client_for(other).get(f"/utbetalinger/arsoppgave/{whose}/2025").status_code in (403, 404)


def test_what_is_taken_back_counts_in_its_own_year(gp_house: Flask, client_for: Callable[[str], Client]) -> None:
    """Also of a claim that was paid the year before: in its row of that year it is nought."""
    with gp_house.app_context():
        claim = compensation_rows.claim(factories.agreement(), {"start": 1, "patient": 50})
        paid([claim])
        countered(claim, {"patient": 20}, at=NEXT_YEAR)
        assert [(row.gross_ore, row.reversed_ore) for row in paid_in(claim.party_id, 2025)] == [(15_000_00, 0)]
        (later,) = paid_in(claim.party_id, 2026)
        assert (later.paid_on, later.gross_ore, later.net_ore, later.reversed_ore) == (None, 0, 0, 2_000_00)
        line = db.session.scalars(sa.select(Payable.public_id)).one()
        db.session.rollback()
        with writing():
            forward(NEXT_YEAR - LATER)
    gp = client_for("gp1")
    text = gp.see("/utbetalinger/arsoppgave/312999021/2026").text
    rows = gp.get("/utbetalinger/arsoppgave/312999021/2026/oppgave.csv").get_data(as_text=True).splitlines()
    assert rows[1].endswith(";0,00;0,00;0,00;2000,00")
    assert gp.get("/utbetalinger/arsoppgave/312999021/2026/oppgave.pdf").get_data().startswith(b"%PDF-")
    assert "Dere har fått disse pengene" in text and "–0,00 kr" in text.replace("\n", "")
    finance = client_for("finance1")
    of_payee = finance.see(f"/utbetalinger/linje/{line}").links()["Årsoppgave for Legekontoret Demo AS"]
    assert "Mottakeren har fått disse pengene" in finance.see(of_payee).text


def test_after_a_refusal_the_gp_gives_a_number_and_is_paid_to_it(
    gp_house: Flask, client_for: Callable[[str], Client]
) -> None:
    with gp_house.app_context():
        approved(compensation_rows.claim(factories.agreement()))
        refused_by_bank(at_the_bank())
        asked = list(db.session.scalars(sa.select(Outgoing).where(Outgoing.kind == "account_rejected")))
        assert asked and all("oppgitt et nytt" in each.body for each in asked)
    gp = client_for("gp1")
    page = gp.see("/krav-om-kompensasjon")
    assert "Banken avviste kontonummer" in page.text
    done = gp.see(page.links()["Gi nytt kontonummer"]).press("Gi nytt kontonummer", account=NEW)
    assert done.status == 200
    with gp_house.app_context():
        account = db.session.scalars(sa.select(BankAccount).order_by(BankAccount.id.desc())).first()
        assert account is not None and account.account_no == NEW
        by = acting("finance3")
        db.session.rollback()
        with writing():
            parties.control_account(account, "Ringt.", by=by, at=LATER)
        booked(at_the_bank(LATER), LATER)
        lines = db.session.execute(sa.select(Payable.status, Payable.account_id).order_by(Payable.id)).all()
        assert [line.status.value for line in lines] == ["cancelled", "paid"]
        assert lines[1].account_id == account.id
