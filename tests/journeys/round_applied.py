"""From the first word of an application to one that is signed and sent, section by section."""

import sqlalchemy as sa

from app.cases.models import Case
from app.db import db
from tests.client import Page
from tests.journeys.people import House
from tests.journeys.round_opens import by_label


def applied(house: House) -> tuple[str, str]:
    """The writer writes section by section and cannot sign; the signer signs, twice by mistake.

    Gives the case's number and its address at the recipient.
    """
    house.at("2024-12-20")
    writer = house.person("bergen-writer")
    page = writer.see(house.see("bergen-writer", "/vaar-side").links()["Samhandling 2025"])
    page = page.press("Start søknad")
    tasks = page.address
    page = sections(page, new="312 999 005", new_intent="10.12.2024")
    closed = writer.see(tasks + "/signer")
    assert "Kan åpnes av: kan signere" in closed.text and "Signer og send inn" not in closed.buttons()
    assert "Turid Demo" in page.text
    page = page.press("Send til signering")
    assert "Varsel er sendt til Turid Demo" in page.text
    assert writer.send(tasks + "/signer", {"once": "x" * 24, "version": "9"}).status == 403
    house.both_languages("bergen-writer", ["/vaar-side", tasks, tasks + "/del/prosjekt", tasks + "/forhandsvis"])
    signing = house.see("bergen", tasks + "/signer")
    form = signing.form("Signer og send inn").filled({})
    first, second = (house.person("bergen").send(tasks + "/signer", form) for _ in range(2))
    assert (first.status, second.status, first.address) == (200, 200, second.address)
    assert first.h1 == "Søknaden er sendt inn"
    numbers = house.ask(lambda: list(db.session.scalars(sa.select(Case.number))))
    assert len(numbers) == 1 and numbers[0] and numbers[0] in first.text, numbers
    mine = house.see("bergen", first.links()["Følg saken"]).address
    return numbers[0], mine


def sections(page: Page, **partner: str) -> Page:
    """Every part of the application, in the order of the page."""
    client = page.client
    tasks = page.address
    page = client.see(page.links()["Kontaktperson og konto"])
    page = page.press(
        "Lagre og fortsett",
        name="Eli Demo",
        phone="22 33 44 55",
        account_no="1234 56 00009",
        email="eli@bergen.example.no",
    )
    page = page.press(
        "Lagre og fortsett",
        title="Felles medisinliste",
        purpose="Færre feil i medisinlister.",
        starts_on="01.03.2025",
        ends_on="31.12.2025",
    )
    for words, answer in (("Beskriv prosjektet", "Vi lærer opp legene."), ("Hva kan gå galt?", "Lite.")):
        page = page.press("Lagre og fortsett", **{by_label(page, "", words): answer})
    page = page.press("Lagre og fortsett", applied="1 400 000", **_lines(page))
    page = page.press("Lagre og gå til oversikten", **partner)
    assert page.address == tasks, page.address
    return page


def _lines(page: Page) -> dict[str, str]:
    kinds = [o.get("value") for s in page.root.iter("select") if s.get("name") == "cost_0" for o in s.iter("option")]  # type: ignore[union-attr]
    assert len(kinds) == 3
    return {
        "cost_0": str(kinds[1]),
        "text_0": "Prosjektleder",
        "amount_0": "1 000 000",
        "cost_1": str(kinds[2]),
        "text_1": "Kurs",
        "amount_1": "400 000",
    }
