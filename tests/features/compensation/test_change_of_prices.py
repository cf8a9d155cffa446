"""New prices from a day within the year: by the legal form they reach agreements in force, and a period is split."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from app.compensation.models import Claim, ClaimLine
from app.db import db, writing
from app.db.clock import start_at
from app.demo.rules import establish, gp_2025
from app.flow import Refused
from app.rules.actions import approve, draft_rules
from app.rules.domain import LegalForm, Rules
from app.rules.queries import pot_by_code, published_version
from tests import factories, regulation

NOVEMBER = datetime(2025, 11, 3, 9, 0, tzinfo=UTC)
DECEMBER = datetime(2025, 12, 16, 9, 0, tzinfo=UTC)


def changed(**other: object) -> Rules:
    """Half the price of a patient from 1 December."""
    start, patient = gp_2025().unit_prices
    cheaper = (start, replace(patient, unit_price_ore=patient.unit_price_ore // 2))
    return replace(gp_2025(), unit_prices=cheaper, in_force_on=date(2025, 12, 1), **other)  # type: ignore[arg-type]


def publish(rules: Rules) -> None:
    pot = pot_by_code("gp")
    assert pot is not None
    with writing():
        writer, approver = factories.acting("officer1"), factories.acting("decider")
        version = draft_rules(pot, 2025, rules, by=writer, at=NOVEMBER)
        regulation.publish(version, writer=writer, approver=approver, at=NOVEMBER)


@pytest.fixture
def agreed(gp_house: Flask) -> Flask:
    with gp_house.app_context():
        factories.agreement()
        with writing():
            start_at(DECEMBER)
    return gp_house


def told() -> list[tuple[date, date, int]]:
    found = sa.select(Claim.from_on, Claim.to_on, ClaimLine.unit_price_ore).join(ClaimLine).order_by(Claim.id)
    rows = [tuple(row) for row in db.session.execute(found)]
    db.session.rollback()
    return rows  # type: ignore[return-value]


def asked(client_for, **typed: str):  # type: ignore[no-untyped-def]
    gp = client_for("gp1")
    form = gp.see(gp.see("/krav-om-kompensasjon").links()["Nytt krav"])
    return form.press("Regn ut", from_on="15.11.2025", to_on="14.12.2025", **typed)


def test_a_period_over_the_change_becomes_a_claim_on_each_side(agreed: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    with agreed.app_context():
        publish(changed(legal_form=LegalForm.REGULATION))
    page = asked(client_for, units_patient="10")
    assert "Satsene endres 1. desember 2025" in page.text
    page = page.press("Regn ut på nytt", part1_patient="10")
    page = page.press("Send inn krav på 1 500 kr", declared="y")
    assert "Kravene er sendt inn" in page.text
    with agreed.app_context():
        assert told() == [
            (date(2025, 11, 15), date(2025, 11, 30), 100_00),
            (date(2025, 12, 1), date(2025, 12, 14), 50_00),
        ]


def test_an_agreement_without_a_clause_keeps_its_prices(agreed: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    with agreed.app_context():
        publish(changed())
    page = asked(client_for, units_patient="10")
    assert "Satsene endres" not in page.text
    assert page.press("Send inn krav på 1 000 kr", declared="y").status == 200
    with agreed.app_context():
        assert told() == [(date(2025, 11, 15), date(2025, 12, 14), 100_00)]


def test_the_change_comes_while_the_form_is_open(agreed: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    page = asked(client_for, units_patient="10")
    with agreed.app_context():
        publish(changed(legal_form=LegalForm.REGULATION))
    page = page.press("Send inn krav på 1 000 kr", declared="y")
    assert page.status in (409, 422) and "Satsene endres" in page.text
    with agreed.app_context():
        assert told() == []


def test_rules_hold_from_their_day_and_not_before(agreed: Flask) -> None:
    with agreed.app_context():
        publish(changed())
        pot = pot_by_code("gp")
        assert pot is not None
        before, after = (published_version(pot.id, 2025, date(2025, month, 1)) for month in (11, 12))
        assert before is not None and after is not None and (before.number, after.number) == (1, 2)


def test_rules_cannot_be_published_after_their_day(agreed: Flask) -> None:
    with agreed.app_context():
        pot = pot_by_code("gp")
        assert pot is not None
        by, decider = factories.acting("officer1"), factories.acting("decider")
        with pytest.raises(Refused, match="den dagen er passert"), writing():
            establish(pot, 2025, changed(), writer=by, approver=decider, at=DECEMBER)
        with writing():
            version = draft_rules(pot, 2025, replace(changed(), in_force_on=date(2026, 1, 1)), by=by, at=NOVEMBER)
        with pytest.raises(Refused, match="må være i 2025"), writing():
            approve(version, "Fullmakt", by=decider, at=NOVEMBER, version=1)


def test_a_draft_over_the_change_is_reckoned_anew_and_nothing_is_half_done(agreed: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    """Written before the new rules were published, and open in another window while they were."""
    page = asked(client_for, units_patient="10")
    assert "Send inn krav på 1 000 kr" in page.buttons()
    with agreed.app_context():
        publish(changed(legal_form=LegalForm.REGULATION))
    sent = page.press("Send inn krav på 1 000 kr", declared="y")
    assert sent.status == 409 and "Regelverket er endret siden du begynte på kravet" in sent.text
    assert "Satsene endres 1. desember 2025" in sent.text
    gp = client_for("gp1")
    again = gp.see(gp.see("/krav-om-kompensasjon").links()["Fortsett på kravet"])
    fields = again.form("Regn ut").fields()
    assert (fields["units_patient"], fields["part1_patient"]) == (["10"], [""])
    assert "Regelverket er endret" in again.text
    with agreed.app_context():
        assert told() == []
    half = (
        sent.press("Send inn krav på 1 000 kr", declared="y") if "Send inn krav på 1 000 kr" in sent.buttons() else sent
    )
    assert half.status == 409
    done = sent.press("Regn ut på nytt", part1_patient="10").press("Send inn krav på 1 500 kr", declared="y")
    assert "Kravene er sendt inn" in done.text
    with agreed.app_context():
        assert [row[2] for row in told()] == [100_00, 50_00]


def test_a_draft_found_again_after_the_change_says_so(agreed: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    asked(client_for, units_patient="10")
    with agreed.app_context():
        publish(changed(legal_form=LegalForm.REGULATION))
    gp = client_for("gp1")
    again = gp.see(gp.see("/krav-om-kompensasjon").links()["Fortsett på kravet"])
    assert "Regelverket er endret siden du begynte på kravet" in again.text
    assert "part1_patient" in again.form("Regn ut").fields()
