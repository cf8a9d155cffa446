"""Agreements from an area's file: each as if its coordinator had registered it, once; on both databases."""

from collections.abc import Callable
from datetime import date, datetime, time

import pytest
import sqlalchemy as sa
from flask import Flask

from app.compensation import actions as gps
from app.compensation.domain import Employment
from app.compensation.models import Gp, GpAgreement
from app.compensation.workflow import AgreementStatus
from app.db import db, writing
from app.dispatch.models import Outgoing
from app.documents.domain.uploads import NotTaken
from app.flow import Refused
from app.orders import actions, running
from app.orders.models import WorkOrder
from app.orders.workflow import Status
from app.parties.models import Party
from tests import order_rows
from tests.client import Client
from tests.factories import acting
from tests.features.orders.test_importing import workbook
from tests.order_rows import outcomes, place, rows, step, text_of, told, worked

HEAD = "Fastlegens navn;HPR-nummer;Arbeidsforhold;Organisasjonsnummer;Avtalen gjelder fra;Avtalen gjelder til"
DAYS = "01.02.2025;31.12.2025"
ROW = f"Ny Lege;7654321;Selvstendig næringsdrivende;312999021;{DAYS}"
OTHER = f"Annen Lege;7654322;selvstendig;312 999 021;{DAYS}"
NEW_YEAR = datetime.fromisoformat("2025-01-10T09:00:00+00:00")


@pytest.fixture(autouse=True)
def january(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process that works on orders reads the program's clock."""
    monkeypatch.setattr(running, "now", lambda: NEW_YEAR)


def laid_in(*lines: str, head: str = HEAD, who: str = "area-nordland", name: str = "avtaler.csv") -> WorkOrder:
    """A file of agreements, tried."""
    return worked(place(text_of(lines, head), name, who=who, kind="gp-agreements", at=NEW_YEAR))


def made() -> list[GpAgreement]:
    """The agreements there are, in the order of the GPs' numbers."""
    db.session.rollback()
    found = db.session.scalars(sa.select(GpAgreement).order_by(GpAgreement.hpr_no, GpAgreement.id)).all()
    for each in found:
        db.session.expunge(each)
    return list(found)


def why(order: WorkOrder, row_no: int) -> str:
    """What a row is told."""
    return told(rows(order)[row_no])


def test_a_file_is_tried_and_undone_and_then_each_practice_has_one_to_sign(gp_house: Flask) -> None:
    with gp_house.test_request_context():
        order = laid_in(ROW, OTHER)
        assert (order.status, outcomes(order), made()) == (Status.CHECKED, ["ready", "ready"], [])
        assert db.session.scalars(sa.select(Gp)).all() == [], "nothing of a trial is kept"
        with writing():
            practice = db.session.scalars(sa.select(Party).where(Party.orgnr == "312999021")).one()
            practice.email = "post@legekontor.example"
        order = step(actions.carry_out, order)
        assert (order.status, outcomes(order)) == (Status.DONE, ["made", "made"])
        one, other = made()
        assert (one.gp_name, one.status, one.from_on) == ("Ny Lege", AgreementStatus.TO_SIGN, date(2025, 2, 1))
        assert (one.employment, one.registered_by) == (Employment.SELF_EMPLOYED, acting("area-nordland").id)
        assert {row.thing for row in rows(order).values()} == {f"agreement:{one.id}", f"agreement:{other.id}"}
        told_of = db.session.scalars(sa.select(Outgoing.kind).where(Outgoing.kind == "agreement_to_sign")).all()
        assert len(told_of) == 2
        by, key, version = acting("gp1"), one.id, one.version
        db.session.rollback()
        with writing():
            gps.sign(key, version, "12345600149", True, by=by, at=NEW_YEAR)
        assert made()[0].status is AgreementStatus.APPLIED


def test_the_same_or_an_overlapping_file_adds_nothing(gp_house: Flask) -> None:
    with gp_house.test_request_context():
        step(actions.carry_out, laid_in(ROW))
        again = laid_in(ROW, OTHER)
        assert outcomes(again) == ["exists", "ready"]
        assert "finnes allerede" in why(again, 2)
        assert rows(again)[2].thing == f"agreement:{made()[0].id}"
        step(actions.carry_out, again)
        assert len(made()) == 2
        later = laid_in(ROW.replace("01.02.2025", "01.03.2025"))
        assert "Fastlegen har en avtale fra 1. februar 2025 til 31. desember 2025" in why(later, 2)
        twice = laid_in(*[line.replace("765432", "865432") for line in (ROW, ROW)])
        assert (outcomes(twice), rows(twice)[3].thing) == (["ready", "exists"], "")
        assert "rad før denne" in why(twice, 3)


def test_a_row_with_another_gps_number_is_told_and_does_not_count_as_there(gp_house: Flask) -> None:
    with gp_house.test_request_context():
        slip = OTHER.replace("7654322", "7654321")
        order = laid_in(ROW, slip)
        assert outcomes(order) == ["ready", "wrong"]
        assert why(order, 3) == "En slik avtale finnes for Ny Lege med samme HPR-nummer. Sjekk navnet og nummeret."
        step(actions.carry_out, order)
        assert outcomes(laid_in(slip)) == ["wrong"]
        assert outcomes(laid_in(ROW.replace("Ny Lege", "LEGE,  Ny Marie"))) == ["exists"]


def test_what_the_practice_would_not_sign_no_file_brings_back(gp_house: Flask) -> None:
    with gp_house.test_request_context():
        step(actions.carry_out, laid_in(ROW))
        one, by = made()[0], acting("gp1")
        db.session.rollback()
        with writing():
            gps.take_back_application(one.id, one.version, "", by=by, at=NEW_YEAR)
        again = laid_in(ROW)
        assert outcomes(again) == ["exists"]
        assert "har trukket denne avtalen" in why(again, 2)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("Ny Lege", "", "Fastlegens navn: Cellen er tom"),
        ("7654321", "76x", "HPR-nummer: "),
        ("Selvstendig næringsdrivende", "vikar", "Fastlønnet i kommunen"),
        ("Selvstendig næringsdrivende", "Fastlønt", "ikke en kommune"),
        ("312999021", "123", "har ni siffer. Du skrev 3."),
        ("312999021", "312999022", "Organisasjonsnummeret finnes ikke"),
        ("312999021", "974760673", "kjenner ikke dette organisasjonsnummeret"),
        ("31.12.2025", "31.01.2025", "slutter før den begynner"),
        ("01.02.2025", "45689", "kanskje 01.02.2025"),
        ("01.02.2025", "01.02.1999", "ikke publisert noe regelverk"),
    ],
)
def test_what_will_not_do_is_told_by_row_and_stops_no_other(gp_house: Flask, old: str, new: str, reason: str) -> None:
    with gp_house.test_request_context():
        order = laid_in(ROW.replace(old, new), OTHER)
        assert outcomes(order) == ["wrong", "ready"]
        assert reason in why(order, 2)


def test_a_row_that_failed_is_mended_and_tried_without_the_rest_and_left_no_trace(gp_house: Flask) -> None:
    with gp_house.test_request_context():
        order = step(actions.carry_out, laid_in(ROW.replace("31.12.2025", "31.01.2025"), OTHER))
        assert (outcomes(order), len(made())) == (["wrong", "made"], 1)
        assert db.session.scalars(sa.select(Gp.hpr_no)).all() == ["7654322"]
        by, says = acting("area-nordland"), {**rows(order)[2].says, "til": "31.12.2025 00:00"}
        with writing():
            actions.mend(order.id, 2, says, by=by, at=NEW_YEAR)
        order = step(actions.try_again, order)
        assert (outcomes(order), len(made())) == (["ready", "made"], 1)
        assert outcomes(step(actions.carry_out, order)) == ["made", "made"]
        assert len(made()) == 2


def test_what_people_and_programs_write_is_read(gp_house: Flask) -> None:
    with gp_house.test_request_context():
        head = "Namnet på fastlegen,hpr,ARBEIDSFORHOLD:,organisasjonsnummer,Avtalen gjeld frå,Avtalen gjeld\u00a0til"
        line = "Ny\u00a0Lege,7 654 321.0,Sjølvstendig  næringsdrivande,312999021.0,2025-02-01T00:00:00,31.12.2025 00:00"
        order = laid_in(head, line, head="sep=,")
        assert outcomes(order) == ["ready"]
        step(actions.carry_out, order)
        assert [(each.gp_name, each.hpr_no) for each in made()] == [("Ny Lege", "7654321")]


def test_a_workbook_with_numbers_and_dates_of_its_own(gp_house: Flask) -> None:
    with gp_house.test_request_context():
        midnight, morning = (datetime.combine(date(2025, 2, 1), each) for each in (time(), time(8, 30)))
        row = ["Ny Lege", 7654321.0, "Fastlønnet", 312999021, midnight, date(2025, 12, 31)]
        own = [*row[:2], "Selvstendig", *row[3:4], morning, row[5]]
        text = workbook(HEAD.split(";"), row, own, [*own[:4], 45689, row[5]])
        order = worked(place(text, "avtaler.xlsx", kind="gp-agreements", at=NEW_YEAR))
        assert outcomes(order) == ["wrong", "ready", "wrong"]
        assert "ikke en kommune" in why(order, 2) and "kanskje 01.02.2025" in why(order, 4)


def test_only_the_areas_own_coordinator_and_no_gp_of_another_area(gp_house: Flask) -> None:
    with gp_house.test_request_context():
        order_rows.second_area()
        order = step(actions.carry_out, laid_in(ROW))
        for who in ("officer1", "gp1"):
            with pytest.raises(Refused, match="tilgang"):
                laid_in(ROW, who=who)
        with pytest.raises(Refused, match="tilgang"):
            step(actions.try_again, order, who="area-bergen")
        theirs = laid_in(ROW, who="area-bergen")
        assert outcomes(theirs) == ["wrong"]
        assert "avtale i et annet område" in why(theirs, 2)


def test_a_file_with_a_national_identity_number_is_refused_and_not_kept(gp_house: Flask) -> None:
    with gp_house.test_request_context(), pytest.raises(NotTaken):
        laid_in(ROW.replace("7654321", "13097248022"))


def test_from_the_areas_page_to_what_is_made(gp_house: Flask, client_for: Callable[[str], Client]) -> None:
    client = client_for("area-nordland")
    page = client.see(client.see("/utprovingsomrade").links()["Importer avtaler fra fil"])
    assert "én rad for hver fastlege" in page.text
    template = client.get("/bestillinger/mal/gp-agreements.csv").get_data().decode("utf-8-sig")
    assert template.startswith(HEAD)
    with gp_house.test_request_context():
        address = f"/bestillinger/{laid_in(ROW).public_id}"
    assert "legekontorene må signere: 1." in client.see(address).text
