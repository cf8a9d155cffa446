"""A claim that is approved is never edited: a counter-claim takes units back, by two people; on both databases."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from app.budget import jobs as budget_jobs
from app.budget.queries import ledger_of
from app.cases.models import Case
from app.compensation import queries
from app.compensation.domain import Period, next_period
from app.compensation.domain.figures import together
from app.compensation.domain.reversing import Counter, sum_ore, taken_back, why_not_back
from app.compensation.models import Claim, ClaimLine, CounterClaim
from app.compensation.queries.counting import figures_of
from app.db import db, writing
from app.db.clock import start_at
from app.dispatch.composing import composed
from app.dispatch.models import Outgoing
from app.flow import Refused, Stale
from app.payouts import actions
from app.payouts.models import Repayment
from app.payouts.workflow import DebtStatus
from app.rules.domain import PaidThrough
from tests import factories, payout_rows
from tests.claims_paid import PAY, agreed_with, approved, countered, paid, proposed, version
from tests.factories import acting

YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))
SECOND = Period(date(2025, 4, 1), date(2025, 6, 30))
JULY = datetime(2025, 7, 3, 9, 0, tzinfo=UTC)


def now(claim: Claim) -> Claim:
    return db.session.get_one(Claim, claim.id, populate_existing=True)


def test_a_counter_claim_is_proposed_decided_and_told(gp_house: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    with gp_house.app_context():
        claim = factories.claim(factories.agreement())
        paid([claim])
        address, number = (
            claim.public_id,
            f"/utbetalinger/tilbakebetaling/{db.session.get_one(Case, claim.case_id).number}",
        )
        payout_rows.declared(claim.case_id, "decider")
        with writing():
            start_at(PAY)
    officer, decider, gp = client_for("officer2"), client_for("decider"), client_for("gp1")
    page = officer.see(f"/krav/{address}")
    form = officer.see(page.links()["Motkrav"])
    assert "150 pasienter" in form.text
    wrong = form.press("Foreslå motkravet", units_patient="151", reason="Talt to ganger.")
    assert wrong.status == 422 and "bare 150 igjen" in wrong.text
    assert form.press("Foreslå motkravet", reason="Talt to ganger.").status == 422, "nothing is taken back"
    assert form.press("Foreslå motkravet", units_patient="10").status == 422, "a reason is wanted"
    told = form.press("Foreslå motkravet", units_patient="10", reason="Talt to ganger.")
    assert told.status == 200 and "Venter på bekreftelse" in told.text and "10 pasienter" in told.text
    assert form.press("Foreslå motkravet", units_patient="10", reason="Talt to ganger.").status == 200, "sent twice"
    assert "Bekreft kravet" not in officer.see(number).buttons(), "who proposes it does not decide it"
    assert "Tatt tilbake" not in gp.see(f"/krav/{address}").text, "nothing is taken back yet"
    assert "Et motkrav på dette kravet venter" in officer.see(page.links()["Motkrav"]).text
    asked = decider.see(number)
    assert "trekkes fra neste utbetaling, og mottakeren får brev" in asked.text
    assert asked.press("Bekreft kravet").status == 200
    mine = gp.see(f"/krav/{address}")
    assert "Tatt tilbake: 1 000 kr" in mine.text
    assert "Talt to ganger." in mine.response.get_data(as_text=True)
    assert "Motkrav" not in gp.see(f"/krav/{address}").links()
    assert "Betal tilbake" not in gp.see("/vaar-side").text, "it is set off in the next payment"
    with gp_house.app_context():
        claim = db.session.scalars(sa.select(Claim)).one()
        (letter,) = db.session.scalars(sa.select(Outgoing).where(Outgoing.letter == "counter_answer"))
        words = str(composed(letter.facts or {})[0]).replace("\\xa0", " ")
        for told in (
            "Vi har tatt tilbake ",
            "1 000 kr",
            "10 pasienter",
            "100 kr",
            "Talt to ganger.",
            "rett til å klage",
        ):
            assert told in words, told
        assert ledger_of(claim.case_id).open_debt_ore == 1_000_00
        (debt,) = db.session.scalars(sa.select(Repayment))
        assert (debt.ref, debt.status, debt.amount_ore) == (f"claim:{claim.id}", DebtStatus.CONFIRMED, 1_000_00)
        assert (now(claim).approved_ore, now(claim).net_ore) == (25_000_00, 24_000_00)
        assert budget_jobs.verify(PAY) == 1
        from app.audit.verify import faults

        assert list(faults()) == []


def test_what_is_taken_back_has_room_again(gp_house: Flask) -> None:
    with gp_house.app_context():
        agreed = factories.agreement()
        claim = factories.claim(agreed)
        paid([claim])
        case_id = agreed.case_id
        before = queries.standing_of(case_id)
        assert (before.left_ore, before.used) == (5_000_00, {"start": 1, "patient": 150})
        countered(claim, {"start": 1, "patient": 10})
        after = queries.standing_of(case_id)
        assert (after.left_ore, after.used) == (16_000_00, {"start": 0, "patient": 140})
        assert agreed_with(agreed.id).claimed_ore == 14_000_00
        again = factories.claim(agreed, {"start": 1, "patient": 60}, period=SECOND, at=JULY)
        assert again.claimed_ore == 16_000_00
        (year,) = figures_of("gp", [YEAR])
        area = together(year)
        assert (area.approved_ore, area.paid_ore) == (14_000_00, 14_000_00)
        assert (area.codes["patient"].approved, area.codes["patient"].approved_ore) == (140, 14_000_00)
        (of_area,) = [each for each in queries.figures(date(2025, 7, 3), JULY) if each.agreed]
        assert (of_area.approved_ore, of_area.paid_ore, of_area.caps_left_ore) == (14_000_00, 14_000_00, 16_000_00)


def test_the_days_of_a_claim_taken_back_whole_are_claimed_anew(gp_house: Flask) -> None:
    with gp_house.app_context():
        agreed = factories.agreement()
        claim = factories.claim(agreed)
        paid([claim])
        days = Period(claim.from_on, claim.to_on)
        countered(claim, {"start": 1, "patient": 149})
        with pytest.raises(Refused, match="allerede krevd"):
            factories.claim(agreed, {"patient": 40}, period=days, at=JULY)
        payout_rows.declared(claim.case_id, "lead")
        countered(claim, {"patient": 1}, who="lead")
        told = sa.select(Outgoing.facts).where(Outgoing.letter == "counter_answer").order_by(Outgoing.id)
        said = ["dagene kan også kreves på nytt" in str(composed(facts)[0]) for facts in db.session.scalars(told)]
        assert said == [False, True]
        db.session.rollback()
        again = factories.claim(agreed, {"patient": 40}, period=days, at=JULY)
        assert set(again.hands) >= {"submitted", "confirmed", "reviewed"}, "it is the same matter"
        with pytest.raises(Refused, match="allerede krevd"):
            factories.claim(agreed, {"patient": 1}, period=days, at=JULY)
        standing = queries.standing_of(agreed.case_id)
        assert (list(standing.periods), standing.used["patient"], standing.left_ore) == ([days], 40, 26_000_00)
        (year,) = figures_of("gp", [YEAR])
        area = together(year)
        assert (area.claims, area.claimed_ore, area.codes["patient"].claimed) == (1, 4_000_00, 40)
        db.session.rollback()
        approved(again, at=JULY)
        assert agreed_with(agreed.id).claimed_ore == 4_000_00


def test_the_days_taken_back_are_filled_in_once_all_later_are_claimed() -> None:
    agreed, january = Period(date(2025, 1, 1), date(2025, 12, 31)), Period(date(2025, 1, 1), date(2025, 1, 31))
    march = Period(date(2025, 3, 1), date(2025, 3, 10))
    today = date(2025, 3, 10)
    assert next_period(agreed, [january, march], today) == Period(date(2025, 2, 1), date(2025, 2, 28))
    assert next_period(agreed, [march], today) == Period(date(2025, 1, 1), date(2025, 2, 28))
    assert next_period(agreed, [march, january], date(2025, 4, 2)) == Period(date(2025, 3, 11), date(2025, 3, 31))
    assert next_period(agreed, [Period(agreed.from_on, today)], today).from_on == date(2025, 3, 11)


def test_an_approved_claim_on_its_way_can_be_taken_back_too(gp_house: Flask) -> None:
    with gp_house.app_context():
        claim = approved(factories.claim(factories.agreement()))
        countered(claim, {"patient": 150})
        assert now(claim).net_ore == 10_000_00
        payout_rows.declared(claim.case_id, "officer2")
        countered(claim, {"start": 1}, who="lead")
        with pytest.raises(Refused, match="Hele kravet er tatt tilbake"):
            proposed(claim, {"start": 1}, who="officer2")


def test_why_a_counter_claim_is_closed(gp_house: Flask) -> None:
    with gp_house.app_context():
        claim = factories.claim(factories.agreement())
        with pytest.raises(Refused, match="Bare et krav som er godkjent"):
            proposed(claim, {"patient": 1})
        paid([claim])
        for units in ({"patient": 151}, {"patient": -1}, {"other": 1}, {}):
            with pytest.raises(Refused):
                proposed(claim, units)
        by = acting("officer2")
        with pytest.raises(Stale), writing():
            actions.propose_counter(claim.id, Counter({"patient": 1}, "Feil."), 1, by=by, at=PAY)
        made = proposed(claim, {"patient": 1})
        with pytest.raises(Refused, match="venter på bekreftelse"):
            proposed(claim, {"patient": 1}, who="lead")
        with pytest.raises(Refused), writing():
            actions.confirm_repayment(made.id, made.version, by=by, at=PAY)
        gp, seen = acting("gp1"), version(claim)
        with pytest.raises(Refused, match="ikke tilgang"), writing():
            actions.propose_counter(claim.id, Counter({"patient": 1}, "Feil."), seen, by=gp, at=PAY)


def test_a_withdrawn_one_takes_nothing_and_another_follows(gp_house: Flask) -> None:
    with gp_house.app_context():
        claim = factories.claim(factories.agreement())
        paid([claim])
        made = proposed(claim, {"patient": 5})
        by = acting("officer2")
        with writing():
            actions.withdraw_repayment(made.id, made.version, by=by, at=PAY)
        assert now(claim).reversed_ore == 0 and not queries.counters_of(claim.id)
        countered(claim, {"patient": 7})
        assert now(claim).reversed_ore == 700_00


def test_what_helfo_pays_is_not_taken_back_here(gp_house: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.compensation import payables

    with gp_house.app_context():
        own = payables.rules_of

        def through_helfo(key: int):  # type: ignore[no-untyped-def]
            return replace(own(key), paid_through=PaidThrough.HELFO_EXPORT)

        monkeypatch.setattr(payables, "rules_of", through_helfo)
        claim = approved(factories.claim(factories.agreement()))
        with pytest.raises(Refused, match="ikke betalt herfra"):
            proposed(claim, {"patient": 1})


@pytest.mark.parametrize("more", ["reversed_ore = 25000001", "reversed_ore = -1"])
def test_never_more_is_taken_back_than_was_approved_whoever_writes(gp_house: Flask, more: str) -> None:
    with gp_house.app_context():
        claim = approved(factories.claim(factories.agreement()))
        with pytest.raises(IntegrityError), writing():
            db.session.execute(sa.text(f"UPDATE claim SET {more} WHERE id = {claim.id}"))
        with pytest.raises(IntegrityError), writing():
            db.session.execute(sa.update(ClaimLine).values(reversed_units=151))


def test_a_counter_claim_is_never_changed_and_confirmed_once(gp_house: Flask) -> None:
    with gp_house.app_context():
        claim = factories.claim(factories.agreement())
        paid([claim])
        countered(claim, {"patient": 5})
        for change in ("amount_ore = 1", "confirmed_at = NULL", "reason = 'x'"):
            with pytest.raises(IntegrityError), writing():
                db.session.execute(sa.text(f"UPDATE counter_claim SET {change}"))
        for act in (
            "UPDATE counter_claim_line SET units = 1",
            "DELETE FROM counter_claim_line",
            "DELETE FROM counter_claim",
        ):
            with pytest.raises(IntegrityError), writing():
                db.session.execute(sa.text(act))


LINES = st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500_00)), min_size=1, max_size=4)


@given(LINES, st.data())
def test_a_counter_claim_is_within_its_claim(lines: list[tuple[int, int]], data: st.DataObject) -> None:
    left = [(f"c{nr}", units, price) for nr, (units, price) in enumerate(lines)]
    asked: Mapping[str, int] = {code: data.draw(st.integers(-1, units + 1)) for code, units, _ in left}
    counter = Counter(asked, "Feil.")
    back = taken_back(left, counter)
    if not why_not_back(left, counter):
        assert 0 < sum_ore(back) <= sum(units * price for _, units, price in left)
        assert all(0 < each.units <= each.left_units for each in back)
    else:
        assert any(units < 0 or units > there for (_, there, _), units in zip(left, asked.values(), strict=True)) or (
            sum_ore(back) == 0
        )


@settings(max_examples=6, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(taken=st.lists(st.tuples(st.integers(0, 1), st.integers(0, 80)), min_size=1, max_size=4))
def test_however_it_is_taken_back_the_sums_agree(gp_house: Flask, taken: list[tuple[int, int]]) -> None:
    """Claim, lines, cap, debts and ledger tell one sum, and what is left is never less than nought."""
    with gp_house.app_context():
        claim = db.session.scalar(sa.select(Claim))
        if claim is None:
            claim = factories.claim(factories.agreement())
            paid([claim])
        for start, patients in taken:
            before = now(claim).reversed_ore
            asked = {"start": start, "patient": patients}
            left = {code: there for code, there, _ in queries.lines_left(claim.id)}
            db.session.rollback()
            if all(units <= left[code] for code, units in asked.items()) and any(asked.values()):
                countered(claim, asked)
                assert now(claim).reversed_ore == before + start * 10_000_00 + patients * 100_00
            else:
                with pytest.raises(Refused):
                    countered(claim, asked)
        lines = queries.lines_of([claim.id])[claim.id]
        reversed_ore = now(claim).reversed_ore
        assert reversed_ore == sum(line.reversed_units * line.unit_price_ore for line in lines)
        assert (
            reversed_ore
            == sum(db.session.scalars(sa.select(CounterClaim.amount_ore)))
            == ledger_of(claim.case_id).open_debt_ore
        )
        assert agreed_with(claim.agreement_id).claimed_ore == 25_000_00 - reversed_ore >= 0
        db.session.rollback()
