"""What is typed in a claim is kept without pressing anything, found again, and gone when it is sent."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from app.compensation import actions
from app.compensation.models import Claim, ClaimDraft, GpAgreement
from app.compensation.routes import claiming
from app.db import db, writing
from app.db.clock import start_at
from app.flow import Refused, Stale
from tests import factories
from tests.factories import acting

APRIL = datetime(2025, 4, 10, 9, 0, tzinfo=UTC)
AS_ONE_GOES = {"X-As-One-Goes": "1"}


@pytest.fixture
def agreed(gp_house: Flask) -> Flask:
    """An agreement, and the clock in April."""
    with gp_house.app_context():
        factories.agreement()
        with writing():
            start_at(APRIL)
        db.session.remove()
    return gp_house


def opened(client):  # type: ignore[no-untyped-def]
    links = client.see("/krav-om-kompensasjon").links()
    return client.see(links.get("Nytt krav") or links["Fortsett på kravet"])


def typed(client, page, version: int, **fields: str):  # type: ignore[no-untyped-def]
    """As the script sends it a while after the last change."""
    stands = {name: values[0] for name, values in page.form("Regn ut").fields().items()}
    data = {**stands, **fields, "version": str(version)}
    return client.post(f"{page.address}/kladd", data=data, headers=AS_ONE_GOES)


def test_what_is_typed_is_kept_as_one_goes_and_found_again(agreed: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    client = client_for("gp1")
    page = opened(client)
    answer = typed(client, page, 0, units_patient="tolv", from_on="01.02.2025")
    assert answer.status_code == 200 and answer.json["version"] == 1 and "Kladden er lagret" in answer.json["said"]
    assert typed(client, page, 1, units_patient="12", from_on="01.02.2025").json["version"] == 2
    own = client.see("/krav-om-kompensasjon")
    assert "Fortsett på kravet" in own.links() and "Nytt krav" not in own.links()
    again = opened(client)
    fields = again.form("Regn ut på nytt").fields()
    assert (fields["units_patient"], fields["from_on"], fields["version"]) == (["12"], ["01.02.2025"], ["2"])
    assert "Send inn krav på 1 200 kr" in again.buttons(), "reckoned when it is found again"
    done = again.press("Send inn krav på 1 200 kr", declared="y")
    assert "Kravet er sendt inn." in done.text and "Nytt krav" in done.links()
    again.press("Send inn krav på 1 200 kr", declared="y")
    with agreed.app_context():
        assert db.session.scalars(sa.select(Claim.claimed_ore)).all() == [1_200_00]
        assert db.session.scalars(sa.select(ClaimDraft)).all() == []


def test_what_cannot_be_read_is_kept_as_it_was_typed(agreed: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    client = client_for("gp1")
    typed(client, opened(client), 0, units_patient="tolv<b>", to_on="snart")
    fields = opened(client).form("Regn ut").fields()
    assert (fields["units_patient"], fields["to_on"]) == (["tolv<b>"], ["snart"])


def test_pressing_keeps_it_too_and_it_is_thrown_away_by_a_button(agreed: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    client = client_for("gp1")
    page = opened(client).press("Regn ut", units_patient="12")
    assert "Slett kladden" in page.buttons()
    assert "Fortsett på kravet" in client.see("/krav-om-kompensasjon").links()
    gone = page.press("Slett kladden")
    assert "Kladden er slettet." in gone.text and "Nytt krav" in gone.links()
    assert page.press("Slett kladden").status == 409
    late = page.press("Send inn krav på 1 200 kr", declared="y")
    assert late.status == 409 and "Kladden er sendt eller slettet i et annet vindu" in late.text
    with agreed.app_context():
        assert db.session.scalars(sa.select(Claim)).all() == []


def test_two_windows_do_not_overwrite_each_other(agreed: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    client = client_for("gp1")
    first, second = opened(client), opened(client)
    assert typed(client, first, 0, units_patient="12").status_code == 200
    stale = typed(client, second, 0, units_patient="99")
    assert stale.status_code == 409 and "et annet vindu" in stale.json["said"] and "version" not in stale.json
    told = second.press("Regn ut", units_patient="99")
    assert told.status == 409 and "Lege Demo har skrevet i kladden" in told.text and ": 12" in told.text
    assert told.form("Regn ut på nytt").fields()["units_patient"] == ["99"]
    assert told.press("Regn ut på nytt").status == 200, "and then it holds"
    assert opened(client).form("Regn ut på nytt").fields()["units_patient"] == ["99"]


def test_the_same_claim_from_two_browsers_is_sent_once(agreed: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    client = client_for("gp1")
    page = opened(client).press("Regn ut", units_patient="12")
    other = opened(client)
    button = "Send inn krav på 1 200 kr"
    assert page.press(button, declared="y").status == 200
    late = other.press(button, declared="y")
    assert late.status == 409 and "allerede krevd" in late.text
    with agreed.app_context():
        assert len(db.session.scalars(sa.select(Claim)).all()) == 1


def test_a_draft_that_is_sent_elsewhere_while_this_window_is_answered_is_told(
    agreed: Flask,
    client_for,  # type: ignore[no-untyped-def]
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = opened(client_for("gp1")).press("Regn ut", units_patient="2")
    once = claiming.once

    def after_the_other(*given):  # type: ignore[no-untyped-def]
        db.session.rollback()
        with db.engine.begin() as other:
            other.execute(sa.delete(ClaimDraft))
        return once(*given)

    monkeypatch.setattr(claiming, "once", after_the_other)
    late = page.press("Send inn krav på 200 kr", declared="y")
    assert late.status == 409 and "Kladden er sendt eller slettet i et annet vindu." in late.text


def test_what_looks_like_a_patient_is_not_kept(agreed: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    client = client_for("gp1")
    answer = typed(client, opened(client), 0, units_patient="13097248022")
    assert answer.status_code == 409 and "fødselsnummer" in answer.json["said"]
    with agreed.app_context():
        assert db.session.scalars(sa.select(ClaimDraft)).all() == []


def test_others_keep_and_throw_nothing(agreed: Flask) -> None:
    with agreed.app_context():
        case_id = db.session.scalars(sa.select(GpAgreement.case_id)).one()
        for who in ("demovik", "officer1"):
            by = acting(who)
            with pytest.raises(Refused, match="tilgang"), writing():
                actions.keep_draft(case_id, {}, "", version=0, by=by, at=APRIL)
            with pytest.raises(Refused, match="tilgang"), writing():
                actions.throw_draft(case_id, version=0, by=by)
        gp = acting("gp1")
        with pytest.raises(Stale), writing():
            actions.throw_draft(case_id, version=1, by=gp)
