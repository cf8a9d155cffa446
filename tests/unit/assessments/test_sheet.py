"""What a sheet lacks, what it sums to, and what stands against recommending it."""

from dataclasses import replace

import pytest

from app.assessments.domain import (
    Cut,
    Judged,
    Met,
    Outcome,
    Proposal,
    Scored,
    Sheet,
    as_applied,
    is_overall,
    missing,
    outcome_of,
    proposed_sum,
    reasons_against,
    reasons_from,
    too_low,
    weighted,
)
from app.flow.domain import Reason
from app.values.language import Language
from tests.sample_rules import RULES

APPLIED = 1_000_00
CUTS = (Cut(1, 600_00, 500_00, "For mange timer"), Cut(2, 400_00, 400_00))
FULL = Sheet(
    {"applicant": Judged(Met.YES), "anchored": Judged(Met.YES)},
    {"relevance": Scored(5, "Treffer formålet."), "benefit": Scored(3, "Nytten er god.")},
    CUTS,
)
GOOD = Proposal(Outcome.GRANT_PART, 900_00, "Opplæring", "Kommunen søker.", "God nytte.", ("Del erfaringene.",))


def said(reasons: list[Reason]) -> list[str]:
    return [r.text % r.facts for r in reasons]


def test_a_full_sheet_lacks_nothing_and_sums_its_lines() -> None:
    assert missing(RULES, FULL, APPLIED) == []
    assert proposed_sum(FULL) == 900_00
    assert weighted(RULES, FULL) == 420


def test_an_empty_sheet_lacks_every_answer() -> None:
    assert said(missing(RULES, Sheet(), APPLIED)) == [
        "Formelt krav uten svar: punkt 2.1.",
        "Formelt krav uten svar: punkt 2.3.",
        "Kriterium 1 mangler poeng.",
        "Kriterium 1 mangler en setning om hvorfor.",
        "Kriterium 2 mangler poeng.",
        "Kriterium 2 mangler en setning om hvorfor.",
    ]
    assert weighted(RULES, Sheet()) is None


@pytest.mark.parametrize(
    ("cut", "why"),
    [
        (Cut(1, 600_00, 500_00, "  "), "Budsjettlinje 1: skriv hvorfor den er kuttet."),
        (Cut(1, 600_00, 700_00), "Budsjettlinje 1: foreslått er mer enn søkt."),
        (Cut(1, 600_00, -1, "Minus"), "Budsjettlinje 1: foreslått er mer enn søkt."),
    ],
)
def test_a_line_is_within_what_was_applied_for_and_a_cut_has_its_reason(cut: Cut, why: str) -> None:
    assert said(missing(RULES, replace(FULL, cuts=(cut,)), APPLIED)) == [why]


def test_the_lines_are_cut_to_what_was_applied_for_before_the_sheet_is_done() -> None:
    """Own funding pays some of the lines: a sheet of all the costs could never be recommended."""
    assert said(missing(RULES, FULL, 900_00)) == []
    assert said(missing(RULES, FULL, 850_00)) == [
        "Budsjettlinjene er til sammen 5000 mer enn det er søkt om. Kutt det søkeren dekker selv."
    ]


def test_points_above_the_top_are_refused() -> None:
    sheet = replace(FULL, scores={**FULL.scores, "benefit": Scored(6, "Høyt")})
    assert said(missing(RULES, sheet, APPLIED)) == ["Kriterium 2 må ha fra 0 til 5 poeng."]


def test_a_requirement_not_met_asks_for_its_reason_and_no_scores_and_proposes_nothing() -> None:
    sheet = Sheet({"applicant": Judged(Met.NO), "anchored": Judged(Met.YES)}, {}, CUTS)
    assert said(missing(RULES, sheet, APPLIED)) == ["Skriv hvorfor kravet i punkt 2.1 ikke er oppfylt."]
    assert proposed_sum(sheet) == 0


@pytest.mark.parametrize(
    ("ore", "outcome"), [(0, Outcome.REFUSE), (1, Outcome.GRANT_PART), (999, Outcome.GRANT_PART), (1000, Outcome.GRANT)]
)
def test_partial_is_less_than_applied_for_and_only_that(ore: int, outcome: Outcome) -> None:
    assert outcome_of(ore, 1000) is outcome


def test_a_good_proposal_stands() -> None:
    assert reasons_against(GOOD, RULES, FULL, 1000_00) == []


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"outcome": Outcome.GRANT}, "Utfallet stemmer ikke med beløpet."),
        ({"amount_ore": 800_00}, "Beløpet må være summen av budsjettlinjene i vurderingen: 90000."),
        ({"conditions": ()}, "Velg eller skriv minst ett vilkår. Vedtaksbrevet kan ikke lages uten."),
        ({"facts": " "}, "Skriv hvilke faktiske forhold innstillingen bygger på."),
        ({"reasons": ""}, "Skriv hovedhensynene i vurderingen."),
        ({"purpose": ""}, "Skriv hva tilskuddet skal brukes til."),
    ],
)
def test_a_proposal_that_is_wrong_is_told_why(change: dict[str, object], why: str) -> None:
    assert said(reasons_against(replace(GOOD, **change), RULES, FULL, 1000_00)) == [why]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("points", "limit", "low"),
    [(0, None, True), (1, None, False), (0, 250, True), (2, 250, True), (3, 250, False), (5, 500, False)],
)
def test_scores_speak_against_a_grant_at_nought_and_below_the_limit_of_the_rules(
    points: int, limit: int | None, low: bool
) -> None:
    sheet = replace(FULL, scores={c.code: Scored(points, "Ord.") for c in RULES.criteria})
    rules = replace(RULES, lowest_score=limit)
    assert (too_low(rules, sheet) is not None) is low
    assert bool(reasons_against(GOOD, rules, sheet, 1000_00)) is low
    assert bool(reasons_against(replace(GOOD, despite="Fordi."), rules, sheet, 1000_00)) is (points == 0)
    assert reasons_against(Proposal(Outcome.REFUSE, 0, "", "Fakta.", "Hensyn."), rules, sheet, 1000_00) == []


def test_nothing_is_recommended_unassessed_or_while_a_requirement_is_unclear() -> None:
    assert said(reasons_against(GOOD, RULES, None, 1000_00)) == ["Søknaden er ikke ferdig vurdert."]
    unclear = replace(FULL, requirements={**FULL.requirements, "anchored": Judged(Met.UNCLEAR)})
    assert said(reasons_against(GOOD, RULES, unclear, 1000_00)) == ["Formelt krav må avklares først: punkt 2.3."]


def test_reasons_are_drafted_from_the_sheet_in_the_letters_language_without_points() -> None:
    text = reasons_from(RULES, FULL, Language.NN)
    assert text == "Søknaden oppfyller kriteria godt.\nFor mange timer."
    assert not any(sign.isdigit() for sign in text)


@pytest.mark.parametrize(
    ("points", "whole"),
    [
        ((5, 3, 3), "Søknaden oppfyller kriteriene godt."),
        ((3, 3, 3), "Søknaden oppfyller kriteriene."),
        # 2,80: rounded it would be «oppfyller», which it is not.
        ((2, 4, 4), "Søknaden oppfyller kriteriene delvis."),
        ((5, 4, 2), "Søknaden oppfyller de fleste kriteriene."),
        ((5, 2, 2), "Søknaden oppfyller kriteriene delvis."),
        ((1, 1, 1), "Søknaden oppfyller kriteriene i liten grad."),
        ((0, 0, 0), "Søknaden oppfyller ikke kriteriene."),
    ],
)
def test_the_whole_claims_no_more_than_the_scores_carry(points: tuple[int, ...], whole: str) -> None:
    third = replace(RULES.criteria[1], code="third", weight=0)
    rules = replace(RULES, criteria=(*RULES.criteria, third))
    scores = {c.code: Scored(given, "Ord.") for c, given in zip(rules.criteria, points, strict=True)}
    said_of_all = reasons_from(rules, replace(FULL, scores=scores, cuts=()), Language.NB)
    assert said_of_all == whole and is_overall(said_of_all)


@pytest.mark.parametrize(
    ("lines", "applied", "own"),
    [
        ([600, 400], 1000, [0, 0]),
        # The line of just that sum, wherever it stands.
        ([160, 600, 400], 1000, [160, 0, 0]),
        # No such line, or two: the last first, and on to the one before when it is not enough.
        ([600, 300, 100], 750, [0, 150, 100]),
        ([100, 100], 100, [0, 100]),
    ],
)
def test_what_the_applicant_pays_is_left_out_of_what_is_proposed(
    lines: list[int], applied: int, own: list[int]
) -> None:
    cuts = as_applied(dict(enumerate(lines, 1)), applied)
    assert [cut.own_ore for cut in cuts] == own
    sheet = replace(FULL, cuts=cuts)
    assert proposed_sum(sheet) == applied and missing(RULES, sheet, applied) == [], "and own money is no cut to explain"
    nr, asked = next((nr, cut) for nr, cut in enumerate(cuts) if cut.proposed_ore)
    less = replace(asked, proposed_ore=asked.proposed_ore - 1)
    told = said(missing(RULES, replace(FULL, cuts=(*cuts[:nr], less, *cuts[nr + 1 :])), applied))
    assert told == [f"Budsjettlinje {nr + 1}: skriv hvorfor den er kuttet."]
