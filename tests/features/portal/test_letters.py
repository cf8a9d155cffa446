"""Unread is what we have sent and nobody there has opened: never what they sent us, nor what they have answered."""

from collections.abc import Callable
from typing import Any

from tests import factories, reporting
from tests.client import Client, Page

Make = Callable[..., Any]
ClientFor = Callable[[str], Client]


def _told() -> str:
    """An award whose letter has been sent; gives the address of the answer."""
    factories.frame()
    award_id = factories.decided(factories.recommended())
    factories.told(award_id)
    return f"/vaar-side/tilskudd/{reporting.db.session.get_one(factories.Award, award_id).public_id}"


def _unread(page: Page) -> int:
    return page.text.count("Ulest")


def test_a_letter_is_unread_until_it_is_opened(make: Make, client_for: ClientFor) -> None:
    make(_told)
    client = client_for("demovik")
    assert _unread(client.see("/vaar-side")) == 1
    letter = client.see("/vaar-side").form("Åpne brevet – Vedtak i sak T25-0001: Legemiddelliste i kommunen")
    client.post(letter.action)
    assert _unread(client.see("/vaar-side")) == 0


def test_whoever_has_answered_a_letter_has_read_it(make: Make, client_for: ClientFor) -> None:
    make(reporting.report_due)
    assert _unread(client_for("demovik").see("/vaar-side")) == 0


def test_what_they_sent_is_no_letter_from_us_and_stands_on_its_case(make: Make, client_for: ClientFor) -> None:
    report = make(reporting.report_due)
    make(reporting.filled, report)
    client = client_for("demovik")
    home = client.see("/vaar-side")
    assert ("Revisoruttalelse, Årsrapport 2025" in home.text, _unread(home)) == (False, 0)
    case = client.see(home.links()["Legemiddelliste i kommunen"])
    assert ("Sendt av dere" in case.text, _unread(case)) == (True, 0)
    opened = case.press("Åpne – Revisoruttalelse, Årsrapport 2025")
    assert opened.response.mimetype == "application/pdf"
    assert "åpnet «Revisoruttalelse" not in client.see(home.links()["Legemiddelliste i kommunen"]).text
