"""What the administrator's forms offer: only what can be done, and nothing that is done by passing it over."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.access.domain import INSIDE
from app.cases.queries import held_numbers
from app.db import db
from tests import factories
from tests.client import Client, Page


@pytest.fixture
def house(app: Flask) -> Flask:
    with app.app_context():
        factories.people()
        db.session.remove()
    return app


@pytest.fixture
def admin(house: Flask, client_for: Callable[[str], Client]) -> Client:
    return client_for("admin")


def test_who_takes_the_cases_is_chosen_never_passed_over(house: Flask, admin: Client) -> None:
    """Suggested: the leader, when they can have cases, else who distributes."""
    with house.app_context():
        for n in (1, 2):
            factories.recommended(number=f"T25-000{n}")
        keys = {name: str(factories.user(name).id) for name in ("officer2", "lead")}
        db.session.remove()
    address = "/personer/officer1/avslutt"
    assert "2 åpne saker går videre: T25-0001, T25-0002" in admin.see(address).text
    assert "(valgfritt)" not in admin.see(address).text
    for superior, suggested in (("", "lead"), (keys["officer2"], "officer2")):
        admin.see("/personer/officer1/endre").press("Lagre", superior_id=superior)
        assert admin.see(address).form("Avslutt tilgangen").fields()["receiver"] == [keys[suggested]]
    silent = admin.see(address).press("Avslutt tilgangen", receiver="")
    assert silent.status == 422 and "eller at ingen gjør det ennå" in silent.text
    assert held(house) == 2, "nothing is done before it is said"
    ended = admin.see(address).press("Avslutt tilgangen", receiver="ingen")
    assert "Saker som venter på fordeling: 2" in ended.text
    assert held(house) == 0


def held(house: Flask) -> int:
    """How many cases officer1 has."""
    with house.app_context():
        found = len(held_numbers(factories.user("officer1").id))
        db.session.remove()
    return found


def offered(page: Page) -> set[str]:
    """The roles that can be given on a person's page."""
    select = page.form("Gi rollen").element.find(".//select[@name='role']")
    return set() if select is None else {option.get("value") or "" for option in select}


def test_a_role_is_offered_where_it_can_be_given_and_never_called_by_its_code(admin: Client) -> None:
    for username, lacks, why in (("officer1", {"officer"}, ""), ("finance1", {"finance", "decider"}, "ikke også være")):
        page = admin.see(f"/personer/{username}")
        assert offered(page) == {role.value for role in INSIDE} - lacks
        assert why in page.text
    # Offered when the page was drawn, given by another since.
    page = admin.see("/personer/officer1")
    for _ in range(2):
        answer = page.press("Gi rollen", role="auditor")
    assert answer.status == 409 and "har rollen fra før" in answer.text
    assert "<pre data-own-words>kontroll (lesetilgang)</pre>" in answer.response.get_data(as_text=True)
    assert admin.post("/personer/officer1/roller/tull/ta-bort").status_code == 404
    for role in INSIDE:
        if role.value in offered(admin.see("/personer/decider")):
            admin.see("/personer/decider").press("Gi rollen", role=role.value)
    assert "Gi rollen" not in admin.see("/personer/decider").buttons()
