"""What is approved under rules that let Helfo pay (domain B.1: from 2026), and what is told to Helfo and paid."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.budget.domain import EntryKind
from app.budget.models import LedgerEntry
from app.cases.models import Case
from app.compensation.domain import PAGE
from app.compensation.models import Claim, ClaimLine, GpAgreement, HelfoClaim, HelfoExport, HelfoPayment
from app.compensation.queries.basis import compensation_versions
from app.compensation.workflow import Status
from app.db import db, reference
from app.parties.models import Party
from app.payables.models import PaymentBasis
from app.rules.domain import PaidThrough
from app.rules.queries import rules_of

# Claims in one file; the next takes the rest.
MOST = 10_000


@dataclass(frozen=True)
class ForHelfo:
    """An approved claim as it is told to Helfo; `lines`: code and paid units."""

    claim: Claim
    number: str
    hpr_no: str
    orgnr: str
    lines: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Exported:
    """A file for Helfo, and how much of it Helfo has paid."""

    export: HelfoExport
    paid_claims: int
    paid_ore: int

    @property
    def left_claims(self) -> int:
        """Claims that Helfo has not paid."""
        return self.export.claims - self.paid_claims

    @property
    def left_ore(self) -> int:
        """What they come to."""
        return self.export.sum_ore - self.paid_ore


@dataclass(frozen=True)
class Unpaid:
    """A claim in a file that Helfo has not paid, and the frame its sum is bound in."""

    claim_id: int
    public_id: str
    case_id: int
    frame_id: int
    amount_ore: int


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
    """The approved claims for periods that begin in the year and stand in no file yet, oldest first; two reads."""
    versions = list(exported_versions())
    if not versions:
        return []
    ours = (
        Claim.rule_version_id.in_(versions),
        Claim.status.in_((Status.APPROVED, Status.PARTLY_APPROVED)),
        Claim.from_on.between(date(year, 1, 1), date(year, 12, 31)),
        ~sa.exists().where(HelfoClaim.claim_id == Claim.id),
        ~sa.exists().where(PaymentBasis.ref == reference("claim", Claim.id)),
    )
    first = sa.select(Claim.id).where(*ours).order_by(Claim.id).limit(MOST)
    lines = _lines(sa.select(first.subquery().c.id))
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


def _exported() -> sa.Select[Any]:
    paid = sa.select(HelfoPayment.export_id, HelfoPayment.claims, HelfoPayment.sum_ore).subquery()
    return (
        sa.select(
            HelfoExport,
            sa.func.coalesce(sa.func.sum(paid.c.claims), 0),
            sa.func.coalesce(sa.func.sum(paid.c.sum_ore), 0),
        )
        .outerjoin(paid, paid.c.export_id == HelfoExport.id)
        .group_by(HelfoExport.id)
        .order_by(HelfoExport.id.desc())
    )


def _told(row: Any) -> Exported:
    return Exported(row[0], int(row[1]), int(row[2]))


def exports_of(year: int) -> list[Exported]:
    """The files of a year, the newest first."""
    return [_told(row) for row in db.session.execute(_exported().where(HelfoExport.year == year))]


def export_numbered(number: str) -> Exported | None:
    """The file with this number."""
    row = db.session.execute(_exported().where(HelfoExport.number == number)).one_or_none()
    return _told(row) if row else None


def unpaid_exports() -> list[Exported]:
    """The files that Helfo has not paid all of, oldest first."""
    left = sa.select(HelfoClaim.export_id).where(HelfoClaim.payment_id.is_(None)).distinct()
    query = _exported().where(HelfoExport.id.in_(left)).order_by(None).order_by(HelfoExport.id)
    return [_told(row) for row in db.session.execute(query)]


def any_unpaid_export() -> sa.ColumnElement[bool]:
    """Whether there is any, for one statement with others."""
    return sa.exists().where(HelfoClaim.payment_id.is_(None))


def locked_export(export_id: int) -> HelfoExport:
    """The file's row, locked until the transaction ends."""
    query = sa.select(HelfoExport).where(HelfoExport.id == export_id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def next_number(year: int) -> str:
    """What the next file of the year is called; whoever asks has locked the claims it takes."""
    made = db.session.scalar(sa.select(sa.func.count()).select_from(HelfoExport).where(HelfoExport.year == year))
    return f"{year}-{(made or 0) + 1}"


def claims_in(export_id: int, number: int) -> Sequence[Any]:
    """The claims of a file, one page from the first (1): whose, for when, how much, and when Helfo paid it."""
    query = (
        sa.select(Claim.public_id, Claim.from_on, Claim.to_on, GpAgreement.gp_name, HelfoClaim.amount_ore)
        .add_columns(Party.display_name.label("payee_name"), HelfoPayment.paid_on)
        .join(HelfoClaim, HelfoClaim.claim_id == Claim.id)
        .join(GpAgreement, GpAgreement.id == Claim.agreement_id)
        .join(Party, Party.id == Claim.party_id)
        .outerjoin(HelfoPayment, HelfoPayment.id == HelfoClaim.payment_id)
        .where(HelfoClaim.export_id == export_id)
        .order_by(Claim.id)
    )
    return db.session.execute(query.limit(PAGE).offset((number - 1) * PAGE)).all()


def payments_of(export_id: int) -> Sequence[HelfoPayment]:
    """What Helfo has paid of a file, as it was registered."""
    query = sa.select(HelfoPayment).where(HelfoPayment.export_id == export_id).order_by(HelfoPayment.id)
    return db.session.scalars(query).all()


def unpaid_in(export_id: int) -> list[Unpaid]:
    """The claims of a file that Helfo has not paid, in order."""
    bound = sa.and_(
        LedgerEntry.kind == EntryKind.COMMITMENT, LedgerEntry.ref == reference("claim", HelfoClaim.claim_id)
    )
    query = (
        sa.select(HelfoClaim.claim_id, Claim.public_id, Claim.case_id, LedgerEntry.frame_id, HelfoClaim.amount_ore)
        .join(Claim, Claim.id == HelfoClaim.claim_id)
        .join(LedgerEntry, bound)
        .where(HelfoClaim.export_id == export_id, HelfoClaim.payment_id.is_(None))
        .order_by(HelfoClaim.claim_id)
    )
    return [Unpaid(*row) for row in db.session.execute(query)]


def mark_paid(payment: HelfoPayment, claim_ids: Collection[int]) -> None:
    """These claims of its file are paid by it."""
    of_it = sa.and_(HelfoClaim.export_id == payment.export_id, HelfoClaim.claim_id.in_(claim_ids))
    db.session.execute(sa.update(HelfoClaim).where(of_it).values(payment_id=payment.id))


def file_with(claim_id: int) -> HelfoExport | None:
    """The file for Helfo that a claim stands in."""
    query = sa.select(HelfoExport).join(HelfoClaim, HelfoClaim.export_id == HelfoExport.id)
    return db.session.scalar(query.where(HelfoClaim.claim_id == claim_id))


def with_cases(claim_ids: Collection[int]) -> Sequence[tuple[Claim, Case]]:
    """These claims with their cases and payees, by payee and in order."""
    query = sa.select(Claim, Case).join(Case, Case.id == Claim.case_id).where(Claim.id.in_(claim_ids))
    query = query.options(joinedload(Case.party)).order_by(Claim.party_id, Claim.id)
    return [(claim, case) for claim, case in db.session.execute(query)]
