"""Addresses nobody links to: unknown, another's, far too large, out of the directory. Never a fault, never a leak."""

import pytest
from flask import Flask
from werkzeug.routing import Rule

from app.cases.models import Case
from app.db import db
from tests.client import Client
from tests.hostile import client_of

STRANGE = (
    "T25-9999",
    "0",
    "-1",
    "99999999999999999999999999",
    "..%2f..%2f..%2fetc%2fpasswd",
    "..",
    "null%00byte",
    "%ff%fe",
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "æ" * 3000,
)
ROLES = ("officer1", "decider", "finance1", "bergen", "gp1", "area-nordland", "")
ANSWERS = {200, 303, 308, 400, 403, 404, 405}


def addresses(rule: Rule, strange: str) -> str:
    """The rule with every part of it strange."""
    return "".join(strange if is_part else text for is_part, text in rule._trace)


@pytest.mark.parametrize("role", ROLES)
def test_a_strange_address_is_answered_calmly(season: Flask, role: str) -> None:
    client, faults = client_of(season, role), []
    rules = [rule for rule in season.url_map.iter_rules() if rule.arguments and "GET" in (rule.methods or ())]
    assert len(rules) > 40
    for rule in rules:
        for strange in STRANGE:
            answer = _status(client, addresses(rule, strange))
            if answer not in ANSWERS:
                faults.append(f"{rule.endpoint} {strange[:30]!r}: {answer}")
    assert not faults, "\n".join(faults)


def _status(client: Client, address: str) -> int | str:
    try:
        answer = client.get(address)
    except Exception as fault:  # a page that breaks the contract, or a bug
        return f"{type(fault).__name__}: {str(fault)[:200]}"
    assert b"root:x:0" not in answer.data
    return answer.status_code


@pytest.mark.parametrize("question", ["aar", "sak", "etter", "for", "status", "utlysning", "vis", "virksomhet", "sok"])
def test_a_strange_question_is_answered_calmly(season: Flask, question: str) -> None:
    faults = []
    for role, pages in (
        ("officer1", ("/saker", "/tilskudd", "/tilskudd.csv", "/utsendelser", "/fordeling", "/rapporter")),
        ("bergen", ("/vaar-side",)),
    ):
        client = client_of(season, role)
        for page in pages:
            for strange in (*STRANGE, "2025-01-01~99999999999999999999", "9~9", "%u0000", "aar=1&aar=2"):
                status = _status(client, f"{page}?{question}={strange}&sak={strange}")
                if status not in {200, 303}:
                    faults.append(f"{page}?{question}={strange[:30]}: {status}")
    assert not faults, "\n".join(faults)


def test_another_organisations_things_are_not_there(season: Flask) -> None:
    with season.app_context():
        theirs = list(db.session.scalars(db.select(Case.public_id).where(Case.party_name.like("Bergen%"))))
        db.session.remove()
    assert theirs
    stranger = client_of(season, "demovik")
    for public_id in theirs:
        for page in ("sak/{}", "soknad/{}", "soknad/{}/forhandsvis", "soknad/{}/signer", "tilskudd/{}"):
            assert stranger.get("/vaar-side/" + page.format(public_id)).status_code == 404
