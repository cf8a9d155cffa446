"""A practice that is closed in the register: told once, by an officer, with a source, and to those it concerns."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from app.audit.models import AuditEntry
from app.compensation import actions
from app.db import db, writing
from app.db.clock import start_at
from app.dispatch.models import Outgoing
from app.flow import Refused
from app.parties.models import Party, PilotArea
from app.values.language import LanguageDecision
from tests import factories
from tests.client import Client
from tests.factories import acting

JUNE = datetime(2025, 6, 2, 9, 0, tzinfo=UTC)
TOLD = ("Enhetsregisteret 30. mai 2025", "Kontoret er slått sammen med et annet.")


def done(verb, *given, who: str = "officer1") -> None:  # type: ignore[no-untyped-def]
    by = acting(who)
    with writing():
        verb(*given, by=by, at=JUNE)


def test_what_is_closed_claims_nothing_more_until_it_is_taken_back(gp_house: Flask) -> None:
    with gp_house.app_context():
        agreed = factories.agreement()
        party_id = agreed.payee_id
        with pytest.raises(Refused, match="ikke tilgang"):
            done(actions.close_practice, party_id, date(2025, 5, 30), *TOLD, who="area-nordland")
        with pytest.raises(Refused) as told:
            done(actions.close_practice, party_id, date(2025, 6, 3), " ", "")
        assert {each.of for each in told.value.reasons} == {"source", "reason", "on"}
        done(actions.close_practice, party_id, date(2025, 5, 30), *TOLD)
        with pytest.raises(Refused, match="nedlagt allerede"):
            done(actions.close_practice, party_id, date(2025, 5, 30), *TOLD)
        with pytest.raises(Refused, match="registrert som nedlagt"):
            factories.claim(agreed)
        entry = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.event == "party.closed")).one()
        assert (entry.stream, entry.facts["source"], entry.facts["on"]) == (f"party:{party_id}", TOLD[0], "2025-05-30")
        notices = db.session.scalars(sa.select(Outgoing.address).where(Outgoing.kind == "practice_closed")).all()
        assert factories.user("area-nordland").email in notices
        done(actions.open_practice, party_id, *TOLD)
        with pytest.raises(Refused, match="ikke registrert som nedlagt"):
            done(actions.open_practice, party_id, *TOLD)
        assert factories.claim(agreed).claimed_ore > 0


def test_a_coordinator_is_written_to_as_the_host_of_the_area_is(gp_house: Flask) -> None:
    with gp_house.app_context():
        agreed = factories.agreement()
        party_id, email = agreed.payee_id, factories.user("area-nordland").email
        hosts = sa.select(PilotArea.host_party_id)
        with writing():
            db.session.execute(
                sa.update(Party).where(Party.id.in_(hosts)).values(language_decision=LanguageDecision.NYNORSK)
            )
        done(actions.close_practice, party_id, date(2025, 5, 30), *TOLD)
        told = sa.select(Outgoing.language, Outgoing.body).where(Outgoing.address == email)
        language, body = db.session.execute(told.where(Outgoing.kind == "practice_closed")).one()
        assert language == "nn" and "Ein fastlege som har flytta" in body


def test_the_page_shows_what_it_closes(gp_house: Flask, client_for: Callable[[str], Client]) -> None:
    with gp_house.app_context():
        agreed = factories.agreement()
        factories.claim(agreed)
        address = db.session.scalars(sa.select(Party.public_id).where(Party.id == agreed.payee_id)).one()
        with writing():
            start_at(JUNE)
    client = client_for("officer1")
    page = client.see(f"/fastleger/mottakere/{address}")
    assert "Lege Demo" in page.links() and "01.01.2025–31.03.2025" in page.text
    wrong = page.press("Registrer som nedlagt", on="03.06.2025", source="", reason="")
    assert wrong.status == 422
    told = page.press("Registrer som nedlagt", on="30.05.2025", source=TOLD[0], reason=TOLD[1])
    assert told.status == 200 and "Registrert som nedlagt 30.05.2025." in told.text
    assert page.press("Registrer som nedlagt", on="30.05.2025", source=TOLD[0], reason=TOLD[1]).status == 409
    listed = client.see(client.see("/fastleger").links()["Nedlagte mottakere"])
    assert address in next(href for href in listed.links().values() if "/mottakere/" in href)
    assert "30.05.2025" in listed.text
    back = told.press("Registrer at det ikke er nedlagt", source=TOLD[0], reason="Det var et annet kontor.")
    assert "Registrer som nedlagt" in back.buttons()
    assert "Ingen mottakere er registrert som nedlagt." in client.see("/fastleger/nedlagte").text
    assert told.press("Registrer at det ikke er nedlagt", source=TOLD[0], reason="Igjen").status == 409
    assert client_for("gp1").open(f"/fastleger/mottakere/{address}").status_code == 403
