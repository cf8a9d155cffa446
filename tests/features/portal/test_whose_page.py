"""Who acts for many comes back from a case to the page of the organisation whose case it is."""

from collections.abc import Callable

from flask import Flask

from app.access.domain import Role
from app.access.models import UserMembership
from app.db import db, writing
from app.parties.models import Party
from tests import factories
from tests.client import Client

TWO = {"312999005": "Demovik kommune", "312999013": "Fjordnes kommune"}


def test_the_way_back_from_a_case_leads_to_whose_case_it_is(app: Flask, client_for: Callable[[str], Client]) -> None:
    with app.app_context():
        factories.people()
        for nr, orgnr in enumerate(TWO, start=1):
            factories.recommended(1_000_000_00, number=f"T25-000{nr}", orgnr=orgnr)
        second = db.session.query(Party.id).filter_by(orgnr="312999013").scalar()
        person = factories.user("demovik").id
        db.session.rollback()
        with writing():
            db.session.add(UserMembership(user_id=person, role=Role.SIGNER, party_id=second))
    client = client_for("demovik")
    tabs = {to for to in client.see("/vaar-side").links().values() if "virksomhet=" in to}
    assert len(tabs) == len(TWO)
    for address in tabs:
        home = client.see(address)
        case = client.see(next(to for words, to in home.links().items() if words.startswith("T25-000")))
        assert client.see(case.links()["Vår side"]).h1 == home.h1
