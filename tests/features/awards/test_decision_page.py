"""The decider's page: the decision first, the letter beside it, and the way to the next case."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader

from app.awards.queries import decider_list
from app.db import clock, db, writing
from tests import factories
from tests.client import Client

KR = 100
People = Callable[[str], Client]
ONE = "/saker/T25-0001/vedtak"


@pytest.fixture
def round_(app: Flask) -> Flask:
    """A frame and one recommended case, on the day of the round."""
    with app.app_context():
        factories.people()
        factories.frame()
        factories.recommended(2_500_001 * KR)
        with writing():
            clock.start_at(factories.AT)
        db.session.remove()
    return app


def test_the_decision_stands_before_the_letter_whose_pages_are_told(round_: Flask, client_for: People) -> None:
    page = client_for("decider").see(ONE)
    order = [
        "Du vedtar tilskudd",
        "Igjen av rammen etter vedtaket",
        "Kontroller",
        "Vilkår",
        "Vedtaksbrev:",
    ]
    places = [page.text.find(words) for words in order]
    assert -1 not in places and places == sorted(places)
    printed = PdfReader(BytesIO(page.client.get(ONE + "/brev.pdf").data)).pages
    for number, sheet in enumerate(printed, 1):
        told = f"Side {number} av {len(printed)}"
        assert told in page.text and told in sheet.extract_text()


def test_the_decider_goes_from_case_to_case(round_: Flask, client_for: People) -> None:
    with round_.app_context():
        for number in ("T25-0002", "T25-0003"):
            factories.recommended(1_000_000 * KR, number=number)
        db.session.remove()
    decider = client_for("decider")
    middle = decider.see("/saker/T25-0002/vedtak")
    assert "2 av 3" in middle.text
    assert {"/saker/T25-0001/vedtak", "/saker/T25-0003/vedtak"} < set(middle.links().values())
    done = middle.press("Vedta")
    assert "2 saker venter på vedtak." in done.text
    assert done.links()["Gå til Demovik kommune"] == "/saker/T25-0001/vedtak", "the first that waits"
    assert done.text.index("Neste sak til vedtak") < done.text.index("Utfall"), "and it stands first on the page"
    assert "Neste" not in " ".join(client_for("officer1").see(ONE).links()), "others have no list"


def test_many_stand_on_several_pages_with_the_sums_of_all(
    round_: Flask, client_for: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decider_list, "PAGE", 2)
    with round_.app_context():
        for number in ("T25-0002", "T25-0003", "T25-0004", "T25-0005"):
            factories.recommended(0 if number == "T25-0004" else 1_000_000 * KR, number=number)
        db.session.remove()
    decider = client_for("decider")
    page, seen, left = decider.see("/vedtak"), [], []
    for _ in range(3):
        assert "Innstilling om tilskudd i 4 saker, til sammen 5 500 001 kr, og avslag i 1." in page.text
        rows = rows_of(page)
        seen += [row[1] for row in rows]
        left += [row[4] for row in rows]
        page = decider.see(page.links()["Neste"]) if "Neste" in page.links() else page
    assert seen == ["T25-0001", "T25-0002", "T25-0003", "T25-0004", "T25-0005"]
    assert left == ["27 499 999 kr", "26 499 999 kr", "25 499 999 kr", "25 499 999 kr", "24 499 999 kr"]
    assert decider.see(page.links()["Forrige"]).links()["Forrige"] == "/vedtak?side=1"
    assert decider.see("/vedtak?side=9").status == 200
    for number, previous, following in (("0002", "0001", "0003"), ("0003", "0002", "0004"), ("0005", "0004", None)):
        links = decider.see(f"/saker/T25-{number}/vedtak").links()
        beside = {words.split(":")[0]: href for words, href in links.items() if ": Demovik" in words}
        wanted = {"Forrige": previous} | ({"Neste": following} if following else {})
        assert beside == {words: f"/saker/T25-{each}/vedtak" for words, each in wanted.items()}


def rows_of(page: Any) -> list[list[str]]:
    """The cells of each row of the list."""
    rows = [row for row in page.root.iter("tr") if row.find("th[@scope='row']") is not None]
    return [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in rows]
