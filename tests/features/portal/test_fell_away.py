"""Of a grant that was declined or lapsed every page tells what holds now; the decision is history."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from app.awards import actions
from app.awards.models import Award
from app.db import clock, db, writing
from tests import factories
from tests.client import Client, Page

Make = Callable[..., Any]
ClientFor = Callable[[str], Client]
LATE = factories.AT + timedelta(days=40)
TOLD = {
    "declined": ("Takket nei", "takket nei til tilskuddet 7. januar 2025."),
    "lapsed": ("Falt bort", "ilskuddet falt bort 16. februar 2025, etter at fristen for å akseptere var ute."),
}


def _ended(how: str) -> str:
    """A grant its recipient said no to, or nobody answered in time; gives its address."""
    factories.frame()
    award_id = factories.decided(factories.recommended(1_000_000_00))
    factories.told(award_id)
    with writing():
        clock.start_at(LATE)
    with writing():
        if how == "declined":
            by = factories.acting("demovik")
            actions.decline(award_id, "Vi fant ingen prosjektleder.", by=by, at=factories.AT, version=1)
        else:
            actions.lapse(award_id, "Ingen svarte.", by=factories.acting("decider"), at=LATE, version=1)
    return f"/vaar-side/tilskudd/{db.session.get_one(Award, award_id).public_id}"


def plain(page: Page) -> str:
    """Its words with ordinary blanks."""
    return " ".join(page.text.split())


@pytest.mark.parametrize("how", ["declined", "lapsed"])
def test_what_holds_now_is_told(make: Make, client_for: ClientFor, how: str) -> None:
    address = make(_ended, how)
    word, sentence = TOLD[how]
    inside = client_for("officer1")
    for tab in ("", "/soknad", "/vedtak-og-brev"):
        page = inside.see("/saker/T25-0001" + tab)
        assert f"{word} Helseteknologi 2025" in plain(page) and "Vedtak: innvilget" in plain(page)
        assert "Innvilget i vedtaket1 000 000 kr" in plain(page) and "Står igjen" not in plain(page)
        if tab != "/soknad":
            assert sentence in plain(page) and "Pengene er tilbake i rammen." in plain(page)
    row = next(row for row in plain(inside.see("/saker?hvem=")).split("T25-0001")[1:])
    assert row.split("Helseteknologi 2025")[1].split("–")[0].strip().startswith(word), row[:120]
    payments = plain(inside.see("/saker/T25-0001/utbetalinger"))
    assert sentence in payments and "Planlagt" not in payments
    decision = inside.see("/saker/T25-0001/vedtak")
    beside_letter = plain(decision).split("Brevet (")[0]
    assert f"Status{word}" in beside_letter and sentence in beside_letter and "Utbetalingsplan" not in beside_letter
    theirs = client_for("demovik")
    answer = theirs.see(address)
    assert sentence in plain(answer) and "Aksepter tilskuddet" not in answer.buttons()
    above = plain(answer).split("Vedtaksbrevet (")[0]
    assert "Utbetalingsplan" not in above
    # The day nobody kept is a part of why it lapsed; who said no did keep it.
    assert ["Frist for aksept" in each for each in (beside_letter, above)] == [how == "lapsed"] * 2
    home = theirs.see("/vaar-side")
    case = theirs.see(home.links()["T25-0001 · Legemiddelliste i kommunen"])
    assert sentence in plain(case) and "Innvilget i vedtaket1 000 000 kr" in plain(case)
    everything = theirs.see("/vaar-side/saker")
    assert word in plain(everything) and "Innvilget" not in plain(everything)
