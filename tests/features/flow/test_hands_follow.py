"""A thing outlives its row: whoever had a hand in the first has it in what continues it, through the real verbs."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import DatabaseError

from app.access.domain import Actor, Role
from app.applications import actions as applications
from app.applications import queries as drafts
from app.assessments import actions as assessing
from app.awards import actions as awards
from app.awards import queries as award_queries
from app.budget import actions as budget
from app.cases import actions as cases
from app.cases.actions import tell_account
from app.cases.models import Case
from app.compensation import actions as compensation
from app.compensation.domain import ClaimFacts
from app.db import db, writing
from app.flow.models import Hand
from app.parties.models import BankAccount
from app.payouts import actions as payouts
from app.payouts.domain import CameBack, Owed
from app.payouts.jobs import make_payables
from app.payouts.models import Payable, Repayment
from app.rules import actions as rules
from app.rules.models import Pot, RuleVersion
from tests import applying, compensation_rows, factories, payout_rows, reporting, rounds
from tests.both_sides import colleague, done, every_role, impartial, refused, signing_for
from tests.compensation_rows import CONFIRMED, QUARTER
from tests.factories import AT, acting
from tests.features.flow.test_four_eyes import ready
from tests.sample_rules import RULES

OWED = Owed(1_00, date(2025, 1, 7), "25/1", "Ubrukt")


@pytest.fixture
def house(app: Flask) -> Flask:
    """People, in the application's context."""
    with app.app_context():
        factories.people()
    return app


def accepts() -> int:
    """One accepts the award; gives the case."""
    factories.frame()
    case_id = factories.recommended(1_000_000_00)
    factories.accepted(factories.decided(case_id), colleague("hun"))
    return case_id


def answers() -> int:
    """One who may only write answers the officer's questions, before others decide and accept."""
    case, writer = rounds.registered(rounds.published_call()), acting(colleague("hun", Role.WRITER))
    officer, due_on = acting("officer1"), AT.date() + timedelta(days=14)
    done(assessing.ask_applicant, case.id, "Hvem?", due_on, by=officer, at=AT, version=case.version)
    done(applications.answer_request, case.id, "Vi.", version=case.version, by=writer, at=AT)
    done(assessing.start, case.id, by=officer, at=AT, version=case.version)
    sheet = done(assessing.save_assessment, case.id, rounds.full_sheet(), by=officer, at=AT, version=0)
    done(assessing.finish, case.id, by=officer, at=AT, version=sheet.version)
    done(assessing.recommend, case.id, rounds.proposal(), by=officer, at=AT, version=case.version)
    impartial(case.id, acting("decider"))
    factories.accepted(factories.decided(ready(case).id))
    return case.id


def delivers() -> int:
    """Another than who accepted delivers the report."""
    report_id = reporting.report_due(paid_ore=0)
    make_payables(AT)
    reporting.delivered(report_id, signer=colleague("hun"))
    return reporting.get(report_id).case_id


@pytest.mark.parametrize(("way", "word"), [(accepts, "akseptert"), (answers, "sendt inn"), (delivers, "levert")])
def test_whoever_signed_acts_on_no_payment_debt_or_award_there(house: Flask, way: Callable[[], int], word: str) -> None:
    with house.app_context():
        case_id = way()
        make_payables(AT)
        line = db.session.scalars(sa.select(Payable)).one()
        with writing():
            budget.pay(line.frame_id, case_id, 2_00, "test", by=None, at=AT)
        hun, officer, decider = every_role("hun"), every_role("officer2"), every_role("lead")
        impartial(case_id, hun, officer, decider)
        closed, when = f"{word} denne selv", {"by": hun, "at": AT}
        for verb in (payouts.attest, payouts.approve, payouts.cancel):
            refused(closed, verb, payout_rows.versions(line), **when)
        refused(closed, payouts.send_back, payout_rows.versions(line), "Feil", **when)
        refused(closed, payouts.hand_over, payout_rows.versions(line), date(2025, 1, 10), **when)
        award = award_queries.award_of(case_id)
        assert award is not None
        for verb in (awards.stop, awards.resume, awards.lapse):
            refused(closed, verb, award.id, "Mangler", version=award.version, **when)
        refused(closed, payouts.register_repayment, case_id, OWED, **when)
        debt = done(payouts.register_repayment, case_id, OWED, by=officer, at=AT)
        for verb in (payouts.confirm_repayment, payouts.withdraw_repayment):
            refused(closed, verb, debt.id, debt.version, **when)
        done(payouts.confirm_repayment, debt.id, debt.version, by=decider, at=AT)
        refused(closed, payouts.register_back, debt.id, CameBack(1_00, AT.date(), "1"), debt.version, **when)


def test_an_application_sent_again_has_the_hands_of_the_one_withdrawn(house: Flask) -> None:
    with house.app_context():
        call = applying.call_of(rounds.published_call().id)
        first = factories.submitted("demovik", call)
        officer, other = acting("officer1"), acting(colleague("hun"))
        done(cases.register, first.id, factories.user("officer1"), by=officer, at=AT, version=first.version)
        impartial(first.id, officer)
        done(assessing.start, first.id, by=officer, at=AT, version=first.version)
        done(assessing.save_assessment, first.id, rounds.full_sheet(), by=officer, at=AT, version=0)
        done(applications.withdraw, first.id, "", version=first.version, by=acting("demovik"), at=AT)
        again = factories.draft("hun", call)
        version = drafts.by_case(again.id).version
        now = {"version": version, "at": applying.SUBMITTED}
        refused("behandlet denne selv", applications.sign_and_submit, again.id, by=signing_for("officer1"), **now)
        again = done(applications.sign_and_submit, again.id, by=other, **now)
        done(cases.register, again.id, None, by=officer, at=AT, version=again.version)
        signer = every_role("demovik")
        impartial(again.id, signer, acting("officer2"))
        refused("sendt inn denne selv", assessing.start, again.id, by=signer, at=AT, version=again.version)
        done(assessing.start, again.id, by=acting("officer2"), at=AT, version=again.version)
        refused("sendt inn", assessing.save_assessment, again.id, rounds.full_sheet(), by=signer, at=AT, version=0)
        assert everybody("case", again.id) == {
            ("assessed", officer.id),
            ("submitted", signer.id),
            ("submitted", other.id),
        }


def everybody(kind: str, thing_id: int) -> set[tuple[str, int]]:
    """The hands that stand in the thing itself."""
    query = sa.select(Hand.hand, Hand.user_id).where(Hand.kind == kind, Hand.thing_id == thing_id)
    return {(hand, user_id) for hand, user_id in db.session.execute(query)}


def test_a_refused_claim_sent_again_has_the_hands_of_the_first(house: Flask) -> None:
    with house.app_context():
        factories.season_rules()
        compensation_rows.frame()
        agreed = compensation_rows.agreement()
        first = compensation_rows.confirmed(compensation_rows.claim(agreed))
        area, officer, other = every_role("area-nordland"), every_role("officer1"), every_role("officer2")
        impartial(agreed.case_id, area, other)
        done(compensation.refuse, first.id, first.version, "Utenfor avtalen", by=officer, at=CONFIRMED)
        facts = ClaimFacts(QUARTER, {"patient": 1})
        told = {"by": signing_for("officer1", "gp1"), "at": CONFIRMED}
        refused("behandlet denne selv", compensation.submit, agreed.case_id, facts, **told)
        again = done(compensation.submit, agreed.case_id, facts, by=signing_for("bergen", "gp1"), at=CONFIRMED)
        refused("behandlet denne selv", compensation.confirm_centrally, {again.id: 1}, by=officer, at=CONFIRMED)
        successor = replace(acting("area-nordland"), id=factories.user("fjordnes").id)
        done(compensation.confirm, {again.id: 1}, by=successor, at=CONFIRMED)
        refused("bekreftet denne selv", compensation.approve, again.id, 2, by=area, at=CONFIRMED)
        done(compensation.approve, again.id, 2, by=officer, at=CONFIRMED)


def test_a_claim_withdrawn_and_sent_again_has_the_hands_of_the_first(house: Flask) -> None:
    with house.app_context():
        factories.season_rules()
        compensation_rows.frame()
        agreed = compensation_rows.agreement()
        first = compensation_rows.claim(agreed)
        corrector = signing_for("bergen", "gp1")
        facts = ClaimFacts(QUARTER, {"patient": 2})
        corrected = done(compensation.correct, first.id, first.version, facts, by=corrector, at=CONFIRMED)
        area = signing_for("area-nordland", "gp1")
        done(compensation.withdraw, first.id, corrected.version, by=area, at=CONFIRMED)
        again = done(compensation.submit, agreed.case_id, facts, by=signing_for("fjordnes", "gp1"), at=CONFIRMED)
        had = {who for hand, who in everybody("claim", again.id) if hand == "submitted"}
        assert {acting(name).id for name in ("gp1", "bergen", "area-nordland", "fjordnes")} == had
        back = acting("area-nordland")
        refused("sendt inn denne selv", compensation.confirm, {again.id: 1}, by=back, at=CONFIRMED)


def test_a_payment_cancelled_and_made_anew_keeps_its_hands(house: Flask) -> None:
    with house.app_context():
        factories.frame()
        line = factories.payable()
        one, two, lead = every_role("finance1"), every_role("finance2"), every_role("lead")
        stopper, decider = every_role("officer2"), every_role("decider")
        impartial(line.case_id, lead)
        now = {"at": AT}
        done(payouts.attest, payout_rows.versions(line), by=one, **now)
        done(payouts.approve, payout_rows.versions(line), by=two, **now)
        done(payouts.send_back, payout_rows.versions(line), "Feil", by=decider, **now)
        award = award_queries.award_of(line.case_id)
        assert award is not None
        done(awards.stop, award.id, "Mangler", by=stopper, version=award.version, **now)
        done(payouts.cancel, payout_rows.versions(line), by=decider, **now)
        done(awards.resume, award.id, "Kom", by=lead, version=award.version, **now)
        assert make_payables(AT) == 1
        anew = db.session.scalars(sa.select(Payable).order_by(Payable.id.desc()).limit(1)).one()
        assert everybody("payable", anew.id) >= {("attested", one.id), ("approved", two.id)}
        refused("godkjent denne selv", payouts.attest, payout_rows.versions(anew), by=two, **now)
        done(payouts.attest, payout_rows.versions(anew), by=every_role("officer1"), **now)
        refused("attestert denne selv", payouts.approve, payout_rows.versions(anew), by=one, **now)
        done(payouts.approve, payout_rows.versions(anew), by=lead, **now)
        for by, word in ((one, "attestert"), (two, "godkjent")):
            refused(
                f"{word} denne selv", payouts.hand_over, payout_rows.versions(anew), date(2025, 1, 10), by=by, **now
            )


def test_a_debt_withdrawn_and_registered_anew_keeps_its_hands(house: Flask) -> None:
    with house.app_context():
        case_id = accepts()
        make_payables(AT)
        with writing():
            budget.pay(db.session.scalars(sa.select(Payable.frame_id)).one(), case_id, 2_00, "t", by=None, at=AT)
        first, second, third = (every_role(name) for name in ("officer1", "officer2", "lead"))
        impartial(case_id, first, second, third, every_role("finance1"))
        owed = Owed(2_00, date(2025, 1, 7), "25/1", "Ubrukt")
        gone = done(payouts.register_repayment, case_id, owed, by=first, at=AT)
        done(payouts.withdraw_repayment, gone.id, gone.version, by=second, at=AT)
        debt: Repayment = done(payouts.register_repayment, case_id, owed, by=second, at=AT)
        for by in (first, second):
            refused("registrert denne selv", payouts.confirm_repayment, debt.id, debt.version, by=by, at=AT)
        done(payouts.confirm_repayment, debt.id, debt.version, by=third, at=AT)
        for by in (first, second):
            for ore in (1_00, 2_00):
                back = CameBack(ore, AT.date(), str(ore))
                refused("registrert denne selv", payouts.register_back, debt.id, back, debt.version, by=by, at=AT)
        fourth = every_role("finance1")
        for by in (third, fourth):
            debt = db.session.get_one(Repayment, debt.id, populate_existing=True)
            back = CameBack(1_00, AT.date(), by.username)
            done(payouts.register_back, debt.id, back, debt.version, by=by, at=AT)
        assert everybody("repayment", debt.id) == {
            ("registered", first.id),
            ("registered", second.id),
            ("confirmed", third.id),
            ("settled", third.id),
            ("settled", fourth.id),
        }


def test_a_debt_withdrawn_after_another_was_registered_is_the_same_matter(house: Flask) -> None:
    with house.app_context():
        case_id = accepts()
        make_payables(AT)
        with writing():
            budget.pay(db.session.scalars(sa.select(Payable.frame_id)).one(), case_id, 2_00, "t", by=None, at=AT)
        first, second = every_role("officer1"), every_role("officer2")
        impartial(case_id, first, second)
        gone = done(payouts.register_repayment, case_id, OWED, by=first, at=AT)
        debt = done(payouts.register_repayment, case_id, OWED, by=second, at=AT)
        done(payouts.withdraw_repayment, gone.id, gone.version, by=second, at=AT)
        refused("registrert denne selv", payouts.confirm_repayment, debt.id, debt.version, by=first, at=AT)


def test_rules_copied_from_what_was_never_published_have_all_its_writers(house: Flask) -> None:
    with house.app_context():
        call = rounds.published_call()
        first, second, third = (every_role(name) for name in ("officer2", "lead", "finance1"))

        def copy(source: RuleVersion, by: Actor) -> RuleVersion:
            pot = db.session.get_one(Pot, call.pot_id)
            with writing():
                return rules.draft_rules(pot, 2025, RULES, by=by, at=AT, source=source)

        published = db.session.get_one(RuleVersion, call.rule_version_id)
        draft = copy(published, first)
        assert everybody("rules", draft.id) == {("drafted", first.id)}
        last = copy(copy(draft, second), third)
        for by in (first, second, third):
            refused("skrevet denne selv", rules.approve, last, "Fullmakt", by=by, at=AT, version=last.version)
        done(rules.approve, last, "Fullmakt", by=every_role("officer1"), at=AT, version=last.version)


def test_a_number_typed_again_by_another_is_not_controlled_by_who_typed_it_first(house: Flask) -> None:
    with house.app_context():
        factories.frame()
        line = factories.payable(control=False)
        case = db.session.get_one(Case, line.case_id)
        writer, later = every_role(colleague("hun", Role.WRITER)), every_role("finance1")
        told = {"by": acting("demovik"), "at": AT}
        number, other = "12345600149", "12345600076"
        done(tell_account, case.party_id, number, written_by=writer.id, **told)
        done(tell_account, case.party_id, other, **told)
        again: BankAccount = done(tell_account, case.party_id, number, **told)
        assert done(tell_account, case.party_id, number, by=later, at=AT).id == again.id
        rows = db.session.scalars(sa.select(BankAccount.id).where(BankAccount.account_no == number)).all()
        assert len(rows) == 2 and again.id == max(rows)
        impartial(line.case_id, writer)
        for by in (writer, later):
            refused("selv registrert", payouts.control_account, again.id, "Ringt.", by=by, at=AT)
            column = {"controlled_by": by.id, "controlled_at": AT}
            with pytest.raises(DatabaseError, match="opposing hand"), writing() as session:
                session.execute(sa.update(BankAccount).where(BankAccount.id == again.id).values(column))
        done(payouts.control_account, again.id, "Ringt.", by=acting("finance3"), at=AT)
