"""Figures stand in a text by reference, and never as typed numbers."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.domain import Words
from app.summaries.domain import (
    HIDDEN,
    Cell,
    Column,
    Counted,
    Figure,
    Table,
    TableRow,
    Unit,
    differences,
    faults_of,
    filled,
    from_data,
    shown,
    to_data,
)

COUNTED = Counted(
    (Figure("a.b", Words("A", "A"), 1234), Figure("kr", Words("K", "K"), 12_500_50, Unit.ORE)),
)


@pytest.mark.parametrize(
    "text",
    [
        "Fra 1. desember 2025, som i § 3 og kap. 701 post 21.",
        "I 2024–2025 og 01.03.2025, jf. sak 25/1234. PLL2 gjelder.",
        "Det er {{a.b}} leger og {{ kr }}.",
        "Fem områder.",
        "",
    ],
)
def test_days_years_and_points_may_be_typed(text: str) -> None:
    assert faults_of(text, COUNTED) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12 leger", "12"),
        ("1 234 leger", "1 234"),
        ("12 500,50 kr", "12 500,50"),
        ("45,5 %", "45,5"),
        ("2024 leger", "2024"),
        ("2025 fastleger", "2025"),
        ("{{a.b}}12", "12"),
        ("x 7.", "7"),
        ("kr500", "500"),
        ("NOK500", "500"),
        ("ca12 leger", "12"),
        ("{500}", "500"),
        ("sak 12000 kr", "12000"),
        ("punkt 500 pasienter", "500"),
    ],
)
def test_a_typed_number_is_told(text: str, number: str) -> None:
    assert [each.facts["number"] for each in faults_of(text, COUNTED)] == [number]


@pytest.mark.parametrize("text", ["{{nei}}", "{{}}", "{{a.b", "a.b}}"])
def test_a_reference_to_nothing_is_told(text: str) -> None:
    assert len(faults_of(text, COUNTED)) == 1


def test_a_text_is_filled_with_what_was_counted() -> None:
    assert (
        filled("Det er {{a.b}} og {{ kr }}, {{nei}}.", COUNTED, "nb")
        == "Det er 1\u00a0234 og 12\u00a0500,50\u00a0kr, {{nei}}."
    )


@given(st.text(max_size=200))
def test_no_text_brings_it_down_and_what_is_clean_stays_as_it_is(text: str) -> None:
    faults_of(text, COUNTED)
    if "{{" not in text:
        assert filled(text, COUNTED, "nb") == text


CELLS: st.SearchStrategy[Cell] = (
    st.none() | st.integers(-(10**15), 10**15) | st.just(HIDDEN) | st.text(max_size=5) | st.just(Words("a", "b"))
)


@given(st.lists(st.tuples(st.text("abc", min_size=1, max_size=3), CELLS), unique_by=lambda each: each[0]))
def test_what_is_kept_is_read_back_unchanged_and_differs_from_nothing(rows: list[tuple[str, Cell]]) -> None:
    columns = (Column("n", Words("N", "N"), Unit.TEXT), Column("v", Words("V", "V"), Unit.ORE))
    figures = tuple(Figure(code, Words(code, code), value) for code, value in rows)
    table = Table("t", Words("T", "T"), columns, tuple(TableRow(code, (code, value)) for code, value in rows))
    counted = Counted(figures, (table,))
    kept = from_data(json.loads(json.dumps(to_data(counted))))
    assert kept == counted
    assert differences(kept, counted) == []


@given(st.lists(CELLS, min_size=4, max_size=4), st.lists(CELLS, min_size=4, max_size=4))
def test_every_change_is_told_once_and_nothing_else(then: list[Cell], now: list[Cell]) -> None:
    def made(values: list[Cell]) -> Counted:
        columns = (Column("n", Words("N", "N"), Unit.TEXT), Column("v", Words("V", "V")))
        figures = tuple(Figure(f"f{place}", Words("F", "F"), value) for place, value in enumerate(values))
        rows = tuple(TableRow(str(place), (str(place), value)) for place, value in enumerate(values))
        return Counted(figures, (Table("t", Words("T", "T"), columns, rows),))

    told = differences(made(then), made(now))
    changed = [place for place in range(4) if then[place] != now[place]]
    assert [(each.then, each.now) for each in told] == [(then[p], now[p]) for p in changed] * 2


def test_a_row_that_came_later_or_is_gone_is_told() -> None:
    columns = (Column("n", Words("N", "N"), Unit.TEXT), Column("v", Words("V", "V")))

    def made(*keys: str) -> Counted:
        return Counted((), (Table("t", Words("T", "T"), columns, tuple(TableRow(k, (k, 1)) for k in keys)),))

    assert [(each.row and each.row.nb, each.then, each.now) for each in differences(made("a"), made("b"))] == [
        ("a", 1, None),
        ("b", None, 1),
    ]


def test_cells_as_people_read_them() -> None:
    assert [shown(value, Unit.NUMBER, "nb") for value in (None, "", 0, HIDDEN, 1000)] == [
        "–",
        "–",
        "0",
        ":",
        "1\u00a0000",
    ]
