"""A year of the GP scheme by the clock: claims each month, money that runs out and comes, four deliveries, a change."""

from datetime import date

import sqlalchemy as sa
from flask import Flask

from app.budget import jobs as budget_jobs
from app.budget.domain import ChangeFacts, ChangeKind
from app.budget.models import Frame
from app.compensation.models import Claim, ClaimLine, GpAgreement, GpTerms
from app.compensation.workflow import Status
from app.db import db
from app.dispatch.models import Outgoing
from app.payouts.models import Payable
from app.payouts.workflow import Status as Paid
from app.summaries.models import Summary
from tests.journeys.gp_year import CHANGE_ON, FRAME_ORE, YEAR, GpYear, at

# One GP's claim for a month, and what the start adds in the first: øre.
MONTH_ORE, START_ORE = 4_500_00, 10_000_00
MORE = ChangeFacts(ChangeKind.RAISE, 300_000_00, "Tillegg, 25/91", date(YEAR, 10, 13), "Flere er i gang enn ventet.")


# What is delivered before the claims of a month are sent in: 1 March, 1 October and 1 December.
DELIVERED = {
    2: ("gp-anbefaling", date(YEAR, 3, 1)),
    9: ("gp-evaluering", date(YEAR, 10, 1)),
    11: ("gp-iverksetting", CHANGE_ON),
}


def test_a_year_of_the_gp_scheme(app: Flask) -> None:
    with app.app_context():
        year, frozen = GpYear(), list[Summary]()
        year.opened()
        for nr in range(1, 13):
            frozen += [year.delivered(*DELIVERED[nr])] if nr in DELIVERED else []
            year.claimed(nr)
            year.settled(nr)
            if nr == 9:
                _money_runs_out_and_comes(year)
            if Status.APPROVED in year.states():
                year.paid(nr)
            if nr == 4:
                change = year.drafted(date(YEAR, 5, 15))
                frozen.append(year.delivered("gp-plan", date(YEAR, 5, 15)))
            if nr == 10:
                year.published(change, date(YEAR, 11, 18))
                _everybody_is_told()
        _december_has_the_new_price()
        _nothing_is_paid_twice_or_beyond(year)
        _frozen_figures_stand(frozen)


def _money_runs_out_and_comes(year: GpYear) -> None:
    """145 000 kroner in January and 45 000 a month: the seventh month does not fit, and those after it wait."""
    full = (FRAME_ORE - 10 * START_ORE) // MONTH_ORE
    assert year.states() == {Status.PAID: full, Status.AWAITING_FUNDS: 90 - full}
    assert budget_jobs.verify(at(date(YEAR, 10, 2))) >= 1
    year.raised(MORE, date(YEAR, 10, 14))
    assert set(year.states()) == {Status.PAID, Status.APPROVED}, "all that waited is released"


def _everybody_is_told() -> None:
    assert db.session.scalars(sa.select(GpTerms.reached)).all() == [True] * 10
    told = db.session.scalars(sa.select(Outgoing.body).where(Outgoing.kind == "rules_change")).all()
    assert len(told) == 10 + 6, "each practice for each GP, and each area"
    assert all("1\u00a0000\u00a0kr til 500\u00a0kr" in body for body in told)
    db.session.rollback()


def _december_has_the_new_price() -> None:
    price = sa.select(ClaimLine.unit_price_ore).distinct().join(Claim).where(ClaimLine.code == "hour")
    assert db.session.scalars(price.where(Claim.from_on < CHANGE_ON)).all() == [1_000_00]
    assert db.session.scalars(price.where(Claim.from_on >= CHANGE_ON)).all() == [500_00]


def _nothing_is_paid_twice_or_beyond(year: GpYear) -> None:
    assert year.states() == {Status.PAID: 120}
    paid = db.session.scalars(sa.select(sa.func.sum(Payable.amount_ore)).where(Payable.status == Paid.PAID)).one()
    assert paid == 10 * (START_ORE + 11 * MONTH_ORE + 2_500_00)
    assert paid <= db.session.scalars(sa.select(Frame.frame_ore)).one() == FRAME_ORE + MORE.amount_ore
    assert set(db.session.scalars(sa.select(GpAgreement.claimed_ore))) == {START_ORE + 11 * MONTH_ORE + 2_500_00}
    assert budget_jobs.verify(at(date(YEAR + 1, 1, 20))) >= 1


def _frozen_figures_stand(frozen: list[Summary]) -> None:
    kept = {each.kind: each.figures for each in frozen}
    db.session.expire_all()
    now = {each.kind: each.figures for each in db.session.scalars(sa.select(Summary))}
    assert now == kept and len(kept) == 4
    assert all(figures for figures in now.values())
