"""Changing language on a page that answers to a form leads back to the form, never to another page."""

from collections.abc import Callable

import pytest
from flask import Flask, current_app

from app.way_back import way_back
from tests.client import Client

# Sent to, sent from, and where the form stands.
ANSWERS = (
    ("/saker/T25-0001/send-tilbake", "", "/saker/T25-0001/send-tilbake?"),
    ("/utbetalinger/lister/2025-01/avvist", "", "/utbetalinger/lister/2025-01"),
    ("/utbetalinger/lister/2025-01/avvist", "/utbetalinger/lister/2025-01?a=1", "/utbetalinger/lister/2025-01?a=1"),
    ("/utbetalinger/lister/2025-01/avvist", "/utbetalinger/lister/2025-01/avvist", "/utbetalinger/lister/2025-01"),
)


@pytest.mark.parametrize(("sent_to", "sent_from", "back"), ANSWERS)
def test_the_way_back_from_an_answer_is_the_page_of_its_form(
    app: Flask, sent_to: str, sent_from: str, back: str
) -> None:
    headers = {"Referer": f"http://localhost{sent_from}"} if sent_from else {}
    with app.test_request_context(sent_to, method="POST", headers=headers):
        assert way_back() == back
    with app.test_request_context(sent_to, method="POST", headers={"Referer": "https://evil.example/saker"}):
        assert way_back().startswith("/") and "evil" not in way_back()
        assert current_app.url_map.bind("").test(way_back().partition("?")[0], "GET")


def test_an_answer_says_that_what_it_holds_is_not_saved(
    season: Flask, season_client_for: Callable[[str], Client]
) -> None:
    page = season_client_for("admin").see("/ny-person")
    assert page.root is not None and page.root.find("body").get("data-answer") is None  # type: ignore[union-attr]
    answer = page.press("Opprett", name="En som skrives inn")
    assert answer.status == 422 and answer.root is not None
    assert answer.root.find("body").get("data-answer") is not None  # type: ignore[union-attr]
    assert answer.press("Nynorsk").address == page.address
