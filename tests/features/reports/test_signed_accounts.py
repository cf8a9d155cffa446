"""Signed accounts: a place for them where the rules or the officer ask, needed where the rules do."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.awards.models import Decision
from app.db import db, writing
from app.reports import actions
from tests import award_rows, factories, hostile_files, reporting
from tests.client import Client

Make = Callable[..., Any]
ClientFor = Callable[[str], Client]
FIELD = 'name="accounts_file"'
asked_for = award_rows.rules_2025


@pytest.fixture
def report(make: Make, monkeypatch: pytest.MonkeyPatch) -> int:
    """A report under rules that ask for signed accounts."""
    monkeypatch.setattr(award_rows, "rules_2025", lambda: replace(asked_for(), signed_accounts=True))
    return make(reporting.report_due)


def _address(make: Make, report_id: int) -> str:
    return f"/vaar-side/rapporter/{make(reporting.get, report_id).public_id}"


def test_what_the_rules_ask_for_is_needed_and_reaches_the_officer(
    make: Make, report: int, client_for: ClientFor
) -> None:
    make(reporting.filled, report)
    client = client_for("demovik")
    page = client.see(_address(make, report))
    assert "Legg ved det signerte regnskapet." in page.text
    assert "Signer og lever" not in page.press("Se over og lever").buttons()
    page = client.see(_address(make, report))
    page.press("Lagre", accounts_file=(io.BytesIO(hostile_files.pdf()), "regnskap.pdf"))
    page = client.see(_address(make, report))
    assert "regnskap.pdf" in page.response.get_data(as_text=True)
    assert "Rapporten er levert" in page.press("Se over og lever").press("Signer og lever").text
    public_id = make(reporting.get, report).public_id
    inside = client_for("officer1")
    control = inside.see(f"/saker/T25-0001/rapport/{public_id}")
    assert "Signert regnskap er lagt ved." in control.text
    assert control.press("Åpne det signerte regnskapet").response.mimetype == "application/pdf"
    assert "Signert regnskap, Årsrapport 2025" in inside.get("/saker/T25-0001/dokumenter").get_data(as_text=True)


def test_the_letter_says_so(make: Make, report: int) -> None:
    facts = make(lambda: db.session.query(Decision).one().letter_facts)
    assert [each["holds"] for each in facts["grant"]["reports"]] == [
        "måloppnåelse og regnskap per 31. august 2025",
        "måloppnåelse og signert regnskap per 31. desember 2025",
    ]


def test_where_nobody_asks_there_is_no_place_until_the_officer_does(make: Make, client_for: ClientFor) -> None:
    report = make(reporting.report_due)
    client = client_for("demovik")
    assert FIELD not in client.get(_address(make, report)).get_data(as_text=True)
    make(reporting.delivered, report)
    make(reporting.in_review, report)
    make(_asked, report)
    page = client.see(_address(make, report))
    assert FIELD in page.response.get_data(as_text=True)
    assert "Legg det ved hvis vi har bedt om det." in page.text
    assert page.press("Se over og lever").press("Signer og lever").status == 200


def _asked(report_id: int) -> None:
    with writing():
        version = reporting.get(report_id).version
        actions.ask(
            report_id, "Legg ved underskrevet regnskap.", date(2026, 5, 1), by=factories.acting("officer1"),
            at=reporting.IN_TIME, version=version,
        )  # fmt: skip
