"""Claim, confirm and review, by three people, on both databases."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from app.access.domain import Role
from app.budget.models import Frame, LedgerEntry
from app.cases.actions import declare, settle
from app.cases.domain import Impartiality
from app.cases.queries import locked, newest_answer
from app.compensation import actions, judgement, queries
from app.compensation.domain import ClaimFacts, Period
from app.compensation.models import Claim, ClaimLine, GpAgreement
from app.compensation.workflow import Status, Step
from app.db import db, writing
from app.dispatch.models import Outgoing
from app.flow import Refused, Stale
from app.payables.models import PaymentBasis
from app.payouts.jobs import make_payables
from app.payouts.models import Payable
from app.people import actions as people
from tests import compensation_rows, factories
from tests.compensation_rows import confirmed
from tests.factories import acting

REVIEW = datetime(2025, 4, 14, 9, 0, tzinfo=UTC)
SECOND = Period(date(2025, 4, 1), date(2025, 6, 30))
JULY = datetime(2025, 7, 3, 9, 0, tzinfo=UTC)


def review(verb, claim: Claim, *more, who: str = "officer1"):  # type: ignore[no-untyped-def]
    by = acting(who)
    version = db.session.scalars(sa.select(Claim.version).where(Claim.id == claim.id)).one()
    with writing():
        return verb(claim.id, version, *more, by=by, at=REVIEW)


def test_a_claim_is_confirmed_approved_and_made_payable(gp_house: Flask) -> None:
    with gp_house.app_context():
        agreed = factories.agreement()
        claim = confirmed(factories.claim(agreed))
        assert claim.claimed_ore == 25_000_00
        assert review(actions.approve, claim).status is Status.APPROVED
        agreement = db.session.get_one(GpAgreement, agreed.id)
        assert agreement.claimed_ore == 25_000_00
        entry = db.session.scalars(sa.select(LedgerEntry)).one()
        assert (entry.ref, entry.amount_ore) == (f"claim:{claim.id}", 25_000_00)
        answer = db.session.scalars(sa.select(Outgoing)).one()
        assert "godkjent med 25\u00a0000\u00a0kr" in answer.body
        db.session.rollback()
        assert make_payables(REVIEW) == 1
        assert make_payables(REVIEW) == 0
        payable = db.session.scalars(sa.select(Payable)).one()
        assert db.session.get_one(PaymentBasis, payable.basis_id).ref == entry.ref
        assert payable.text == "Kompensasjon GP sak T25-0001 01.01.2025-31.03.2025"


def test_the_second_claim_is_cut_by_the_cap_and_the_rest_is_told(gp_house: Flask) -> None:
    with gp_house.app_context():
        agreed = factories.agreement()
        factories.claim(agreed)
        second = factories.claim(agreed, {"patient": 80}, period=SECOND, at=JULY)
        line = db.session.scalars(sa.select(ClaimLine).where(ClaimLine.claim_id == second.id)).one()
        assert (line.units, line.paid_units, line.amount_ore) == (80, 50, 5_000_00)


def test_the_same_days_are_never_claimed_twice(gp_house: Flask) -> None:
    with gp_house.app_context():
        agreed = factories.agreement()
        factories.claim(agreed)
        with pytest.raises(Refused, match="allerede krevd"):
            factories.claim(agreed, {"patient": 1}, period=Period(date(2025, 3, 31), date(2025, 4, 9)))


def test_a_changed_sum_is_shown_before_it_is_sent(gp_house: Flask) -> None:
    with gp_house.app_context():
        agreed = factories.agreement()
        by = acting("gp1")
        facts = ClaimFacts(Period(date(2025, 1, 1), date(2025, 3, 31)), {"patient": 10}, shown_ore=999)
        with pytest.raises(actions.Changed) as found, writing():
            actions.submit(agreed.case_id, facts, by=by, at=REVIEW)
        assert found.value.reckoned.sum_ore == 1_000_00


def test_others_may_not_claim(gp_house: Flask) -> None:
    with gp_house.app_context(), pytest.raises(Refused, match="tilgang"):
        factories.claim(factories.agreement(), who="demovik")


def test_another_area_may_not_confirm(gp_house: Flask) -> None:
    with gp_house.app_context():
        claim = factories.claim(factories.agreement())
        by = acting("gp1")
        with pytest.raises(Refused, match="tilgang"), writing():
            actions.confirm({claim.id: 1}, by=by, at=REVIEW)


def test_the_areas_own_host_is_confirmed_by_the_directorate_and_reviewed_by_another_officer(gp_house: Flask) -> None:
    """Domain J.1.13: Bergen hosts the area and pays a salaried GP."""
    with gp_house.app_context():
        agreed = factories.agreement(payee_orgnr="964338531", account_no="12345600009")
        claim = factories.claim(agreed, who="bergen")
        with pytest.raises(Refused, match="bekreftes av Helsedirektoratet"):
            confirmed(claim)
        by = acting("officer1")
        with writing():
            actions.confirm_centrally({claim.id: 1}, by=by, at=REVIEW)
        with pytest.raises(Refused, match="bekreftet denne selv"):
            review(actions.approve, claim)
        second = acting("officer2")
        with pytest.raises(Refused, match="habil"), writing():
            actions.approve(claim.id, 2, by=second, at=REVIEW)
        with writing():
            actions.declare_impartial(claim.id, by=second, at=REVIEW)
        assert review(actions.approve, claim, who="officer2").status is Status.APPROVED


def test_the_areas_contact_takes_no_step_of_the_house_for_what_its_host_is_paid(gp_house: Flask) -> None:
    """Domain J.1.13, by way of the contact's other role: an area's host is theirs, as an organisation of their own."""
    with gp_house.app_context():
        agreed = factories.agreement(payee_orgnr="964338531", account_no="12345600009")
        claim, contact = factories.claim(agreed, who="bergen"), factories.user("area-nordland").id
        admin = acting("admin")
        with writing():
            people.give_role(contact, Role.OFFICER, by=admin, at=REVIEW)
        by = acting("area-nordland")
        with writing():
            declare(locked(agreed.case_id), Impartiality.IMPARTIAL, "", by=by, at=REVIEW)
        with pytest.raises(Refused, match="knyttet til mottakeren"), writing():
            actions.confirm_centrally({claim.id: 1}, by=by, at=REVIEW)
        second = acting("officer1")
        with writing():
            actions.confirm_centrally({claim.id: 1}, by=second, at=REVIEW)
        with pytest.raises(Refused, match="knyttet til mottakeren"), writing():
            actions.approve(claim.id, 2, by=by, at=REVIEW)


def test_the_directorate_does_not_confirm_what_the_area_can(gp_house: Flask) -> None:
    with gp_house.app_context():
        claim = factories.claim(factories.agreement())
        by = acting("officer1")
        with pytest.raises(Refused, match="Området bekrefter"), writing():
            actions.confirm_centrally({claim.id: 1}, by=by, at=REVIEW)


def test_over_the_frame_the_claim_waits_and_is_not_cut(gp_house: Flask) -> None:
    with gp_house.app_context():
        compensation_rows.frame(20_000_00)
        claim = confirmed(factories.claim(factories.agreement()))
        assert review(actions.approve, claim).status is Status.AWAITING_FUNDS
        with pytest.raises(Refused, match="Rammen holder ikke"):
            review(actions.approve, claim)
        assert db.session.scalars(sa.select(Frame.committed_ore).where(Frame.year == 2025)).one() == 0
        compensation_rows.frame(50_000_00)
        assert review(actions.approve, claim).status is Status.APPROVED


def test_a_part_is_approved_with_the_reason_told(gp_house: Flask) -> None:
    with gp_house.app_context():
        claim = confirmed(factories.claim(factories.agreement()))
        with pytest.raises(Refused, match="Skriv begrunnelsen"):
            review(actions.approve_part, claim, {"patient": 100}, " ")
        with pytest.raises(Refused, match="flere enheter"):
            review(actions.approve_part, claim, {"patient": 151}, "Statistikk")
        made = review(actions.approve_part, claim, {"patient": 100}, "Statistikken viser 100.")
        assert (made.status, made.approved_ore) == (Status.PARTLY_APPROVED, 20_000_00)
        facts = db.session.scalars(sa.select(Outgoing.facts)).one() or {}
        assert (facts["reason"], facts["answer"]) == ("Statistikken viser 100.", "partly_approved")
        assert facts["complaint"]["body"]


def test_a_refused_period_may_be_claimed_anew(gp_house: Flask) -> None:
    with gp_house.app_context():
        agreed = factories.agreement()
        claim = confirmed(factories.claim(agreed))
        assert review(actions.refuse, claim, "Feil periode").status is Status.REFUSED
        assert factories.claim(agreed).claimed_ore == 25_000_00


def test_the_cap_holds_in_the_database(gp_house: Flask) -> None:
    with gp_house.app_context():
        agreed = factories.agreement()
        with pytest.raises(IntegrityError, match="within_cap"), writing() as session:
            session.execute(sa.update(GpAgreement).where(GpAgreement.id == agreed.id).values(claimed_ore=30_000_01))


def test_the_same_hand_twice_is_refused_by_the_database(gp_house: Flask) -> None:
    with gp_house.app_context():
        claim = confirmed(factories.claim(factories.agreement()))
        row = db.session.get_one(Claim, claim.id)
        twice = {"reviewed_by": row.confirmed_by, "reviewed_at": REVIEW}
        with pytest.raises(IntegrityError, match=r"reviewed_by_another|opposing hand"), writing() as session:
            session.execute(sa.update(Claim).where(Claim.id == claim.id).values(**twice))


def test_a_second_press_is_stale(gp_house: Flask) -> None:
    with gp_house.app_context():
        claim = confirmed(factories.claim(factories.agreement()))
        by = acting("officer1")
        with writing():
            actions.approve(claim.id, 2, by=by, at=REVIEW)
        with pytest.raises(Stale), writing():
            actions.approve(claim.id, 2, by=by, at=REVIEW)


def test_an_agreement_tells_all_that_is_wrong(gp_house: Flask) -> None:
    with gp_house.app_context():
        factories.agreement()
        with pytest.raises(Refused) as found:
            factories.agreement(
                hpr_no="7654321", payee_orgnr="312999137", from_on=date(2025, 5, 2), to_on=date(2025, 5, 1)
            )
        assert [r.text for r in found.value.reasons] == [
            "Avtalen slutter før den begynner.",
            "Vi kjenner ikke dette organisasjonsnummeret.",
        ]
        with pytest.raises(Refused, match="har en avtale fra 2025-01-01"):
            factories.agreement()
        with pytest.raises(Refused) as found:
            factories.agreement(
                hpr_no="7654321", to_on=date(2199, 12, 31), signed_on=date(1900, 1, 1), cap_ore=30_000_01
            )
        assert [r.text % r.facts for r in found.value.reasons] == [
            "Avtalen kan vare til og med 2026-12-31.",
            "Avtalen kan ikke være signert før 2024-01-01.",
            "Taket kan være høyst 3000000, som i regelverket.",
        ]
        assert factories.agreement(hpr_no="7654321", to_on=date(2026, 12, 31), signed_on=date(2024, 11, 28))


def test_what_the_leader_settled_on_the_case_stands_on_its_claims_too(gp_house: Flask) -> None:
    with gp_house.app_context():
        made = confirmed(compensation_rows.claim(compensation_rows.agreement(officer="officer2")))
        case, officer, leader = locked(made.case_id), acting("officer1"), acting("decider")
        with writing():
            declare(case, Impartiality.IN_DOUBT, "Fastlegen min", by=officer, at=REVIEW)
            doubt = newest_answer(case.id, officer.id)
            assert doubt is not None
            who = factories.user("officer1")
            settle(case, who, Impartiality.PARTIAL, "For nær", by=leader, at=REVIEW, version=doubt.key)
        with pytest.raises(Refused, match="Svaret"), writing():
            actions.declare_impartial(made.id, by=officer, at=REVIEW)
        with pytest.raises(Refused, match="inhabil"), writing():
            actions.approve(made.id, made.version, by=officer, at=REVIEW)
        db.session.remove()


def test_a_claim_that_waits_for_money_is_closed_with_the_reason_the_verb_gives(gp_house: Flask) -> None:
    with gp_house.app_context():
        compensation_rows.frame(1_000_00)
        made, officer = confirmed(compensation_rows.claim(compensation_rows.agreement())), acting("officer1")
        with writing():
            actions.approve(made.id, made.version, by=officer, at=REVIEW)
        row = queries.by_public_id(made.public_id, officer)
        assert row is not None and row.claim.status is Status.AWAITING_FUNDS
        told = [reason.text for reason in judgement.why_not_take(Step.APPROVE, row, officer, REVIEW)]
        assert told and "Rammen holder ikke" in told[0]
        with pytest.raises(Refused) as refused, writing():
            actions.approve(made.id, row.claim.version, by=officer, at=REVIEW)
        assert [reason.text for reason in refused.value.reasons] == told
        assert judgement.why_not_take(Step.REFUSE, row, officer, REVIEW) == []
        db.session.remove()
