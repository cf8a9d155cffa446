"""The columns of an import of claims: what a heading means is never open to two readings."""

import pytest

from app.compensation.domain import importing
from app.orders.domain import line, places
from app.rules.domain import UnitPrice, Words


def price(code: str, nb: str, nn: str) -> UnitPrice:
    return UnitPrice(code, Words(nb, nn), 100_00, 10)


@pytest.mark.parametrize(
    "others",
    [
        (price("patient2", "Per pasient", "Per pasient"),),
        (price("patient2", "Ny", "per  pasient:"),),
        (price("x", "Periode fra", "Frå"), price("y", "patient", "pasient")),
    ],
)
def test_prices_called_alike_are_told_apart_by_their_codes(others: tuple[UnitPrice, ...]) -> None:
    prices = (price("patient", "Per pasient", "Per pasient"), *others)
    headings = importing.headings(prices)
    for form in ("nb", "nn"):
        found = places([each.in_(form) for each in headings], headings)
        assert not found.faults, "our own template is taken"
        assert list(found.codes.values()) == [each.code for each in headings]
    assert places(["Per pasient"], headings).codes == {}, "it is not guessed"


def test_other_prices_are_called_what_they_are() -> None:
    headings = importing.headings([price("start", "Oppstart", "Oppstart"), price("hour", "Per time", "Per time")])
    assert [each.nb for each in headings[3:-1]] == ["Oppstart", "Per time"]
    found = places(["HPR-nummer", "Periode fra", "Periode til", "Per time", "start"], headings)
    assert line(2, ["1", "", "", "7", "8"], found).says == {"hpr": "1", "hour": "7", "start": "8"}
