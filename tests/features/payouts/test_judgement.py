"""One function of reasons: the case page, the queue, the line's page and the verb say the same to the same person."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.models import BudgetDelegation
from app.db import db, writing
from app.db.clock import start_at
from app.flow import Refused
from app.payables.models import PaymentBasis
from app.payouts import actions, judgement, queries
from app.payouts.models import Payable
from tests import factories
from tests.client import Client
from tests.factories import AT, acting
from tests.payout_rows import versions

ClientFor = Callable[[str], Client]
OVER = "Beløpet er over grensen i fullmakten din"


def limited(limit_ore: int) -> None:
    with writing():
        db.session.execute(sa.update(BudgetDelegation).values(limit_ore=limit_ore))


def test_a_decider_over_the_limit_is_told_so_on_the_case_page_too(house: Flask, client_for: ClientFor) -> None:
    with house.app_context():
        with writing():
            start_at(AT)
        line = factories.payable()
        seen = versions(line)
        with writing():
            actions.attest(seen, by=acting("finance1"), at=AT)
        limited(1_000_00)
        address, case = line.public_id, queries.by_public_id(line.public_id, None, AT.date()).case  # type: ignore[union-attr]
        (shown,) = judgement.offers(case, acting("decider"), AT)
        assert [str(reason.text).partition(" (")[0] for reason in shown.reasons] == [OVER]
    decider = client_for("decider")
    for page in ("/saker/T25-0001", f"/utbetalinger/linje/{address}", "/utbetalinger/ko/til-godkjenning"):
        found = decider.see(page)
        assert OVER in found.text, page
        assert not {"Godkjenn", "Godkjenn valgte"} & set(found.buttons()), page
    with house.app_context(), pytest.raises(Refused, match=OVER), writing():
        actions.approve({key: version + 1 for key, version in seen.items()}, by=acting("decider"), at=AT)


KINDS = {"Sak", "Vedtaket", "Rapporten", "Kravet", "Utbetalingsliste"}


def test_every_voucher_of_a_line_opens_for_who_can_see_the_line(season: Flask, season_client_for: ClientFor) -> None:
    """Whoever must judge a payment can read what it rests on: decision, report, claim, list."""
    season.config["PROPAGATE_EXCEPTIONS"] = True
    with season.app_context():
        part = sa.select(sa.func.max(Payable.id)).join(PaymentBasis, PaymentBasis.id == Payable.basis_id)
        newest = part.group_by(Payable.status, PaymentBasis.nr, PaymentBasis.agreed)
        lines = list(db.session.scalars(sa.select(Payable.public_id).where(Payable.id.in_(newest))))
        db.session.remove()
    for who in ("finance1", "decider", "officer1", "auditor"):
        client, seen = season_client_for(who), set()
        for line in lines:
            page = client.see(f"/utbetalinger/linje/{line}")
            vouchers = {words: link for words, link in page.links().items() if words.split()[0] in KINDS}
            seen |= {words.split()[0] for words in vouchers}
            for words, link in vouchers.items():
                assert client.see(link).status == 200, (who, words, link)
        assert seen == KINDS, who
