"""An application as it is read: a cost is named once."""

import pytest

from app.applications.content import _cost
from app.applications.domain import CostLine
from app.rules.domain import Words

TRAINING = Words("Opplæring", "Opplæring")


@pytest.mark.parametrize(
    ("typed", "told"),
    [("Opplæring", TRAINING), ("opplæring", TRAINING), ("", TRAINING), ("Kurs", (TRAINING, "Kurs"))],
)
def test_a_cost_is_named_once(typed: str, told: object) -> None:
    assert _cost(TRAINING, CostLine("training", typed, 100)) == told
