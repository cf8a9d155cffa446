"""A GP moves: one chain of agreements, one cap, and neither practice sees the other's; on both databases."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from app.cases.actions import declare
from app.cases.domain import Impartiality
from app.cases.models import Case
from app.cases.queries import locked
from app.compensation import actions, jobs, queries
from app.compensation.domain import Period
from app.compensation.models import Claim, ClaimLine, GpAgreement, GpTerms
from app.compensation.workflow import AgreementStatus
from app.db import db, writing
from app.db.clock import start_at
from app.flow import Refused
from app.rules.models import RuleVersion
from tests import factories
from tests.claims_paid import agreed_with
from tests.client import Client
from tests.compensation_rows import confirmed
from tests.factories import acting
from tests.features.compensation.test_change_of_prices import changed, publish
from tests.features.compensation.test_terms import NOON

JUNE = datetime(2025, 6, 2, 9, 0, tzinfo=UTC)
JULY = datetime(2025, 7, 3, 9, 0, tzinfo=UTC)
AFTER_CHANGE = datetime(2025, 12, 12, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
BERGEN, ITS_ACCOUNT = "964338531", "12345600009"
JULY_DAYS = Period(date(2025, 7, 1), date(2025, 7, 31))
BEFORE, AFTER = Period(date(2025, 1, 1), date(2025, 5, 31)), Period(date(2025, 6, 1), date(2025, 12, 31))


def done(verb, agreed: GpAgreement, *more, who: str, at: datetime = JUNE):  # type: ignore[no-untyped-def]
    by = acting(who)
    version = db.session.scalars(sa.select(GpAgreement.version).where(GpAgreement.id == agreed.id)).one()
    db.session.rollback()
    with writing():
        return verb(agreed.id, version, *more, by=by, at=at)


def moved(old: GpAgreement, on: date = date(2025, 6, 1), reason: str = "Ny jobb.") -> GpAgreement:
    return done(actions.move, old, on, BERGEN, reason, who="officer1")


def in_force(made: GpAgreement) -> GpAgreement:
    """Signed by the new practice, and answered."""
    done(actions.sign, made, ITS_ACCOUNT, True, who="bergen")
    with writing():
        actions.declare_for_agreement(made.id, by=acting("officer1"), at=JUNE)
    done(actions.approve_agreement, made, who="officer1")
    return made


def approved(claim: Claim, confirm: Callable[[Claim], object]) -> None:
    """Confirmed, and approved by another officer."""
    confirm(claim)
    with writing():
        declare(locked(claim.case_id), Impartiality.IMPARTIAL, "", by=acting("officer2"), at=JULY)
    version = db.session.scalars(sa.select(Claim.version).where(Claim.id == claim.id)).one()
    by = acting("officer2")
    db.session.rollback()
    with writing():
        actions.approve(claim.id, version, by=by, at=JULY)


def centrally(claim: Claim) -> None:
    """The area's host is the payee: an officer confirms."""
    with writing():
        actions.confirm_centrally({claim.id: claim.version}, by=acting("officer1"), at=JULY)


def test_what_is_used_before_the_move_is_used_after_it(gp_house: Flask) -> None:
    with gp_house.app_context():
        old = factories.agreement()
        factories.claim(old, {"start": 1, "patient": 150}, period=BEFORE, at=JUNE)
        new = in_force(moved(old))
        assert (new.chain_id, new.from_on, new.to_on) == (old.id, date(2025, 6, 1), date(2025, 12, 31))
        claim = factories.claim(new, {"start": 1, "patient": 80}, who="bergen", period=AFTER, at=LATER)
        lines = {line.code: line.paid_units for line in queries.lines_of([claim.id])[claim.id]}
        assert lines == {"start": 0, "patient": 50}, "one start and 200 patients, whatever the practice"
        with pytest.raises(Refused, match="innenfor avtalen"):
            factories.claim(old, {"patient": 1}, period=AFTER, at=LATER)


def test_the_cap_counts_on_the_first_for_all(gp_house: Flask) -> None:
    with gp_house.app_context():
        old = factories.agreement(cap_ore=20_000_00)
        first = factories.claim(old, {"patient": 150}, period=BEFORE, at=JUNE)
        new = in_force(moved(old))
        june = Period(date(2025, 6, 1), date(2025, 6, 30))
        second = factories.claim(new, {"patient": 50}, who="bergen", period=june, at=JULY)
        assert second.claimed_ore == 5_000_00
        approved(first, confirmed)
        approved(second, centrally)
        sums = {
            a.id: a.claimed_ore
            for a in db.session.scalars(sa.select(GpAgreement).execution_options(populate_existing=True))
        }
        assert sums == {old.id: 20_000_00, new.id: 0}


@pytest.mark.parametrize("cap_ore", [5_000_00, 17_000_00, 30_000_00])
@pytest.mark.parametrize("order", [(1, 6, 2, 7, 3, 8, 4, 9), (9, 8, 7, 6, 4, 3, 2, 1), (6, 1, 12, 5, 11, 2, 10, 3)])
def test_no_order_of_claims_over_a_chain_passes_the_caps(gp_house: Flask, cap_ore: int, order: tuple[int, ...]) -> None:
    with gp_house.app_context():
        old = factories.agreement(cap_ore=cap_ore)
        new = in_force(moved(old))
        for nr, month in enumerate(order):
            agreed, who = (old, "gp1") if month < 6 else (new, "bergen")
            period = Period(date(2025, month, 1), date(2025, month, 28))
            units = {"start": nr % 2, "patient": 17 + month * nr % 40}
            try:
                factories.claim(agreed, units, who=who, period=period, at=LATER)
            except Refused:
                db.session.rollback()
        asked = db.session.scalar(sa.select(sa.func.sum(Claim.claimed_ore)))
        paid = sa.select(ClaimLine.code, sa.func.sum(ClaimLine.paid_units)).group_by(ClaimLine.code)
        used = {code: int(units) for code, units in db.session.execute(paid)}
        assert asked is not None and 0 < asked <= cap_ore
        assert used.get("start", 0) <= 1 and used.get("patient", 0) <= 200


def test_a_move_is_refused_in_words(gp_house: Flask) -> None:
    with gp_house.app_context():
        old = factories.agreement()
        factories.claim(old, {"patient": 1})
        with pytest.raises(Refused) as told:
            done(actions.move, old, date(2025, 3, 31), "312999021", " ", who="officer1")
        assert [each.text.split(" ")[0] for each in told.value.reasons] == ["Det", "Fastlegen", "Skriv"]
        with pytest.raises(Refused, match="kjenner ikke"):
            done(actions.move, old, date(2025, 6, 1), "312999137", "Ny jobb.", who="officer1")
        with pytest.raises(Refused, match="innenfor avtalen"):
            done(actions.move, old, date(2025, 1, 1), BERGEN, "Ny jobb.", who="officer1")
        assert db.session.get_one(GpAgreement, old.id, populate_existing=True).status is AgreementStatus.ACTIVE


def test_each_practice_sees_its_own(gp_house: Flask, client_for: Callable[[str], Client]) -> None:
    with gp_house.app_context():
        old = factories.agreement()
        factories.claim(old, {"patient": 7})
        with writing():
            start_at(JUNE)
        address = f"/fastleger/avtaler/{db.session.get_one(Case, old.case_id).public_id}"
        db.session.remove()
    page = client_for("officer1").see(address)
    sent = page.press("Flytt avtalen til et annet legekontor", on="01.06.2025", payee=BERGEN, reason="Ny jobb.")
    assert sent.status == 200 and "Flyttet til et annet legekontor" in sent.text
    new = client_for("bergen").see("/krav-om-kompensasjon")
    assert "Les og signer" in new.text and "01.01.2025–31.03.2025" not in new.text
    assert "Les og signer" not in client_for("gp1").see("/krav-om-kompensasjon").text


def test_a_move_that_came_to_nothing_lets_the_gp_move_again(gp_house: Flask) -> None:
    with gp_house.app_context():
        old = factories.agreement()
        first = moved(old)
        with pytest.raises(Refused, match="fortsetter på et annet legekontor"):
            moved(old)
        done(actions.sign, first, ITS_ACCOUNT, True, who="bergen")
        with writing():
            actions.declare_for_agreement(first.id, by=acting("officer1"), at=JUNE)
        done(actions.refuse_agreement, first, "Feil kontor.", who="officer1")
        second = moved(old, date(2025, 7, 1))
        assert (second.from_on, second.to_on, second.chain_id) == (date(2025, 7, 1), date(2025, 12, 31), old.id)
        assert db.session.get_one(GpAgreement, old.id, populate_existing=True).ended_on == date(2025, 6, 30)
        done(actions.take_back_application, second, "", who="bergen")
        assert in_force(moved(old)).from_on == date(2025, 6, 1)
        with pytest.raises(Refused, match="fortsetter på et annet legekontor"):
            moved(old)


def test_neither_practice_is_told_what_the_other_has_of_a_cap_they_share(
    gp_house: Flask, client_for: Callable[[str], Client]
) -> None:
    with gp_house.app_context():
        old = factories.agreement()
        first = factories.claim(old, {"patient": 20}, at=JUNE)
        new = in_force(moved(old))
        second = factories.claim(new, {"patient": 37}, who="bergen", period=JULY_DAYS, at=LATER)
        approved(first, confirmed)
        approved(second, centrally)
        april = factories.claim(old, {"patient": 1}, period=Period(date(2025, 4, 1), date(2025, 4, 30)), at=LATER)
        with writing():
            start_at(LATER)
        pages = {each.id: f"/krav/{each.public_id}" for each in (first, second, april)}
        form = f"/krav-om-kompensasjon/{db.session.get_one(Case, old.case_id).public_id}"
        db.session.remove()
    theirs, ours, both = "3 700", "2 000", "5 700"
    before = client_for("gp1")
    for address in (pages[first.id], pages[april.id], "/krav-om-kompensasjon", form):
        page = before.see(address)
        told = page.text.replace("\u00a0", " ")
        assert page.status == 200 and theirs not in told and both not in told, address
    assert "24 200" in before.see(form).text.replace("\u00a0", " "), "what is left of the cap"
    after = client_for("bergen")
    for address in (pages[second.id], "/krav-om-kompensasjon"):
        told = after.see(address).text.replace("\u00a0", " ")
        assert ours not in told and both not in told, address
    for who in ("officer1", "area-nordland"):
        assert both in client_for(who).see(pages[first.id]).text.replace("\u00a0", " "), who
    assert before.get(pages[second.id]).status_code == 404
    assert after.get(pages[first.id]).status_code == 404


def test_a_gp_who_has_another_agreement_by_then_does_not_move_again(gp_house: Flask) -> None:
    with gp_house.app_context():
        old = factories.agreement()
        done(actions.take_back_application, moved(old), "", who="bergen")
        other = factories.agreement(from_on=date(2025, 6, 1), payee_orgnr=BERGEN, account_no=ITS_ACCOUNT)
        for on in (date(2025, 3, 1), date(2025, 6, 1), date(2025, 9, 1)):
            with pytest.raises(Refused, match="har en avtale fra 2025-06-01"):
                moved(old, on)
        in_days = sa.select(sa.func.count()).where(GpAgreement.ended_on.is_(None), GpAgreement.status == "active")
        assert db.session.scalar(in_days) == 1, "one agreement for each day"
        with writing():
            declare(locked(other.case_id), Impartiality.IMPARTIAL, "", by=acting("officer2"), at=JUNE)
        done(actions.end, other, date(2025, 6, 30), "Sluttet.", who="officer1")
        with pytest.raises(Refused, match="har en avtale"):
            moved(old, date(2025, 7, 1))


def test_terms_that_are_signed_anew_go_along_when_the_gp_moves(gp_house: Flask) -> None:
    with gp_house.app_context():
        old, number = told_of_new_terms()
        by = acting("gp1")
        with writing():
            actions.sign_terms(old.id, 1, 2025, number, by=by, at=NOON)
        assert prices_of_a_patient(old) == [100_00, 50_00]
        new = done(actions.move, old, date(2025, 12, 10), BERGEN, "Ny jobb.", who="officer1", at=AFTER_CHANGE)
        assert prices_of_a_patient(new) == [100_00, 50_00]
        assert not queries.offered([new.id])


def test_terms_that_are_not_signed_yet_may_be_signed_by_the_new_practice(gp_house: Flask) -> None:
    with gp_house.app_context():
        old, number = told_of_new_terms()
        new = done(actions.move, old, date(2025, 12, 10), BERGEN, "Ny jobb.", who="officer1", at=AFTER_CHANGE)
        assert prices_of_a_patient(new) == [100_00]
        in_force(new)
        assert queries.offered([new.id])[new.id].number == number
        version, by = agreed_with(new.id).version, acting("bergen")
        db.session.rollback()
        with writing():
            actions.sign_terms(new.id, version, 2025, number, by=by, at=AFTER_CHANGE)
        assert prices_of_a_patient(new) == [100_00, 50_00]


def told_of_new_terms() -> tuple[GpAgreement, int]:
    """An agreement whose practice is told of cheaper patients from 1 December, and the number of those rules."""
    old = factories.agreement()
    publish(changed())
    jobs.announce_changes(NOON)
    number = db.session.scalars(sa.select(RuleVersion.number).join(GpTerms)).one()
    db.session.rollback()
    return old, number


def prices_of_a_patient(agreed: GpAgreement) -> list[int]:
    held = queries.standing_of(agreed.case_id).held
    db.session.rollback()
    return [each.rules.unit_prices[1].unit_price_ore for each in held]
