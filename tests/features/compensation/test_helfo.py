"""Claims under rules that let Helfo pay: approved and bound in the frame, exported, and never paid here."""

from dataclasses import replace
from datetime import datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from app.budget.models import LedgerEntry
from app.compensation import actions, exports, payables, queries
from app.compensation.queries import helfo
from app.compensation.workflow import Status
from app.db import db, writing
from app.db.clock import start_at
from app.payables.models import PaymentBasis
from app.payouts.jobs import make_payables
from app.rules.domain import PaidThrough
from app.rules.queries import rules_of
from tests import factories
from tests.compensation_rows import confirmed
from tests.factories import acting
from tests.features.compensation.test_claims import REVIEW


@pytest.fixture
def through_helfo(monkeypatch: pytest.MonkeyPatch) -> None:
    def exported(version_id: int):  # type: ignore[no-untyped-def]
        return replace(rules_of(version_id), paid_through=PaidThrough.HELFO_EXPORT)

    monkeypatch.setattr(payables, "rules_of", exported)
    monkeypatch.setattr(helfo, "rules_of", exported)


def approved() -> None:
    claim = confirmed(factories.claim(factories.agreement()))
    by = acting("officer1")
    with writing():
        assert actions.approve(claim.id, 2, by=by, at=REVIEW).status is Status.APPROVED


def test_what_helfo_pays_is_exported_and_never_payable_here(gp_house: Flask, through_helfo: None) -> None:
    with gp_house.test_request_context():
        approved()
        assert db.session.scalars(sa.select(LedgerEntry.amount_ore)).one() == 25_000_00, (
            "the frame holds it all the same"
        )
        assert db.session.scalars(sa.select(PaymentBasis)).all() == []
        db.session.rollback()
        assert make_payables(REVIEW) == 0
        lines = b"".join(exports.helfo_csv(queries.for_helfo(2025))).decode("utf-8-sig").splitlines()
        assert len(lines) == 2
        told = dict(zip(lines[0].split(";"), lines[1].split(";"), strict=True))
        assert told["HPR-nummer"] == "1234567"
        assert (told["Godkjente enheter"], told["Godkjent beløp"]) == ("patient=150 start=1", "25000,00")
        assert (told["Periode fra"], told["Periode til"]) == ("01.01.2025", "31.03.2025")
        assert queries.for_helfo(2026) == []


def test_what_we_pay_is_not_exported(gp_house: Flask) -> None:
    with gp_house.test_request_context():
        approved()
        assert len(db.session.scalars(sa.select(PaymentBasis)).all()) == 1
        assert queries.for_helfo(2025) == []


def test_another_year_is_chosen_on_the_page(
    gp_house: Flask,
    through_helfo: None,
    client_for,  # type: ignore[no-untyped-def]
) -> None:
    with gp_house.app_context():
        approved()
        with writing():
            start_at(datetime.fromisoformat("2026-02-01T09:00:00+00:00"))
        db.session.remove()
    office = client_for("officer1")
    this = office.see("/fastleger/helfo")
    assert "Godkjente krav i 2026" in this.text
    before = office.see(this.links()["2025"])
    assert "Godkjente krav i 2025" in before.text and "25 000" in before.text
    named = office.get(before.links()["Last ned fil til Helfo (CSV)"])
    assert "helfo-2025.csv" in named.headers["Content-Disposition"] and named.get_data().count(b"1234567") == 1
    assert office.get("/fastleger/helfo?aar=2024").status_code == 404
    assert office.get("/fastleger/helfo.csv?aar=x").status_code == 200


def test_what_a_rule_approved_has_its_day_too(gp_house: Flask, through_helfo: None) -> None:
    with gp_house.test_request_context():
        approved()
        (row,) = queries.for_helfo(2025)
        row.claim.reviewed_at, row.claim.ruled_at = None, REVIEW
        lines = b"".join(exports.helfo_csv([row])).decode("utf-8-sig").splitlines()
        assert lines[1].split(";")[-1] == f"{REVIEW:%d.%m.%Y}"
        db.session.rollback()
