"""What an application lacks: a count, each answer leading to its field; a sum beyond the frame is told at the field."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.budget.actions import set_frame
from app.budget.domain import FrameState
from app.db import db
from app.db.clock import start_at
from app.db.session import writing
from app.rules.models import Pot
from tests import factories as make
from tests.applying import SUBMITTED
from tests.client import Client, Page


@pytest.fixture
def begun(app: Flask, client_for: Callable[[str], Client]) -> Page:
    """The task list of a draft where nothing is filled in."""
    with app.app_context():
        make.people()
        pot_id = make.published_call().pot_id
        with writing():
            start_at(SUBMITTED)
        case = make.draft(complete=False)
        with writing():
            pot = db.session.get_one(Pot, pot_id)
            state, letter_on = FrameState.AT_DISPOSAL, SUBMITTED.date()
            set_frame(pot, 2025, 30_000_000_00, state=state, basis="Demo", letter_on=letter_on, by=None, at=SUBMITTED)
    return client_for("demovik").see(f"/vaar-side/soknad/{case.public_id}")


def test_each_missing_answer_is_counted_and_leads_to_a_field_of_its_own(begun: Page) -> None:
    leads = [href for href in begun.links().values() if "/del/" in href and "#" in href]
    assert f"{len(leads)} svar mangler" in begun.text
    assert len(leads) > 5
    for address, _, field in (href.partition("#") for href in leads):
        assert f'id="{field}"' in begun.client.see(address).response.get_data(as_text=True), field
    assert begun.h1.count("Digital samhandling 2025") + begun.text.count("· Digital samhandling 2025") == 1


def test_the_page_of_a_part_leads_to_the_fields_it_lacks(begun: Page) -> None:
    page = begun.client.see(begun.links()["Kontaktperson og konto"]).press("Lagre og gå til oversikten", name="Tor")
    part = page.client.see(page.links()["Kontaktperson og konto"])
    assert part.links()["Skriv kontonummeret tilskuddet skal betales til."] == "#account_no"


def test_more_than_the_whole_frame_is_told_at_the_field_and_kept_there(begun: Page) -> None:
    part = begun.client.see(f"{begun.address}/del/budsjett")
    refused = part.press("Lagre og fortsett", applied="300 000 000")
    assert refused.status == 422
    assert "Hele rammen er 30 000 000 kr. Dere kan ikke søke om mer enn den." in refused.text.replace("\u00a0", " ")
    assert refused.form("Lagre og fortsett").fields()["applied"] == ["300 000 000"]
    assert part.press("Lagre og fortsett", applied="30 000 000").status == 200
