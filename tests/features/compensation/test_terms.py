"""New rules are told of to those they concern once they are out; an agreement that keeps its terms may sign the new."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.cases.models import Case
from app.compensation import jobs
from app.compensation.domain import ClaimFacts, Period
from app.compensation.models import GpAgreement, GpTerms
from app.compensation.queries import standing_of
from app.db import db, writing
from app.db.clock import forward, start_at
from app.demo.rules import gp_2025
from app.dispatch.models import Outgoing
from app.rules.actions import draft_rules
from app.rules.domain import LegalForm
from app.rules.queries import pot_by_code
from tests import factories, regulation
from tests.features.compensation.test_change_of_prices import NOVEMBER, changed, publish

NOON = datetime(2025, 11, 3, 12, 0, tzinfo=UTC)
LATER = datetime(2025, 12, 16, 9, 0, tzinfo=UTC)


@pytest.fixture
def agreed(gp_house: Flask) -> Flask:
    with gp_house.app_context():
        factories.agreement()
        with writing():
            start_at(NOON)
    return gp_house


def sent() -> list[tuple[str, str]]:
    query = sa.select(Outgoing.address, Outgoing.body).where(Outgoing.kind == "rules_change").order_by(Outgoing.id)
    found = [(row.address, row.body) for row in db.session.execute(query)]
    db.session.rollback()
    return found


def first_days() -> list[tuple[date, int]]:
    case_id = db.session.scalars(sa.select(GpAgreement.case_id)).one()
    held = standing_of(case_id).held
    db.session.rollback()
    return [(each.from_on, each.rules.unit_prices[1].unit_price_ore) for each in held[1:]]


def test_a_regulation_is_told_of_once_it_is_published_and_only_once(agreed: Flask) -> None:
    with agreed.app_context():
        pot = pot_by_code("gp")
        assert pot is not None
        rules = changed(legal_form=LegalForm.REGULATION)
        with writing():
            version = draft_rules(pot, 2025, rules, by=factories.acting("officer1"), at=NOVEMBER)
        jobs.announce_changes(NOON)
        assert sent() == [], "a draft is told to nobody"
        with writing():
            writer, approver = factories.acting("officer1"), factories.acting("decider")
            regulation.publish(version, writer=writer, approver=approver, at=NOVEMBER)
        jobs.announce_changes(NOON)
        jobs.announce_changes(NOON + timedelta(minutes=5))
        told = sent()
        assert len({body for _, body in told}) == len(told) and len(told) >= 2, "the practice, and the coordinators"
        assert "Endringen gjelder avtalen deres for" in told[0][1]
        assert all(address for address, _ in told), "a practice without an address is told by those who sign for it"
        assert "fra 100\u00a0kr til 50\u00a0kr" in told[0][1] and "FOR-2025-11-03-1" in told[0][1]
        assert db.session.scalars(sa.select(GpTerms.reached)).all() == [True]
        assert first_days() == [(date(2025, 12, 1), 50_00)]


def test_rules_whose_day_is_over_are_told_to_nobody(agreed: Flask) -> None:
    with agreed.app_context():
        publish(changed())
        jobs.announce_changes(datetime(2025, 12, 2, 9, 0, tzinfo=UTC))
        assert sent() == []


def test_a_practice_signs_the_new_terms_and_has_them_from_their_day(agreed: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    with agreed.app_context():
        publish(changed())
        jobs.announce_changes(NOON)
        assert "beholder vilkårene den har" in sent()[0][1]
        assert first_days() == []
    gp = client_for("gp1")
    page = gp.see("/krav-om-kompensasjon")
    form = gp.see(page.links()["Se og signer de nye vilkårene"])
    assert "100 kr" in form.text and "50 kr" in form.text
    refused = form.press("Signer de nye vilkårene")
    assert refused.status == 422 and "Kryss av" in refused.text
    done = refused.press("Signer de nye vilkårene", read="y")
    assert "De nye vilkårene er signert" in done.text and "Se og signer de nye vilkårene" not in done.text
    stale = form.press("Signer de nye vilkårene", read="y")
    assert "allerede signert" in stale.text
    with agreed.app_context():
        assert first_days() == [(date(2025, 12, 1), 50_00)]
        public_id = db.session.scalars(sa.select(Case.public_id).join(GpAgreement)).one()
        db.session.rollback()
    assert "Signert, gjelder fra 01.12.2025" in client_for("officer1").see(f"/fastleger/avtaler/{public_id}").text


def test_signed_after_their_day_they_hold_from_the_signature(agreed: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    with agreed.app_context():
        publish(changed())
        jobs.announce_changes(NOON)
        with writing():
            forward(LATER - NOON)
    gp = client_for("gp1")
    form = gp.see(gp.see("/krav-om-kompensasjon").links()["Se og signer de nye vilkårene"])
    form.press("Signer de nye vilkårene", read="y")
    with agreed.app_context():
        assert first_days() == [(date(2025, 12, 16), 50_00)]
        standing = standing_of(db.session.scalars(sa.select(GpAgreement.case_id)).one())
        parts = standing.parts(Period(date(2025, 12, 1), date(2025, 12, 31)))
        assert [part.period.from_on for part in parts] == [date(2025, 12, 1), date(2025, 12, 16)]
        assert standing.reckon(ClaimFacts(parts[0].period, {"patient": 10}, 0)).sum_ore == 1_000_00
        db.session.rollback()


def test_terms_that_newer_ones_have_passed_cannot_be_signed(agreed: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    with agreed.app_context():
        publish(changed())
        jobs.announce_changes(NOON)
        later = changed(legal_form=LegalForm.REGULATION)
        later = type(later)(**{**later.__dict__, "in_force_on": date(2025, 12, 15)})
        publish(later)
        jobs.announce_changes(NOON)
    gp = client_for("gp1")
    form = gp.see(gp.see("/krav-om-kompensasjon").links()["Se og signer de nye vilkårene"])
    assert "Avtalen har nyere vilkår enn disse" in form.text
    assert gp_2025().unit_prices[1].unit_price_ore == 100_00
