"""The look itself: every macro and every error page, in both languages, wide and narrow."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.browser.gallery.app import make_app
from tests.browser.house import served
from tests.page_contract import check_page

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
FAULTS = [
    "400/x",
    "403/x",
    "404/x",
    "405/x",
    "409/refused",
    "409/stale",
    "409/plain",
    "413/x",
    "422/x",
    "429/x",
    "500/x",
]
PAGES = ["/", "/skjema", *(f"/feil/{each}" for each in FAULTS)]
NARROWER = 390
RULES = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']"


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return make_app(tmp_path_factory.mktemp("catalogues"))


@pytest.fixture(scope="module")
def address(gallery: Flask) -> Iterator[str]:
    with served(gallery) as address:
        yield address


@pytest.mark.parametrize("language", ["nb", "nn"])
@pytest.mark.parametrize("path", [page for page in PAGES if page.startswith("/feil")])
def test_an_error_page_keeps_the_page_contract(gallery: Flask, path: str, language: str) -> None:
    body = gallery.test_client().get(path, headers={"Accept-Language": language}).get_data(as_text=True)
    root = check_page(body)
    assert root.get("lang") == language


@pytest.mark.parametrize("path", ["/", "/skjema"])
def test_the_macros_keep_the_page_contract(gallery: Flask, path: str) -> None:
    check_page(gallery.test_client().get(path, headers={"Accept-Language": "nb"}).get_data(as_text=True))


@pytest.mark.parametrize("code", [400, 404, 409, 500])
def test_what_was_typed_is_shown_again_escaped(gallery: Flask, code: int) -> None:
    typed = {"purpose": "<script>Lang tekst</script>"}
    body = gallery.test_client().post(f"/feil/{code}/x", data=typed).get_data(as_text=True)
    assert "&lt;script&gt;Lang tekst" in body


def test_a_stale_form_can_be_sent_again_with_everything_typed(gallery: Flask) -> None:
    body = (
        gallery.test_client()
        .post("/feil/409/stale", data={"other": "Annet svar", "once": "o-1", "version": "3"})
        .get_data(as_text=True)
    )
    assert 'name="other" value="Annet svar"' in body and 'name="once" value="o-1"' in body
    assert 'name="version" value="4"' in body and 'name="version" value="3"' not in body


@pytest.mark.parametrize(("language", "widths"), [("nb", (1280, 320)), ("nn", (NARROWER,))])
def test_no_page_is_wider_than_the_screen_or_breaks_the_rules_for_all_readers(
    browser: Browser, address: str, language: str, widths: tuple[int, ...]
) -> None:
    context = browser.new_context(extra_http_headers={"Accept-Language": language})
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    axe = AXE.read_text(encoding="utf-8")
    found = []
    for path in PAGES:
        page.set_viewport_size({"width": widths[0], "height": 900})
        page.goto(address + path)
        page.evaluate(axe)
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            found += [f"{path} at {width}: {each}" for each in _broken_or_wide(page, width)]
    context.close()
    assert found == []
    assert [each for each in said if "responded with a status" not in each] == []


def _broken_or_wide(page: Page, width: int) -> list[str]:
    """What is wrong with the page, into which axe has been read, as it stands at this width."""
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    # Colours are the same at every width, and take longer than all else to be read.
    colours = f"rules: {{'color-contrast': {{enabled: {str(width == NARROWER).lower()}}}}}"
    broken: list[str] = page.evaluate(
        f"axe.run({{runOnly: {RULES}, {colours}}}).then(r => r.violations.map(v => v.id + ' ' + v.nodes[0].html))"
    )
    return broken + ([f"{over} px too wide"] if over else [])


# Words of ours and amounts that stand on more than one line.
SPLIT = """[...document.querySelectorAll('.t-letter-table :is(th, td)')].flatMap(cell => {
  const text = cell.firstChild, range = document.createRange()
  return [...text.data.matchAll(/[^ ]+/g)].filter(word => {
    range.setStart(text, word.index)
    range.setEnd(text, word.index + word[0].length)
    return range.getClientRects().length > 1
  }).map(word => word[0])
})"""


@pytest.fixture(scope="module")
def letter(browser: Browser, address: str) -> Iterator[Page]:
    """The page with a letter, for whoever only looks at it."""
    page = browser.new_page()
    # Closed before its icon has come, it would leave the test's own server with a dropped line.
    page.goto(address + "/", wait_until="networkidle")
    yield page
    page.close()


@pytest.mark.parametrize("width", [1280, 800, 600, 390, 320])
def test_no_word_or_amount_in_a_letters_table_is_split(letter: Page, width: int) -> None:
    letter.set_viewport_size({"width": width, "height": 900})
    assert letter.evaluate("window.innerWidth") == width
    split = letter.evaluate(SPLIT)
    inside = letter.evaluate("(e => e.scrollWidth - e.clientWidth)(document.querySelector('.t-letter'))")
    assert (split, inside) == ([], 0)


def test_a_double_click_sends_the_form_once(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + "/")
    page.evaluate(
        "window.sent = 0; addEventListener('submit', e => { if (!e.defaultPrevented) sent++; e.preventDefault(); })"
    )
    page.get_by_role("button", name="Ta saken").dblclick()
    assert page.evaluate("sent") == 1
    page.close()


def test_the_error_summary_has_the_focus_and_leads_to_the_field(browser: Browser, address: str) -> None:
    page = browser.new_page(java_script_enabled=True)
    page.goto(address + "/skjema")
    assert page.evaluate("document.activeElement.id") == "error-summary"
    page.get_by_role("link", name="Søknadsbeløp").click()
    assert page.evaluate("location.hash") == "#amount"
    page.close()
