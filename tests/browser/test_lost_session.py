"""A session that ends in the middle of a form, in a real browser."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, Page

from app.access.models import LoginSession
from app.db import db, writing
from app.values.clock import system_now
from tests.browser.house import House, opened
from tests.programs import Kept

TYPED = "Skrevet rett før økten gikk ut.\nOg en linje til."


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, browser: Browser, kept: Kept) -> Iterator[House]:
    with opened(tmp_path_factory.mktemp("house"), browser, kept) as house:
        yield house


def end_all(house: House) -> None:
    """As when the page has lain unused for two hours."""
    used = system_now() - timedelta(hours=2)
    with house.app.app_context():
        with writing() as session:
            query = sa.update(LoginSession).where(LoginSession.ended_at.is_(None))
            session.execute(query.values(created_at=used, last_used_at=used, password_given_at=used))
        db.session.remove()


def write(page: Page) -> str:
    """Fill in a page of a draft and leave it unsent; gives its address."""
    page.goto("/")
    page.locator("main a[href*='/soknad/']").first.click()
    page.get_by_role("link", name="Tittel, formål og tid").click()
    page.locator("[name=purpose]").fill(TYPED)
    return page.url


@pytest.mark.parametrize("lost", ["the cookie", "the session"])
def test_what_was_typed_stands_in_the_form_after_logging_in_again(house: House, lost: str) -> None:
    with house.visitor("bergen-writer") as context:
        page = context.new_page()
        address = write(page)
        context.clear_cookies() if lost == "the cookie" else end_all(house)
        page.get_by_role("button", name="Lagre og gå til oversikten").click()
        assert page.locator("h1").inner_text() == "Logg inn"
        assert TYPED.splitlines()[0] not in page.content()
        page.locator("[name=username]").fill("bergen-writer")
        page.locator("[name=password]").fill("demo")
        page.locator("main").get_by_role("button", name="Logg inn").click()
        assert page.url.partition("?")[0] == address
        assert page.locator("[name=purpose]").input_value() == TYPED
        page.get_by_role("button", name="Lagre og gå til oversikten").click()
        page.get_by_role("link", name="Tittel, formål og tid").click()
        assert page.locator("[name=purpose]").input_value() == TYPED


def test_the_next_person_at_the_machine_sees_nothing_of_it(house: House) -> None:
    with house.visitor("bergen-writer") as context:
        page = context.new_page()
        write(page)
        end_all(house)
        page.get_by_role("button", name="Lagre og gå til oversikten").click()
        page.locator("[name=username]").fill("tromso")
        page.locator("[name=password]").fill("demo")
        page.locator("main").get_by_role("button", name="Logg inn").click()
        assert page.locator(".t-person").count() == 1
        assert TYPED.splitlines()[0] not in page.content()
