"""Assess, ask, recommend, take back and send back, by the right hands only."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

import letters
from app.applications.models import InformationRequest
from app.assessments import actions, queries
from app.assessments.domain import BackCause, Judged, Met, Outcome
from app.assessments.models import Assessment, Recommendation, SendBack
from app.cases.actions import assign, declare
from app.cases.domain import Impartiality
from app.cases.models import Case
from app.cases.workflow import Status
from app.db import db, writing
from app.dispatch.models import Outgoing
from app.flow import Refused, Stale
from app.rules.models import Call
from tests import factories, rounds
from tests.factories import AT, acting


@pytest.fixture
def call(app: Flask) -> Iterator[Call]:
    """A published call, in the application's context."""
    with app.app_context():
        factories.people()
        yield rounds.published_call()
        db.session.remove()


def why(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [r.text for r in refused.value.reasons]


def test_a_sheet_is_saved_finished_and_opened_again(call: Call) -> None:
    case = rounds.assessing(call)
    by = acting("officer1")
    sheet = rounds.full_sheet(cut_ore=100_000_00)
    with writing():
        saved = actions.save_assessment(case.id, sheet, by=by, at=AT, version=0)
    assert (saved.proposed_ore, saved.weighted, saved.finished_at) == (900_000_00, 400, None)
    assert queries.sheet_of(saved, queries.budget_of(case.id), case.applied_ore) == sheet
    with writing():
        actions.finish(case.id, by=by, at=AT, version=1)
    with pytest.raises(Refused), writing():
        actions.save_assessment(case.id, sheet, by=by, at=AT, version=2)
    with writing():
        actions.reopen(case.id, by=by, at=AT, version=2)
    with writing():
        actions.save_assessment(case.id, rounds.full_sheet(5), by=by, at=AT, version=3)
    assert db.session.scalars(sa.select(Assessment)).one().weighted == 500


def test_a_half_sheet_keeps_its_words_but_cannot_be_finished(call: Call) -> None:
    case = rounds.assessing(call)
    by = acting("officer1")
    half = replace(rounds.full_sheet(), requirements={"applicant": Judged(Met.YES, "Sett")})
    with writing():
        actions.save_assessment(case.id, half, by=by, at=AT, version=0)
    with pytest.raises(Refused) as refused, writing():
        actions.finish(case.id, by=by, at=AT, version=1)
    assert why(refused) == ["Formelt krav uten svar: punkt %(point)s."]


def test_a_page_that_is_too_old_changes_nothing(call: Call) -> None:
    case = rounds.assessing(call)
    by = acting("officer1")
    with writing():
        actions.save_assessment(case.id, rounds.full_sheet(), by=by, at=AT, version=0)
    with pytest.raises(Stale), writing():
        actions.save_assessment(case.id, rounds.full_sheet(1), by=by, at=AT, version=0)
    assert db.session.scalars(sa.select(Assessment.weighted)).one() == 400


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (None, "Du må først svare på om du er habil i saken."),
        (Impartiality.PARTIAL, "Du er inhabil i saken. En annen må gjøre dette."),
        (Impartiality.IN_DOUBT, "Du har meldt tvil om du er habil. Lederen din må avgjøre det først."),
    ],
)
def test_nobody_assesses_undeclared_partial_or_in_doubt(call: Call, answer: Impartiality | None, words: str) -> None:
    case = rounds.assessing(call)
    by = acting("officer2")
    if answer:
        with writing():
            declare(case, answer, "Gift med rådmannen", by=by, at=AT)
    for verb in (
        lambda: actions.save_assessment(case.id, rounds.full_sheet(), by=by, at=AT, version=0),
        lambda: actions.ask_applicant(case.id, "Hvorfor?", date(2025, 2, 1), by=by, at=AT, version=case.version),
        lambda: actions.recommend(case.id, rounds.proposal(), by=by, at=AT, version=case.version),
    ):
        with pytest.raises(Refused) as refused, writing():
            verb()
        assert words in why(refused)


@pytest.mark.parametrize("username", ["decider", "finance1", "archivist", "auditor", "admin", "demovik", "gp1"])
def test_the_wrong_role_assesses_and_recommends_nothing(call: Call, username: str) -> None:
    case, _ = rounds.assessed(call)
    by = acting(username)
    with writing():
        declare(rounds.fresh(case), Impartiality.IMPARTIAL, "", by=by, at=AT)
    with pytest.raises(Refused), writing():
        actions.save_assessment(case.id, rounds.full_sheet(), by=by, at=AT, version=0)
    with pytest.raises(Refused), writing():
        actions.recommend(case.id, rounds.proposal(), by=by, at=AT, version=case.version)


def test_two_officers_each_have_their_own_sheet_and_the_case_officers_counts(call: Call) -> None:
    case, first = rounds.assessed(call)
    second = acting("officer2")
    with writing():
        rounds.impartial(case, "officer2")
        saved = actions.save_assessment(case.id, rounds.full_sheet(1, 50_000_00), by=second, at=AT, version=0)
        actions.finish(case.id, by=second, at=AT, version=saved.version)
    with writing():
        actions.recommend(case.id, rounds.proposal(), by=second, at=AT, version=case.version)
    case = rounds.fresh(case)
    assert (case.assessed_by, case.recommended_by) == (first.assessor_id, second.id)
    assert case.standing().people["assessed"] == {first.assessor_id, second.id}


def test_an_amount_beside_the_sheet_or_an_unclear_requirement_is_not_recommended(call: Call) -> None:
    case, _ = rounds.assessed(call)
    by = acting("officer1")
    with pytest.raises(Refused) as refused, writing():
        actions.recommend(case.id, rounds.proposal(500_000_00), by=by, at=AT, version=case.version)
    assert why(refused) == ["Beløpet må være summen av budsjettlinjene i vurderingen: %(sum_ore)s."]


def test_a_refusal_may_always_be_recommended_with_its_reasons(call: Call) -> None:
    case, _ = rounds.assessed(call)
    with writing():
        made = actions.recommend(case.id, rounds.proposal(0), by=acting("officer1"), at=AT, version=case.version)
    assert (made.outcome, made.amount_ore) == (Outcome.REFUSE, 0)


def test_taking_back_closes_the_recommendation_and_a_new_one_can_be_made(call: Call) -> None:
    case = rounds.recommended(call)
    by = acting("officer1")
    with writing():
        actions.take_back(case.id, by=by, at=AT, version=case.version)
    case = rounds.fresh(case)
    assert case.status is Status.ASSESSING
    assert queries.open_recommendation(case.id) is None
    with writing():
        actions.recommend(case.id, rounds.proposal(), by=by, at=AT, version=case.version)
    assert len(db.session.scalars(sa.select(Recommendation)).all()) == 2


def test_a_case_sent_back_tells_its_cause_until_the_next_recommendation(call: Call) -> None:
    case = rounds.recommended(call)
    decider, officer = acting("decider"), acting("officer1")
    with pytest.raises(Refused), writing():
        actions.send_back(case.id, BackCause.AMOUNT, "Kutt mer", by=decider, at=AT, version=case.version)
    with writing():
        rounds.impartial(case, "decider")
    with pytest.raises(Refused) as refused, writing():
        actions.send_back(case.id, BackCause.AMOUNT, " ", by=decider, at=AT, version=case.version)
    assert why(refused) == ["Skriv hva som må gjøres på nytt."]
    with pytest.raises(Refused), writing():
        actions.send_back(case.id, BackCause.AMOUNT, "Kutt mer", by=officer, at=AT, version=case.version)
    with writing():
        actions.send_back(case.id, BackCause.AMOUNT, "Kutt mer", by=decider, at=AT, version=case.version)
    case = rounds.fresh(case)
    told = queries.returned([case.id])[case.id]
    assert (told.cause, told.words, told.by) == (BackCause.AMOUNT, "Kutt mer", "Marit Demo")
    with writing():
        actions.recommend(case.id, rounds.proposal(), by=officer, at=AT, version=case.version)
    assert queries.returned([case.id]) == {}


def test_questions_go_out_once_in_the_language_of_the_letter_and_the_case_waits(call: Call) -> None:
    case = rounds.assessing(call, orgnr="312999013")
    with writing():
        asked = actions.ask_applicant(
            case.id, "Kven leier?", date(2025, 1, 21), by=acting("officer1"), at=AT, version=case.version
        )
    assert rounds.fresh(case).status is Status.AWAITING_APPLICANT
    sent = db.session.scalars(sa.select(Outgoing).where(Outgoing.key == f"ask:{asked.id}")).one()
    assert sent.language == "nn" and "21. januar 2025" in sent.body
    assert sent.facts is not None and sent.facts["questions"] == ["Kven leier?"]
    assert letters.missing(letters.from_json(json.dumps(sent.facts))) == []


# A sign no letter can hold would leave the case with the applicant, a deadline running and no letter.
@pytest.mark.parametrize(
    ("words", "due_on"),
    [
        ("", date(2025, 2, 1)),
        ("Hvem?", date(2025, 1, 7)),
        ("Hvem?", date(2026, 1, 8)),
        ("Hvem? 😀", date(2025, 2, 1)),
    ],
)
def test_no_empty_or_unprintable_question_and_no_deadline_today_or_far_away(
    call: Call, words: str, due_on: date
) -> None:
    case = rounds.assessing(call)
    with pytest.raises(Refused), writing():
        actions.ask_applicant(case.id, words, due_on, by=acting("officer1"), at=AT, version=case.version)
    assert not db.session.scalars(sa.select(InformationRequest)).all()
    assert rounds.fresh(case).status is Status.ASSESSING


def nonsense(case: Case, made: Assessment, rec: Recommendation) -> dict[str, sa.Executable]:
    officer = case.officer_id
    row = {"case_id": case.id, "purpose": "x", "conditions": [], "recommended_by": officer, "recommended_at": AT}
    good = {**row, "outcome": Outcome.GRANT, "amount_ore": 1, "facts": "f", "reasons": "r", "closed_at": AT}
    new = sa.insert(Recommendation).values
    back = {
        "case_id": case.id,
        "recommendation_id": rec.id,
        "cause": BackCause.OTHER,
        "sent_by": officer,
        "sent_at": AT,
    }
    return {
        "a refusal with money": new(**{**good, "outcome": Outcome.REFUSE}),
        "a grant of nothing": new(**{**good, "amount_ore": 0}),
        "less than nothing": new(**{**good, "amount_ore": -1}),
        "no reasons": new(**{**good, "reasons": ""}),
        "no facts": new(**{**good, "facts": ""}),
        "two open at once": new(**{**good, "closed_at": None}),
        "sent back without words": sa.insert(SendBack).values(**back, words=""),
        "finished without a sum": sa.update(Assessment).values(proposed_ore=None),
        "a second sheet by the same": sa.insert(Assessment).values(
            case_id=case.id, assessor_id=made.assessor_id, requirements={}, changed_at=AT, internal_note="", version=1
        ),
        "decided by who recommended": sa.update(Case).values(decided_by=case.recommended_by),
    }


def test_the_database_refuses_nonsense(call: Call) -> None:
    case = rounds.recommended(call)
    made, rec = db.session.scalars(sa.select(Assessment)).one(), queries.open_recommendation(case.id)
    assert rec is not None
    for name, statement in nonsense(case, made, rec).items():
        try:
            with writing() as session:
                session.execute(statement)
        except IntegrityError:
            continue
        pytest.fail(f"stored: {name}")


def test_only_the_lead_gives_a_case_to_another_and_not_to_one_who_is_partial(call: Call) -> None:
    case = rounds.registered(call)
    receiver = factories.user("officer2")
    with pytest.raises(Refused), writing():
        assign(rounds.fresh(case), receiver, by=acting("officer2"), at=AT, version=case.version)
    with writing():
        declare(case, Impartiality.PARTIAL, "Svoger", by=rounds.acting_now("officer2"), at=AT)
    with pytest.raises(Refused) as refused, writing():
        assign(case, receiver, by=rounds.acting_now("lead"), at=AT, version=case.version)
    assert why(refused) == ["Den som skal få saken, har meldt at de er inhabile."]
