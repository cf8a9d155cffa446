"""A cell is read as people and their programs write it, and what may be read in two ways is not guessed."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from app.orders.domain import cells
from app.values.badvalue import BadValue


def whole(typed: str) -> int:
    return cells.whole(typed, 10_000)


@pytest.mark.parametrize(
    ("read", "typed", "meant"),
    [
        (whole, "12,0", 12),
        (whole, "12.00", 12),
        (whole, "1 000,0", 1000),
        (whole, "1\u00a0000", 1000),
        (cells.hpr, "1234567.0", "1234567"),
        (cells.hpr, "1 234 567,0", "1234567"),
        (cells.hpr, "1.234.567", "1234567"),
        (cells.orgnr, "312999021.0", "312999021"),
        (cells.orgnr, "NO 312 999 021 MVA", "312999021"),
        (cells.day, "31.03.2025 00:00", date(2025, 3, 31)),
        (cells.day, "31.03.2025 23.59.59", date(2025, 3, 31)),
        (cells.day, "2025-03-31T00:00:00", date(2025, 3, 31)),
        (cells.day, "2025-03-31 00:00:00.000", date(2025, 3, 31)),
        (cells.day, "31/3-2025 kl. 9.30", date(2025, 3, 31)),
        (cells.day, "31. mars 2025", date(2025, 3, 31)),
        (cells.day, "01. 02. 25", date(2025, 2, 1)),
    ],
)
def test_what_programs_add_is_read_past(read: Callable[[str], Any], typed: str, meant: Any) -> None:
    assert read(typed) == meant


def test_why_a_cell_cannot_be_read_has_figures_that_are_written_as_the_reader_writes_them() -> None:
    """What a page tells inside another sentence is text by then: «%(count)d» would be a fault."""
    for read, typed in ((cells.orgnr, "123"), (cells.line, "x" * 300), (whole, "99999")):
        with pytest.raises(BadValue) as bad:
            read(typed)
        assert bad.value.reason % dict.fromkeys(bad.value.facts, "1")


@pytest.mark.parametrize(
    ("read", "typed"),
    [
        (whole, "12,5"),
        (whole, "12.000"),
        (whole, "12,0,0"),
        (whole, "1e3"),
        (cells.hpr, "1234567-0"),
        (cells.hpr, "1234567.5"),
        (cells.orgnr, "312999021.5"),
        # Another day in Norway, perhaps.
        (cells.day, "2025-03-31T23:00:00Z"),
        (cells.day, "2025-03-31T23:00:00+02:00"),
        (cells.day, "31.03.2025 25:00"),
        (cells.day, "45658.0"),
        (cells.line, "Kari 13097248022"),
    ],
)
def test_what_may_be_something_else_is_not_guessed(read: Callable[[str], Any], typed: str) -> None:
    with pytest.raises(BadValue):
        read(typed)
