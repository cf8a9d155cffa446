"""Budget authority between the registering and the second person."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app.access.domain import Role
from app.db import db, writing
from app.people import actions, judgement, queries
from app.people.waiting import waiting
from tests import factories
from tests.factories import AT
from tests.features.people.test_rules import authority, key, refused


@pytest.fixture
def inside(app: Flask) -> Iterator[Flask]:
    with app.app_context():
        factories.people()
        db.session.remove()
        yield app
        db.session.remove()


def test_authority_is_confirmed_only_while_its_giver_has_it_to_give(inside: Flask) -> None:
    """Between the registering and the second person the giver's own may end, or the line go another way."""
    admin, other = factories.acting("admin"), factories.acting("admin2")
    with writing():
        actions.give_role(key("lead"), Role.DECIDER, by=admin, at=AT)
    with writing():
        made = actions.delegate(key("lead"), authority("decider"), by=admin, at=AT).id
    with writing():
        lines = queries.lines()
        waits = queries.delegation(made)
        assert waits is not None
        moved = judgement.why_not_confirm(waits, other, {**lines, waits.user_id: key("head")}, {waits.given_by: []})
        assert "over mottakeren" in moved[0].text
    with writing():
        for each in queries.open_delegations(key("decider")):
            actions.end_authority(each.id, by=admin, at=AT)
    assert "ikke selv en bekreftet fullmakt" in refused(lambda: actions.confirm(made, by=other, at=AT))
    assert waiting(other, AT) == []
    with writing():
        actions.end_person(key("decider"), None, by=admin, at=AT)
    assert "er avsluttet" in refused(lambda: actions.confirm(made, by=other, at=AT))
    with writing():
        anew = actions.delegate(key("lead"), authority("head"), by=admin, at=AT).id
    with writing():
        actions.end_person(key("head"), None, by=admin, at=AT)
    # Whoever has nobody above them has all authority, but not when they have left.
    assert "er avsluttet" in refused(lambda: actions.confirm(anew, by=other, at=AT))
