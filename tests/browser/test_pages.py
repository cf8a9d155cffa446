"""Everybody, every page of their menu and one step behind it: wide and narrow, by keyboard, without scripts."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from app.values.money import format_kr_ore
from tests.browser.house import AXE, RULES, House, opened
from tests.programs import Kept

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 800}
# Half of them read nynorsk.
PEOPLE = (
    ("officer1", "nb"),
    ("lead", "nn"),
    ("decider", "nn"),
    ("finance1", "nb"),
    ("finance2", "nn"),
    ("bergen", "nb"),
    ("bergen-writer", "nn"),
    ("demovik", "nb"),
    ("gp1", "nn"),
    ("area-nordland", "nb"),
    ("auditor", "nb"),
    ("admin", "nn"),
    ("archivist", "nb"),
    (None, "nn"),
)
Judged = set[str | tuple[str, str]]
LINKS = "[...document.querySelectorAll('{}')].map(a => a.getAttribute('href'))"
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
BROKEN = """axe.run({runOnly: %s, rules: {'color-contrast': {enabled: %s}}})
    .then(r => r.violations.map(v => v.id + ' ' + v.nodes[0].html.slice(0, 200)))"""
# Files, which a browser saves instead of showing.
FILE = re.compile(r"\.(csv|xlsx|pdf|json)(\?|$)|/(fil|pdf|brev\.pdf)$")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, browser: Browser, kept: Kept) -> Iterator[House]:
    with opened(tmp_path_factory.mktemp("house"), browser, kept) as house:
        yield house


@pytest.fixture(scope="module")
def judged() -> Judged:
    """The kinds of page axe has read already, and those of the menus that were looked at, each in its language.

    The same page in other people's menus is not looked at again; their words and sizes are test_long_names' to try.
    """
    return set()


def kind_of(address: str) -> str:
    """The address with every number and key left out: «/saker/#/vurdering»."""
    parts = address.partition("#")[0].partition("?")[0].split("/")
    return "/".join("#" if re.search(r"\d", part) or len(part) > 15 else part for part in parts)


def _inside(page: Page, where: str) -> list[str]:
    """Pages of ours that are linked to from this part, one of each kind."""
    found = {kind_of(each): each for each in page.evaluate(LINKS.format(where)) if each and each.startswith("/")}
    return [each for each in found.values() if not FILE.search(each)]


def _look(page: Page, address: str, judged: Judged, said: list[str], *, at_both_widths: bool) -> list[str]:
    """What is wrong with a page at both widths, and what it `said` on the console."""
    said.clear()
    page.set_viewport_size(WIDE)
    answer = page.goto(address)
    assert answer is not None
    if answer.status >= 400:
        return [f"{address}: {answer.status}"]
    kind = kind_of(urlsplit(page.url).path)
    found = []
    for width in (WIDE, NARROW):
        page.set_viewport_size(width)
        if over := page.evaluate(TOO_WIDE):
            found.append(f"{over} px too wide at {width['width']}")
    if kind not in judged:
        judged.add(kind)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found += page.evaluate(BROKEN % (RULES, "true"))
        if at_both_widths:
            page.set_viewport_size(WIDE)
            # Colours are the same at every width, and take longer than all else to be read.
            found += page.evaluate(BROKEN % (RULES, "false"))
    return [f"{address}: {each}" for each in (*found, *said)]


def _walk(context: BrowserContext, judged: Judged, language: str, *, known: bool) -> tuple[list[str], int]:
    """What is wrong anywhere, and how many pages were seen. `known`: somebody is logged in."""
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    found = _look(page, "/", judged, said, at_both_widths=True)
    assert page.locator(".t-person").count() == known
    menu = _inside(page, "header nav a")
    seen, behind = {"/"}, _inside(page, "main a")
    for address in menu:
        kind = kind_of(address)
        if kind not in seen and (kind, language) not in judged:
            judged.add((kind, language))
            found += _look(page, address, judged, said, at_both_widths=True)
            behind += _inside(page, "main a")
        seen.add(kind)
    for address in behind:
        if kind_of(address) not in seen and kind_of(address) not in judged:
            seen.add(kind_of(address))
            found += _look(page, address, judged, said, at_both_widths=False)
    return found, len(seen)


@pytest.mark.parametrize(("username", "language"), PEOPLE)
def test_every_page_one_step_from_the_menu_is_whole(
    house: House, judged: Judged, username: str | None, language: str
) -> None:
    with house.visitor(username, language) as context:
        found, count = _walk(context, judged, language, known=username is not None)
    assert found == []
    assert count >= 3


@pytest.mark.parametrize(("username", "path"), [(None, "/"), ("officer1", "/saker"), ("bergen", "/vaar-side")])
def test_the_keyboard_leads_past_the_menu_and_shows_where_it_is(house: House, username: str | None, path: str) -> None:
    with house.visitor(username) as context:
        page = context.new_page()
        page.goto(path)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('href')") == "#innhold"
        assert page.evaluate("document.activeElement.getBoundingClientRect().height > 10"), "the skip link stays hidden"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "innhold"
        for _ in range(3):
            page.keyboard.press("Tab")
            seen = page.evaluate(
                "(e => [!!e.closest('main, footer'), getComputedStyle(e).outlineStyle, getComputedStyle(e).boxShadow])"
                "(document.activeElement)"
            )
            assert seen[0], "focus went back to the menu"
            assert seen[1] != "none" or seen[2] != "none", "focus cannot be seen"


def test_a_long_menu_is_folded_on_a_phone_and_opens_with_the_keyboard(house: House) -> None:
    with house.visitor("officer1", viewport=NARROW) as context:
        page = context.new_page()
        page.goto("/saker")
        menu = page.get_by_role("button", name="Meny")
        assert not page.get_by_role("link", name="Regelverk").is_visible()
        menu.focus()
        page.keyboard.press("Enter")
        assert menu.get_attribute("aria-expanded") == "true"
        assert page.get_by_role("link", name="Regelverk").is_visible()


def test_without_scripts_an_application_is_written_and_the_menu_stands_open(house: House) -> None:
    with house.visitor("bergen-writer", viewport=NARROW, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/")
        assert page.get_by_role("link", name="Hvem har fått tilskudd").first.is_visible()
        page.locator("main a[href*='/soknad/']").first.click()
        page.get_by_role("link", name="Tittel, formål og tid").click()
        page.locator("[name=purpose]").fill("Skrevet uten skript.")
        page.get_by_role("button", name="Lagre og gå til oversikten").click()
        page.get_by_role("link", name="Tittel, formål og tid").click()
        assert page.locator("[name=purpose]").input_value() == "Skrevet uten skript."


def test_without_scripts_a_decision_is_read_with_its_letter(house: House) -> None:
    with house.visitor("decider", java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/vedtak")
        page.locator("main th a").first.click()
        assert page.get_by_role("button", name="Vedta", exact=True).is_visible()
        assert page.locator(".t-letter").inner_text().startswith("Helsedirektoratet")


def test_what_a_form_answered_is_not_left_unasked(house: House) -> None:
    """Typed, sent and not taken: no key has been touched on this page, and all the same it is not saved."""
    with house.visitor("admin") as context:
        page = context.new_page()
        page.goto("/ny-person")
        page.locator("[name=name]").fill("En som skrives inn")
        page.locator(
            "main form[data-unsaved] button[type=submit], main form[data-unsaved] button:not([type])"
        ).first.click()
        assert page.locator(".ds-error-summary").count() == 1
        asked: list[str] = []
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
        page.locator("body").click(position={"x": 5, "y": 5})  # a browser asks only where somebody has been
        page.get_by_role("button", name="Nynorsk").click()
        page.wait_for_load_state()
        assert asked == ["beforeunload"]
        assert page.url.endswith("/ny-person?") or page.url.endswith("/ny-person")


def test_the_sum_of_what_is_ticked_is_told_while_one_chooses(house: House) -> None:
    with house.visitor("finance1", viewport=WIDE) as context:
        page = context.new_page()
        page.goto("/utbetalinger/ko/til-attestasjon")
        if page.get_by_role("button", name="Lagre svaret om habilitet").count():
            page.get_by_role("button", name="Lagre svaret om habilitet").click()
        told, lines = page.locator("output"), page.locator("input[name=line]")
        lines.nth(1).wait_for()
        sums = [int(str(each.get_attribute("data-adds"))) for each in lines.all()]
        assert told.inner_text() == "Ingen linjer er valgt."
        lines.nth(0).check()
        assert told.inner_text() == f"Valgt: 1 linje, {format_kr_ore(sums[0])}"
        lines.nth(1).check()
        assert told.inner_text() == f"Valgt: 2 linjer, {format_kr_ore(sums[0] + sums[1])}"
        page.locator("input[name=whole]").check()
        assert told.inner_text() == f"Valgt: {len(sums)} linjer, {format_kr_ore(sum(sums))}"
