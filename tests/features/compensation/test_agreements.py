"""What becomes of an agreement: it rests, it ends, and a GP has one at a time; on both databases."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from app.cases.models import Case
from app.cases.workflow import Status
from app.compensation import actions, queries
from app.compensation.domain import AgreementFacts, Employment, PauseCause, Period
from app.compensation.models import GpAgreement, GpPause
from app.compensation.workflow import AgreementStatus
from app.db import db, writing
from app.db.clock import start_at
from app.dispatch import composing
from app.dispatch.models import Outgoing
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


def asked(**changed: object) -> AgreementFacts:
    area = db.session.scalars(sa.select(PilotArea)).first()
    assert area is not None
    given: dict[str, object] = {
        "pot_code": "gp", "gp_name": "Lege Demo", "hpr_no": "1234567", "payee_orgnr": "312999021",
        "account_no": "12345600149", "area_public_id": area.public_id, "from_on": date(2025, 6, 1),
        "to_on": date(2025, 12, 31), "cap_ore": 30_000_00, "signed_on": date(2025, 6, 2),
        "de_minimis_declared": True, "impartial": True, "employment": Employment.SELF_EMPLOYED,
    }  # fmt: skip
    return AgreementFacts(**{**given, **changed})  # type: ignore[arg-type]


def done(verb, *given, who: str, at: datetime = JUNE):  # type: ignore[no-untyped-def]
    by = acting(who)
    db.session.rollback()
    with writing():
        return verb(*given, by=by, at=at)


def answers() -> list[str]:
    return list(db.session.scalars(sa.select(Outgoing.body).order_by(Outgoing.id)))


def frozen() -> dict[str, Any]:
    """The facts of the letter with the answer."""
    return db.session.scalars(sa.select(Outgoing.facts).where(Outgoing.letter == "agreement_answer")).one() or {}


def test_a_practice_asks_and_is_answered(gp_house: Flask) -> None:
    with gp_house.app_context():
        made = done(actions.apply_for, asked(), who="gp1")
        assert (made.status, made.signed_on) == (AgreementStatus.APPLIED, date(2025, 6, 2))
        with pytest.raises(Refused, match="ikke godkjent"):
            factories.claim(made, {"patient": 1}, period=Period(date(2025, 6, 1), date(2025, 6, 2)), at=JUNE)
        with pytest.raises(Refused, match="habil"):
            changed(actions.approve_agreement, made)
        done(actions.declare_for_agreement, made.id, who="officer1")
        with pytest.raises(Refused, match="ikke tilgang"):
            changed(actions.approve_agreement, made, who="gp1")
        changed(actions.approve_agreement, made)
        assert status_of(made) is AgreementStatus.ACTIVE
        case = db.session.get_one(Case, made.case_id, populate_existing=True)
        assert (case.status, case.number, case.officer_id) == (Status.AGREEMENT, "T25-0001", acting("officer1").id)
        assert "Avtalen for Lege Demo er godkjent" in answers()[0] and "30\u00a0000\u00a0kr" in answers()[0]
        letter = str(composing.kept(composing.composed(frozen())[0]))
        assert "Vi har godkjent avtalen" in letter and "Satser" in letter
        june = Period(date(2025, 6, 1), date(2025, 6, 2))
        assert factories.claim(made, {"patient": 1}, period=june, at=JUNE).claimed_ore == 100_00
        with pytest.raises(Refused, match="Status er «active»"):
            changed(actions.approve_agreement, made)


def test_a_refusal_tells_why_and_of_the_right_to_complain(gp_house: Flask) -> None:
    with gp_house.app_context():
        made = done(actions.apply_for, asked(), who="gp1")
        done(actions.declare_for_agreement, made.id, who="officer1")
        with pytest.raises(Refused, match="Skriv begrunnelsen"):
            changed(actions.refuse_agreement, made, " ")
        changed(actions.refuse_agreement, made, "Legen er ikke i et utprøvingsområde.")
        letter = str(composing.kept(composing.composed(frozen())[0]))
        assert "Legen er ikke i et" in letter and "Dere kan klage på svaret" in letter and "Satser" not in letter
        case = db.session.get_one(Case, made.case_id, populate_existing=True)
        assert (case.status, status_of(made)) == (Status.CLOSED, AgreementStatus.REFUSED)
        with pytest.raises(Refused, match="ikke godkjent"):
            factories.claim(made, {"patient": 1}, period=Period(date(2025, 6, 1), date(2025, 6, 2)), at=JUNE)
        assert done(actions.apply_for, asked(), who="gp1").id != made.id, "what was refused stands in nobody's way"


def test_the_area_registers_and_the_practice_signs(gp_house: Flask) -> None:
    with gp_house.app_context():
        with pytest.raises(Refused, match="ikke tilgang"):
            done(actions.register_for, asked(), who="gp1")
        made = done(actions.register_for, asked(account_no=""), who="area-nordland")
        assert (made.status, made.account_id) == (AgreementStatus.TO_SIGN, None)
        with pytest.raises(Refused, match="Fastlegen har en avtale"):
            done(actions.apply_for, asked(), who="gp1")
        with pytest.raises(Refused, match="ikke tilgang"):
            changed(actions.sign, made, "12345600149", True, who="area-nordland")
        changed(actions.sign, made, "12345600149", True, who="gp1")
        assert status_of(made) is AgreementStatus.APPLIED
        assert [agreed.agreement.id for agreed in queries.applied()] == [made.id]


def test_nobody_asks_for_another_or_answers_what_they_signed(gp_house: Flask) -> None:
    with gp_house.app_context():
        with pytest.raises(Refused, match="ikke tilgang"):
            done(actions.apply_for, asked(), who="area-nordland")
        with pytest.raises(Refused, match="ikke tilgang"):
            done(actions.apply_for, asked(payee_orgnr="964338531"), who="gp1")
        made = done(actions.apply_for, asked(), who="gp1")
        with pytest.raises(IntegrityError), writing() as session:
            session.execute(sa.update(GpAgreement).where(GpAgreement.id == made.id).values(
                status="active", answered_by=acting("gp1").id, answered_at=JUNE))  # fmt: skip


def test_the_pages_from_the_application_to_the_answer(gp_house: Flask, client_for: Callable[[str], Client]) -> None:
    with gp_house.app_context(), writing():
        start_at(JUNE)
    own = client_for("gp1").see("/krav-om-kompensasjon")
    page = client_for("gp1").see(own.links()["Søk om avtale for en fastlege"])
    told = {"gp_name": "Lege Ny", "hpr_no": "7654321", "employment": "self_employed", "from_on": "01.06.2025",
            "to_on": "31.12.2025", "account": "1234 56 00149", "de_minimis": "y"}  # fmt: skip
    wrong = page.press("Signer og send søknaden", **{**told, "employment": "salaried"})
    assert wrong.status == 422 and "ikke en kommune" in wrong.text
    sent = page.press("Signer og send søknaden", **told)
    assert sent.status == 200 and "Søknad til behandling" in sent.text
    office = client_for("officer1")
    found = office.see(office.see("/fastleger").links()["Uten nummer"])
    assert "Godkjenn avtalen" not in found.buttons()
    found = found.press("Jeg er habil")
    bare = found.press("Avslå søknaden om avtale", reason="")
    assert bare.status == 422
    assert "Avtalen er godkjent." in found.press("Godkjenn avtalen").text
    assert "Nytt krav" in client_for("gp1").see("/krav-om-kompensasjon").links()


def test_the_area_s_pages(gp_house: Flask, client_for: Callable[[str], Client]) -> None:
    with gp_house.app_context(), writing():
        start_at(JUNE)
    area = client_for("area-nordland").see("/utprovingsomrade")
    page = client_for("area-nordland").see(area.links()["Registrer avtale for en fastlege"])
    told = {"gp_name": "Lege Ny", "hpr_no": "7654321", "employment": "self_employed", "from_on": "01.06.2025",
            "to_on": "31.12.2025", "payee": "312 999 021"}  # fmt: skip
    assert page.press("Registrer avtale", **told).status == 200
    own = client_for("gp1").see("/krav-om-kompensasjon")
    sign = client_for("gp1").see(own.links()["Les og signer – Lege Ny"])
    signed = sign.press("Signer avtalen", account="1234 56 00149", de_minimis="y")
    assert signed.status == 200 and "Søknad til behandling" in signed.text
