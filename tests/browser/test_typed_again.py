"""Words that a browser puts back by itself, and words typed while others are on their way: none is lost unasked."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Dialog, Page, Route

from tests.browser.house import House, opened
from tests.programs import Kept

SAVE = "Lagre og gå til oversikten"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, browser: Browser, kept: Kept) -> Iterator[House]:
    with opened(tmp_path_factory.mktemp("house"), browser, kept) as house:
        yield house


def to_purpose(page: Page) -> str:
    """Open the page of a draft where its purpose is written; gives its address."""
    page.goto("/")
    page.locator("main a[href*='/soknad/']").first.click()
    page.get_by_role("link", name="Tittel, formål og tid").click()
    return page.url


def write(page: Page, words: str) -> None:
    page.locator("[name=purpose]").fill(words)
    page.get_by_role("button", name=SAVE).click()
    page.wait_for_load_state()


def to_sheet(page: Page) -> None:
    """Open a sheet of one's own that is not finished."""
    page.goto("/saker")
    links = page.evaluate("[...document.querySelectorAll('main th a')].map(a => a.getAttribute('href'))")
    for address in links:
        page.goto(f"{address}/vurdering")
        if page.locator("form[data-as-one-goes]").count():
            return
    raise AssertionError(f"no sheet to write in: {links}")


def asked_when_leaving(page: Page) -> list[str]:
    """Leave by a link; which questions the browser asked."""
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    page.locator("body").click(position={"x": 5, "y": 5})  # a browser asks only where somebody has been
    page.get_by_role("link", name="Til forsiden").or_(page.locator(".t-brand, header a[href='/']")).first.click()
    page.wait_for_load_state()
    return asked


def test_what_is_put_back_by_the_back_button_does_not_overwrite_what_others_saved(house: House) -> None:
    with house.visitor("bergen") as context, house.visitor("bergen-writer") as other:
        page, theirs = context.new_page(), other.new_page()
        address = to_purpose(page)
        write(page, "Vårt første formål")
        theirs.goto(address)
        write(theirs, "Det som kollegaen skrev")
        page.go_back()
        assert page.locator("[name=purpose]").input_value() == "Vårt første formål", "put back by the browser"
        page.get_by_role("button", name=SAVE).click()
        assert "Noen har endret dette mens du skrev" in page.locator("h1").inner_text()
        assert page.locator("[data-own-words]").inner_text() == "Det som kollegaen skrev"
        theirs.goto(address)
        assert theirs.locator("[name=purpose]").input_value() == "Det som kollegaen skrev"


def test_nobody_is_in_the_way_of_their_own_saved_words(house: House) -> None:
    with house.visitor("bergen") as context:
        page = context.new_page()
        to_purpose(page)
        write(page, "Lagret en gang")
        page.go_back()
        write(page, "Lagret en gang til")
        assert page.locator("h1").inner_text() != "Noen har endret dette mens du skrev"
        page.go_back()
        assert page.locator("[name=purpose]").input_value() == "Lagret en gang til"
        assert not asked_when_leaving(page)


def test_what_was_put_back_and_is_not_saved_is_not_left_unasked(house: House) -> None:
    with house.visitor("bergen") as context:
        page = context.new_page()
        to_purpose(page)
        page.locator("[name=purpose]").fill("Skrevet og aldri lagret")
        assert asked_when_leaving(page) == ["beforeunload"]
        page.go_back()
        assert page.locator("[name=purpose]").input_value() == "Skrevet og aldri lagret"
        assert asked_when_leaving(page)[:1] == ["beforeunload"]


def test_what_is_typed_while_the_sheet_is_being_saved_is_not_left_unasked(house: House) -> None:
    with house.visitor("officer1") as context:
        page = context.new_page()
        to_sheet(page)
        held: list[Route] = []

        def hold(route: Route) -> None:
            if route.request.method == "POST":
                held.append(route)
            else:
                route.continue_()

        page.route("**/vurdering", hold)
        seen = int(page.locator("form[data-as-one-goes] [name=version]").input_value())
        note = page.locator("form[data-as-one-goes] textarea:visible").first
        note.fill("Først dette")
        while not held:
            page.wait_for_timeout(100)
        note.press_sequentially(" og så dette")
        held[0].continue_()
        saved = "seen => document.querySelector('form[data-as-one-goes]').elements.version.value > seen"
        page.wait_for_function(saved, arg=seen)
        assert asked_when_leaving(page) == ["beforeunload"]


def test_a_sheet_that_cannot_be_saved_as_one_goes_says_so_once_and_the_button_shows_why(house: House) -> None:
    with house.visitor("officer1") as context:
        page = context.new_page()
        page.clock.install()
        to_sheet(page)
        context.clear_cookies()
        answered: list[str] = []
        page.on("response", lambda response: answered.append(response.url))
        page.locator("form[data-as-one-goes] textarea:visible").first.fill("Skrevet etter at økten var over")
        page.get_by_text("Ikke lagret. Trykk «Lagre» for å se hvorfor.").wait_for()
        page.clock.run_for(30_000)
        saved = [url for url in answered if "/static/" not in url]
        assert len(saved) == 1, "and the words on the log-in page are left for who reads them"
        page.get_by_role("button", name="Lagre", exact=True).click()
        assert page.locator("h1").inner_text() == "Logg inn"
        assert "tatt vare på" in page.locator("main").inner_text()
