"""After the last day a claim needs a reason, and is always a person's to look at."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.compensation import actions, jobs
from app.compensation.domain import ClaimFacts, Period
from app.compensation.domain.control import HeldFor
from app.compensation.models import Claim
from app.compensation.workflow import Status
from app.db import db, writing
from app.db.clock import forward, start_at
from app.flow import Refused
from app.orders import running
from tests import factories, order_rows
from tests.compensation_rows import CONFIRMED, confirmed
from tests.factories import acting
from tests.features.compensation.test_control import rules

LAST = date(2025, 4, 9)
THE_DAY = datetime(2025, 4, 9, 21, 58, tzinfo=UTC)
AFTER = datetime(2025, 4, 9, 22, 1, tzinfo=UTC)
MARCH = Period(date(2025, 3, 1), date(2025, 3, 31))


def sent(agreed: Any, reason: str = "", at: datetime = AFTER) -> Claim:
    by = acting("gp1")
    with writing():
        return actions.submit(agreed.case_id, ClaimFacts(MARCH, {"patient": 5}, late_reason=reason), by=by, at=at)


def test_the_day_itself_is_in_time_and_a_minute_after_it_needs_a_reason(gp_house: Flask) -> None:
    """Local days: 23.59 and 00.01 in Norway."""
    with gp_house.app_context():
        rules(claims_until=LAST)
        first, second = factories.agreement(), factories.agreement(hpr_no="7654321")
        assert sent(first, "Ikke sent", THE_DAY).late_reason == "", "what is not late has no reason"
        with pytest.raises(Refused, match="Siste dag for krav var 2025-04-09"):
            sent(second)
        with pytest.raises(Refused, match="Siste dag"):
            sent(second, " \n ")
        late = sent(second, " Vikaren sluttet. ")
        assert late.late_reason == "Vikaren sluttet."
        in_time = db.session.scalars(sa.select(Claim).where(Claim.id != late.id)).one()
        for claim in (in_time, late):
            confirmed(claim)
        jobs.control_claims(CONFIRMED)
        found = dict(db.session.execute(sa.select(Claim.id, Claim.held_for)).all())
        assert found == {in_time.id: None, late.id: HeldFor.LATE}


def test_a_correction_after_the_last_day_needs_a_reason_too(gp_house: Flask) -> None:
    with gp_house.app_context():
        rules(claims_until=LAST)
        claim, by = sent(factories.agreement(), at=THE_DAY), acting("gp1")
        with pytest.raises(Refused, match="Siste dag"), writing():
            actions.correct(claim.id, 1, ClaimFacts(MARCH, {"patient": 50}), by=by, at=AFTER)
        facts = ClaimFacts(MARCH, {"patient": 50}, late_reason="Talt feil")
        with writing():
            made = actions.correct(claim.id, 1, facts, by=by, at=AFTER)
        assert (made.late_reason, made.status) == ("Talt feil", Status.SUBMITTED)


def test_a_row_of_a_file_says_why_in_a_column_of_its_own(gp_house: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "now", lambda: order_rows.PLACED)
    with gp_house.test_request_context():
        rules(claims_until=LAST)
        factories.agreement()
        without = order_rows.worked(order_rows.place(order_rows.text_of(["1234567;01.03.2025;31.03.2025;1;"])))
        assert order_rows.outcomes(without) == ["wrong"]
        assert "Siste dag for krav var" in order_rows.told(order_rows.rows(without)[2])
        head = f"{order_rows.HEAD};Grunn til at kravet kommer for sent"
        rows = ["1234567;01.03.2025;31.03.2025;1;;Filen ble borte", f"1234567;01.02.2025;28.02.2025;1;;{'x' * 200}"]
        order = order_rows.worked(order_rows.place(order_rows.text_of(rows, head)))
        assert order_rows.outcomes(order) == ["ready", "wrong"]
        assert "199" in order_rows.told(order_rows.rows(order)[3])


def test_the_pages_tell_the_last_day_and_then_ask_why(gp_house: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    with gp_house.app_context():
        rules(claims_until=LAST)
        factories.agreement()
        with writing():
            start_at(THE_DAY)
        db.session.remove()
    client = client_for("gp1")
    own = client.see("/krav-om-kompensasjon")
    assert "Siste dag for krav er 9. april 2025" in own.text
    page = client.see(own.links()["Nytt krav"]).press("Regn ut", units_patient="5")
    assert "late_reason" not in page.form("Regn ut på nytt").fields()
    with gp_house.app_context(), writing():
        forward(timedelta(minutes=5))
    late = page.press("Send inn krav på 500 kr", declared="y")
    assert late.status == 409 and 'id="late_reason-error"' in late.response.get_data(as_text=True)
    again = client.see(page.address)
    assert "en saksbehandler ser på det" in again.text and "må ha en grunn" in client.see("/krav-om-kompensasjon").text
    told = late.press("Regn ut på nytt", late_reason="Vikaren <b>sluttet</b>")
    assert "Kravet er sendt inn." in told.press("Send inn krav på 500 kr", declared="y").text
    with gp_house.app_context():
        address = db.session.scalars(sa.select(Claim.public_id)).one()
    for who in ("officer1", "area-nordland", "gp1"):
        page_of = client_for(who).see(f"/krav/{address}").response.get_data(as_text=True)
        assert "Vikaren &lt;b&gt;sluttet&lt;/b&gt;" in page_of
