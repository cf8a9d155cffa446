"""A decision: the frame, the authority, the letter read, and another pair of eyes."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

import letters
from app.access.domain import Actor, Delegation, Role
from app.awards import actions, letter_facts, queries
from app.awards.domain import Piece
from app.awards.models import Award, Decision
from app.awards.workflow import Status as AwardStatus
from app.budget import jobs as budget_jobs
from app.budget.domain import FrameState
from app.budget.queries import ledger_of
from app.cases import actions as cases
from app.cases.models import Case
from app.cases.workflow import Status
from app.db import db, writing
from app.db.search import hits
from app.dispatch.queries import by_key
from app.flow import Refused
from tests import factories

AT, KR = factories.AT, 100


@pytest.fixture
def house(app: Flask) -> Iterator[Flask]:
    """Its people."""
    with app.app_context():
        factories.people()
        yield app
        db.session.remove()


@contextmanager
def refused(words: str) -> Iterator[None]:
    with pytest.raises(Refused, match=words):
        yield


def test_the_letter_holds_the_conditions_of_the_proposal_and_no_others(house: Flask) -> None:
    factories.frame()
    basis = queries.basis(factories.recommended(2_500_001 * KR))
    assert basis is not None and basis.rules.conditions
    assert letter_facts.facts_of(basis, None, AT.date()).grant.conditions == tuple(basis.recommendation.conditions)
    basis.recommendation.conditions = [basis.rules.conditions[0].nb, "Del erfaringene."]
    kept = letter_facts.facts_of(basis, None, AT.date()).grant.conditions
    assert kept == (basis.rules.conditions[0].nb, "Del erfaringene.")


def test_a_full_award_stands_with_its_plan_its_money_and_its_letter_in_the_queue(house: Flask) -> None:
    factories.frame()
    case_id = factories.recommended(2_500_001 * KR)
    award_id = factories.decided(case_id)
    case, award = db.session.get_one(Case, case_id), db.session.get_one(Award, award_id)
    assert (case.status, case.granted_ore, case.due_on) == (Status.GRANTED, 2_500_001 * KR, date(2025, 1, 28))
    assert case.id in db.session.scalars(hits("2 500 001 kr")).all()
    assert (award.status, award.partial, award.accept_by_on) == (AwardStatus.AWAITING, False, date(2025, 1, 28))
    parts = queries.instalments_of(award_id)
    assert [(p.nr, p.of, p.amount_ore) for p in parts] == [(1, 2, 1_500_001 * KR), (2, 2, 1_000_000 * KR)]
    assert ledger_of(case_id).committed_ore == 2_500_001 * KR
    decision = queries.decision(award.decision_id)
    frozen = letters.from_json(json.dumps(decision.letter_facts))
    assert letter_facts.letter_hash(frozen) == decision.letter_hash
    assert (decision.letter, decision.law_regime, decision.text_version) == ("award", "fvl1967", 1)
    queued = by_key(f"decision:{decision.id}")
    assert queued is not None and queued.letter == "award" and queued.not_before == AT
    assert letter_facts.pdf(frozen).startswith(b"%PDF")
    assert budget_jobs.verify(AT) == 1


def test_a_refused_case_is_closed_only_when_its_party_is_told(house: Flask) -> None:
    factories.frame()
    case_id, officer = factories.recommended(0), factories.acting("officer1")
    factories.decided(case_id)
    version = db.session.get_one(Case, case_id).version
    db.session.rollback()
    with refused("Vedtaksbrevet er ikke sendt"), writing():
        cases.close(case_id, by=officer, at=AT, version=version)
    factories.letters_sent()
    with writing():
        assert cases.close(case_id, by=officer, at=AT, version=version).status is Status.CLOSED


def test_a_partial_award_tells_each_line_and_a_refusal_takes_no_money(house: Flask) -> None:
    factories.frame()
    part = factories.recommended(600_000 * KR, applied_ore=1_000_000 * KR)
    none = factories.recommended(0, number="T25-0002")
    assert factories.decided(part) and not factories.decided(none)
    assert db.session.get_one(Case, part).status is Status.PARTLY_GRANTED
    assert db.session.get_one(Case, none).status is Status.REFUSED
    assert ledger_of(none).committed_ore == 0
    made = queries.decision_of(part)
    assert made is not None and made.award is not None and made.award.partial
    cuts = made.decision.letter_facts["cuts"]
    assert [(c["applied_ore"], c["granted_ore"]) for c in cuts] == [(500_000 * KR, 300_000 * KR)] * 2
    refusal = queries.decision_of(none)
    assert refusal is not None and refusal.award is None and refusal.decision.letter == "refusal"


def test_the_frame_holds_to_the_last_ore_and_one_more_is_refused(house: Flask) -> None:
    factories.frame(2_000_000 * KR)
    fits = factories.recommended(2_000_000 * KR)
    factories.decided(fits)
    over = factories.recommended(1 * KR, number="T25-0002")
    with refused("Rammen holder ikke"):
        factories.decided(over)
    assert db.session.get_one(Case, over).status is Status.RECOMMENDED
    assert queries.award_of(over) is None


def test_no_decision_before_the_letter_of_allocation_nor_without_a_frame(house: Flask) -> None:
    case_id = factories.recommended()
    with refused("ikke satt noen ramme"):
        factories.decided(case_id)
    factories.frame(state=FrameState.PRELIMINARY)
    with refused("Rammen er foreløpig"):
        factories.decided(case_id)


def deciding(case_id: int, by: Actor) -> None:
    shown = factories.seen(case_id, by=by.username)
    with writing():
        actions.decide(case_id, shown, by=by, at=AT)


@pytest.mark.parametrize(
    ("delegations", "words"),
    [
        ((), "ingen budsjettfullmakt"),
        ((Delegation(date(2024, 1, 1), date(2025, 1, 6), 10**12),), "gikk ut"),
        ((Delegation(date(2024, 1, 1), date(2025, 1, 7), 2_500_001 * KR - 1),), "inntil"),
    ],
)
def test_authority_must_reach_to_the_sum_and_the_day(
    house: Flask, delegations: tuple[Delegation, ...], words: str
) -> None:
    factories.frame()
    case_id = factories.recommended()
    with refused(words):
        deciding(case_id, replace(factories.acting("decider"), delegations=delegations))


def test_authority_reaches_on_its_last_day_to_its_very_sum(house: Flask) -> None:
    factories.frame()
    case_id = factories.recommended()
    just = (Delegation(date(2024, 1, 1), date(2025, 1, 7), 2_500_001 * KR),)
    deciding(case_id, replace(factories.acting("decider"), delegations=just))


def test_who_recommended_cannot_decide_in_code_nor_in_the_database(house: Flask) -> None:
    factories.frame()
    case_id = factories.recommended()
    officer = replace(
        factories.acting("officer1"),
        roles=frozenset({Role.DECIDER}),
        delegations=factories.acting("decider").delegations,
    )
    with refused("Du har innstilt denne selv"):
        deciding(case_id, officer)
    with pytest.raises(IntegrityError), writing() as session:
        session.execute(sa.update(Case).where(Case.id == case_id).values(decided_by=officer.id))


def test_a_decider_who_is_not_impartial_is_stopped(house: Flask) -> None:
    factories.frame()
    case_id = factories.recommended()
    with writing() as session:
        session.execute(sa.text("DELETE FROM impartiality"))
    with refused("om du er habil"):
        factories.decided(case_id)


def test_a_letter_that_lacks_something_names_it_and_nothing_is_decided(house: Flask) -> None:
    factories.frame()
    case_id = factories.recommended()
    with writing() as session:
        session.execute(sa.text("UPDATE application SET starts_on = NULL, account_no = ''"))
    with pytest.raises(Refused) as stopped:
        factories.decided(case_id)
    assert {str(r.facts["element"]) for r in stopped.value.reasons} == {"period", "account_no_masked"}
    assert queries.decision_of(case_id) is None


def test_a_letter_that_changed_after_it_was_read_is_not_signed(house: Flask) -> None:
    factories.frame()
    case_id = factories.recommended()
    read = factories.seen(case_id)
    with writing() as session:
        session.execute(sa.text("UPDATE application SET account_no = '12345600076'"))
    decider = factories.acting("decider")
    with pytest.raises(actions.Changed) as stale, writing():
        actions.decide(case_id, read, by=decider, at=AT)
    assert stale.value.pieces == [Piece.ACCOUNT]
    assert queries.decision_of(case_id) is None


def test_the_language_follows_the_recipients_decision_and_the_rule_is_kept(house: Flask) -> None:
    factories.frame()
    nynorsk = factories.recommended(1_000 * KR, orgnr="312999013")
    neutral = factories.recommended(1_000 * KR, number="T25-0002")
    for case_id in (nynorsk, neutral):
        factories.decided(case_id)
    told = [(d.language, d.language_rule) for d in db.session.scalars(sa.select(Decision).order_by(Decision.id))]
    assert told == [("nn", "decision"), ("nb", "application")]
    queued = by_key(f"decision:{db.session.scalars(sa.select(Decision.id).order_by(Decision.id)).first()}")
    assert queued is not None and queued.language == "nn"


def test_a_decision_is_never_edited(house: Flask) -> None:
    factories.frame()
    factories.decided(factories.recommended())
    for statement in ("UPDATE decision SET amount_ore = 1", "DELETE FROM decision"):
        with pytest.raises(sa.exc.DBAPIError), writing() as session:
            session.execute(sa.text(statement))


def test_many_are_decided_all_or_none(house: Flask) -> None:
    factories.frame(2_500_000 * KR)
    first, last = (factories.recommended(1_500_000 * KR, number=f"T25-{n:04d}") for n in (1, 2))
    decider = factories.acting("decider")
    shown = {case_id: factories.seen(case_id) for case_id in (first, last)}
    with refused("Rammen holder ikke"), writing():
        actions.decide_all(shown, by=decider, at=AT)
    assert {c.status for c in db.session.scalars(sa.select(Case))} == {Status.RECOMMENDED}
    factories.frame(3_000_000 * KR)
    with writing():
        actions.decide_all(shown, by=decider, at=AT)
    assert {c.status for c in db.session.scalars(sa.select(Case))} == {Status.GRANTED}


def test_two_deciders_at_once_share_the_last_money_only_once(app: Flask) -> None:
    with app.app_context():
        factories.people()
        factories.frame(2_000_000 * KR)
        cases = [factories.recommended(1_500_000 * KR, number=f"T25-{n:04d}") for n in (1, 2)]
        shown = {case_id: factories.seen(case_id) for case_id in cases}
        decider = factories.acting("decider")
        db.session.remove()
    ready, outcomes = Barrier(2), []

    def sign(case_id: int) -> None:
        with app.app_context():
            ready.wait()
            outcomes.append(attempt(lambda: actions.decide(case_id, shown[case_id], by=decider, at=AT)))
            db.session.remove()

    threads = [Thread(target=sign, args=(case_id,)) for case_id in cases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["decided", "refused"]
    with app.app_context():
        assert budget_jobs.verify(AT) == 1
        db.session.remove()


def attempt(do: Callable[[], object]) -> str:
    try:
        with writing():
            do()
    except Refused:
        return "refused"
    return "decided"


def test_the_letters_facts_are_plain_json(house: Flask) -> None:
    factories.frame()
    factories.decided(factories.recommended())
    facts = db.session.scalars(sa.select(Decision.letter_facts)).one()
    assert json.loads(json.dumps(facts)) == facts
