"""A claim nobody has confirmed is corrected or taken back by its sender's own people; on both databases."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from app.access.domain import Role
from app.compensation import actions, judgement, queries
from app.compensation.domain import ClaimFacts, Period
from app.compensation.models import Claim, ClaimLine
from app.compensation.queries import counting
from app.compensation.workflow import Status, Step
from app.db import db, writing
from app.db.clock import start_at
from app.flow import Refused, Stale
from app.orders import actions as orders
from app.orders import running
from app.people import actions as people
from tests import factories, order_rows
from tests.compensation_rows import CONFIRMED, QUARTER, confirmed
from tests.factories import acting

LATER = datetime(2025, 4, 10, 12, 0, tzinfo=UTC)
JANUARY = Period(date(2025, 1, 1), date(2025, 1, 31))


def changed(
    claim: Claim, units: dict[str, int], period: Period = QUARTER, *, who: str = "gp1", version: int = 1
) -> Claim:
    by = acting(who)
    with writing():
        return actions.correct(claim.id, version, ClaimFacts(period, units), by=by, at=LATER)


def withdrawn(claim: Claim, *, who: str = "gp1", version: int = 1) -> Claim:
    by = acting(who)
    with writing():
        return actions.withdraw(claim.id, version, by=by, at=LATER)


def lines(claim: Claim) -> dict[str, tuple[int, int]]:
    found = db.session.scalars(sa.select(ClaimLine).where(ClaimLine.claim_id == claim.id))
    return {line.code: (line.units, line.paid_units) for line in found}


def test_a_correction_is_judged_without_the_claim_itself(gp_house: Flask) -> None:
    with gp_house.app_context():
        claim = factories.claim(factories.agreement())
        assert changed(claim, {"start": 1, "patient": 190}).claimed_ore == 29_000_00
        again = changed(claim, {"patient": 210}, JANUARY, version=2)
        assert (again.from_on, again.to_on, again.claimed_ore, again.version) == (*_days(JANUARY), 20_000_00, 3)
        assert lines(claim) == {"patient": (210, 200)}, "the cap of the price, and the start is no more"
        assert (again.status, again.submitted_at) == (Status.SUBMITTED, LATER)
        assert factories.claim(_agreement(claim), {"start": 1}, period=FEBRUARY).claimed_ore == 10_000_00


FEBRUARY = Period(date(2025, 2, 1), date(2025, 2, 28))


def _days(period: Period) -> tuple[date, date]:
    return period.from_on, period.to_on


def _agreement(claim: Claim):  # type: ignore[no-untyped-def]
    found = queries.by_public_id(claim.public_id, acting("officer1"))
    assert found is not None
    return found.agreement


def test_a_correction_over_another_claims_days_is_refused_and_nothing_is_changed(gp_house: Flask) -> None:
    with gp_house.app_context():
        agreed = factories.agreement()
        first = factories.claim(agreed, {"patient": 5}, period=JANUARY)
        factories.claim(agreed, {"patient": 5}, period=FEBRUARY)
        with pytest.raises(Refused, match="allerede krevd"):
            changed(first, {"patient": 5}, Period(date(2025, 1, 1), date(2025, 2, 1)))
        with pytest.raises(Refused, match="innenfor avtalen"):
            changed(first, {"patient": 5}, Period(date(2024, 12, 1), date(2025, 1, 31)))
        db.session.rollback()
        assert lines(first) == {"patient": (5, 5)}


def test_a_colleague_corrects_and_neither_of_them_confirms(gp_house: Flask) -> None:
    with gp_house.app_context():
        claim = factories.claim(factories.agreement())
        admin, colleague = acting("admin"), acting("area-nordland")
        with writing():
            people.give_membership(colleague.id, Role.SIGNER, party_id=claim.party_id, by=admin, at=LATER)
        made = changed(claim, {"patient": 1}, who="area-nordland")
        assert made.submitted_by == colleague.id
        with pytest.raises(Refused, match="sendt inn denne selv"), writing():
            actions.confirm({claim.id: 2}, by=acting("area-nordland"), at=CONFIRMED)


def test_what_is_confirmed_meanwhile_is_neither_corrected_nor_withdrawn(gp_house: Flask) -> None:
    with gp_house.app_context():
        claim = factories.claim(factories.agreement())
        confirmed(claim)
        with pytest.raises(Stale):
            changed(claim, {"patient": 1})
        with pytest.raises(Refused, match="bekreftet, og da endrer ingen det"):
            changed(claim, {"patient": 1}, version=2)
        with pytest.raises(Refused, match="da endrer ingen det"):
            withdrawn(claim, version=2)


@pytest.mark.parametrize("who", ["demovik", "area-nordland", "officer1"])
def test_others_neither_correct_nor_withdraw(gp_house: Flask, who: str) -> None:
    with gp_house.app_context():
        claim = factories.claim(factories.agreement())
        with pytest.raises(Refused, match="tilgang"):
            changed(claim, {"patient": 1}, who=who)
        with pytest.raises(Refused, match="tilgang"):
            withdrawn(claim, who=who)


def test_a_withdrawn_period_is_claimed_anew_and_counts_nowhere(gp_house: Flask) -> None:
    with gp_house.app_context():
        agreed = factories.agreement()
        first = withdrawn(factories.claim(agreed))
        assert (first.status, first.withdrawn_at) == (Status.WITHDRAWN, LATER)
        standing = queries.standing_of(agreed.case_id)
        assert (standing.periods, standing.used, standing.pending_ore) == ([], {}, 0)
        today = date(2025, 4, 10)
        assert queries.sums_in([agreed.area_id]) == {} and queries.middles() == {}
        figures = queries.figures(today, LATER)[0]
        assert (figures.pending_ore, figures.started, figures.months) == (0, 0, {})
        counted = counting.figures_of("gp", [Period(date(2025, 1, 1), date(2025, 12, 31))])[0][agreed.area_id]
        assert (counted.claims, counted.claimed_ore, counted.started) == (0, 0, 0)
        assert queries.confirmed_in([agreed.area_id]) == ([], False) and queries.to_confirm([agreed.area_id]) == ([], 0)
        assert queries.waiting_on(agreed.case_id) == [] and queries.at_the_directorate() == []
        assert factories.claim(agreed).claimed_ore == 25_000_00
        with pytest.raises(Refused, match="withdrawn"):
            withdrawn(first, version=2)


def test_the_database_holds_that_a_confirmed_claim_is_not_withdrawn(gp_house: Flask) -> None:
    with gp_house.app_context():
        claim = confirmed(factories.claim(factories.agreement()))
        gone = {"status": "withdrawn", "withdrawn_by": claim.submitted_by, "withdrawn_at": LATER}
        with pytest.raises(IntegrityError, match="withdrawn_unconfirmed"), writing() as session:
            session.execute(sa.update(Claim).where(Claim.id == claim.id).values(**gone))


def test_what_the_area_imported_is_the_gps_own_and_a_file_does_not_bring_it_back(
    gp_house: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "now", lambda: order_rows.PLACED)
    with gp_house.test_request_context():
        factories.agreement()
        text = order_rows.text_of(["1234567;01.01.2025;31.03.2025;1;150"])
        order_rows.step(orders.carry_out, order_rows.worked(order_rows.place(text)))
        key = db.session.scalars(sa.select(Claim.id)).one()
        claim = db.session.get_one(Claim, key)
        changed(claim, {"patient": 10})
        again = order_rows.worked(order_rows.place(text))
        assert order_rows.outcomes(again) == ["wrong"]
        claim = db.session.get_one(Claim, key)
        changed(claim, {"start": 1, "patient": 150}, version=2)
        withdrawn(claim, version=3)
        again = order_rows.worked(order_rows.place(text))
        assert order_rows.outcomes(again) == ["exists"]
        assert "Legekontoret har trukket dette kravet" in order_rows.told(order_rows.rows(again)[2])


@pytest.fixture
def sent(gp_house: Flask) -> Flask:
    """A claim that waits for its area, and the clock on the same day."""
    with gp_house.app_context():
        factories.claim(factories.agreement())
        with writing():
            start_at(LATER)
        db.session.remove()
    return gp_house


def test_the_pages_of_a_correction(sent: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    client = client_for("gp1")
    claim = client.see(client.see("/krav-om-kompensasjon").links()["01.01.2025–31.03.2025"])
    form = client.see(claim.links()["Rett kravet"])
    assert form.form("Regn ut på nytt").fields()["units_patient"] == ["150"]
    assert "regnes som sendt inn når du sender rettelsen" in form.text
    other = client.see(form.address)
    told = form.press("Regn ut på nytt", units_patient="100")
    assert "Rett kravet til 20 000 kr" in told.buttons()
    assert told.press("Rett kravet til 20 000 kr").status == 422, "the declaration is not ticked"
    done = told.press("Rett kravet til 20 000 kr", declared="y")
    assert done.status == 200 and "Kravet er rettet" in done.text and "20 000 kr" in done.text
    stale = other.press("Rett kravet til 25 000 kr", declared="y")
    assert stale.status == 409
    over = client.see(form.address).press("Regn ut på nytt", from_on="01.04.2024")
    assert over.status == 422 and 'id="from_on-error"' in over.response.get_data(as_text=True)
    with sent.app_context():
        claim_row = db.session.scalars(sa.select(Claim)).one()
        assert (claim_row.version, claim_row.claimed_ore) == (2, 20_000_00)
        confirmed_by = acting("area-nordland")
        with writing():
            actions.confirm({claim_row.id: 2}, by=confirmed_by, at=LATER)
        db.session.remove()
    shut = client.see(form.address)
    assert "da endrer ingen det" in shut.text and "Regn ut på nytt" not in shut.buttons()
    assert "da endrer ingen det" in client.see(claim.address).text
    late = told.press("Rett kravet til 20 000 kr", declared="y")
    assert late.status == 409 and "da endrer ingen det" in late.text


def test_the_pages_of_taking_back(sent: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    client = client_for("gp1")
    claim = client.see(client.see("/krav-om-kompensasjon").links()["01.01.2025–31.03.2025"])
    page = client.see(claim.links()["Trekk kravet"])
    assert "perioden kan kreves på nytt" in page.text
    area = client_for("area-nordland").see("/utprovingsomrade")
    done = page.press("Trekk kravet")
    assert done.status == 200 and "Kravet er trukket" in done.text and "Trukket" in done.text
    assert page.press("Trekk kravet").status == 409
    stale = area.press("Bekreft valgte")
    assert stale.status == 409
    told = client.see(claim.address)
    assert "Rett kravet" not in told.links() and "Trukket" in told.text and "Lege Demo" in told.text
    assert "Nytt krav" in done.links()
    for language in ("nb", "nn"):
        client.post("/sprak", data={"language": language})
        for path in (claim.address, page.address, f"{claim.address}/rett"):
            assert client.see(path).status == 200
    for who, status in (("demovik", 404), ("area-nordland", 403), ("officer1", 403)):
        assert client_for(who).see(page.address).status == status


def test_why_it_is_closed_is_the_verbs_own_reason(gp_house: Flask) -> None:
    with gp_house.app_context():
        claim = factories.claim(factories.agreement())
        gp, officer = acting("gp1"), acting("officer1")
        assert judgement.why_not_own(Step.CORRECT, claim, gp) == judgement.why_not_own(Step.WITHDRAW, claim, gp) == []
        assert "tilgang" in judgement.why_not_own(Step.WITHDRAW, claim, officer)[0].text
