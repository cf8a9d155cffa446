"""The pages of a no: what it means is said before, that it is done after, and nobody else can."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from app.awards.models import Award
from app.db import clock, db, writing
from tests import factories
from tests.client import Client

Make = Callable[..., Any]
ClientFor = Callable[[str], Client]
WHY = "Vi fant ingen prosjektleder."


def _told() -> str:
    """A grant its recipient has been told of; gives the address of the answer."""
    factories.frame()
    award_id = factories.decided(factories.recommended(1_000_000_00))
    factories.told(award_id)
    with writing():
        clock.start_at(factories.AT)
    return f"/vaar-side/tilskudd/{db.session.get_one(Award, award_id).public_id}"


@pytest.fixture
def address(make: Make) -> str:
    return make(_told)


def test_the_page_says_what_it_means_and_then_that_it_is_done(address: str, client_for: ClientFor) -> None:
    page = client_for("demovik").see(address)
    page = page.client.see(page.links()["Takk nei til tilskuddet"])
    for words in ("1 000 000 kr", "pengene går tilbake til rammen", "Dere kan ikke angre selv"):
        assert words in page.text
    assert page.press("Takk nei til tilskuddet", reason="").status == 422
    done = page.press("Takk nei til tilskuddet", reason=WHY)
    assert "Dere takket nei til tilskuddet 7. januar 2025" in done.text and done.address == address
    assert page.press("Takk nei til tilskuddet", reason=WHY).address == address
    home = page.client.see("/vaar-side")
    assert "Takket nei" in home.text and "Aksepter" not in home.text
    case = page.client.see(home.links()["T25-0001 · Legemiddelliste i kommunen"])
    assert f"Tor Demo takket nei til tilskuddet på 1 000 000 kr: {WHY}" in case.text
    assert "Er til behandling hos oss." not in case.text and "Ikke betalt ennå" not in case.text
    inside = client_for("officer1")
    assert "takket nei til tilskuddet" in inside.get("/mine-oppgaver").get_data(as_text=True)
    assert "Pengene er tilbake i rammen." in inside.see("/saker/T25-0001").text
    tab = inside.see("/saker/T25-0001/vedtak-og-brev")
    assert "Takket neiTor Demo, " in tab.text and "Frist for aksept" not in tab.text
    assert WHY in tab.response.get_data(as_text=True)


def test_a_no_forged_by_a_writer_is_refused(make: Make, address: str, client_for: ClientFor) -> None:
    make(_nobody_signs)
    address += "/takk-nei"
    page = client_for("demovik").see(address)
    assert "Kan åpnes av: kan signere" in page.text and "Takk nei til tilskuddet" not in page.buttons()
    assert page.client.post(address, data={"version": "1", "reason": WHY}).status_code == 403
    assert client_for("bergen").get(address).status_code == 404


def _nobody_signs() -> None:
    with writing() as session:
        session.execute(sa.text("UPDATE user_membership SET role = 'writer' WHERE role = 'signer'"))
