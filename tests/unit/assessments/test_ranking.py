"""The order within the frame: sums never exceed above the line, and the order does not depend on how the list came."""

from hypothesis import given
from hypothesis import strategies as st

from app.assessments.domain import Candidate, rank

candidates = st.lists(
    st.builds(
        Candidate,
        case_id=st.integers(1, 10**6),
        number=st.integers(1, 9999).map(lambda n: f"T25-{n:04d}"),
        score=st.integers(0, 500),
        heaviest=st.integers(0, 5),
        proposed_ore=st.one_of(st.just(0), st.integers(1, 10**9)),
    ),
    max_size=30,
    unique_by=lambda c: c.number,
)


def one(number: int, score: int, ore: int, heaviest: int = 3) -> Candidate:
    return Candidate(number, f"T25-{number:04d}", score, heaviest, ore)


def test_the_line_is_drawn_below_the_last_that_the_frame_holds() -> None:
    ranking = rank([one(1, 300, 50), one(2, 400, 60), one(3, 200, 10)], 110)
    assert [row.candidate.case_id for row in ranking.rows] == [2, 1, 3]
    assert [row.sum_ore for row in ranking.rows] == [60, 110, 120]
    assert (ranking.line_after, ranking.left_ore, ranking.over_ore) == (2, 0, 10)


def test_what_is_left_of_the_frame_is_told_before_and_after_a_case() -> None:
    ranking = rank([one(1, 300, 50), one(2, 400, 60), one(3, 200, 10)], 110)
    told = []
    for case_id in (2, 1, 3):
        placed = ranking.of_case(case_id)
        assert placed is not None
        told.append((placed.place, ranking.before_ore(placed), ranking.after_ore(placed)))
    assert told == [(1, 110, 50), (2, 50, 0), (3, 0, -10)]
    assert ranking.of_case(4) is None


def test_no_line_when_everybody_is_within() -> None:
    ranking = rank([one(1, 300, 50)], 50)
    assert (ranking.line_after, ranking.left_ore, ranking.over_ore) == (None, 0, 0)


def test_the_line_stands_on_top_when_the_first_already_takes_too_much() -> None:
    assert rank([one(1, 300, 51)], 50).line_after == 0


def test_ties_go_to_the_heaviest_criterion_and_then_to_the_case_number() -> None:
    ranking = rank([one(3, 300, 1, 2), one(2, 300, 1, 4), one(1, 300, 1, 2)], 10)
    assert [row.candidate.case_id for row in ranking.rows] == [2, 1, 3]


@given(candidates, st.integers(0, 10**10))
def test_the_sums_above_the_line_never_exceed_the_frame(found: list[Candidate], room_ore: int) -> None:
    ranking = rank(found, room_ore)
    above = ranking.rows if ranking.line_after is None else ranking.rows[: ranking.line_after]
    assert sum(row.candidate.proposed_ore for row in above) <= room_ore
    assert all(row.within for row in above)
    assert not any(row.within for row in ranking.rows[len(above) :])
    assert ranking.proposed_ore == sum(c.proposed_ore for c in found)
    assert ranking.room_ore - ranking.proposed_ore == ranking.left_ore - ranking.over_ore


@given(candidates, st.randoms(use_true_random=False))
def test_the_order_is_the_same_however_the_list_came(found: list[Candidate], dice: "object") -> None:
    mixed = list(found)
    dice.shuffle(mixed)  # type: ignore[attr-defined]
    assert rank(mixed, 100) == rank(found, 100)


@given(candidates)
def test_a_better_score_never_stands_below_a_worse_among_those_with_money(found: list[Candidate]) -> None:
    scores = [row.candidate.score for row in rank(found, 0).rows if row.candidate.proposed_ore]
    assert scores == sorted(scores, reverse=True)
