"""People, areas and GPs stand in Norwegian order on both databases, and a new name moves to its new place."""

from flask import Flask

from app.access.actions import add_user, give_membership
from app.access.domain import Role
from app.applications.queries import signers
from app.db import writing
from app.parties.actions import add_area
from app.parties.queries import areas
from tests import factories

IN_ORDER = ["Anne Ås", "Bjørn Lie", "Cecilie Dahl", "Ærlend Moe", "Øystein Berg", "Aase Vik", "åse Vold"]


def test_names_stand_in_norwegian_order(app: Flask) -> None:
    with app.app_context():
        factories.people()
        party = factories.party("312999021")
        with writing():
            for number, name in enumerate(reversed(IN_ORDER)):
                user = add_user(f"person{number}", name, "no password", by=None, at=factories.AT)
                give_membership(user, Role.SIGNER, party_id=party.id, by=None, at=factories.AT)
                add_area(name, "Nordland", party, by=None, at=factories.AT)
        assert [user.name for user in signers(party.id) if user.name in IN_ORDER] == IN_ORDER
        assert [area.name for area in areas() if area.name in IN_ORDER] == IN_ORDER
        with writing():
            factories.user("person0").name = "Berit Vold"
        assert [user.name for user in signers(party.id)][:2] == ["Anne Ås", "Berit Vold"]
