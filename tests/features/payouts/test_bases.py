"""One table of what is to be paid: in line with what its rooms say, and held by the database itself."""

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from app.awards import actions as awards
from app.awards.models import Award
from app.db import db, writing
from app.payables.models import PaymentBasis
from app.payouts.jobs import make_payables
from app.payouts.models import Payable
from tests import factories, payable_rows, payout_rows
from tests.factories import AT, acting


def test_a_whole_season_has_one_basis_for_each_sum_and_it_says_what_its_room_says(season: Flask) -> None:
    with season.app_context():
        assert payable_rows.wrong() == []
        kinds = {basis.kind for basis in db.session.scalars(sa.select(PaymentBasis))}
        assert kinds == {"instalment", "claim"}
        db.session.remove()


@pytest.mark.parametrize("column", ["amount_ore", "party_id", "case_id", "commitment_id", "decided_by"])
def test_what_was_decided_is_not_changed_nor_removed(house: Flask, column: str) -> None:
    with house.app_context():
        factories.payable()
        with pytest.raises(IntegrityError, match="payment_basis is settled"), writing():
            db.session.execute(sa.update(PaymentBasis).values({column: getattr(PaymentBasis, column) + 1}))
        with pytest.raises(IntegrityError, match="payment_basis is settled"), writing():
            db.session.execute(sa.delete(PaymentBasis))


@pytest.mark.parametrize("column", ["amount_ore", "party_id", "case_id"])
def test_a_payable_is_exactly_what_its_basis_says(house: Flask, column: str) -> None:
    with house.app_context():
        line = factories.payable()
        told = {c.name: getattr(line, c.name) for c in Payable.__table__.columns if c.name not in ("id", "hands")}
        with writing():
            db.session.execute(sa.update(Payable).values(status="cancelled"))
        told |= {"public_id": "another", column: told[column] + 1}
        with pytest.raises(IntegrityError, match="a payable is what its basis says"), writing():
            db.session.execute(sa.insert(Payable), [told])


def test_the_same_basis_is_never_in_two_live_payables(house: Flask) -> None:
    with house.app_context():
        line = factories.payable()
        told = {c.name: getattr(line, c.name) for c in Payable.__table__.columns if c.name not in ("id", "hands")}
        with pytest.raises(IntegrityError, match=r"(?i)unique"), writing():
            db.session.execute(sa.insert(Payable), [told | {"public_id": "another"}])


def test_a_stop_and_what_follows_reaches_the_basis_at_once(house: Flask) -> None:
    with house.app_context():
        award = payout_rows.award()
        payout_rows.declared(award.case_id, "decider", "lead")
        version = db.session.get_one(Award, award.id).version
        with writing():
            awards.stop(award.id, "Mistanke", by=acting("decider"), at=AT, version=version)
        assert payable_rows.wrong() == []
        assert make_payables(AT) == 0
        payout_rows.report_approved(award, factories.user("officer1").id, AT)
        assert payable_rows.wrong() == []
        assert make_payables(AT) == 0
