"""Finding the applicant's own application by its address."""

from typing import Any

from flask import abort, url_for

from app.access.domain import Actor, Permission
from app.access.guards import current_actor
from app.applications import queries
from app.applications.queries import Read
from app.cases import queries as cases
from app.templating import words


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


def lacking_parts(found: Read) -> list[dict[str, Any]]:
    """What each part still lacks, with the page that mends it where the reader may write."""
    public_id, writes = found.case.public_id, may_write(current_actor(), found)
    return [
        {
            "words": words(view.words),
            "lacks": view.lacks,
            "uneven": view.uneven,
            "page": url_for("applications.section", public_id=public_id, code=view.code) if writes else None,
        }
        for view in found.views
        if view.lacks
    ]


def who_signs(found: Read) -> list[str]:
    """The names of those who may sign for the applicant."""
    return [person.name for person in queries.signers(found.case.party_id)]
