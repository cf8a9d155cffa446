"""A municipality that has decided for nynorsk is refused in nynorsk, whatever its officer and its writer read."""

from io import BytesIO

import sqlalchemy as sa
from pypdf import PdfReader

from app.applications.models import Application
from app.cases.models import Case
from app.cases.workflow import Status
from app.db import db
from app.dispatch.models import Outgoing
from tests.journeys import people, round_applied, round_decided, round_opens
from tests.journeys.people import House, body


def test_fjordnes_is_refused_in_nynorsk(house: House) -> None:
    round_opens.rules_published(house)
    round_opens.call_announced(house)
    number, mine = _applied(house)
    house.at("2025-01-16")
    people.allocated(house)
    round_decided.started(house, number)
    _refused(house, number)
    house.work()
    _told(house, mine)
    assert "Fjordnes" not in body(house.see("public", "/tilskudd?aar=2025"))


def _applied(house: House) -> tuple[str, str]:
    """Written with the pages in bokmål, by one who signs too."""
    house.at("2024-12-20")
    start = house.see("fjordnes", house.see("fjordnes", "/vaar-side").links()["Samhandling 2025"])
    page = round_applied.sections(start.press("Start søknad"))
    page = house.see("fjordnes", page.address + "/signer").press("Signer og send inn")
    number = house.ask(lambda: db.session.scalars(sa.select(Case.number)).one())
    assert number is not None and house.ask(lambda: db.session.scalars(sa.select(Application.language)).one()) == "nb"
    return number, house.see("fjordnes", page.links()["Følg saken"]).address


def _refused(house: House, number: str) -> None:
    """The officer recommends nothing, in nynorsk; the decider decides the letter as it stands."""
    case = f"/saker/{number}"
    round_decided.assessed(house, case)
    page = house.see("officer1", case + "/innstilling")
    assert "Skriv på nynorsk – språkvedtak." in page.text
    reasons = "Prosjektet treffer ikkje føremålet."
    page = page.press("Lag innstilling", outcome="refuse", reasons=reasons)
    assert round_decided.case_status(house, number) is Status.RECOMMENDED, page.text
    house.see("decider", case + "/habilitet").press("Lagre svaret", answer="impartial")
    page = house.see("decider", case + "/vedtak")
    assert "Du vedtar avslag" in page.text, page.text
    page.press("Vedta")
    assert round_decided.case_status(house, number) is Status.REFUSED


def _told(house: House, mine: str) -> None:
    """The letter as the municipality reads it, and the mail that tells of it."""
    page = house.see("fjordnes", mine)
    letters = [words for words in page.buttons() if words.startswith("Åpne brevet")]
    letter = page.press(letters[0]).response.data
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(letter)).pages).split())
    for words in ("Prosjektet treffer ikkje føremålet.", "De kan klage", "ikkje"):
        assert words in text, text
    for words in ("Dere ", "ikke ", "Vedtaket kan påklages"):
        assert words not in text, text
    languages = house.ask(lambda: set(db.session.scalars(sa.select(Outgoing.language))))
    assert languages == {"nn"}
