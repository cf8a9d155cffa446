"""What is approved under rules that let Helfo pay (domain B.1: from 2026)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.cases.models import Case
from app.compensation.models import Claim, ClaimLine, GpAgreement
from app.compensation.queries.basis import compensation_versions
from app.compensation.workflow import Status
from app.db import db
from app.parties.models import Party
from app.rules.domain import PaidThrough
from app.rules.queries import rules_of

# The claims of one year: thousands of GPs, each month.
MOST = 100_000


@dataclass(frozen=True)
class ForHelfo:
    """An approved claim as it is told to Helfo; `lines`: code and paid units."""

    claim: Claim
    number: str
    hpr_no: str
    orgnr: str
    lines: tuple[tuple[str, int], ...]


def exported_versions() -> dict[int, int]:
    """The published rules whose claims are exported for Helfo, and the year of each."""
    return {
        version.id: version.year
        for version in compensation_versions()
        if rules_of(version.id).paid_through is PaidThrough.HELFO_EXPORT
    }


def exported_years(this_year: int) -> list[int]:
    """The years that may have claims for Helfo, the newest first: from the first such rules, and this one."""
    first = min(exported_versions().values(), default=this_year)
    return list(range(this_year, min(first, this_year) - 1, -1))


def for_helfo(year: int) -> list[ForHelfo]:
    """The approved claims for periods that begin in the year, in the order they were approved. Two reads."""
    versions = list(exported_versions())
    if not versions:
        return []
    ours = (
        Claim.rule_version_id.in_(versions),
        Claim.status.in_((Status.APPROVED, Status.PARTLY_APPROVED)),
        Claim.from_on.between(date(year, 1, 1), date(year, 12, 31)),
    )
    lines = _lines(sa.select(Claim.id).where(*ours))
    query = (
        sa.select(Claim, Case.number, GpAgreement.hpr_no, Party.orgnr)
        .join(Case, Case.id == Claim.case_id)
        .join(GpAgreement, GpAgreement.id == Claim.agreement_id)
        .join(Party, Party.id == Claim.party_id)
        .where(*ours)
        .order_by(Claim.id)
        .limit(MOST)
    )
    return [
        ForHelfo(claim, number or "", hpr_no, orgnr or "", tuple(lines.get(claim.id, ())))
        for claim, number, hpr_no, orgnr in db.session.execute(query)
    ]


def _lines(claims: sa.Select[int]) -> dict[int, Sequence[tuple[str, int]]]:
    query = sa.select(ClaimLine.claim_id, ClaimLine.code, ClaimLine.paid_units).where(ClaimLine.claim_id.in_(claims))
    found: dict[int, list[tuple[str, int]]] = {}
    for row in db.session.execute(query.order_by(ClaimLine.claim_id, ClaimLine.code)):
        found.setdefault(row.claim_id, []).append((row.code, row.paid_units))
    return dict(found)
