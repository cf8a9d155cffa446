"""What can only be paid after the budget year is told when the case is decided, whenever that is."""

from datetime import date

import pytest

from app.awards.domain import after_the_year, as_told, payment_plan
from app.demo.rules import samhandling


@pytest.mark.parametrize(
    ("decided_on", "late"), [(date(2025, 2, 10), ()), (date(2025, 12, 29), (2,)), (date(2026, 11, 2), (1, 2))]
)
def test_a_part_is_late_by_its_own_day_or_the_decisions(decided_on: date, late: tuple[int, ...]) -> None:
    rules = samhandling(2025)
    parts = after_the_year(payment_plan(1_000_000_00, rules), as_told(rules, decided_on), 2025, decided_on)
    assert tuple(part.nr for part in parts) == late
