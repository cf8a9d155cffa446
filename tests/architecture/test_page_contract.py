"""The page contract finds each breach, and lets a good page through."""

import re
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Catalog

from tests import page_contract
from tests.page_contract import PageFault, check_page, words_of

GOOD = """<!doctype html>
<html lang="nb"><head><title>Sak T25-0001 – Tilsagn</title></head><body>
<h1>Sak T25-0001</h1>
<p>Innvilget: 2\xa0500\xa0000\xa0kr</p>
<form method="post" action="/x"><input type="hidden" name="csrf_token" value="abc">
<label for="sum">Beløp</label><input id="sum" name="sum"><label>Ja <input type="checkbox" name="ja"></label>
<button>Lagre</button></form>
<form action="/sok"><label for="q">Søk</label><input id="q" name="q"></form>
</body></html>"""

BREACHES = {
    "no lang": ('<html lang="nb">', "<html>", "<html lang=None>"),
    "two h1": ("<p>", "<h1>En til</h1><p>", "2 h1"),
    "another title": ("<title>Sak T25-0001", "<title>Forside", "does not repeat"),
    "no label": ('for="sum"', 'for="noe"', "no label on <input name='sum'>"),
    "an empty label": (">Beløp<", "><", "no label"),
    "no token": ('name="csrf_token"', 'name="other"', "no csrf_token"),
    "an empty token": ('value="abc"', 'value=""', "no csrf_token"),
    "inline style": ("<p>", '<p style="color: red">', "inline style="),
    "inline script": ("<p>", "<script>x()</script><p>", "inline <script>"),
    "a handler": ("<button>", '<button onclick="x()">', "inline onclick="),
    "an empty field before its button": (
        "<button>",
        '<input type="hidden" name="step"><button name="step" value="go">',
        "an empty hidden 'step' stands before another",
    ),
    "the same id twice": ('id="q"', 'id="sum"', "'sum' twice"),
    "plain spaces in money": ("2\xa0500\xa0000\xa0kr", "2 500 000 kr", "no-break"),
    "a plain space before kr": ("2\xa0500\xa0000\xa0kr", "2\xa0500\xa0000 kr", "no-break"),
    "no doctype": ("<!doctype html>", "", "expected-doctype"),
    "a tag left open": ("</button>", "", "line"),
    "markup that does not nest": ("<p>Innvilget", "<p><b>Innvilget", "line"),
}


def test_a_good_page_keeps_the_contract() -> None:
    assert "Sak T25-0001" in words_of(check_page(GOOD))


@pytest.mark.parametrize("breach", BREACHES)
def test_a_breach_is_found(breach: str) -> None:
    before, after, words = BREACHES[breach]
    assert before in GOOD
    with pytest.raises(PageFault, match=re.escape(words)):
        check_page(GOOD.replace(before, after, 1))


def test_what_people_wrote_themselves_is_left_alone() -> None:
    check_page(GOOD.replace("<p>", "<p data-own-words>Vi trenger 12 000 kr</p><p>", 1))


@pytest.fixture
def nynorsk(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    catalogue = Catalog(locale="nn")
    catalogue.add("Søknader", "Søknader")
    catalogue.add("Ikke levert", "Ikkje levert")
    catalogue.add("Saken venter på %(name)s", "Saka ventar på %(name)s")
    monkeypatch.setattr(page_contract.catalogue, "translations", lambda: (catalogue, []))
    for known in (page_contract._differing, page_contract._broken):
        known.cache_clear()
    yield
    for known in (page_contract._differing, page_contract._broken):
        known.cache_clear()


@pytest.mark.parametrize("bokmal", ["Ikke levert", "Saken venter på Kari Demo"])
@pytest.mark.usefixtures("nynorsk")
def test_bokmal_on_a_nynorsk_page_is_found(bokmal: str) -> None:
    page = GOOD.replace('lang="nb"', 'lang="nn"').replace("<p>", f"<p>Søknader</p><p>\n {bokmal} </p><p>")
    with pytest.raises(PageFault, match=bokmal):
        check_page(page)
    check_page(page.replace('lang="nn"', 'lang="nb"'))
    check_page(page.replace("<p>\n", '<p lang="nb">\n'))
