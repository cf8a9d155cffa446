"""What becomes of an agreement: it rests, it ends, and a GP has one at a time; on both databases."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from app.cases.models import Case
from app.compensation import actions
from app.compensation.domain import Employment, PauseCause, Period
from app.compensation.models import GpAgreement, GpPause
from app.compensation.workflow import AgreementStatus
from app.db import db, writing
from app.db.clock import start_at
from app.flow import Refused, Stale
from app.parties import actions as parties
from app.parties.models import Party, PilotArea
from tests import factories
from tests.client import Client
from tests.factories import acting

JUNE = datetime(2025, 6, 2, 9, 0, tzinfo=UTC)
NEXT_YEAR = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
SPRING = Period(date(2025, 4, 1), date(2025, 6, 30))


def version_of(agreed: GpAgreement) -> int:
    return db.session.scalars(sa.select(GpAgreement.version).where(GpAgreement.id == agreed.id)).one()


def changed(verb, agreed: GpAgreement, *more, who: str = "officer1", at: datetime = JUNE) -> None:  # type: ignore[no-untyped-def]
    by, version = acting(who), version_of(agreed)
    db.session.rollback()
    with writing():
        verb(agreed.id, version, *more, by=by, at=at)


def status_of(agreed: GpAgreement) -> AgreementStatus:
    return db.session.scalars(sa.select(GpAgreement.status).where(GpAgreement.id == agreed.id)).one()


def test_no_day_of_a_pause_is_claimed_for(gp_house: Flask) -> None:
    with gp_house.app_context():
        agreed = factories.agreement()
        changed(actions.pause, agreed, date(2025, 4, 1), PauseCause.LEAVE)
        assert status_of(agreed) is AgreementStatus.PAUSED
        with pytest.raises(Refused, match="Status er «paused»"):
            changed(actions.pause, agreed, date(2025, 5, 1), PauseCause.LEAVE)
        with pytest.raises(Refused, match="pause fra 2025-04-01"):
            factories.claim(agreed, {"patient": 1}, period=SPRING, at=NEXT_YEAR)
        with pytest.raises(Refused, match="Pausen begynte 2025-04-01"):
            changed(actions.resume, agreed, date(2025, 4, 1))
        changed(actions.resume, agreed, date(2025, 5, 1))
        assert status_of(agreed) is AgreementStatus.ACTIVE
        with pytest.raises(Refused, match="pause fra 2025-04-01 til 2025-04-30"):
            factories.claim(agreed, {"patient": 1}, period=SPRING, at=NEXT_YEAR)
        with pytest.raises(Refused, match="pause til og med 2025-04-30"):
            changed(actions.pause, agreed, date(2025, 4, 30), PauseCause.OTHER)
        assert factories.claim(agreed, {"patient": 1}, at=NEXT_YEAR).from_on == date(2025, 1, 1)
        may = Period(date(2025, 5, 1), date(2025, 6, 30))
        assert factories.claim(agreed, {"patient": 2}, period=may, at=NEXT_YEAR).claimed_ore == 200_00


def test_an_agreement_ends_and_its_days_can_still_be_claimed_for(gp_house: Flask) -> None:
    with gp_house.app_context():
        agreed = factories.agreement()
        factories.claim(agreed, {"patient": 1})
        with pytest.raises(Refused, match="Skriv hvorfor"):
            changed(actions.end, agreed, date(2025, 5, 31), " ")
        with pytest.raises(Refused, match="krevd kompensasjon til og med 2025-03-31"):
            changed(actions.end, agreed, date(2025, 3, 30), "Slutter")
        changed(actions.pause, agreed, date(2025, 5, 1), PauseCause.SUBSTITUTE)
        changed(actions.end, agreed, date(2025, 5, 31), "Fastlegen slutter.")
        assert status_of(agreed) is AgreementStatus.ENDED
        rest = db.session.scalars(sa.select(GpPause)).one()
        assert (rest.from_on, rest.to_on) == (date(2025, 5, 1), date(2025, 5, 31))
        late = Period(date(2025, 6, 1), date(2025, 6, 30))
        with pytest.raises(Refused, match="innenfor avtalen, 2025-01-01 til 2025-05-31"):
            factories.claim(agreed, {"patient": 1}, period=late, at=NEXT_YEAR)
        april = Period(date(2025, 4, 1), date(2025, 4, 30))
        assert factories.claim(agreed, {"patient": 3}, period=april, at=NEXT_YEAR).claimed_ore == 300_00
        with pytest.raises(Refused, match="Status er «ended»"):
            changed(actions.end, agreed, date(2025, 5, 1), "En gang til")


def test_only_an_officer_who_is_impartial_changes_it_as_it_was_shown(gp_house: Flask) -> None:
    with gp_house.app_context():
        agreed = factories.agreement()
        with pytest.raises(Refused, match="habil"):
            changed(actions.end, agreed, date(2025, 5, 31), "Slutter", who="officer2")
        with pytest.raises(Refused, match="ikke tilgang"):
            changed(actions.end, agreed, date(2025, 5, 31), "Slutter", who="gp1")
        by = acting("officer1")
        db.session.rollback()
        with pytest.raises(Stale), writing():
            actions.end(agreed.id, 7, date(2025, 5, 31), "Slutter", by=by, at=JUNE)


def test_a_gp_has_one_agreement_at_a_time(gp_house: Flask) -> None:
    with gp_house.app_context():
        agreed = factories.agreement()
        with pytest.raises(Refused, match="en avtale fra 2025-01-01 til 2025-12-31"):
            factories.agreement(gp_name="Lege Demo Igjen", from_on=date(2025, 12, 31))
        host = db.session.get_one(Party, agreed.payee_id)
        with writing():
            area = parties.add_area("PLL et annet sted", "Et annet sted", host, by=None, at=JUNE)
        name = db.session.scalars(sa.select(PilotArea.name).where(PilotArea.id == agreed.area_id)).one()
        with pytest.raises(Refused, match="annet område") as told:
            factories.agreement(area_public_id=area.public_id, from_on=date(2025, 6, 1))
        assert name in str(told.value)
        changed(actions.end, agreed, date(2025, 5, 31), "Fastlegen flytter.")
        again = factories.agreement(area_public_id=area.public_id, from_on=date(2025, 6, 1))
        assert status_of(again) is AgreementStatus.ACTIVE


def test_whoever_the_gp_works_for_is_paid(gp_house: Flask) -> None:
    with gp_house.app_context():
        with pytest.raises(Refused, match="ikke en kommune"):
            factories.agreement(employment=Employment.SALARIED)
        with pytest.raises(Refused, match="er en kommune"):
            factories.agreement(payee_orgnr="964338531", account_no="12345600009", employment=Employment.SELF_EMPLOYED)
        made = factories.agreement(payee_orgnr="964338531", account_no="12345600009", hpr_no="7654321")
        assert made.employment is Employment.SALARIED
        assert factories.agreement().employment is Employment.SELF_EMPLOYED


def test_a_closed_practice_gets_no_agreement_and_claims_nothing(gp_house: Flask) -> None:
    with gp_house.app_context():
        agreed = factories.agreement()
        with writing() as session:
            session.execute(sa.update(Party).where(Party.id == agreed.payee_id).values(closed_on=date(2025, 3, 1)))
        with pytest.raises(Refused, match="nedlagt 2025-03-01"):
            factories.claim(agreed)
        with pytest.raises(Refused, match="nedlagt 2025-03-01"):
            factories.agreement(hpr_no="7654321")


def test_the_page_shows_and_changes_it(gp_house: Flask, client_for: Callable[[str], Client]) -> None:
    with gp_house.app_context():
        agreed = factories.agreement()
        with writing():
            start_at(JUNE)
        public_id = db.session.get_one(Case, agreed.case_id).public_id
        db.session.remove()
    page = client_for("officer1").see(f"/fastleger/avtaler/{public_id}")
    outside = page.press("Sett avtalen på pause", on="01.01.2026", cause="leave")
    assert outside.status == 422 and "Datoen kan ikke være etter 31.12.2025." in outside.text
    resting = page.press("Sett avtalen på pause", on="01.04.2025", cause="leave")
    assert "Permisjon" in resting.text
    early = resting.press("Ta opp avtalen igjen", on="01.04.2025")
    assert early.status == 422 and "Fastlegen må være tilbake etter det." in early.text
    assert resting.press("Ta opp avtalen igjen", on="01.05.2025").status == 200
    page = client_for("officer1").see(f"/fastleger/avtaler/{public_id}")
    ended = page.press("Avslutt avtalen", on="31.05.2025", reason="Fastlegen slutter.")
    assert "Fastlegen slutter." in ended.response.get_data(as_text=True)
    assert "Avsluttet" in ended.text
    assert "30.04.2025" in ended.text, "the pause stands"
    assert page.press("Avslutt avtalen", on="30.05.2025", reason="En gang til.").status == 409
