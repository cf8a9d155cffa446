"""The decider's page: the decision first, the letter beside it, and the way to the next case."""

from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask
from pypdf import PdfReader

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
    assert "/saker/T25-0001/vedtak" in done.links().values(), "the first that waits"
    assert "Neste" not in " ".join(client_for("officer1").see(ONE).links()), "others have no list"
