"""What everyone may read, without logging in."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from app.db import db, writing
from app.demo.calls import announce, samhandling_2025
from app.demo.rules import SAMHANDLING, establish, samhandling
from app.rules import queries
from app.rules.domain import CallFacts
from app.values.clock import local_date, system_now
from tests.client import Client
from tests.factories import AT, acting, people, season_rules

ADDRESSES = [
    "/ordninger",
    "/ordninger/HTO",
    "/ordninger/GP",
    "/ordninger/regelverk/samhandling/2025",
    "/ordninger/regelverk/samhandling/2024/1",
    "/ordninger/regelverk/gp/2025",
    "/tilskudd",
    "/tilgjengelighet",
    "/personvern",
]


@pytest.fixture
def season(app: Flask) -> Flask:
    with app.app_context():
        people()
        season_rules()
        officer, decider = acting("officer1"), acting("decider")
        pot = queries.pot_by_code("samhandling")
        assert pot is not None
        version = queries.published_version(pot.id, 2025)
        assert version is not None
        with writing():
            samhandling_2025(version, by=officer, at=AT)
            today, days = local_date(system_now()), timedelta(days=14)
            rules = establish(pot, today.year, samhandling(today.year), writer=officer, approver=decider, at=AT)
            dates = (today - days, today + days, today + 3 * days)
            facts = CallFacts(SAMHANDLING, SAMHANDLING, *dates, budget_reservation=True)
            announce(rules, facts, by=officer, at=AT)
        db.session.remove()
    return app


def test_every_page_is_open_in_both_forms(season: Flask, client: Client) -> None:
    addresses = [*ADDRESSES, *(a for a in client.see("/ordninger/HTO").links().values() if "/utlysninger/" in a)]
    assert len(addresses) == len(ADDRESSES) + 2
    for address in addresses:
        assert client.see(address).status == 200, address
    client.see("/ordninger").press("Nynorsk")
    for address in addresses:
        page = client.see(address)
        assert page.status == 200
        assert page.root is not None and page.root.get("lang") == "nn"


def test_strangers_come_to_the_schemes_and_staff_to_their_day(
    season: Flask, client: Client, client_for: Callable[[str], Client]
) -> None:
    assert client.see("/").h1 == "Tilskuddsordninger"
    assert client_for("officer1").get("/").status_code == 303


def test_what_nobody_published_says_so(season: Flask, client: Client) -> None:
    page = client.see("/ordninger/regelverk/samhandling/2025")
    assert "ikke publisert av Helsedirektoratet" in page.text
    assert "Hva er nytt fra 2024" in page.text


def test_open_calls_stand_first_with_reservation_and_start(season: Flask, client: Client) -> None:
    page = client.see("/ordninger")
    assert page.text.index("Åpne utlysninger") < page.text.index("Alle ordninger")
    with season.app_context():
        address = queries.open_calls(system_now())[0].public_id
        db.session.remove()
    call = client.see(f"/utlysninger/{address}")
    assert "Med forbehold om Stortingets budsjettvedtak." in call.text
    assert "Start søknad" in call.links()
    assert "Ikke fastsatt ennå" in call.text


def test_drafts_and_unknown_addresses_are_not_there(season: Flask, client: Client) -> None:
    for address in (
        "/ordninger/XX",
        "/utlysninger/xx",
        "/ordninger/regelverk/samhandling/2031",
        "/ordninger/regelverk/x/1",
    ):
        assert client.see(address).status == 404


def test_no_grants_yet_says_what_comes(season: Flask, client: Client) -> None:
    assert "når brevene er sendt" in client.see("/tilskudd").text
    assert client.get("/tilskudd?aar=x&etter=a&sak=b").status_code == 200


def test_a_visitor_who_has_the_page_is_told_it_is_the_same(season: Flask, client: Client) -> None:
    first = client.get("/tilskudd")
    tag = first.headers["ETag"]
    assert first.headers["Cache-Control"] == "private, no-cache" and "Cookie" in first.headers["Vary"]
    again = client.get("/tilskudd", headers={"If-None-Match": tag})
    assert again.status_code == 304 and not again.data and again.headers["ETag"] == tag
    in_nynorsk = client.get("/tilskudd", headers={"If-None-Match": tag, "Accept-Language": "nn"})
    assert in_nynorsk.status_code == 200 and in_nynorsk.headers["ETag"] != tag
    # Another session's form needs its own token, so it gets the page whole.
    assert season.test_client().get("/tilskudd", headers={"If-None-Match": tag}).status_code == 200


def test_a_public_page_is_not_kept_for_who_is_logged_in(season: Flask, client_for: Callable[[str], Client]) -> None:
    answer = client_for("officer1").get("/tilskudd")
    assert answer.headers["Cache-Control"] == "no-store" and "ETag" not in answer.headers
