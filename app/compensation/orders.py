"""What this room has done as an order: long work on a file."""

from collections.abc import Sequence
from datetime import datetime

from app.access.domain import Actor, Permission
from app.compensation import queries
from app.compensation.actions.importing import import_claims
from app.compensation.domain import importing
from app.orders.domain import FileRow, Heading, Judged
from app.orders.kinds import Kind, Link
from app.values.language import N_


def _headings() -> list[Heading]:
    return importing.headings(queries.prices_in_use())


def _import(area_id: int | None, lines: Sequence[FileRow], by: Actor, at: datetime) -> list[Judged]:
    codes = [each for each in _headings() if each not in importing.FIXED]
    return import_claims(area_id, lines, codes, by=by, at=at)


def _claims(things: Sequence[str]) -> dict[str, Link]:
    ids = {int(each.rpartition(":")[2]): each for each in things}
    found = queries.addresses_of(list(ids))
    return {ids[key]: ("compensation.claim", {"public_id": address}) for key, address in found.items()}


IMPORT_CLAIMS = Kind(
    "gp-claims",
    N_("Krav fra fastleger"),
    N_("Hver rad blir et krav, kontrollert som om fastlegen hadde sendt det selv. En annen enn du bekrefter kravene."),
    needs=Permission.IMPORT_CLAIMS,
    file="krav-fra-fastleger",
    headings=_headings,
    together=importing.whose,
    does=_import,
    where=_claims,
)

KINDS = (IMPORT_CLAIMS,)
