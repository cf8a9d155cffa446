"""No small number that is hidden can be found from the rest, whatever the numbers are."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from app.compensation.deliveries.blocks import (
    ALL,
    count_relations,
    gone_counts,
    gone_sums,
    sum_relations,
)
from app.compensation.domain.figures import AreaFigures, CodeFigures, together
from app.summaries.domain.hiding import found_in, hidden

LEAST = 5
CODES = ("start", "patient")
PRICE = {"start": 10_000_00, "patient": 100_00}
Key = tuple[str, int, str]


@st.composite
def area(draw: st.DrawFn, number: int) -> AreaFigures:
    agreed = draw(st.integers(0, 12))
    claimed = draw(st.integers(0, agreed))
    units = {code: draw(st.integers(0, 30)) if claimed else 0 for code in CODES}
    codes = {code: CodeFigures(n, n, n * PRICE[code]) for code, n in units.items()}
    ore = sum(each.approved_ore for each in codes.values())
    return AreaFigures(number, agreed, draw(st.integers(0, 12)), claimed, claimed, ore, ore, codes=codes)


@st.composite
def data_sets(draw: st.DrawFn) -> dict[tuple[str, int], AreaFigures]:
    """Areas in quarters; the year of an area has its own count of GPs, and the sums of its quarters."""
    areas, quarters = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    cells: dict[tuple[str, int], AreaFigures] = {}
    for number in range(areas):
        within = [draw(area(number)) for _ in range(quarters)]
        cells |= {(str(number), place): each for place, each in enumerate(within)}
        year = together(dict(enumerate(within)))
        most = max(each.claimed for each in within)
        cells[str(number), quarters] = AreaFigures(
            number, most + draw(st.integers(0, 5)), most, most, year.claims, year.claimed_ore, year.approved_ore,
            codes=year.codes,
        )  # fmt: skip
    for place in range(quarters + 1):
        cells[ALL, place] = together({n: cells[str(n), place] for n in range(areas)})
    return cells


def found_by_hand(gone: set[Key], relations: list[dict[Key, int]]) -> set[Key]:
    """What subtracting gives, again and again, and then every combination of relations (rational, row by row)."""
    left, found = set(gone), set()
    while step := {next(iter(unknown)) for each in relations if len(unknown := set(each) & left) == 1}:
        left -= step
        found |= step
    cells = sorted(left)
    rows = [[Fraction(each.get(cell, 0)) for cell in cells] for each in relations]
    rank = 0
    for column in range(len(cells)):
        pivot = next((row for row in range(rank, len(rows)) if rows[row][column]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        rows[rank] = [value / rows[rank][column] for value in rows[rank]]
        for other in range(len(rows)):
            if other != rank and rows[other][column]:
                times = rows[other][column]
                rows[other] = [a - times * b for a, b in zip(rows[other], rows[rank], strict=True)]
        rank += 1
    for row in rows[:rank]:
        if sum(bool(value) for value in row) == 1:
            found.add(cells[next(place for place, value in enumerate(row) if value)])
    return found


@settings(max_examples=150, deadline=None)
@given(data_sets())
def test_no_hidden_number_of_gps_is_found_by_subtracting(cells: dict[tuple[str, int], AreaFigures]) -> None:
    gone = gone_counts(cells, LEAST)
    for key, of in cells.items():
        for what in ("agreed", "started", "claimed", "silent"):
            assert not 0 < getattr(of, what) < LEAST or (*key, what) in gone, "a small number is shown"
    assert found_by_hand(gone, count_relations(cells)) == set()


@settings(max_examples=150, deadline=None)
@given(data_sets())
def test_no_hidden_unit_or_sum_is_found_by_subtracting(cells: dict[tuple[str, int], AreaFigures]) -> None:
    gone = gone_sums(cells, CODES, LEAST)
    for key, of in cells.items():
        for code in CODES:
            units = of.codes[code].approved if code in of.codes else 0
            assert not 0 < units < LEAST or (*key, f"units.{code}") in gone
        assert not 0 < of.claimed < LEAST or (*key, "sums") in gone
    assert found_by_hand(gone, sum_relations(cells, CODES)) == set()


def test_a_lone_small_number_takes_the_smallest_beside_it_in_its_row_and_column() -> None:
    values = {(row, column): number for row, numbers in enumerate([[3, 9, 12], [8, 20, 28], [11, 29, 40]])
              for column, number in enumerate(numbers)}  # fmt: skip
    rows = [{(row, 0): 1, (row, 1): 1, (row, 2): -1} for row in range(3)]
    columns = [{(0, column): 1, (1, column): 1, (2, column): -1} for column in range(3)]
    gone = hidden(values, rows + columns, {(0, 0)})
    assert {(0, 0), (0, 1), (1, 0)} < gone and len(gone) == 4
    assert found_in(gone, rows + columns) == set()
    assert found_in({(0, 0)}, rows + columns) == {(0, 0)}


def test_nothing_small_hides_nothing() -> None:
    assert hidden({"a": 9, "b": 9, "s": 18}, [{"a": 1, "b": 1, "s": -1}], set()) == set()
