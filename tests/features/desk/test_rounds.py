"""What is left of a round: the same on home and over the list, counted as the applications stand."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from app.applications.actions import withdraw
from app.assessments.actions import recommend
from app.db import db, writing
from app.desk.queries import rounds
from tests import factories
from tests.client import Client
from tests.factories import AT
from tests.rounds import acting_now, assessed, impartial, proposal, published_call, submitted


def test_every_application_is_counted_once_by_whether_it_is_decided(app: Flask) -> None:
    with app.app_context():
        factories.people()
        call = published_call()
        waits, (decided, _) = submitted(call), assessed(call, orgnr="312999013")
        found = rounds.left()
        assert [(each.title_nb, each.undecided, each.sent_in) for each in found] == [(call.title_nb, 2, 2)]
        with writing():
            impartial(decided, "decider")
            recommend(decided.id, proposal(0), by=acting_now("officer1"), at=AT, version=decided.version)
        factories.decided(decided.id)
        assert [(each.undecided, each.sent_in) for each in rounds.left()] == [(1, 2)]
        with writing():
            withdraw(waits.id, "Vi har ikke folk.", version=waits.version, by=acting_now("demovik"), at=AT)
        assert rounds.left() == [], "who withdrew waits for nothing"
        db.session.remove()


@pytest.mark.parametrize(
    ("on", "working_day"), [("2025-02-15", "2025-02-14"), ("2025-05-01", "2025-04-30"), ("2025-02-14", None)]
)
def test_a_date_on_a_day_of_rest_stands_with_the_working_day_before_beside_it(on: str, working_day: str | None) -> None:
    left = rounds.RoundLeft("Runde", "Runde", date.fromisoformat(on), 1, 0)
    assert left.working_day == (date.fromisoformat(working_day) if working_day else None)


@pytest.mark.parametrize("address", ["/mine-oppgaver", "/saker"])
def test_home_and_list_say_how_much_and_how_long(
    season: Flask, season_client_for: Callable[[str], Client], address: str
) -> None:
    page = season_client_for("officer1").see(address)
    assert "søknader er ikke avgjort. Vedtak innen lørdag 15. februar 2025 (5 dager igjen)." in page.text
    assert "Siste virkedag er fredag 14. februar 2025." in page.text
