"""An application is taken back before it is answered; whom a GP works for; two agreements of one GP at once."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.models import User
from app.cases.models import Case
from app.compensation import actions, queries
from app.compensation.domain import Employment
from app.compensation.models import GpAgreement
from app.compensation.workflow import AgreementStatus
from app.db import db, writing
from app.db.clock import start_at
from app.dispatch.models import Outgoing
from app.flow import Refused
from tests import factories
from tests.client import Client
from tests.factories import acting
from tests.features.compensation.test_agreements import JUNE, asked, changed, done
from tests.features.compensation.test_queue import at_once


def test_what_is_asked_for_is_taken_back_before_it_is_answered(
    gp_house: Flask, client_for: Callable[[str], Client]
) -> None:
    with gp_house.app_context():
        made = done(actions.apply_for, asked(), who="gp1")
        with pytest.raises(Refused, match="ikke tilgang"):
            changed(actions.take_back_application, made, "Nei", who="officer1")
        with writing():
            start_at(JUNE)
    own = client_for("gp1").see("/krav-om-kompensasjon")
    page = client_for("gp1").see(own.links()["Trekk søknaden"])
    told = page.press("Trekk søknaden", reason="Legen slutter.")
    assert told.status == 200 and "Søknaden er trukket" in told.text
    assert client_for("gp1").open(page.address).status_code == 404
    with gp_house.app_context():
        made = db.session.scalars(sa.select(GpAgreement)).one()
        assert (made.status, queries.applied()) == (AgreementStatus.TAKEN_BACK, [])
        done(actions.declare_for_agreement, made.id, who="officer1")
        with pytest.raises(Refused, match="taken_back"):
            changed(actions.approve_agreement, made)
        again = done(actions.apply_for, asked(), who="gp1")
        done(actions.declare_for_agreement, again.id, who="officer1")
        changed(actions.approve_agreement, again)
        with pytest.raises(Refused, match="active"):
            changed(actions.take_back_application, again, "", who="gp1")


def test_an_officer_registers_who_the_gp_works_for(gp_house: Flask) -> None:
    with gp_house.app_context():
        with pytest.raises(Refused, match="ikke en kommune"):
            factories.agreement(employment=Employment.SALARIED)
        with pytest.raises(Refused, match="er en kommune"):
            factories.agreement(payee_orgnr="964338531", account_no="12345600009", employment=Employment.SELF_EMPLOYED)
        made = factories.agreement(payee_orgnr="964338531", account_no="12345600009", employment=Employment.SALARIED)
        assert made.employment is Employment.SALARIED


def test_of_two_agreements_of_a_gp_at_once_exactly_one_stands(gp_house: Flask) -> None:
    with gp_house.app_context():
        by, facts = [acting("officer1"), acting("officer2")], asked()
        db.session.remove()

    def make(who: Any) -> Callable[[], object]:
        def run() -> object:
            with writing():
                return actions.make_agreement(facts, by=who, at=JUNE)

        return run

    found = at_once(gp_house, [make(each) for each in by])
    assert sorted(found) == ["Refused", "done"]
    with gp_house.app_context():
        assert db.session.scalar(sa.select(sa.func.count(GpAgreement.id))) == 1


def test_what_an_area_registers_is_found_and_signed_or_turned_down(
    gp_house: Flask, client_for: Callable[[str], Client]
) -> None:
    with gp_house.app_context():
        with writing():
            start_at(JUNE)
        one = done(actions.register_for, asked(account_no=""), who="area-nordland")
        told = db.session.scalars(sa.select(Outgoing.address).where(Outgoing.kind == "agreement_to_sign")).all()
        signer = db.session.scalars(sa.select(User.email).where(User.username == "gp1")).one()
        assert told == [signer], "the practice has no address of its own"
        gp, address = one.gp_name, db.session.get_one(Case, one.case_id).public_id
        db.session.remove()
    area, own = client_for("area-nordland"), client_for("gp1")
    assert gp in area.see("/utprovingsomrade").text.rsplit("Avtaler som ikke er i gang ennå", 1)[1]
    assert own.see("/vaar-side").links()["Signer avtalen om kompensasjon"] == f"/krav-om-kompensasjon/{address}/signer"
    page = own.see("/krav-om-kompensasjon")
    sign = own.see(page.links()[f"Les og signer – {gp}"])
    assert "Per pasient med legemiddelliste" in sign.text and "100 kr" in sign.text
    with gp_house.app_context():
        done(actions.register_for, asked(account_no="", hpr_no="7654399", gp_name="Lege To"), who="area-nordland")
        db.session.remove()
    several = own.see("/vaar-side")
    assert several.links()["Signer avtalene om kompensasjon"] == "/krav-om-kompensasjon" and "Lege To" in several.text
    no = own.see(page.links()[f"Si nei til avtalen – {gp}"]).press("Si nei til avtalen", reason="Begynner ikke.")
    assert "Dere har sagt nei til avtalen." in no.text and f"Les og signer – {gp}" not in no.links()
    assert "Signer avtalen om kompensasjon" in own.see("/vaar-side").links()


def test_whoever_has_not_answered_for_a_case_does_so_on_the_agreement(
    gp_house: Flask, client_for: Callable[[str], Client]
) -> None:
    with gp_house.app_context():
        made = factories.agreement()
        with writing():
            start_at(JUNE)
        address = db.session.get_one(Case, made.case_id).public_id
        db.session.remove()
    page = client_for("officer2").see(f"/fastleger/avtaler/{address}")
    assert "Sett avtalen på pause" not in page.buttons() and "Jeg er habil" in page.buttons()
    page = page.press("Jeg er habil")
    assert "Sett avtalen på pause" in page.buttons() and "Jeg er habil" not in page.buttons()
