"""The words templates add: reasons, facts, tones, and the way back after changing language."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from flask import Flask, current_app, g, session
from jinja2 import DictLoader
from werkzeug.routing import BuildError

from app import frame, page_language, templating, way_back
from app.flow.domain import Reason
from app.values.language import Language, Worded

NBSP = "\u00a0"


class Colour(Worded):
    RED = "red", "Avslått"
    ODD = "odd", "Noe ukjent"


@pytest.fixture
def page() -> Iterator[None]:
    app = Flask("app")
    app.secret_key = "unit"
    at = datetime(2025, 2, 10, 22, 30, tzinfo=UTC)
    templating.install(app, lambda: frame.Shell("Etaten", "", "", at))
    app.add_url_rule("/sprak", "language", way_back.switch_language, methods=["POST"])
    with app.test_request_context("/", headers={"Accept-Language": "nn-NO,nn;q=0.9,nb;q=0.5"}):
        yield


def test_a_reason_is_a_sentence_with_its_facts_in_words(page: None) -> None:
    why = Reason(
        "Over %(limit_ore)s fra %(start_on)s: %(state)s",
        {"limit_ore": 500_000_000, "start_on": date(2025, 2, 1), "state": Colour.RED},
    )
    assert templating.reason(why) == f"Over 5{NBSP}000{NBSP}000{NBSP}kr fra 1. februar 2025: Avslått"


def test_a_reason_without_facts_keeps_its_per_cent_sign(page: None) -> None:
    assert templating.reason(Reason("Over 30 % kuttet")) == "Over 30 % kuttet"


def test_an_empty_text_stays_empty_and_is_not_the_head_of_the_catalogue(page: None) -> None:
    assert templating.words("") == templating.words(None) == ""


def test_every_state_has_a_tone_and_an_unknown_one_is_neutral() -> None:
    assert (templating.tone(Colour.RED), templating.tone(Colour.ODD)) == ("danger", "neutral")


def test_today_is_the_day_in_oslo_by_the_program_s_clock(page: None) -> None:
    assert templating.program_today() == date(2025, 2, 10)
    assert templating.relative(date(2025, 2, 7)).startswith("3 ")


def test_the_browser_s_nynorsk_counts_until_the_reader_chooses(page: None) -> None:
    assert page_language.choose_locale() == "nn"
    session[way_back.LANGUAGE_KEY] = "nb"
    assert page_language.choose_locale() == "nb"
    session[way_back.LANGUAGE_KEY] = "klingon"
    assert page_language.choose_locale() == "nn"


def test_a_place_that_is_no_page_is_no_link_but_a_fault(page: None) -> None:
    with pytest.raises(BuildError):
        frame.place("home")


@pytest.mark.parametrize(
    "back",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "", "/a\nb", "\\\\evil"],
)
def test_changing_language_never_leads_out_of_the_house(back: str) -> None:
    app = Flask("app")
    app.secret_key = "unit"
    app.add_url_rule("/sprak", "language", way_back.switch_language, methods=["POST"])
    answer = app.test_client().post("/sprak", data={"language": "nn", "back": back})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")


def test_changing_language_leads_back_to_the_same_list() -> None:
    app = Flask("app")
    app.secret_key = "unit"
    app.add_url_rule("/sprak", "language", way_back.switch_language, methods=["POST"])
    answer = app.test_client().post("/sprak", data={"language": "nn", "back": "/saker?status=sendt&side=2"})
    assert answer.headers["Location"] == "/saker?status=sendt&side=2"


def test_what_is_drawn_of_the_same_facts_is_drawn_once_in_each_language(page: None) -> None:
    pages = {"bits.html": "{% macro bit(word) %}{{ calls() }}{{ word }}{{ language() }}{% endmacro %}"}
    drawn: list[int] = []
    current_app.jinja_loader = DictLoader(pages)  # type: ignore[assignment]  # any loader
    current_app.jinja_env.globals["calls"] = lambda: drawn.append(1) or ""
    assert frame.drawn("bits.html", "bit", "<a>") == frame.drawn("bits.html", "bit", "<a>") == "&lt;a&gt;nn"
    assert frame.drawn("bits.html", "bit", "b") == "bnn"
    g.page_language = Language.NB
    assert frame.drawn("bits.html", "bit", "b") == "bnb"
    assert len(drawn) == 3


def test_the_open_page_of_a_menu_is_marked_and_so_is_the_one_a_part_of_which_is_open(page: None) -> None:
    for endpoint, address in (("front", "/"), ("cases", "/saker"), ("payments", "/saker-og-annet")):
        current_app.add_url_rule(address, endpoint)
    items = (("front", "Forside"), ("cases", "Saker"), ("payments", "Annet"))
    for address, marks in (
        ("/saker", " page "),
        ("/saker/T25-0001", " true "),
        ("/saker-og-annet", "  page"),
        ("/", "page  "),
    ):
        with current_app.test_request_context(address):
            assert " ".join(mark for _, _, mark in frame.marked(items)) == marks, address
    with current_app.test_request_context("/saker", base_url="http://localhost/under"):
        assert frame.marked(items)[1] == ("/under/saker", "Saker", "")
