"""A letter says that the frame did not suffice where that is a fact of the round, and nowhere else."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.assessments import actions as assessments
from app.assessments.domain import Judged, Met, Sheet
from app.assessments.queries import round_of
from app.awards import actions as awards
from app.awards import letter_facts, queries
from app.cases.models import Case
from app.db import db, writing
from letters import PartialAwardFacts, RefusalFacts
from tests import factories, rounds
from tests.factories import AT
from tests.sample_rules import RULES

DAY = AT.date()


def frame_used(case: Case) -> bool:
    basis = queries.basis(case.id)
    assert basis is not None
    facts = letter_facts.facts_of(basis, factories.user("decider"), DAY)
    assert isinstance(facts, RefusalFacts | PartialAwardFacts) and facts.head.text_version == 2
    return facts.frame_used


def refused(call: rounds.Call, sheet: Sheet, **facts: str) -> Case:
    """Assessed with this sheet and recommended for refusal."""
    case, _ = rounds.assessed(call, sheet=sheet, **facts)
    with writing():
        by = rounds.acting_now("officer1")
        assessments.recommend(case.id, rounds.proposal(0), by=by, at=AT, version=case.version)
    return rounds.fresh(case)


@pytest.mark.parametrize(
    ("frame_ore", "points", "used"),
    [
        (1_500_000_00, 3, True),  # the better one takes a million of one and a half
        (2_000_000_00, 3, False),  # both fit, to the krone
        (1_999_999_00, 3, True),
        (1_500_000_00, 5, False),  # this one is ranked first
        (1_500_000_00, 4, True),  # as good, but came in after
    ],
)
def test_a_refusal_tells_of_the_frame_when_those_before_it_left_too_little(
    app: Flask, frame_ore: int, points: int, used: bool
) -> None:
    with app.app_context():
        factories.people()
        call = rounds.published_call(frame_ore)
        rounds.recommended(call, orgnr="312999013")
        case = refused(call, rounds.full_sheet(points))
        assert frame_used(case) is used
        db.session.remove()


def test_who_fell_on_a_requirement_did_not_fall_on_the_frame(app: Flask) -> None:
    with app.app_context():
        factories.people()
        call = rounds.published_call(1_500_000_00)
        rounds.recommended(call, orgnr="312999013")
        whole = rounds.full_sheet(3)
        first = next(iter(whole.requirements))
        case = refused(
            call, replace(whole, requirements={**whole.requirements, first: Judged(Met.NO, "Ikke signert.")})
        )
        assert frame_used(case) is False
        db.session.remove()


@pytest.mark.parametrize(("frame_ore", "used"), [(1_500_000_00, True), (2_000_000_00, False)])
def test_a_cut_is_the_frames_only_when_all_of_it_would_not_fit(app: Flask, frame_ore: int, used: bool) -> None:
    with app.app_context():
        factories.people()
        call = rounds.published_call(frame_ore)
        rounds.recommended(call, orgnr="312999013")
        case = rounds.recommended(call, sheet=rounds.full_sheet(3, cut_ore=500_000_00))
        assert frame_used(case) is used
        db.session.remove()


def test_what_is_granted_in_another_round_is_not_there_to_share(app: Flask) -> None:
    with app.app_context():
        factories.people()
        call = rounds.published_call(2_500_000_00)
        rounds.recommended(call, orgnr="312999013")
        case = refused(call, rounds.full_sheet(3))
        assert frame_used(case) is False
        with writing() as session:
            session.execute(sa.text("UPDATE frame SET committed_ore = 60000000"))
        assert frame_used(case) is True
        db.session.remove()


@pytest.mark.parametrize("fell_away", ["declined", "lapsed"])
def test_what_came_back_to_the_frame_is_there_to_share(app: Flask, fell_away: str) -> None:
    with app.app_context():
        factories.people()
        call = rounds.published_call(1_500_000_00)
        first = rounds.recommended(call, orgnr="312999013")
        with writing() as session:
            rounds.impartial(first, "decider")
            told = "starts_on = '2025-02-01', ends_on = '2025-12-31', account_no = '12345600009'"
            session.execute(sa.text(f"UPDATE application SET {told}"))
        award_id = factories.decided(first.id)
        case = refused(call, rounds.full_sheet(3))
        assert frame_used(case) is True
        factories.told(award_id)
        with writing():
            if fell_away == "declined":
                by = rounds.acting_now("fjordnes")
                awards.decline(award_id, "Vi fant ingen prosjektleder.", by=by, at=AT, version=1)
            else:
                by, late = rounds.acting_now("decider"), AT + timedelta(days=60)
                awards.lapse(award_id, "Ingen svarte.", by=by, at=late, version=1)
        assert frame_used(case) is False
        found = round_of(db.session.get_one(rounds.Call, call.id), RULES, factories.acting("decider"))
        assert (found.ranking.room_ore, found.ranking.proposed_ore) == (1_500_000_00, 0)
        db.session.remove()
