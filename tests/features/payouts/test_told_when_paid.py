"""The payee of a claim is told when finance has booked the money: once for a list, with what is set off."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import sqlalchemy as sa
from flask import Flask

from app.compensation.domain import Period
from app.compensation.models import Claim
from app.db import db
from app.dispatch.models import Outgoing
from tests import claims_paid, compensation_rows, factories
from tests.claims_paid import approved, at_the_bank, booked, countered, paid
from tests.client import Client

SECOND, JULY = Period(date(2025, 4, 1), date(2025, 6, 30)), datetime(2025, 7, 3, 9, 0, tzinfo=UTC)


def notices() -> list[Outgoing]:
    return list(db.session.scalars(sa.select(Outgoing).where(Outgoing.kind == "paid").order_by(Outgoing.id)))


def test_two_claims_on_a_list_are_one_notice(gp_house: Flask, client_for: Callable[[str], Client]) -> None:
    with gp_house.app_context():
        first = compensation_rows.claim(factories.agreement(), {"start": 1, "patient": 50})
        other = compensation_rows.claim(factories.agreement(hpr_no="7654321", gp_name="Lege To"), {"patient": 30})
        paid([first, other])
        (told,) = notices()
        body = told.body.replace("\xa0", " ")
        assert "18 000 kr" in told.subject.replace("\xa0", " ")
        for words in ("betalt 18 000 kr til konto •••• •• •0149", "bokført 15. april 2025", "15 000 kr", "3 000 kr"):
            assert words in body, words
        assert body.count("01.01.2025-31.03.2025") == 2 and "Motregnet" not in body
        address = first.public_id
        assert {claim.paid_on for claim in db.session.scalars(sa.select(Claim))} == {date(2025, 4, 15)}
    assert "Betalt15.04.2025" in client_for("gp1").see(f"/krav/{address}").text


def test_what_is_set_off_is_told_and_a_payment_of_nought_too(gp_house: Flask) -> None:
    with gp_house.app_context():
        claim = compensation_rows.claim(factories.agreement(), {"start": 1, "patient": 50})
        paid([claim])
        countered(claim, {"patient": 20})
        agreed = claims_paid.agreed_with(claim.agreement_id)
        approved(compensation_rows.claim(agreed, {"patient": 50}, period=SECOND, at=JULY), at=JULY)
        booked(at_the_bank(JULY), JULY)
        body = notices()[-1].body.replace("\xa0", " ")
        assert "Vi har betalt 3 000 kr" in body and "Motregnet for motkrav: 2 000 kr av 5 000 kr." in body
        assert len(notices()) == 2


def test_a_payment_that_is_set_off_whole_says_so(gp_house: Flask) -> None:
    with gp_house.app_context():
        claim = approved(compensation_rows.claim(factories.agreement(), {"start": 1, "patient": 50}))
        countered(claim, {"start": 1, "patient": 50})
        booked(at_the_bank())
        (told,) = notices()
        assert "ingen penger er sendt" in told.body and "konto" not in told.body


def test_a_grant_is_not_told_of_here(gp_house: Flask) -> None:
    from app.payouts.kinds import KINDS

    del gp_house
    assert [name for name, kind in KINDS.items() if kind.tells] == ["claim"]
