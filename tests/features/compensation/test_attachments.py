"""Where the rules ask for it, units are documented before a claim is confirmed; read by those it concerns only."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from app.compensation import actions, queries
from app.compensation.domain import ClaimFacts
from app.compensation.models import Claim, ClaimAttachment
from app.compensation.workflow import Status
from app.db import db, writing
from app.db.clock import start_at
from app.demo.rules import gp_2025
from app.documents.actions import Upload
from app.documents.models import Document, StoredFile
from app.flow import Refused
from tests import factories
from tests.compensation_rows import CONFIRMED, QUARTER
from tests.factories import acting
from tests.features.compensation.test_control import rules

LATER = datetime(2025, 4, 10, 12, 0, tzinfo=UTC)
COUNTS = b"Kurs;Deltakere\r\nLegemiddelliste;12\r\n"


@pytest.fixture
def documented(gp_house: Flask) -> Flask:
    """The patients' price asks for an attachment, the start does not."""
    with gp_house.app_context():
        start, patient = gp_2025().unit_prices
        rules(unit_prices=(start, replace(patient, documented=True)))
        factories.agreement()
        with writing():
            start_at(LATER)
        db.session.remove()
    return gp_house


def sent(client_for, **units: str):  # type: ignore[no-untyped-def]
    client = client_for("gp1")
    form = client.see(client.see("/krav-om-kompensasjon").links()["Nytt krav"]).press("Regn ut", **units)
    return form.press(next(each for each in form.buttons() if each.startswith("Send inn krav")), declared="y")


def laid_by(page, data: bytes, name: str = "kurs.csv", code: str = "patient"):  # type: ignore[no-untyped-def]
    token = page.form("Legg ved").fields()["csrf_token"][0]
    file = (io.BytesIO(data), name)
    return page.client.post(
        f"{page.address}/vedlegg",
        data={"csrf_token": token, "code": code, "file": file},
        content_type="multipart/form-data",
    )


def test_it_is_asked_for_where_it_is_needed_and_closes_the_confirmation(documented: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    assert "Mangler vedlegg" not in sent(client_for, units_start="1", to_on="31.01.2025").text
    page = sent(client_for, units_patient="90")
    assert "Mangler vedlegg" in page.text and page.address.startswith("/krav/")
    area, gp = client_for("area-nordland"), page.client
    shown = area.see("/utprovingsomrade")
    assert "Kravet mangler vedlegg for Per pasient" in shown.text
    done = shown.press("Bekreft valgte")
    assert done.status == 200, done.text
    with documented.app_context():
        states = {claim.claimed_ore: claim.status for claim in db.session.scalars(sa.select(Claim))}
        assert states == {10_000_00: Status.CONFIRMED, 9_000_00: Status.SUBMITTED}
        claim = db.session.scalars(sa.select(Claim).where(Claim.status == Status.SUBMITTED)).one()
        by = acting("area-nordland")
        with pytest.raises(Refused, match="mangler vedlegg"), writing():
            actions.confirm({claim.id: 1}, by=by, at=CONFIRMED)
        db.session.remove()
    assert laid_by(page, COUNTS).status_code == 303
    told = gp.see(page.address)
    assert "Mangler vedlegg" not in told.text
    file = told.links()["kurs.csv"]
    for who, status in (("gp1", 200), ("area-nordland", 200), ("officer1", 200), ("demovik", 404), ("finance1", 403)):
        answer = client_for(who).get(file)
        assert answer.status_code == status, who
    assert gp.get(file).data == COUNTS and "attachment" in gp.get(file).headers["Content-Disposition"]
    assert "kurs.csv" not in client_for("finance1").see(page.address).text
    with documented.app_context():
        address = db.session.scalars(sa.select(Document.public_id)).one()
    for who, status in (("officer1", 200), ("archivist", 404), ("finance1", 404), ("gp1", 404), ("area-nordland", 404)):
        assert client_for(who).get(f"/dokumenter/{address}/fil").status_code in (status, 403), who
    assert area.see("/utprovingsomrade").press("Bekreft valgte").status == 200
    shut = laid_by(page, COUNTS)
    assert shut.status_code == 409 and "da endrer ingen det" in shut.get_data(as_text=True)


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (b"Navn;Antall\r\n13097248022;1\r\n", "kurs.csv", "fødselsnummer"),
        (b"Pasient;Kurs\r\nA;1\r\n", "kurs.csv", "pasient"),
        (b"MZ\x90\x00", "kurs.exe", "Filnavnet må slutte på"),
        (b"MZ\x90\x00", "kurs.pdf", "ikke en PDF"),
        (b"", "kurs.csv", "tom"),
    ],
)
def test_what_is_hostile_or_tells_of_a_patient_is_refused_and_not_kept(
    documented: Flask, client_for, data: bytes, name: str, why: str
) -> None:  # type: ignore[no-untyped-def]
    page = sent(client_for, units_patient="3")
    answer = laid_by(page, data, name)
    assert answer.status_code == 422 and why in answer.get_data(as_text=True)
    with documented.app_context():
        assert db.session.scalars(sa.select(ClaimAttachment)).all() == []
        assert db.session.scalars(sa.select(StoredFile)).all() == []


def test_a_file_nobody_asked_for_is_refused_before_it_is_read(documented: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    page = sent(client_for, units_patient="3")
    answer = laid_by(page, COUNTS, code="start")
    assert answer.status_code == 409 and "trenger ikke vedlegg" in answer.get_data(as_text=True)
    with documented.app_context():
        assert db.session.scalars(sa.select(StoredFile)).all() == []


def test_whoever_lays_it_by_confirms_nothing_and_a_correction_may_ask_for_more(documented: Flask) -> None:
    with documented.app_context():
        made = factories.claim(factories.agreement(hpr_no="7654321"), {"start": 1})
        assert queries.lacking([made]) == {}
        gp, officer = acting("gp1"), acting("officer1")
        with writing():
            made = actions.correct(made.id, 1, ClaimFacts(QUARTER, {"patient": 1}), by=gp, at=LATER)
        assert [price.code for price in queries.lacking([made])[made.id]] == ["patient"]
        upload = Upload("0" * 64, "kurs.pdf")
        for who in (officer, acting("demovik"), acting("area-nordland")):
            with pytest.raises(Refused, match="tilgang"), writing():
                actions.attach(made.id, "patient", upload, by=who, at=LATER)
        db.session.rollback()
