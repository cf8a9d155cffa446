"""Finding the applicant's own application by its address."""

from flask import abort

from app.access.domain import Actor, Permission
from app.access.guards import current_actor
from app.applications import queries
from app.applications.queries import Read
from app.cases import queries as cases
from app.flow import Reason
from app.values.language import N_


def own(public_id: str) -> Read:
    """The application of this address, when it is of an organisation one acts for. Aborts 404 otherwise."""
    actor = current_actor()
    case = cases.by_public_id(public_id, actor)
    if case is None or case.call_id is None or case.party_id not in actor.party_ids:
        abort(404)
    return queries.read(case)


def may_write(actor: Actor, found: Read) -> bool:
    """Whether they may write for the applicant."""
    return actor.may(Permission.WRITE_OWN, party_id=found.case.party_id)


def who_signs(found: Read) -> list[str]:
    """The names of those who may sign for the applicant."""
    return [person.name for person in queries.signers(found.case.party_id)]


def only_signers() -> Reason:
    """Why a writer cannot sign."""
    return Reason(N_("Du kan skrive i søknaden, men ikke signere den."), who=N_("kan signere"))
