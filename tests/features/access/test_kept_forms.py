"""A session that ends in the middle of a form: whoever wrote it finds it again, filled in, and nobody else does."""

import inspect
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask, url_for

from app.access import actions, keeping
from app.access.domain import Role
from app.access.models import KeptForm, LoginSession
from app.applications.models import Application
from app.db import clock, db, writing
from tests import factories
from tests.client import Client, Page, log_in

Aged = Callable[..., None]
ClientFor = Callable[[str], Client]
Stored = Callable[[sa.Select[Any]], list[Any]]
TYPED = "Vi vil prøve velferdsteknologi.\nI hele kommunen, med «tegn» & <b>."
TITLE = "Et helt annet navn"
pytestmark = pytest.mark.usefixtures("quick_passwords")


@pytest.fixture
def section(house: Flask) -> str:
    """The address of a page of a draft."""
    with house.app_context():
        with writing():
            clock.start_at(factories.AT)
        factories.published_call()
        public_id = factories.draft("demovik", at=factories.AT).public_id
        db.session.remove()
    return f"/vaar-side/soknad/{public_id}/del/prosjekt"


@pytest.fixture
def page(section: str, client_for: ClientFor) -> Page:
    """The page as its writer opened it."""
    found = client_for("demovik").see(section)
    assert found.status == 200
    return found


def lose_cookie(house: Flask, client: Client, aged: Aged) -> None:
    client.delete_cookie("tilsagn")


def idle(house: Flask, client: Client, aged: Aged) -> None:
    aged(created_at=timedelta(hours=1), last_used_at=timedelta(hours=1))


def old(house: Flask, client: Client, aged: Aged) -> None:
    aged(created_at=timedelta(hours=12))


def change_role(house: Flask, client: Client, aged: Aged) -> None:
    with house.app_context():
        with writing():
            actions.give_roles(factories.user("demovik"), [Role.ARCHIVIST], by=None, at=factories.AT)
        db.session.remove()


def end_elsewhere(house: Flask, client: Client, aged: Aged) -> None:
    other = _client(house, "demovik")
    other.see("/innlogginger").press("Avslutt alle de andre")


def log_out_in_another_tab(house: Flask, client: Client, aged: Aged) -> None:
    client.see("/innlogginger").press("Logg ut")
    client.see("/ordninger")


def lose_token(house: Flask, client: Client, aged: Aged) -> None:
    with client.session_transaction() as session:
        session.pop("csrf_token")
        session.pop("_user_id")


# The last makes them somebody inside, whose idle time is shorter.
WAYS = [lose_cookie, idle, old, lose_token, change_role]


def _client(app: Flask, username: str) -> Client:
    made = app.test_client()
    assert isinstance(made, Client)
    log_in(made, username)
    return made


def send(page: Page, typed: str = TYPED) -> Page:
    """Press the button of the page as it was opened, token and all."""
    form = page.form("Lagre og gå til oversikten")
    data = form.filled({"purpose": typed, "title": TITLE})
    return page.client.send(page.address, data)


def purpose_of(page: Page) -> str:
    return page.form("Lagre og gå til oversikten").fields()["purpose"][0].strip().replace("\r\n", "\n")


def title_of(page: Page) -> str:
    return page.form("Lagre og gå til oversikten").fields()["title"][0]


def enter(client: Client, username: str) -> Page:
    return client.see("/logg-inn").press("Logg inn", username=username, password="demo")


def test_however_the_session_ended_the_form_stands_there_again_filled_in(
    house: Flask, section: str, aged: Aged, stored: Stored
) -> None:
    for turn, lose in enumerate(WAYS):
        page = _client(house, "demovik").see(section)
        before, typed = stored(sa.select(Application.purpose)), f"{TYPED} {turn}"
        lose(house, page.client, aged)
        asked = send(page, typed)
        assert asked.h1 == "Logg inn", (lose, asked.text)
        assert TITLE not in asked.text and "tatt vare på" in asked.text
        again = enter(page.client, "demovik")
        assert again.address == page.address
        assert (purpose_of(again), title_of(again)) == (typed, TITLE)
        assert "Ingenting er sendt ennå" in again.text
        assert stored(sa.select(Application.purpose)) == before
        assert again.press("Lagre og gå til oversikten").status == 200
        assert [text.replace("\r\n", "\n") for text in stored(sa.select(Application.purpose))] == [typed]
        assert stored(sa.select(KeptForm.id)) == []


def long_unused(house: Flask, client: Client, aged: Aged) -> None:
    aged(created_at=timedelta(hours=13), last_used_at=timedelta(hours=12))


def test_whoever_has_the_token_of_a_session_that_its_owner_left_leads_nobody_astray(
    house: Flask, section: str, aged: Aged, stored: Stored
) -> None:
    for leave in (log_out_in_another_tab, end_elsewhere, long_unused):
        page = _client(house, "demovik").see(section)
        leave(house, page.client, aged)
        page.client.delete_cookie("tilsagn")
        assert TITLE not in send(page).text
        assert stored(sa.select(KeptForm.id)) == [], leave


def lose_cookie_of_ended(house: Flask, client: Client, aged: Aged) -> None:
    end_elsewhere(house, client, aged)
    lose_cookie(house, client, aged)


@pytest.mark.parametrize("lose", [end_elsewhere, lose_cookie_of_ended])
def test_an_older_form_never_stands_in_for_what_was_typed_later_and_not_kept(
    house: Flask, page: Page, aged: Aged, stored: Stored, lose: Callable[..., None]
) -> None:
    lose_cookie(house, page.client, aged)
    send(page, "Den første teksten.")
    again = enter(page.client, "demovik")
    assert purpose_of(again) == "Den første teksten."
    lose(house, page.client, aged)
    asked = send(again, "Den andre teksten.")
    assert asked.h1 == "Logg inn"
    assert "fra en annen nettleser" in asked.text and "ikke tatt vare på" in asked.text
    assert stored(sa.select(KeptForm.id)) == []
    assert enter(page.client, "demovik").address == "/vaar-side"
    back = page.client.see(again.address)
    assert "Den første teksten." not in back.text


def test_what_was_saved_from_another_browser_later_is_not_replaced_by_an_older_form(
    house: Flask, page: Page, aged: Aged, stored: Stored
) -> None:
    lose_cookie(house, page.client, aged)
    send(page, "Den første teksten.")
    other = _client(house, "demovik").see(page.address)
    assert send(other, "Den andre teksten.").status == 200
    assert stored(sa.select(KeptForm.id)) == []
    assert enter(page.client, "demovik").address == "/vaar-side"


def test_whoever_ends_a_session_is_told_that_its_text_is_lost(house: Flask, page: Page) -> None:
    assert "blir borte" not in page.client.see("/innlogginger").text
    assert "blir borte" in _client(house, "demovik").see("/innlogginger").text


def test_no_form_of_passwords_is_kept(house: Flask, page: Page, stored: Stored) -> None:
    token = page.form("Lagre og gå til oversikten").fields()["csrf_token"][0]
    asking = {
        rule.endpoint
        for rule in house.url_map.iter_rules()
        if rule.endpoint != "static"
        and re.search(r"Password\w*Form\(", inspect.getsource(house.view_functions[rule.endpoint]))
    }
    asking = {name for name in asking if house.view_functions[name].guard} | {"people.own_password"}  # type: ignore[attr-defined]  # the guards' mark
    assert asking == set(keeping.NEVER)
    page.client.delete_cookie("tilsagn")
    with house.test_request_context():
        addresses = [url_for(name) for name in keeping.NEVER]
    for address in addresses:
        page.client.post(address, data={"csrf_token": token, "other": "text"})
    assert stored(sa.select(KeptForm.id)) == []


def test_another_person_who_logs_in_sees_nothing_of_it(house: Flask, page: Page, aged: Aged, stored: Stored) -> None:
    lose_cookie(house, page.client, aged)
    send(page)
    other = enter(page.client, "bergen")
    assert TITLE not in other.text and other.address != page.address
    kept = stored(sa.select(KeptForm))[0]
    peeked = page.client.see(kept.path, query_string={"fortsett": kept.public_id})
    assert TITLE not in peeked.text
    peeked.press("Logg ut")
    assert purpose_of(enter(page.client, "demovik")) == TYPED


def test_a_tab_of_the_one_before_is_not_shown_to_the_one_who_is_here_now(house: Flask, page: Page, aged: Aged) -> None:
    log_in(page.client, "bergen")
    answer = send(page)
    assert TITLE not in answer.text and "en annen bruker" in answer.text
    assert purpose_of(enter(_anonymous(house), "demovik")) == TYPED


def test_logged_in_again_in_another_tab_one_presses_once_more(house: Flask, page: Page, aged: Aged) -> None:
    log_in(page.client, "demovik")
    again = send(page)
    assert again.address == page.address
    assert purpose_of(again) == TYPED


def _anonymous(app: Flask) -> Client:
    made = app.test_client()
    assert isinstance(made, Client)
    return made


def test_what_another_site_sends_is_neither_kept_nor_shown(
    house: Flask, page: Page, aged: Aged, stored: Stored
) -> None:
    for token in ("", "forged", "ImFiYyI.aaaa.bbbb"):
        data = {"csrf_token": token, "title": TITLE, "password": "p4ssord"}
        answer = page.client.post(page.address, data=data, headers={"Sec-Fetch-Site": "cross-site"})
        assert answer.status_code == 400
        assert TITLE not in answer.get_data(as_text=True) and "p4ssord" not in answer.get_data(as_text=True)
    assert stored(sa.select(KeptForm.id)) == []


def test_no_password_and_no_token_is_kept(house: Flask, page: Page, aged: Aged, stored: Stored) -> None:
    idle(house, page.client, aged)
    token = page.form("Lagre og gå til oversikten").fields()["csrf_token"][0]
    page.client.send(page.address, {"csrf_token": token, "title": TITLE, "new_password": "p4ssord", "Passord": "x9"})
    assert [name for name, _ in stored(sa.select(KeptForm.fields))[0]] == ["title"]


def test_it_is_kept_for_an_hour_and_five_are_kept_at_most(house: Flask, page: Page, aged: Aged, stored: Stored) -> None:
    idle(house, page.client, aged)
    for _ in range(7):
        send(page)
    assert len(stored(sa.select(KeptForm.id))) == 5
    with house.app_context():
        with writing() as session:
            for each in session.scalars(sa.select(KeptForm)):
                each.at -= timedelta(minutes=61)
        db.session.remove()
    kept = stored(sa.select(KeptForm).order_by(KeptForm.id.desc()))[0]
    home = enter(page.client, "demovik")
    assert home.address == "/vaar-side"
    gone = page.client.see(kept.path, query_string={"fortsett": kept.public_id})
    assert TITLE not in gone.text and "ikke her lenger" in gone.text


def test_a_step_without_a_form_waits_behind_a_button(house: Flask, client_for: ClientFor, aged: Aged) -> None:
    with house.app_context():
        with writing():
            clock.start_at(factories.AT)
        factories.published_call()
        factories.submitted("demovik", at=factories.AT)
        db.session.remove()
    client = client_for("officer1")
    case = client.see("/saker/T25-0001")
    button = next(words for words in case.buttons() if words.startswith("Ta saken"))
    idle(house, client, aged)
    assert case.press(button).h1 == "Logg inn"
    waiting = enter(client, "officer1")
    assert waiting.h1 == "Fortsett der du var"
    assert "Kari Demo" in waiting.press("Fortsett").text


def test_logging_out_lets_go_of_what_was_kept(house: Flask, page: Page, aged: Aged, stored: Stored) -> None:
    idle(house, page.client, aged)
    send(page)
    enter(page.client, "demovik").press("Logg ut")
    assert stored(sa.select(KeptForm.id)) == []
    assert len(stored(sa.select(LoginSession.id))) == 2
