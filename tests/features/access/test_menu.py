"""The menu: the day's work in the bar, what is seldom wanted under one's own name, and every page of it opens."""

from collections.abc import Callable
from xml.etree.ElementTree import Element

import pytest
from flask import Flask

from tests import factories
from tests.client import Client
from tests.page_contract import words_of

People = Callable[[str], Client]
MOST = 7
SELDOM = {"Utsendelser", "Jobber", "Ordninger", "Hvem har fått tilskudd", "Fullmakter"}
INSIDE = ("officer1", "lead", "decider", "finance1", "archivist", "auditor", "admin")


@pytest.fixture
def house(app: Flask) -> Flask:
    with app.app_context():
        factories.people()
    return app


def menus(client: Client) -> tuple[dict[str, str], dict[str, str]]:
    """The words and addresses of the bar, and of what stands under the name."""
    root = client.see("/innlogginger").root
    assert root is not None
    bar, own = (root.find(path) for path in (".//nav[@class='t-nav']", ".//details[@class='t-own']"))
    assert bar is not None
    return _links(bar), _links(own)


def _links(part: Element | None) -> dict[str, str]:
    return {} if part is None else {words_of(link): str(link.get("href")) for link in part.iter("a")}


@pytest.mark.parametrize("username", [*INSIDE, "bergen", "gp1", "area-nordland"])
def test_the_bar_is_short_and_everything_in_both_menus_opens(house: Flask, client_for: People, username: str) -> None:
    client = client_for(username)
    bar, own = menus(client)
    assert 1 <= len(bar) <= MOST, list(bar)
    assert {"Dine innlogginger", "Bytt passord"} <= own.keys()
    assert not bar.keys() & own.keys()
    for words, href in {**bar, **own}.items():
        assert client.see(href).status == 200, words


@pytest.mark.parametrize("username", INSIDE)
def test_who_works_with_cases_has_what_is_seldom_wanted_under_their_name(
    house: Flask, client_for: People, username: str
) -> None:
    bar, own = menus(client_for(username))
    if username == "admin":
        assert {"Utsendelser", "Jobber", "Fullmakter"} <= bar.keys(), "an administrator's day"
    else:
        assert not bar.keys() & SELDOM
    assert {"Ordninger", "Hvem har fått tilskudd"} <= own.keys()
