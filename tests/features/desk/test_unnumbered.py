"""An application for an agreement stands in the list of cases and its search before it has a number, and once after."""

from collections.abc import Callable

from flask import Flask

from app.compensation import actions
from tests import compensation_rows, factories
from tests.client import Client
from tests.features.compensation.test_agreements import asked, changed, done

FOUND_BY = ("Ny Lege", "9999991", "312999021")


def test_an_application_is_found_before_its_answer_and_as_a_case_after(
    app: Flask, client_for: Callable[[str], Client]
) -> None:
    with app.app_context():
        factories.people()
        factories.season_rules()
        compensation_rows.frame()
        made = done(actions.apply_for, asked(gp_name="Ny Lege", hpr_no="9999991"), who="gp1")
    officer = client_for("officer1")
    for address in ("/saker?hos=alle", *(f"/saker?hos=alle&sok={words}" for words in FOUND_BY)):
        page = officer.see(address)
        assert "Ny Lege" in page.links(), address
        assert "Søknad til behandling" in page.text
    for address in ("/saker?hos=meg", "/saker?hos=alle&sok=Ukjent", "/saker?hos=alle&status=granted"):
        assert "Ny Lege" not in officer.see(address).text, address
    assert "Ny Lege" not in client_for("archivist").see("/saker?hos=alle").text
    with app.app_context():
        done(actions.declare_for_agreement, made.id, who="officer1")
        changed(actions.approve_agreement, made)
    for words in FOUND_BY:
        page = officer.see(f"/saker?hos=alle&sok={words}")
        assert "Søknader om avtale" not in page.text, words
        assert "1 sak." in page.text, words
