"""All hostile values through every form, and all strange addresses as every role."""

import pytest
from flask import Flask

from tests import hostile
from tests.crawl import ROLES
from tests.strange import STRANGE, addresses, faults_of


def test_every_value_in_every_form(season: Flask) -> None:
    season.config["PROPAGATE_EXCEPTIONS"] = True
    forms = hostile.every_form(season)
    visits = hostile.Visits(season)
    with hostile.nothing_kept():
        faults = [f for form in forms if form.texts for f in hostile.attack(visits, form, len(hostile.TYPED))]
        faults += [f for form in forms for f in hostile.tamper(visits, form, len(hostile.TAMPERED))]
        faults += visits.faults()
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("role", [ROLES[1], "finance1", "bergen", "gp1"])
def test_every_strange_address(season: Flask, role: str) -> None:
    client = hostile.client_of(season, role)
    assert not (faults := faults_of(client, addresses(season, STRANGE))), "\n".join(faults)
