"""Who signs a line that another case's debt is set off in is impartial in that case as well; on both databases."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from app.cases import actions as cases
from app.cases.domain import Impartiality
from app.cases.models import Case, Declaration
from app.cases.queries import locked
from app.db import db, writing
from app.db.clock import start_at
from app.flow import Refused
from app.payouts import actions
from app.payouts.jobs import make_payables
from app.payouts.models import PayoutList
from app.payouts.workflow import Status
from app.values.clock import local_date
from tests import compensation_rows, factories
from tests.claims_paid import JULY, SECOND, approved, booked, declared, newest, owing
from tests.client import Client
from tests.factories import acting

MISSING = "først svare på om du er habil"


@pytest.fixture
def beside(app: Flask) -> tuple[Flask, int]:
    """A line of one GP's claim that waits to be attested, and the case of a debt of the same practice's other GP."""
    with app.app_context():
        factories.people()
        factories.season_rules()
        compensation_rows.frame()
        debt_case = owing(20).case_id
        other = factories.agreement(hpr_no="7654321", gp_name="Lege To")
        approved(compensation_rows.claim(other, {"patient": 30}, period=SECOND, at=JULY), at=JULY)
        make_payables(JULY)
        with writing():
            # What was answered while the first claim was paid.
            db.session.execute(sa.delete(Declaration).where(Declaration.case_id == debt_case))
            start_at(JULY)
        return app, debt_case


def sign(verb: Callable[..., object], who: str, *more: object) -> None:
    line, by = newest(), acting(who)
    seen = {line.id: line.version}
    db.session.rollback()
    with writing():
        verb(seen, *more, by=by, at=JULY)


def partial(case_id: int, who: str) -> None:
    by = acting(who)
    with writing():
        cases.declare(locked(case_id), Impartiality.PARTIAL, "Svogeren min", by=by, at=JULY)


def test_each_hand_answers_for_the_debts_case_too(beside: tuple[Flask, int]) -> None:
    app, debt_case = beside
    with app.app_context():
        own = newest().case_id
        assert own != debt_case
        hands = (
            (actions.attest, "finance1", ()),
            (actions.approve, "decider", ()),
            (actions.hand_over, "finance2", (local_date(JULY),)),
        )
        for verb, who, more in hands:
            declared(own, who)
            with pytest.raises(Refused, match=MISSING):
                sign(verb, who, *more)
            declared(debt_case, who)
            sign(verb, who, *more)
        assert newest().set_off_ore == 2_000_00
        made = db.session.scalars(sa.select(PayoutList).order_by(PayoutList.id.desc()).limit(1)).one()
        declared(own, "finance3")
        with pytest.raises(Refused, match=MISSING):
            booked(made, JULY)
        declared(debt_case, "finance3")
        booked(made, JULY)
        assert newest().status is Status.PAID


def test_a_tie_in_the_debts_case_is_told_by_its_number(beside: tuple[Flask, int]) -> None:
    app, debt_case = beside
    with app.app_context():
        declared(newest().case_id, "finance1")
        number = db.session.scalars(sa.select(Case.number).where(Case.id == debt_case)).one()
        partial(debt_case, "finance1")
        with pytest.raises(Refused, match=f"Sak {number}: .*Du er inhabil"):
            sign(actions.attest, "finance1")
        assert newest().status is Status.READY


def test_the_question_on_the_page_names_the_debts_case(
    beside: tuple[Flask, int], client_for: Callable[[str], Client]
) -> None:
    app, debt_case = beside
    with app.app_context():
        declared(newest().case_id, "finance1")
        number = db.session.scalars(sa.select(Case.number).where(Case.id == debt_case)).one()
    finance = client_for("finance1")
    page = finance.see("/utbetalinger/ko/til-attestasjon")
    assert str(number) in page.text and "Attester valgte" not in page.buttons()
    asked = page.press("Lagre svaret om habilitet")
    assert "Attester valgte" in asked.buttons()
