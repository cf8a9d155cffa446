"""What an import reads of many GPs at once: their agreements, and the claims that are there."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.cases.models import Case
from app.compensation.models import STANDS, Claim, ClaimLine, GpAgreement
from app.compensation.queries.basis import compensation_versions
from app.compensation.workflow import Status
from app.db import db
from app.rules.domain import UnitPrice
from app.rules.queries import rules_of


@dataclass(frozen=True)
class There:
    """A claim that is there; `is_fallen`: its days may be claimed anew with other units."""

    claim_id: int
    from_on: date
    to_on: date
    units: dict[str, int]
    status: Status
    is_fallen: bool


def agreements_by_hpr(numbers: Collection[str]) -> dict[str, list[GpAgreement]]:
    """The agreements of these GPs, oldest first, by their number."""
    query = sa.select(GpAgreement).where(GpAgreement.hpr_no.in_(numbers)).order_by(GpAgreement.from_on, GpAgreement.id)
    found: dict[str, list[GpAgreement]] = {}
    for each in db.session.scalars(query):
        found.setdefault(each.hpr_no, []).append(each)
    return found


def cases_of(case_ids: Collection[int]) -> dict[int, Case]:
    """These cases with the hands that were in them, as they are now, locked until the transaction ends."""
    query = sa.select(Case).where(Case.id.in_(case_ids)).order_by(Case.id).with_for_update(of=Case)
    return {case.id: case for case in db.session.scalars(query.execution_options(populate_existing=True))}


def claims_there(agreement_ids: Collection[int]) -> dict[int, list[There]]:
    """Every claim of these agreements, by agreement."""
    query = (
        sa.select(Claim.id, Claim.agreement_id, Claim.from_on, Claim.to_on, Claim.status)
        .add_columns(sa.not_(STANDS).label("is_fallen"), ClaimLine.code, ClaimLine.units)
        .outerjoin(ClaimLine, ClaimLine.claim_id == Claim.id)
        .where(Claim.agreement_id.in_(agreement_ids))
        .order_by(Claim.id)
    )
    found: dict[int, dict[int, There]] = {}
    for row in db.session.execute(query):
        of_agreement = found.setdefault(row.agreement_id, {})
        if row.id not in of_agreement:
            of_agreement[row.id] = There(row.id, row.from_on, row.to_on, {}, row.status, bool(row.is_fallen))
        if row.code is not None:
            of_agreement[row.id].units[row.code] = row.units
    return {key: list(claims.values()) for key, claims in found.items()}


def addresses_of(claim_ids: Collection[int]) -> dict[int, str]:
    """The public address of each of these claims."""
    rows = db.session.execute(sa.select(Claim.id, Claim.public_id).where(Claim.id.in_(claim_ids)))
    return {row.id: row.public_id for row in rows}


def keys_of(addresses: Collection[str]) -> dict[str, int]:
    """The key of each claim of these addresses."""
    rows = db.session.execute(sa.select(Claim.public_id, Claim.id).where(Claim.public_id.in_(addresses)))
    return {row.public_id: row.id for row in rows}


def prices_in_use() -> list[UnitPrice]:
    """Every unit price of the published rules, each code once, by the newest rules that have it."""
    found: dict[str, UnitPrice] = {}
    for version in compensation_versions():
        for price in rules_of(version.id).unit_prices:
            found.setdefault(price.code, price)
    return list(found.values())
