"""A project's name that no letter can hold is mended by an officer, with trace."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from app.audit.models import AuditEntry
from app.cases import actions
from app.cases.models import Case
from app.db import db, writing
from app.flow import Refused
from tests import factories
from tests.client import Client

People = Callable[[str], Client]
ADDRESS = "/saker/T25-0001/prosjektnavn"


@pytest.fixture
def strange(app: Flask) -> Flask:
    """A recommended case whose name was stored before anybody asked whether it can be printed."""
    with app.app_context():
        factories.people()
        factories.frame()
        case_id = factories.recommended()
        with writing() as session:
            session.execute(sa.text("UPDATE case_file SET title = 'Trygg hverdag 😀' WHERE id = :id"), {"id": case_id})
        db.session.remove()
    return app


def test_a_name_that_cannot_be_printed_is_corrected_and_the_case_can_be_decided(
    strange: Flask, client_for: People
) -> None:
    decide = "/saker/T25-0001/vedtak"
    assert "Brevet har et tegn som ikke kan skrives ut: «😀»." in client_for("decider").see(decide).text
    page = client_for("officer1").see(ADDRESS)
    wrong = page.press("Rett prosjektnavnet", title="Trygg hverdag 🎉", reason="Tegnet kan ikke skrives ut")
    assert wrong.status == 422 and "«🎉» kan ikke stå i brev" in wrong.text
    done = wrong.press("Rett prosjektnavnet", title="Trygg hverdag\ufe0f")
    assert "Prosjektnavnet er rettet." in done.text
    assert page.press("Rett prosjektnavnet", title="Noe annet", reason="x").status == 409
    assert "Vedta" in client_for("decider").see(decide).buttons()
    assert "T25-0001" in client_for("officer1").see("/saker?sok=hverdag").text
    with strange.app_context():
        told = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.event == "case.title_corrected")).one()
        assert (told.by_name, told.facts["before"], told.facts["after"]) == (
            "Kari Demo",
            "Trygg hverdag 😀",
            "Trygg hverdag",
        )
        assert told.facts["reason"] == "Tegnet kan ikke skrives ut"


def test_what_is_decided_keeps_its_name_and_only_the_authority_corrects(strange: Flask, client_for: People) -> None:
    assert client_for("demovik").see(ADDRESS).status == 403
    with strange.app_context():
        case = db.session.scalars(sa.select(Case)).one()
        by, version = factories.acting("officer1"), case.version
        with pytest.raises(Refused, match="🎉"), writing():
            actions.correct_title(case.id, "🎉", "x", by=by, at=factories.AT, version=version)
        with pytest.raises(Refused, match="hvorfor"), writing():
            actions.correct_title(case.id, "Navn", " ", by=by, at=factories.AT, version=version)
        with writing():
            case = actions.correct_title(case.id, "Navn", "Feil", by=by, at=factories.AT, version=version)
        factories.decided(case.id)
        with pytest.raises(Refused), writing():
            actions.correct_title(case.id, "Nytt", "x", by=by, at=factories.AT, version=case.version)
