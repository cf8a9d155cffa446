"""What a recipient answered can be read again from the page of the case."""

from collections.abc import Callable
from typing import Any

from app.awards.models import Award
from app.db import clock, db, writing
from tests import factories
from tests.client import Client


def _told() -> str:
    """A part of what was applied for; gives the address of the answer."""
    factories.frame()
    award_id = factories.decided(factories.recommended(600_000_00, applied_ore=1_000_000_00))
    factories.told(award_id)
    with writing():
        clock.start_at(factories.AT)
    return f"/vaar-side/tilskudd/{db.session.get_one(Award, award_id).public_id}"


def test_the_revised_budget_and_plan_are_found_again(
    make: Callable[..., Any], client_for: Callable[[str], Client]
) -> None:
    client = client_for("demovik")
    answer = {"account": "12345600009", "terms": "y", "line_0": "400 000", "line_1": "200 000", "plan": "Færre kurs"}
    assert client.see(make(_told)).press("Aksepter tilskuddet", **answer).status == 200
    case = client.see(client.see("/vaar-side").links()["Legemiddelliste i kommunen"])
    kept = client.see(case.links()["Se vedtaket og svaret deres"])
    assert "Færre kurs" in kept.response.get_data(as_text=True)
    assert "Sum600 000 kr" in kept.text.replace("\xa0", " ")
