"""A form whose session nobody knows: shown again to whoever is logged in, and to the others the way to log in."""

from collections.abc import Callable
from typing import Any

from flask import Flask

from app.reports.models import Report
from tests import reporting
from tests.client import Client

Make = Callable[..., Any]
ClientFor = Callable[[str], Client]


def test_it_is_shown_again_with_its_questions(make: Make, client_for: ClientFor) -> None:
    report: Report = make(reporting.get, make(reporting.report_due))
    page = client_for("demovik").see(f"/vaar-side/rapporter/{report.public_id}")
    data = page.form("Lagre").filled({"why_0": "Kursene ble rimeligere.", "csrf_token": "ukjent"})
    anew = page.client._page(page.client.post(page.address, data=data))
    assert (anew.status, "Ingenting er sendt ennå" in anew.text) == (400, True)
    assert anew.form("Lagre").fields()["why_0"][0].strip() == "Kursene ble rimeligere."
    assert "Rapporten er lagret" in anew.press("Lagre").text


def test_another_site_shows_nobody_anything(make: Make, client_for: ClientFor) -> None:
    report: Report = make(reporting.get, make(reporting.report_due))
    client = client_for("demovik")
    answer = client.post(
        f"/vaar-side/rapporter/{report.public_id}",
        data={"csrf_token": "ukjent", "why_0": "Betal til konto 1."},
        headers={"Sec-Fetch-Site": "cross-site"},
    )
    assert answer.status_code == 400 and "Betal til konto" not in answer.get_data(as_text=True)


def test_a_log_in_page_that_lay_open_too_long_leads_to_a_new_one(app: Flask, client: Client) -> None:
    old = client.see("/logg-inn")
    client.delete_cookie("tilsagn")
    anew = old.press("Logg inn", username="demovik", password="demo", csrf_token="gammel")
    assert (anew.h1, anew.status) == ("Logg inn", 200)
    assert "hadde stått åpen for lenge" in anew.text
    nowhere = client.post("/sprak", data={"csrf_token": "gammel"}).get_data(as_text=True)
    assert 'href="/logg-inn"' in nowhere
