"""The GP's, the area's and the officer's pages."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.domain import Role
from app.budget.models import Frame
from app.cases.models import Case
from app.compensation import actions
from app.compensation.domain import ClaimFacts
from app.compensation.models import Claim, GpAgreement
from app.compensation.workflow import Status
from app.db import db, writing
from app.db.clock import start_at
from app.flow import Refused
from app.people import actions as people
from tests import compensation_rows, factories
from tests.compensation_rows import CONFIRMED, QUARTER, confirmed

APRIL = datetime(2025, 4, 10, 9, 0, tzinfo=UTC)


@pytest.fixture
def agreed(gp_house: Flask) -> Flask:
    """An agreement, and the clock in April."""
    with gp_house.app_context():
        factories.agreement()
        with writing():
            start_at(APRIL)
    return gp_house


def claims() -> list[Status]:
    found = list(db.session.scalars(sa.select(Claim.status)))
    db.session.rollback()
    return found


def reckoned(client_for, start: str = "1", patients: str = "150"):  # type: ignore[no-untyped-def]
    page = client_for("gp1").see("/krav-om-kompensasjon").links()["Nytt krav"]
    form = client_for("gp1").see(page)
    return form.press("Regn ut", units_start=start, units_patient=patients)


def test_a_claim_from_the_gp_to_the_answer(agreed: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    page = reckoned(client_for)
    assert "Ikke skriv pasientopplysninger" in page.text
    button = next(b for b in page.buttons() if b.startswith("Send inn krav"))
    assert button == "Send inn krav på 25 000 kr"
    other = page.press(button, declared="y", units_patient="149")
    assert other.status == 409 and "Summen er en annen enn den du så" in other.text, "a sum nobody saw is not sent"
    assert page.press(button).status == 422, "the declaration is not ticked"
    assert page.press(button, declared="y").status == 200
    assert page.press(button, declared="y").status == 200, "a second press leads to the first"
    with agreed.app_context():
        assert claims() == [Status.SUBMITTED]
    area = client_for("area-nordland").see("/utprovingsomrade")
    assert "start: 1" not in area.text and "patient: " not in area.text, "the codes of the rules are nobody's words"
    assert area.press("Bekreft valgte").status == 200
    office = client_for("officer1")
    claim = office.see(office.see("/fastleger").links()["Lege Demo"])
    assert claim.press("Godkjenn kravet").status == 200
    assert claim.press("Godkjenn kravet").status == 409
    with agreed.app_context():
        assert claims() == [Status.APPROVED]
    assert "Godkjent" in client_for("gp1").see("/krav-om-kompensasjon").text


def test_a_fault_in_a_claim_stands_at_its_field(agreed: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    page = reckoned(client_for, start="", patients="")
    assert page.status == 422
    answer = page.response.get_data(as_text=True)
    assert 'href="#units_start"' in answer and 'id="units_start-error"' in answer
    late = page.press("Regn ut", units_start="1", to_on="30.04.2025").response.get_data(as_text=True)
    assert 'id="to_on-error"' in late and "ikke over ennå" in late


def test_who_handled_the_refused_claim_is_told_that_another_sends_it_again(agreed: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    """An officer who moves to the practice: told on the page before anything is typed."""
    with agreed.app_context():
        made = confirmed(factories.claim(db.session.scalars(sa.select(GpAgreement)).one()))
        by, admin = factories.acting("officer1"), factories.acting("admin")
        with writing():
            actions.refuse(made.id, 2, "Feil antall", by=by, at=CONFIRMED)
        with writing():
            people.take_role(by.id, Role.OFFICER, by=admin, at=CONFIRMED)
        with writing():
            people.give_membership(by.id, Role.SIGNER, party_id=made.party_id, by=admin, at=CONFIRMED)
        address = db.session.get_one(Case, made.case_id).public_id
        db.session.remove()
    client = client_for("officer1")
    own = client.see("/krav-om-kompensasjon")
    assert "Du har behandlet denne selv." in own.text and "Nytt krav" not in own.links()
    page = client.see(f"/krav-om-kompensasjon/{address}")
    assert "Du har behandlet denne selv. En annen må gjøre dette." in page.text
    assert "Regn ut" not in page.buttons()


def test_a_gp_who_works_in_the_house_claims_nothing(agreed: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    with agreed.app_context():
        made, by, admin = (
            db.session.scalars(sa.select(GpAgreement)).one(),
            factories.acting("gp1"),
            factories.acting("admin"),
        )
        case_id = made.case_id
        with writing():
            people.give_role(by.id, Role.ARCHIVIST, by=admin, at=APRIL)
        by = factories.acting("gp1")
        with pytest.raises(Refused, match="rolle i Helsedirektoratet"), writing():
            actions.submit(case_id, ClaimFacts(QUARTER, {"start": 1}), by=by, at=APRIL)
        address = db.session.get_one(Case, case_id).public_id
        db.session.remove()
    client = client_for("gp1")
    own = client.see("/krav-om-kompensasjon")
    assert "Du har en rolle i Helsedirektoratet" in own.text and "Nytt krav" not in own.links()
    page = client.see(f"/krav-om-kompensasjon/{address}")
    assert "Du har en rolle i Helsedirektoratet" in page.text
    assert "Regn ut" not in page.buttons()


def test_a_used_up_price_is_closed_and_not_asked_for(agreed: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    page = reckoned(client_for, patients="100")
    page.press(next(b for b in page.buttons() if b.startswith("Send inn krav")), declared="y")
    again = client_for("gp1").see(page.address)
    assert "units_start" not in again.form("Regn ut").fields() and "units_patient" in again.form("Regn ut").fields()
    assert "Brukt opp: 1 av 1 er krevd." in again.text
    with agreed.app_context(), writing() as session:
        session.execute(sa.update(GpAgreement).values(cap_ore=20_000_00))
    spent = client_for("gp1").see(page.address)
    assert "Det er ikke mer å kreve i denne avtalen." in spent.text and "Regn ut" not in spent.buttons()


def test_a_claim_tells_by_whom_and_when(agreed: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    page = reckoned(client_for)
    page.press(next(b for b in page.buttons() if b.startswith("Send inn krav")), declared="y")
    client_for("area-nordland").see("/utprovingsomrade").press("Bekreft valgte")
    with agreed.app_context():
        claim = db.session.scalars(sa.select(Claim.public_id)).one()
    for who in ("gp1", "officer1"):
        told = client_for(who).see(f"/krav/{claim}").text
        assert "10.04.2025 kl. 11.00, Lege Demo" in told and "10.04.2025 kl. 11.00, Randi Demo" in told, told


def test_what_the_cap_leaves_out_is_told_before_it_is_sent(agreed: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    page = reckoned(client_for, patients="230")
    assert "Utelatt: 30." in page.text


@pytest.mark.parametrize("typed", ["-1", "12,5", "<b>", "9" * 30])
def test_what_is_no_count_comes_back_with_the_words_still_there(agreed: Flask, client_for, typed: str) -> None:  # type: ignore[no-untyped-def]
    page = reckoned(client_for, patients=typed)
    assert page.status == 422
    assert page.form("Regn ut").fields()["units_patient"] == [typed]


def test_partial_approval_and_refusal_want_a_reason(agreed: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    page = reckoned(client_for)
    page.press(next(b for b in page.buttons() if b.startswith("Send inn krav")), declared="y")
    client_for("area-nordland").see("/utprovingsomrade").press("Bekreft valgte")
    office = client_for("officer1")
    claim = office.see(office.see("/fastleger").links()["Lege Demo"])
    assert claim.press("Avslå kravet", reason="").status == 422
    assert claim.press("Godkjenn i del", units_patient="100", reason="").status == 422
    assert claim.press("Godkjenn i del", units_patient="100", reason="Statistikken viser 100").status == 200


def test_an_officer_registers_an_agreement_once(gp_house: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    with gp_house.app_context(), writing():
        start_at(APRIL)
    page = client_for("officer1").see("/fastleger/ny-avtale")
    typed = {
        "gp_name": "Ny Lege",
        "hpr_no": "7654321",
        "payee": "312 999 021",
        "account": "1234 56 00149",
        "from_on": "01.01.2025",
        "to_on": "31.12.2025",
        "cap": "30 000",
        "signed_on": "02.01.2025",
    }
    wrong = page.press("Registrer avtale", **typed)
    assert wrong.status == 422
    assert "habil" in wrong.text
    slips = {"to_on": "31.12.2199", "signed_on": "01.01.1900", "cap": "30 000,01"}
    for name, slip in slips.items():
        slipped = page.press("Registrer avtale", **typed | {name: slip}, impartial="y")
        assert slipped.status == 422 and slipped.form("Registrer avtale").fields()[name] == [slip]
        assert f'id="{name}-error"' in slipped.response.get_data(as_text=True)
    done = page.press("Registrer avtale", **typed, impartial="y")
    assert "Ny Lege" in done.text
    again = page.press("Registrer avtale", **typed, impartial="y")
    assert again.text.count("Ny Lege") == done.text.count("Ny Lege")
    other = page.press("Registrer avtale", **typed | {"gp_name": "Lege To", "hpr_no": "7654322"}, impartial="y")
    assert other.status == 409
    assert "sendt før, med andre svar" in other.text
    assert "Lege To" not in client_for("officer1").see("/fastleger").text, "and nothing is registered"
    kept = other.form("Registrer avtale").fields()
    assert kept["gp_name"] == ["Lege To"] and kept["once"] != page.form("Registrer avtale").fields()["once"]
    assert "Lege To" in other.press("Registrer avtale").text, "sent once more it is a form of its own"
    token = page.form("Registrer avtale").fields()["once"]
    theirs = client_for("officer2").see(page.address).press("Registrer avtale", **typed, impartial="y", once=token)
    assert theirs.status == 409, "another person's token answers nobody else"


def test_a_claim_with_other_answers_is_not_answered_as_sent(agreed: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    page = reckoned(client_for)
    button = next(b for b in page.buttons() if b.startswith("Send inn krav"))
    january = {"from_on": "01.01.2025", "to_on": "31.01.2025", "declared": "y"}
    assert "Kravet er sendt inn." in page.press(button, **january).text
    february = page.press(button, **january | {"from_on": "01.02.2025", "to_on": "28.02.2025"})
    assert february.status == 409 and "Kravet er sendt inn." not in february.text
    assert february.form("Regn ut").fields()["from_on"] == ["01.02.2025"]
    with agreed.app_context():
        assert claims() == [Status.SUBMITTED]


@pytest.mark.parametrize(
    ("who", "paths"),
    [
        ("gp1", ["/krav-om-kompensasjon"]),
        ("area-nordland", ["/utprovingsomrade"]),
        ("officer1", ["/fastleger", "/fastleger/ny-avtale"]),
    ],
)
def test_pages_open_in_both_languages(agreed: Flask, client_for, who: str, paths: list[str]) -> None:  # type: ignore[no-untyped-def]
    client = client_for(who)
    page = reckoned(client_for)
    page.press(next(b for b in page.buttons() if b.startswith("Send inn krav")), declared="y")
    with agreed.app_context():
        claim = db.session.scalars(sa.select(Claim.public_id)).one()
    for language in ("nb", "nn"):
        client.post("/sprak", data={"language": language})
        for path in [*paths, f"/krav/{claim}"]:
            assert client.see(path).status == 200, path


def test_others_do_not_see_a_claim(agreed: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    page = reckoned(client_for)
    page.press(next(b for b in page.buttons() if b.startswith("Send inn krav")), declared="y")
    with agreed.app_context():
        claim = db.session.scalars(sa.select(Claim.public_id)).one()
    assert client_for("demovik").see(f"/krav/{claim}").status == 404
    assert client_for("demovik").see("/krav-om-kompensasjon/x").status == 404
    assert client_for("demovik").see("/utprovingsomrade").status == 403
    assert client_for("gp1").see("/fastleger").status == 403


@pytest.mark.parametrize(("who", "claims_here"), [("gp1", True), ("bergen", False), ("bergen-writer", False)])
def test_only_who_can_claim_has_the_page_in_the_menu(agreed: Flask, client_for, who: str, claims_here: bool) -> None:  # type: ignore[no-untyped-def]
    page = client_for(who).see("/vaar-side")
    assert ("Krav om kompensasjon" in page.links()) is claims_here


def test_money_comes_and_those_who_waited_are_answered_in_turn(agreed: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    with agreed.app_context():
        gp = factories.acting("gp1")
        second = compensation_rows.agreement(hpr_no="7654321", gp_name="Lege To")
        frame = db.session.scalars(sa.select(Frame)).one()
        with writing():
            frame.adjusted_ore, frame.frame_ore = 10_000_00 - frame.appropriation_ore, 10_000_00
        db.session.commit()
        for nr, made in enumerate((db.session.scalars(sa.select(GpAgreement)).first(), second)):
            with writing():
                facts = ClaimFacts(QUARTER, {"start": 1, "patient": 50 * (nr + 1)})
                claim = actions.submit(made.case_id, facts, by=gp, at=APRIL)
            confirmed(claim)
        db.session.remove()
    office = client_for("officer1")
    for gp_name in ("Lege Demo", "Lege To"):
        claim_page = office.see(office.see("/fastleger").links()[gp_name])
        assert "venter på midler" in claim_page.press("Godkjenn kravet").text
    closed = office.see(office.see("/fastleger").links()["Lege To"])
    assert "i den rekkefølgen de kom inn" in closed.text
    queue = office.see(office.see("/fastleger").links()["Krav som venter på midler"])
    assert "Rammen holder ikke til det første kravet" in queue.text
    with agreed.app_context():
        frame = db.session.scalars(sa.select(Frame)).one()
        with writing():
            frame.adjusted_ore += 40_000_00
            frame.frame_ore += 40_000_00
        db.session.remove()
    queue = office.see("/fastleger/venter")
    assert {"Godkjenn 2 krav"} <= set(queue.buttons())
    done = queue.press("Godkjenn 2 krav")
    assert "Godkjent nå" in done.text and "Lege To" in done.text and "Ingen krav venter på midler" in done.text
    assert queue.press("Godkjenn 2 krav").status == 409
    with agreed.app_context():
        assert claims() == [Status.APPROVED, Status.APPROVED]
