"""Who lays a claim in for a GP has a hand of its own in it: it bars their steps on that claim, and on no other."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import DatabaseError

from app.access.actions import give_membership
from app.access.domain import Role
from app.access.models import User
from app.compensation import actions as compensation
from app.compensation import queries
from app.compensation.domain import Confirmer, Period
from app.compensation.models import Claim, GpAgreement
from app.compensation.workflow import Status as ClaimStatus
from app.db import db, writing
from app.flow import Refused, why_not_hand
from app.orders import actions, running
from app.orders.models import WorkOrder
from app.parties.actions import add_area
from app.parties.models import Party, PilotArea
from app.payables.models import PaymentBasis
from app.payouts import actions as payouts
from app.payouts.models import Payable
from tests import compensation_rows, factories, order_rows
from tests.client import Client
from tests.factories import acting
from tests.first_people import add_coordinator
from tests.order_rows import outcomes, place, rows, step, text_of, told, worked

Q1, Q2 = "01.01.2025;31.03.2025", "01.04.2025;30.06.2025"


@pytest.fixture(autouse=True)
def july(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process that works on orders reads the program's clock."""
    monkeypatch.setattr(running, "now", lambda: order_rows.PLACED)


def the_area() -> PilotArea:
    """The one there is."""
    return db.session.scalars(sa.select(PilotArea)).one()


def the_agreement() -> GpAgreement:
    """The one there is, as it is read now: the process of orders ends its sessions."""
    return db.session.scalars(sa.select(GpAgreement)).one()


def imported(*lines: str) -> Claim:
    """The newest claim, after these rows were carried out."""
    step(actions.carry_out, worked(place(text_of(list(lines)))))
    return db.session.scalars(sa.select(Claim).order_by(Claim.id.desc()).limit(1)).one()


def test_who_has_confirmed_on_the_case_may_import_another_claim_and_not_confirm_it(gp_house: Flask) -> None:
    with gp_house.test_request_context():
        factories.agreement()
        compensation_rows.confirmed(factories.claim(the_agreement()))
        claim, by = imported(f"1234567;{Q2};;1"), acting("area-nordland")
        assert claim.is_imported
        with pytest.raises(Refused, match="importert denne selv"), writing():
            compensation.confirm({claim.id: 1}, by=by, at=order_rows.PLACED)


def test_who_imported_a_claim_confirms_the_others_of_the_case(gp_house: Flask) -> None:
    with gp_house.test_request_context():
        factories.agreement()
        own = imported(f"1234567;{Q1};1;")
        other = factories.claim(
            the_agreement(), {"patient": 2}, period=Period(date(2025, 4, 1), date(2025, 4, 30)), at=order_rows.PLACED
        )
        assert compensation_rows.confirmed(other).status is ClaimStatus.CONFIRMED
        by = acting("area-nordland")
        with pytest.raises(Refused, match="importert denne selv"), writing():
            compensation.confirm({own.id: 1}, by=by, at=order_rows.PLACED)
        told = {"confirmed_by": by.id, "confirmed_at": order_rows.PLACED, "status": "confirmed"}
        with pytest.raises(DatabaseError), writing() as session:
            session.execute(sa.update(Claim).where(Claim.id == own.id).values(**told))


def test_a_refused_claim_laid_in_or_sent_anew_is_kept_from_who_had_the_first(gp_house: Flask) -> None:
    with gp_house.test_request_context():
        factories.agreement()
        by_gp = compensation_rows.confirmed(factories.claim(the_agreement(), {"patient": 1}))
        refused(by_gp)
        order = worked(place(text_of([f"1234567;{Q1};1;"])))
        assert outcomes(order) == ["wrong"]
        assert "En kollega i området må importere det" in told(rows(order)[2])
        first = imported(f"1234567;{Q2};;1")
        with writing():
            add_coordinator("kollega", "Kollega Demo", the_area(), factories.AT)
        other = acting("kollega")
        with writing():
            compensation.confirm({first.id: 1}, by=other, at=order_rows.PLACED)
        days = Period(first.from_on, first.to_on)
        refused(first)
        again = factories.claim(the_agreement(), {"patient": 2}, period=days, at=order_rows.PLACED)
        by = acting("area-nordland")
        with pytest.raises(Refused, match="importert denne selv"), writing():
            compensation.confirm({again.id: 1}, by=by, at=order_rows.PLACED)


def test_who_mended_a_row_wrote_the_claim_as_well_and_does_not_confirm_it(gp_house: Flask) -> None:
    with gp_house.test_request_context():
        factories.agreement()
        with writing():
            add_coordinator("kollega", "Kollega Demo", the_area(), factories.AT)
        order = worked(place(text_of([f"1234567;{Q1};;x"])))
        mended(order, "kollega")
        order = step(actions.carry_out, step(actions.try_again, order, who="kollega"), who="kollega")
        assert outcomes(order) == ["made"]
        claim = db.session.scalars(sa.select(Claim)).one()
        for who in ("kollega", "area-nordland"):
            by = acting(who)
            with pytest.raises(Refused, match="importert denne selv"), writing():
                compensation.confirm({claim.id: 1}, by=by, at=order_rows.PLACED)
        (row,) = queries.at_the_directorate()
        assert row.confirmer is Confirmer.NOBODY_THERE


def test_who_confirmed_a_claim_that_was_refused_mends_no_row_for_it(gp_house: Flask) -> None:
    with gp_house.test_request_context():
        factories.agreement()
        with writing():
            add_coordinator("kollega", "Kollega Demo", the_area(), factories.AT)
        refused(compensation_rows.confirmed(factories.claim(the_agreement(), {"patient": 1})))
        order = worked(place(text_of([f"1234567;{Q1};;x"]), who="kollega"))
        mended(order, "area-nordland")
        order = step(actions.try_again, order, who="kollega")
        assert outcomes(order) == ["wrong"]
        assert "Den som rettet raden, har hatt dette kravet til behandling" in told(rows(order)[2])
        mended(order, "kollega")
        order = step(actions.carry_out, step(actions.try_again, order, who="kollega"), who="kollega")
        assert outcomes(order) == ["made"]


def mended(order: WorkOrder, who: str) -> None:
    """This coordinator writes 150 patients in the only row."""
    says, by = {**rows(order)[2].says, "patient": "150"}, acting(who)
    db.session.rollback()
    with writing():
        actions.mend(order.id, 2, says, by=by, at=order_rows.PLACED)


@pytest.mark.parametrize("tie", ["their own practice", "host of another area of theirs"])
def test_where_all_in_the_area_are_tied_to_the_payee_the_directorate_confirms(gp_house: Flask, tie: str) -> None:
    with gp_house.test_request_context():
        claim = factories.claim(factories.agreement(), at=order_rows.PLACED)
        practice = db.session.scalars(sa.select(Party).where(Party.orgnr == "312999021")).one()
        person = db.session.scalars(sa.select(User).where(User.username == "area-nordland")).one()
        salaried = factories.agreement(hpr_no="7654321", payee_orgnr="964338531", account_no="12345600009")
        hosts = factories.claim(salaried, who="bergen", at=order_rows.PLACED)
        told = [row.claim.id for row in queries.at_the_directorate()]
        assert told == [hosts.id], "that its host has a claim ties nobody to the others"
        db.session.rollback()
        with writing():
            if tie == "their own practice":
                give_membership(person, Role.SIGNER, party_id=practice.id, by=None, at=factories.AT)
            else:
                other = add_area("PLL i sør (demo)", "Agder", practice, by=None, at=factories.AT)
                give_membership(person, Role.COORDINATOR, area_id=other.id, by=None, at=factories.AT)
        by = acting("area-nordland")
        with pytest.raises(Refused, match="knyttet til mottakeren"), writing():
            compensation.confirm({claim.id: 1}, by=by, at=order_rows.PLACED)
        assert {row.claim.id for row in queries.at_the_directorate()} == {claim.id, hosts.id}
        officer = acting("officer1")
        with writing():
            compensation.declare_impartial(claim.id, by=officer, at=order_rows.PLACED)
            compensation.confirm_centrally({claim.id: 1}, by=officer, at=order_rows.PLACED)


def refused(claim: Claim) -> None:
    """An officer says no to it."""
    by = acting("officer1")
    with writing():
        compensation.declare_impartial(claim.id, by=by, at=order_rows.PLACED)
        compensation.refuse(claim.id, claim.version, "Utenfor avtalen", by=by, at=order_rows.PLACED)


def test_where_the_importer_is_alone_the_directorate_confirms_and_is_told_so(
    gp_house: Flask, client_for: Callable[[str], Client]
) -> None:
    with gp_house.test_request_context():
        factories.agreement()
        claim, officer = imported(f"1234567;{Q1};1;"), acting("officer1")
        claim_id, address = claim.id, claim.public_id
        (row,) = queries.at_the_directorate()
        assert row.confirmer is Confirmer.NOBODY_THERE
        db.session.rollback()
    words = "Ingen andre i området kan bekrefte kravet. Helsedirektoratet bekrefter det."
    assert words in client_for("area-nordland").see("/utprovingsomrade").text
    assert words in client_for("officer1").see(f"/krav/{address}").text
    assert words in client_for("officer1").see("/fastleger").text
    with gp_house.test_request_context():
        with writing():
            add_coordinator("kollega", "Kollega Demo", the_area(), factories.AT)
        assert not queries.at_the_directorate()
        with pytest.raises(Refused, match="Området bekrefter"), writing():
            compensation.confirm_centrally({claim_id: 1}, by=officer, at=order_rows.PLACED)
        with writing() as session:
            session.execute(sa.update(User).where(User.username == "kollega").values(active=False))
        with writing():
            compensation.declare_impartial(claim_id, by=officer, at=order_rows.PLACED)
            compensation.confirm_centrally({claim_id: 1}, by=officer, at=order_rows.PLACED)
        assert db.session.get_one(Claim, claim_id).status is ClaimStatus.CONFIRMED


def test_who_imported_a_claim_never_attests_its_payment(gp_house: Flask) -> None:
    with gp_house.test_request_context():
        factories.agreement()
        claim, first, by = imported(f"1234567;{Q1};1;"), acting("officer1"), acting("officer2")
        with writing():
            compensation.declare_impartial(claim.id, by=first, at=order_rows.PLACED)
            compensation.confirm_centrally({claim.id: 1}, by=first, at=order_rows.PLACED)
            compensation.declare_impartial(claim.id, by=by, at=order_rows.PLACED)
            compensation.approve(claim.id, 2, by=by, at=order_rows.PLACED)
        basis = db.session.scalars(sa.select(PaymentBasis)).one()
        with writing():
            made = payouts.pay(basis.id, basis.case_id, at=order_rows.PLACED)
        assert made is not None
        people, importer = db.session.get_one(Payable, made.id).hands, factories.user("area-nordland").id
        assert (people["imported"], people["decided"]) == ({importer}, {by.id})
        turned = replace(acting("finance1"), id=importer)
        told = [reason.facts["hand"] for reason in why_not_hand("payable", "attested", people, turned)]
        assert told == ["importert"]
