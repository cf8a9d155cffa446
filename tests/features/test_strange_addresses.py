"""Addresses nobody links to: unknown, another's, far too large, out of the directory. Never a fault, never a leak.

Here two of them for each page; `make ordeal` tries all.
"""

import re
from urllib.parse import quote

import pytest
from flask import Flask

from app.cases.models import Case
from app.db import db
from tests import factories
from tests.architecture.source import ROOT
from tests.hostile import client_of
from tests.strange import STRANGE, addresses, faults_of

ASKED = re.compile(r"""(?:args|values)\.get\("(\w+)\"""")
PAGES = ("/saker", "/tilskudd", "/tilskudd.csv", "/utsendelser", "/fordeling", "/rapporter")
# Too long to be read, for no column, of another alphabet.
NUMBERS = ("9" * 5000, str(2**63), "１２")
QUESTIONS = ("aar", "sak", "etter", "for", "status", "utlysning", "vis", "virksomhet", "sok", "hos", "ordning")


@pytest.fixture
def house(app: Flask) -> Flask:
    with app.app_context():
        factories.people()
        db.session.remove()
    return app


@pytest.mark.parametrize("role", ["officer1", "bergen"])
def test_a_strange_address_is_answered_calmly(house: Flask, role: str) -> None:
    found = addresses(house, STRANGE)
    assert len(found) > 400
    assert not (faults := faults_of(client_of(house, role), found[:: len(STRANGE) // 2 - 1])), "\n".join(faults)


def test_a_strange_question_is_answered_calmly(house: Flask) -> None:
    odd = (*STRANGE, "2025-01-01~99999999999999999999", "9~9", "%u0000")
    asked = [
        f"{page}?{q}={odd[n % len(odd)]}&sak={odd[n % len(odd)]}" for page in PAGES for n, q in enumerate(QUESTIONS)
    ]
    assert not (faults := faults_of(client_of(house, "officer1"), asked)), "\n".join(faults)
    assert not (faults := faults_of(client_of(house, "bergen"), [f"/vaar-side?virksomhet={s}" for s in odd])), faults


@pytest.mark.parametrize("role", ["officer1", "bergen"])
def test_a_number_no_column_holds_is_answered_calmly(season: Flask, role: str) -> None:
    """In every question that any page reads, all at once, and in every number of an address."""
    season.config["PROPAGATE_EXCEPTIONS"] = False
    read = {name for path in (ROOT / "app").rglob("*.py") for name in ASKED.findall(path.read_text("utf-8"))}
    assert read >= {"aar", "sak", "side", "for", "version"}
    asked = "&".join(f"{name}={{0}}" for name in sorted({*read, *QUESTIONS}))
    rules = [each for each in season.url_map.iter_rules() if "GET" in (each.methods or ())]
    pages = [str(each) for each in rules if not each.arguments]
    numbers = [quote(each) for each in NUMBERS]
    places = [f"{page}?{asked.format(number)}" for page in pages for number in numbers]
    places += [f"/saker?{walk}~{number}" for walk in ("etter=2025-01-01", "for=2025-01-01") for number in numbers]
    client = client_of(season, role)
    assert not (faults := faults_of(client, [*places, *addresses(season, numbers)])), "\n".join(faults)


def test_another_organisations_things_are_not_there(season: Flask) -> None:
    with season.app_context():
        theirs = list(db.session.scalars(db.select(Case.public_id).where(Case.party_name.like("Bergen%"))))
        db.session.remove()
    assert theirs
    stranger = client_of(season, "demovik")
    for public_id in theirs:
        for page in ("sak/{}", "soknad/{}", "soknad/{}/forhandsvis", "soknad/{}/signer", "tilskudd/{}"):
            assert stranger.get("/vaar-side/" + page.format(public_id)).status_code == 404
