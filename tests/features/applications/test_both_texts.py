"""Two people fill in the same part of one draft: whoever is last is shown both, and nothing is lost in silence."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.db.clock import start_at
from app.db.session import writing
from tests import factories as make
from tests.applying import SUBMITTED
from tests.client import Client
from tests.page_contract import words_of

ClientFor = Callable[[str], Client]


@pytest.fixture(autouse=True)
def ground(app: Flask) -> None:
    with app.app_context():
        make.people()
        make.published_call()
        with writing():
            start_at(SUBMITTED)


def test_two_tabs_on_one_section_show_both_texts_and_lose_nothing(
    client_for: ClientFor, drafted: Callable[..., str]
) -> None:
    address = drafted("bergen-writer") + "/del/prosjekt"
    mine, theirs = client_for("bergen-writer").see(address), client_for("bergen").see(address)
    theirs.press("Lagre og fortsett", title="Deres navn")
    page = mine.press("Lagre og fortsett", title="Mitt navn")
    assert page.status == 409
    assert "Turid Demo" in page.text and "Deres navn" in page.response.get_data(as_text=True)
    assert page.form("Lagre min tekst likevel").fields()["title"] == ["Mitt navn"]
    assert page.press("Lagre min tekst likevel").status == 200
    assert client_for("bergen").see(address).form("Lagre og fortsett").fields()["title"] == ["Mitt navn"]


def test_two_tabs_tell_choices_by_their_words_and_only_what_differs(
    client_for: ClientFor, drafted: Callable[..., str]
) -> None:
    address, button = drafted("bergen-writer") + "/del/budsjett", "Lagre og gå til oversikten"
    mine, theirs = client_for("bergen-writer").see(address), client_for("bergen").see(address)
    line = {"text_0": "Lønn", "amount_0": "100 000"}
    kinds = [each.get("value") or "" for each in mine.form(button).element.iter("option")]
    words = {each.get("value"): words_of(each) for each in mine.form(button).element.iter("option")}
    theirs.press(button, applied="100 000", own_funding="5", cost_0=kinds[2], **line)
    page = mine.press(button, applied="100000", own_funding="6,00", cost_0=kinds[1], **line)
    assert page.status == 409
    assert page.text.count(" – ditt") == 2, "100000 and 100 000 are the same"
    assert "Linje 1: Type kostnad – ditt" in page.text and "Egne midler – ditt" in page.text
    body = page.response.get_data(as_text=True)
    assert f"<pre data-own-words>{words[kinds[2]]}</pre>" in body and f">{kinds[2]}<" not in body
    form = page.form("Lagre min tekst likevel")
    assert form.fields()["cost_0"] == [kinds[1]] and form.fields()["own_funding"] == ["6,00"]
    assert page.press("Lagre min tekst likevel").status == 200
    assert client_for("bergen").see(address).form(button).fields()["cost_0"][0] == kinds[1]


def test_two_tabs_show_a_line_that_the_other_has_no_row_for(client_for: ClientFor, drafted: Callable[..., str]) -> None:
    address, button = drafted("bergen-writer") + "/del/budsjett", "Lagre og gå til oversikten"
    page = client_for("bergen").see(address)
    kind = next(value for each in page.form(button).element.iter("option") if (value := each.get("value")))
    names = sorted(name for name in page.form(button).fields() if name.startswith("text_"))
    line = {
        f"{part}_{nr}": value
        for nr in range(len(names))
        for part, value in (("cost", kind), ("text", f"Lønn {nr}"), ("amount", "100"))
    }
    page.press(button, **line)
    theirs, mine = client_for("bergen").see(address), client_for("bergen-writer").see(address)
    theirs.press(button, **dict.fromkeys(line, ""))
    last = len(names) + 1
    page = mine.press(button, **{f"cost_{last}": kind, f"text_{last}": "Leie", f"amount_{last}": "200"})
    assert page.status == 409
    assert f"Linje {last + 1}: Hva pengene brukes til – ditt" in page.text
    assert page.form("Lagre min tekst likevel").fields()[f"text_{last}"] == ["Leie"]
