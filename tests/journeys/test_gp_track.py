"""A GP's agreement and claim go to the bank on the same list as a grant."""

import sqlalchemy as sa

from app.compensation.models import Claim
from app.compensation.workflow import Status
from app.db import clock, db
from tests.client import Page
from tests.journeys import people, round_applied, round_decided, round_opens, round_paid
from tests.journeys.people import House, body
from tests.journeys.round_opens import both, by_label, row

RULES = "/regelverk/gp/2025/1"
DRAFT: dict[str, object] = {
    **both("title", "Kompensasjon til fastleger 2025", "Kompensasjon til fastlegar 2025"),
    **both("purpose", "Fastleger tar i bruk legemiddellista.", "Fastlegar tek i bruk legemiddellista."),
    **both("legal_basis", "Budsjettvedtaket, kapittel 701 post 21.", "Budsjettvedtaket, kapittel 701 post 21."),
    **both("complaint_body", "Helse- og omsorgsdepartementet", "Helse- og omsorgsdepartementet"),
    "who_may_apply": ["practice", "municipality"],
    **row("unit_prices-0", "Oppstart", "Oppstart", unit_price_ore="10 000", max_units="1"),
    **row("unit_prices-1", "Gjennomgang av en liste", "Gjennomgang av ei liste", unit_price_ore="100", max_units="400"),
    "accept_days": "21",
    "auditor_from_ore": "5 000 000",
    "deviation_percent": "10",
    "cap_ore": "30 000",
}
TYPED = {
    "gp_name": "Lege Demo",
    "hpr_no": "7654321",
    "payee": "312 999 021",
    "account": "1234 56 00149",
    "from_on": "01.01.2025",
    "to_on": "31.12.2025",
    "cap": "30 000",
    "signed_on": "02.01.2025",
}


def test_a_claim_and_a_grant_are_paid_on_one_list(house: House) -> None:
    _rules(house)
    round_opens.rules_published(house)
    round_opens.call_announced(house)
    number, mine = round_applied.applied(house)
    house.at("2025-01-16")
    people.allocated(house)
    _agreement(house)
    round_decided.handled(house, number, mine)
    house.at("2025-02-10")
    round_decided.sent_back_and_decided(house, number)
    house.at("2025-02-12")
    round_paid.accepted(house, number, mine)
    claim = _claim(house)
    _settled(house, claim)
    house.work()
    assert sorted(ore for ore, _ in round_paid.payables(house)) == [25_000_00, 720_000_00]
    address = round_paid.paid(house, "2025-02-14", "745\u00a0000")
    page = body(house.see("finance2", address))
    assert "Bergen kommune" in page and "Legekontoret Demo AS" in page
    assert "Betalt" in house.see("gp1", "/krav-om-kompensasjon").text
    with house.inside():
        from app.audit.verify import faults
        from app.budget.jobs import verify

        assert list(faults()) == [] and verify(clock.now()) == 2


def _rules(house: House) -> None:
    page = house.see("officer1", "/regelverk/gp/utkast").press("Lag utkastet", year="2025", source="0")
    page.press("Lagre utkastet", **DRAFT)
    house.see("decider", RULES + "/godkjenn").press("Godkjenn regelverket", basis="Departementets fullmakt")
    page = house.see("officer1", RULES + "/publiser").press("Publiser regelverket")
    assert "Regelverket er publisert." in page.text


def _agreement(house: House) -> None:
    """Registered once, by an officer who says they are impartial."""
    page = house.see("officer1", "/fastleger/ny-avtale")
    wrong = page.press("Registrer avtale", **TYPED)
    assert wrong.status == 422 and "habil" in wrong.text
    done = page.press("Registrer avtale", **TYPED, impartial="y", de_minimis="y")
    assert "Lege Demo" in body(done) and done.status == 200
    assert page.press("Registrer avtale", **TYPED, impartial="y", de_minimis="y").status == 200
    house.both_languages("officer1", ["/fastleger", "/fastleger/ny-avtale"])


def _claim(house: House) -> Page:
    """The GP sees the sum before sending, and sends once. Gives the officer's page of the claim."""
    own = house.see("gp1", "/krav-om-kompensasjon").press("Bekreft at kontonummeret er riktig")
    assert "Kontonummeret er bekreftet." in own.text
    page = house.see("gp1", own.links()["Nytt krav"])
    units = {by_label(page, "", "Oppstart"): "1", by_label(page, "", "Gjennomgang av en liste"): "150"}
    page = page.press("Regn ut", **units)
    button = next(words for words in page.buttons() if words.startswith("Send inn krav"))
    assert button == "Send inn krav på 25 000 kr"
    assert page.press(button).status == 422
    assert [page.press(button, declared="y").status for _ in range(2)] == [200, 200]
    assert _status(house) is Status.SUBMITTED
    house.both_languages("gp1", ["/krav-om-kompensasjon"])
    return house.see("officer1", house.see("officer1", "/fastleger").links()["Lege Demo"])


def _settled(house: House, early: Page) -> None:
    """Confirmed by the area, and only then approved, by an officer."""
    assert "Godkjenn kravet" not in early.buttons()
    house.both_languages("area-nordland", ["/utprovingsomrade"])
    page = house.see("area-nordland", "/utprovingsomrade")
    assert page.press("Bekreft valgte").status == 200
    assert _status(house) is Status.CONFIRMED
    page = house.see("officer1", early.address)
    done = page.press("Godkjenn kravet")
    assert done.status == 200 and _status(house) is Status.APPROVED
    assert page.press("Godkjenn kravet").status == 409
    house.both_languages("officer1", [early.address])


def _status(house: House) -> Status:
    return house.ask(lambda: db.session.scalars(sa.select(Claim.status)).one())
