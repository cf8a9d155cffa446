"""After the promised day the page says that we are late and what happens now, and promises nothing that is past."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from app.cases.models import Case
from app.db import clock, db, writing
from tests import factories
from tests.client import Client

Make = Callable[..., Any]
ClientFor = Callable[[str], Client]


def _sent_in(days_before: int) -> None:
    """An application that is judged, seen this many days before the promised answer."""
    factories.published_call()
    db.session.remove()
    factories.submitted()
    promised: date = db.session.query(Case).one().due_on or date.max
    with writing():
        clock.start_at(factories.AT)
        clock.forward(timedelta(days=(promised - factories.AT.date()).days - days_before))


@pytest.mark.parametrize(("days_before", "late"), [(0, False), (-1, True)])
def test_the_promise_is_told_until_its_day_is_over(
    make: Make, client_for: ClientFor, days_before: int, late: bool
) -> None:
    make(_sent_in, days_before)
    home = client_for("demovik").see("/vaar-side")
    case = home.client.see(next(link for words, link in home.links().items() if words.startswith("T25-")))
    for page in (home, case):
        assert ("Dere får svar innen" in page.text, "Forsinket: vi lovet svar innen" in page.text) == (not late, late)
    assert ("dere får brev så snart den er avgjort" in case.text) is late
