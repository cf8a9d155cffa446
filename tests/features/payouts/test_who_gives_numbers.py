"""A number the recipient's people gave is rung about, whoever of them confirms it; nobody of the house gives one."""

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import DatabaseError

from app.access.domain import Actor
from app.applications import actions as applications
from app.assessments import actions as assessing
from app.compensation import actions as compensation
from app.db import db, writing
from app.db.clock import start_at
from app.payouts import actions
from app.payouts.jobs import make_payables
from app.payouts.models import Payable, PayoutList
from app.payouts.workflow import Status
from tests import compensation_rows, factories, payout_rows, rounds
from tests.both_sides import INSIDE, colleague, done, impartial, refused, signing_for
from tests.compensation_rows import CONFIRMED
from tests.factories import AT, acting
from tests.features.payouts.test_new_number import LATER, OTHER, attest, give


def test_two_of_the_recipients_own_people_do_not_stand_for_the_call_back(app: Flask) -> None:
    """One gives the number, an agreement is made with it, another of them confirms it: still nobody of us has rung."""
    with app.app_context():
        compensation_rows.ground()
        with writing():
            start_at(AT)
        first = compensation_rows.agreement(gp_name="Lege En", hpr_no="1234566")
        colleague("nummerto", orgnr="312999021")
        give(first.case_id, OTHER, who="gp1")
        agreed = compensation_rows.agreement(account_no=OTHER, gp_name="Lege To")
        done(compensation.confirm_account, agreed.id, agreed.account_id, by=acting("nummerto"), at=LATER)
        claim = compensation_rows.confirmed(compensation_rows.claim(agreed))
        impartial(agreed.case_id, acting("officer2"), acting("finance1"))
        done(compensation.approve, claim.id, claim.version, by=acting("officer2"), at=CONFIRMED)
        make_payables(CONFIRMED)
        line = db.session.scalars(sa.select(Payable)).one()
        told = {"by": acting("finance1"), "at": CONFIRMED}
        refused("registrert av oss|kontrollert", actions.attest, payout_rows.versions(line), **told)
        with writing() as session:
            made = PayoutList(
                number="2025-99", line_count=1, sum_ore=1, control_sum=1, pay_on=date(2025, 4, 14),
                authorised_by=factories.user("finance2").id, authorised_at=AT,
            )  # fmt: skip
            session.add(made)
        sent = {"status": Status.SENT, "list_id": made.id, "line_no": 1}
        with pytest.raises(DatabaseError, match="nobody has controlled"), writing() as session:
            session.execute(sa.update(Payable).where(Payable.id == line.id).values(**sent))


def moved_in() -> Actor:
    """Employed here, and still with the recipient's right to sign."""
    return replace(acting("finance1"), roles=INSIDE, memberships=acting("demovik").memberships)


def test_nobody_of_the_house_gives_a_number_for_a_recipient(house: Flask) -> None:
    with house.app_context():
        line = factories.payable()
        attest(line)
        for by, why in (
            (moved_in(), "rolle i Helsedirektoratet"),
            (signing_for("finance1"), "behandlet denne selv"),
            (signing_for("finance3"), "kontrollert kontonummeret"),
        ):
            refused(why, actions.give_account, line.case_id, OTHER, by=by, at=LATER)


def test_nobody_of_the_house_withdraws_for_a_recipient(app: Flask) -> None:
    with app.app_context():
        factories.people()
        case = rounds.assessing(rounds.published_call())
        assessed = signing_for("officer1")
        done(assess, case.id)
        for by, why in ((moved_in(), "rolle i Helsedirektoratet"), (assessed, "behandlet denne selv|vurdert denne")):
            version = rounds.fresh(case).version
            refused(why, applications.withdraw, case.id, "", version=version, by=by, at=AT)


def assess(case_id: int) -> None:
    """By the first officer, in a transaction."""
    assessing.save_assessment(case_id, rounds.full_sheet(), by=rounds.acting_now("officer1"), at=AT, version=0)
