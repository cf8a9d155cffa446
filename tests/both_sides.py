"""People who cross over: they have signed for the recipient, and work in the house now, or the other way about."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from app.access.domain import Actor, Role
from app.cases import actions as cases
from app.cases.domain import Impartiality
from app.cases.models import Case
from app.db import db, writing
from app.demo.accounts import add_signer
from app.flow import Refused
from tests import factories
from tests.factories import AT

INSIDE = frozenset({Role.OFFICER, Role.LEAD, Role.DECIDER, Role.FINANCE})


def every_role(username: str) -> Actor:
    """With every role inside and the decider's authority, and no tie: only four eyes stands in the way."""
    delegations = factories.acting("decider").delegations
    return replace(factories.acting(username), roles=INSIDE, memberships=frozenset(), delegations=delegations)


def signing_for(username: str, signer: str = "demovik") -> Actor:
    """The person has left us, and signs where `signer` does."""
    memberships = factories.acting(signer).memberships
    return replace(factories.acting(username), roles=frozenset(), memberships=memberships)


def colleague(username: str, role: Role = Role.SIGNER, orgnr: str = "312999005") -> str:
    """One more person of the recipient; gives the username."""
    with writing():
        add_signer(username, f"{username.title()} Demo", factories.party(orgnr), AT, role)
    return username


def refused(what: str, verb: Callable[..., Any], *given: Any, **named: Any) -> None:
    """The verb says no, and why."""
    with pytest.raises(Refused, match=what), writing():
        verb(*given, **named)


def done(verb: Callable[..., Any], *given: Any, **named: Any) -> Any:
    """The verb in a transaction of its own."""
    with writing():
        return verb(*given, **named)


def impartial(case_id: int, *people: Actor) -> None:
    """These have answered that they are impartial in the case."""
    with writing():
        for by in people:
            cases.declare(db.session.get_one(Case, case_id), Impartiality.IMPARTIAL, "", by=by, at=AT)
