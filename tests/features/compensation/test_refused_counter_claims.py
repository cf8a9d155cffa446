"""Who may answer a counter-claim, and the second person who says no with a reason; on both databases."""

from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from app.budget.queries import ledger_of
from app.cases.models import Case
from app.compensation import queries
from app.compensation.models import Claim
from app.db import db, writing
from app.db.clock import start_at
from app.dispatch.models import Outgoing
from app.flow import Refused, Stale
from app.payouts import actions
from app.payouts.domain import Owed
from app.payouts.models import Repayment
from app.payouts.workflow import DebtStatus
from tests import factories, payout_rows
from tests.claims_paid import PAY, countered, paid, proposed
from tests.factories import acting


def test_the_second_person_may_say_no(gp_house: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    """With a reason the officer reads; nothing is taken back, and another may be proposed, of the same matter."""
    with gp_house.app_context():
        claim = factories.claim(factories.agreement())
        paid([claim])
        made = proposed(claim, {"patient": 5})
        payout_rows.declared(claim.case_id, "decider", "lead")
        claim_id, debt_id = claim.id, made.id
        page = f"/utbetalinger/tilbakebetaling/{db.session.get_one(Case, claim.case_id).number}"
        with writing():
            start_at(PAY)
    decider, officer = client_for("decider"), client_for("officer2")
    assert "Avslå kravet" not in officer.see(page).buttons(), "who proposes it does not answer it"
    silent = decider.see(page).press("Avslå kravet")
    assert silent.status == 422 and "Hvorfor kan kravet ikke bekreftes?" in silent.text
    told = silent.press("Avslå kravet", reason="Timene er dokumentert.")
    assert told.status == 200 and "Avslått" in told.text and "Timene er dokumentert." in told.text
    assert {"Bekreft kravet", "Avslå kravet"}.isdisjoint(told.buttons())
    assert "Timene er dokumentert." in officer.see(page).text
    with gp_house.app_context():
        claim, debt = db.session.get_one(Claim, claim_id), db.session.get_one(Repayment, debt_id)
        assert (debt.status, claim.reversed_ore, queries.counters_of(claim.id)) == (DebtStatus.REFUSED, 0, [])
        assert ledger_of(claim.case_id).open_debt_ore == 0
        assert not db.session.scalars(sa.select(Outgoing).where(Outgoing.letter == "counter_answer")).all()
        again = countered(claim, {"patient": 150}, who="lead")
        assert {"registered", "refused", "confirmed"} <= set(again.hands), "it is the same matter"


def test_a_no_is_another_persons_with_a_reason_whoever_writes(gp_house: Flask) -> None:
    with gp_house.app_context():
        claim = factories.claim(factories.agreement())
        paid([claim])
        made = proposed(claim, {"patient": 5})
        payout_rows.declared(claim.case_id, "decider")
        other, own = acting("decider").id, made.registered_by
        for by, answer in ((own, "Nei."), (other, "")):
            values = {"status": "refused", "refused_by": by, "refused_at": PAY, "answer": answer}
            with pytest.raises(IntegrityError), writing():
                db.session.execute(sa.update(Repayment).values(values))
        decider = acting("decider")
        with pytest.raises(Refused, match="Skriv hvorfor"), writing():
            actions.refuse_repayment(made.id, made.version, " ", by=decider, at=PAY)
        with writing():
            actions.refuse_repayment(made.id, made.version, "Nei.", by=decider, at=PAY)
        with pytest.raises(IntegrityError), writing():
            db.session.execute(sa.update(Repayment).values(answer="Ja."))
        with pytest.raises(Stale), writing():
            actions.confirm_repayment(made.id, 1, by=decider, at=PAY)


def test_who_has_not_answered_for_the_case_does_it_on_the_page(gp_house: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    with gp_house.app_context():
        claim = factories.claim(factories.agreement())
        paid([claim])
        address = claim.public_id
        with writing():
            start_at(PAY)
    page = client_for("lead").see(f"/utbetalinger/motkrav/{address}")
    assert "Foreslå motkravet" not in page.buttons()
    assert "Foreslå motkravet" in page.press("Jeg er habil").buttons(), "and straight back to what was to be done"


def test_what_a_gp_is_paid_is_claimed_back_by_a_counter_claim_and_not_beside_the_claims(
    gp_house: Flask, client_for
) -> None:  # type: ignore[no-untyped-def]
    with gp_house.app_context():
        claim = factories.claim(factories.agreement())
        paid([claim])
        number = db.session.get_one(Case, claim.case_id).number
        by, owed = acting("officer1"), Owed(1_000_00, date(2025, 4, 15), "25/1", "Talt to ganger.")
        with pytest.raises(Refused, match="motkrav"), writing():
            actions.register_repayment(claim.case_id, owed, by=by, at=PAY)
        with writing():
            start_at(PAY)
    page = client_for("officer1").see(f"/utbetalinger/tilbakebetaling/{number}")
    assert "med et motkrav på det kravet" in page.text and "Registrer krav om tilbakebetaling" not in page.buttons()
