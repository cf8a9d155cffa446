"""The applications of the demo are as different as real ones, and no real municipality is told to have done badly."""

from collections import Counter

from app.applications.models import BudgetLine
from app.assessments.domain import weighted
from app.demo import rules
from app.demo.answers import answer, budget
from app.demo.parties import invented
from app.demo.reasons import cuts, sheet
from app.demo.stories import Ends, Told, pll_2024, pmd_2024, round_2025
from app.parties.register import load_counties, load_municipalities
from app.rules.domain import Answer
from app.values.language import Language

RULES = rules.samhandling(2025)
FRAME_ORE = 30_000_000_00
WEAK = (Ends.WITHDRAWN, Ends.ASKED, Ends.REFUSED)


def _lines(told: Told) -> list[BudgetLine]:
    lines = enumerate(budget(told, RULES.cost_types), 1)
    return [BudgetLine(position=n, cost_code=e.cost_code, text=e.text, amount_ore=e.amount_ore) for n, e in lines]


def _score(told: Told) -> int:
    return weighted(RULES, sheet(told, RULES, _lines(told), {})) or 0


def _answers(told: Told) -> dict[str, str]:
    asked = [q for section in RULES.sections for q in section.questions if q.answer is Answer.TEXT]
    return {q.code: str(answer(q, told)) for q in asked}


def test_the_round_asks_for_about_twice_the_frame() -> None:
    told = round_2025()
    assert len(told) >= 60
    assert 1.8 < sum(each.applied_ore for each in told) / FRAME_ORE < 2.3


def test_only_invented_municipalities_are_refused_late_withdrawn_or_below_the_line() -> None:
    real = {each.orgnr for each in load_municipalities()}
    ranked = sorted((t for t in round_2025() if t.ends is not Ends.WITHDRAWN and t.good), key=lambda t: -_score(t))
    total_ore = 0
    for told in ranked:
        total_ore += told.granted_ore
        assert told.orgnr not in real or total_ore <= FRAME_ORE, told.place
    assert total_ore > FRAME_ORE
    assert not real & {told.orgnr for told in round_2025() if told.ends in WEAK or not told.good}


def test_they_come_from_every_county_in_both_forms() -> None:
    county = {each.orgnr: each.county_number for each in load_municipalities()}
    county |= {each.orgnr: each.county_no for each in invented()}
    assert {county[told.orgnr] for told in round_2025()} == {each.number for each in load_counties()}
    assert Counter(told.language for told in round_2025())[Language.NN] >= 10
    assert {told.ends for told in round_2025()} == set(Ends)


def test_nobody_answers_as_another() -> None:
    told = [*round_2025(), *pll_2024(), *pmd_2024()]
    said = Counter(text for each in told for text in _answers(each).values() if len(text) > 60)
    assert {text: count for text, count in said.items() if count > 1} == {}
    assert len({each.title for each in told}) == len(told)


def test_a_good_application_says_more_than_a_weak_one() -> None:
    length = {told.place: sum(map(len, _answers(told).values())) for told in round_2025()}
    best, worst = max(round_2025(), key=_score), min(round_2025(), key=_score)
    assert length[best.place] > 4 * length[worst.place]


def test_points_and_their_reasons_differ() -> None:
    assert len({_score(told) for told in round_2025()}) >= 25
    reasons = Counter(
        each.reason for told in round_2025() for each in sheet(told, RULES, _lines(told), {}).scores.values()
    )
    assert len(reasons) >= 90
    assert max(reasons.values()) <= 10


def test_what_is_cut_is_cut_with_a_reason_and_sums_to_what_is_proposed() -> None:
    for told in (told for told in round_2025() if told.good):
        made = cuts(told, _lines(told))
        assert sum(each.proposed_ore for each in made) == told.granted_ore, told.place
        assert all(each.why for each in made if each.proposed_ore < each.applied_ore), told.place
        assert sum(each.applied_ore for each in made) == told.applied_ore + told.own_ore, told.place
