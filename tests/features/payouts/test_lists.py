"""What is ticked on a list's page must stand on that list."""

from datetime import date, timedelta
from functools import partial

import pytest
from flask import Flask

from app.cases.actions import declare
from app.cases.domain import Impartiality
from app.cases.queries import locked
from app.db import db, writing
from app.db.clock import start_at
from app.flow import Refused
from app.payouts import actions
from app.payouts.jobs import make_file
from app.payouts.models import Payable, PayoutList
from app.payouts.workflow import Status
from tests import factories
from tests.factories import AT, acting
from tests.payout_rows import versions

LATER = AT + timedelta(days=6)
NOT_HERE = "ikke står på denne listen"


def two_lists(house: Flask) -> tuple[tuple[PayoutList, Payable], tuple[PayoutList, Payable]]:
    """Two lists of one line each."""
    one = factories.payable()
    two = factories.payable(orgnr="312999013", signer="fjordnes", number="T25-0002", ore=100_000_00)
    made = []
    for line in (one, two):
        for verb, who in (
            (actions.attest, "finance1"),
            (actions.approve, "decider"),
            (partial(actions.hand_over, pay_on=LATER.date()), "finance2"),
        ):
            seen, by = versions(line), acting(who)
            with writing():
                done = verb(seen, by=by, at=AT)
        assert isinstance(done, PayoutList)
        made.append((done, line))
    return made[0], made[1]


def test_a_line_of_another_list_is_refused_by_the_verbs(house: Flask) -> None:
    with house.app_context():
        (first, mine), (_, other) = two_lists(house)
        both, by = versions(mine, other), acting("finance2")
        with pytest.raises(Refused, match=NOT_HERE), writing():
            actions.register_paid(first.id, both, LATER.date(), by=by, at=LATER)
        with pytest.raises(Refused, match=NOT_HERE), writing():
            actions.register_rejected(first.id, both, "Feil konto", by=by, at=LATER)


@pytest.mark.parametrize("page", ["betalt", "avvist"])
def test_a_line_of_another_list_is_refused_by_the_pages(house: Flask, client_for, page: str) -> None:  # type: ignore[no-untyped-def]
    with house.app_context():
        (first, mine), (_, other) = two_lists(house)
        with writing():
            start_at(LATER)
        ticks = [f"{line.public_id}.{versions(line)[line.id]}" for line in (mine, other)]
        number, keys = first.number, (mine.id, other.id)
    client = client_for("finance2")
    client.see("/utbetalinger")
    sent = {"line": ticks, "paid_on": "11.01.2025", "reason": "Feil konto"}
    answer = client.send(f"/utbetalinger/lister/{number}/{page}", sent)
    assert answer.status == 409 and NOT_HERE in answer.text
    with house.app_context():
        assert [db.session.get_one(Payable, key).status for key in keys] == [Status.SENT, Status.SENT]
        db.session.remove()


@pytest.mark.parametrize("answer", [Impartiality.PARTIAL, Impartiality.IN_DOUBT])
def test_who_has_a_tie_to_a_line_does_not_take_the_file_to_the_bank(house: Flask, client_for, answer) -> None:  # type: ignore[no-untyped-def]
    with house.app_context():
        (first, mine), _ = two_lists(house)
        make_file(first.id, LATER)
        by = acting("finance3")
        with writing():
            start_at(LATER)
            declare(locked(mine.case_id), answer, "Broren min", by=by, at=LATER)
        with pytest.raises(Refused, match=r"inhabil|meldt tvil"), writing():
            actions.take_file(first.id, "csv", by=by, at=LATER)
        number = first.number
        db.session.remove()
    address = f"/utbetalinger/lister/{number}"
    page = client_for("finance3").see(address)
    assert "Hent CSV-filen" not in page.buttons() and "Hent filene" in page.text
    assert client_for("finance3").see(f"{address}/utbetalingsliste.csv").status == 409
    assert "Hent CSV-filen" in client_for("finance1").see(address).buttons()


def test_a_list_waits_for_its_bank_day_not_for_a_season(house: Flask) -> None:
    with house.app_context():
        line = factories.payable()
        for verb, who in ((actions.attest, "finance1"), (actions.approve, "decider")):
            seen, by = versions(line), acting(who)
            with writing():
                verb(seen, by=by, at=AT)
        seen, by = versions(line), acting("finance2")
        with pytest.raises(Refused, match="kan ikke være etter"), writing():
            actions.hand_over(seen, date(2025, 12, 1), by=by, at=AT)
