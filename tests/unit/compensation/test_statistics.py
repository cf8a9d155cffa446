"""A row of Helfo's statistics: what is read of it, and what is not guessed."""

from datetime import date

import pytest

from app.compensation.domain import statistics
from app.values.badvalue import BadValue

ROW = {
    "maaned": "2026-02",
    "hpr": "1234567",
    "orgnr": "312999021",
    "kode": "patient",
    "antall": "12",
    "belop": "1 200,50",
}


@pytest.mark.parametrize(
    "typed", ["2026-02", "02.2026", "2/2026", "202602", "2026.02", "2026-2", "14.02.2026", "2026-02-28 00:00"]
)
def test_a_month_is_any_way_people_write_one(typed: str) -> None:
    assert statistics.month(typed) == date(2026, 2, 1)


@pytest.mark.parametrize("typed", ["2026-13", "februar", "45000", "00.2026", "2026", "2026.1", "2026,1", "jan.26"])
def test_what_is_no_month_is_not_guessed(typed: str) -> None:
    with pytest.raises(BadValue):
        statistics.month(typed)


def test_a_row_is_read_by_its_columns() -> None:
    told = statistics.read(2, ROW).told
    assert told is not None and (told.last_on, told.units, told.amount_ore) == (date(2026, 2, 28), 12, 1_200_50)
    assert told.key == (date(2026, 2, 1), "1234567", "312999021", "patient", 0)


def test_only_a_correction_takes_away() -> None:
    taken = {**ROW, "antall": "-2", "belop": "−200"}
    assert [str(each.facts["column"].nb) for each in statistics.read(2, taken).wrong] == ["Antall", "Beløp"]
    told = statistics.read(2, {**taken, "rettelse": "1"}).told
    assert told is not None and (told.units, told.amount_ore, told.correction) == (-2, -200_00, 1)


def test_everything_that_cannot_be_read_is_told_at_once() -> None:
    wrong = {"maaned": "", "hpr": "x", "orgnr": "312999022", "kode": "", "antall": "1,5", "belop": "=A1"}
    assert len(statistics.read(2, wrong).wrong) == 6
    assert statistics.whose({"hpr": "1234567.0"}) == "1234567" and statistics.whose({"hpr": "x"}) == "x"
