"""In a real browser: a new colleague from invitation to a case of their own, and, leaving, its going to another."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.house import House, opened
from tests.programs import Kept

PASSWORD = "fire ord om høsten ute"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, browser: Browser, kept: Kept) -> Iterator[House]:
    with opened(tmp_path_factory.mktemp("colleague"), browser, kept) as house:
        yield house


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()
    page.wait_for_load_state()


def test_from_the_invitation_to_the_first_case_handed_over(house: House) -> None:
    with house.visitor("admin") as admins, house.visitor("lead") as leads, house.visitor(None) as news:
        admin, lead, new = admins.new_page(), leads.new_page(), news.new_page()
        admin.goto("/personer")
        admin.get_by_role("link", name="Ny person").click()
        admin.get_by_label("Brukernavn").fill("aase")
        admin.get_by_label("Navn", exact=True).fill("Åse Ny")
        admin.get_by_label("saksbehandler").check()
        press(admin, "Opprett")
        press(admin, "Lag lenke for første passord")
        link = admin.get_by_label("Lenke for å velge passord").input_value()
        admin.reload()
        assert link not in admin.content(), "shown once"

        new.goto("/" + link.partition("//")[2].partition("/")[2])
        new.get_by_label("Nytt passord").fill("kort")
        press(new, "Lagre passordet")
        assert new.get_by_text("Passordet er for kort").first.is_visible()
        new.get_by_label("Nytt passord").fill(PASSWORD)
        press(new, "Lagre passordet")
        new.get_by_label("Brukernavn").fill("aase")
        new.get_by_label("Passord", exact=True).fill(PASSWORD)
        press(new, "Logg inn")
        assert new.locator(".t-person").inner_text().startswith("Åse Ny")

        new.goto("/saker?status=registered")
        case = new.locator("main tbody th a").first
        address = case.get_attribute("href") or ""
        lead.goto(address + "/fordel")
        lead.get_by_label("Åse Ny").check()
        press(lead, "Fordel saken")
        new.goto(address)
        assert "Åse Ny" in new.locator(".t-side").inner_text()

        admin.goto("/personer/aase/avslutt")
        assert address.rpartition("/")[2] in admin.locator("main").inner_text(), "its number"
        admin.get_by_label("Hvem overtar de åpne sakene?").select_option(label="Ola Demo")
        press(admin, "Avslutt tilgangen")
        assert "Avsluttet" in admin.locator(".t-title").inner_text()

        new.goto(address)
        assert new.locator(".t-person").count() == 0, "out at once"
        lead.goto(address)
        assert "Ola Demo" in lead.locator(".t-side").inner_text()
