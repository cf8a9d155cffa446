"""Reading back what the season made, to go on from it."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from app.access.domain import Role
from app.access.models import UserMembership
from app.cases.models import Case
from app.compensation.models import Claim, GpAgreement
from app.compensation.workflow import Status as ClaimStatus
from app.db import db
from app.documents.models import Direction, Document, Opening
from app.payouts.models import Payable
from app.payouts.workflow import Status
from app.reports.models import Report
from app.rules.domain import ReportKind


def agreement_on(case_id: int) -> GpAgreement:
    """The agreement of this case."""
    return db.session.scalars(sa.select(GpAgreement).where(GpAgreement.case_id == case_id)).one()


def claim_on(case_id: int) -> Claim:
    """The claim on this case."""
    return db.session.scalars(sa.select(Claim).where(Claim.case_id == case_id)).one()


def claims_on(case_ids: Sequence[int], status: ClaimStatus) -> list[Claim]:
    """The claims on these cases that stand so, as they are now."""
    query = sa.select(Claim).where(Claim.case_id.in_(case_ids), Claim.status == status).order_by(Claim.id)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def report_on(case_id: int, kind: ReportKind) -> Report:
    """The case's report of this kind, as it is now."""
    query = sa.select(Report).where(Report.case_id == case_id, Report.kind == kind)
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def numbers_to_pay(case_ids: Sequence[int]) -> list[str]:
    """The numbers of those that have something to pay."""
    query = sa.select(Case.number).where(Case.id.in_(case_ids), sa.exists().where(Payable.case_id == Case.id))
    return [str(number) for number in db.session.scalars(query)]


def payables_by_list(case_ids: Sequence[int]) -> dict[int, dict[int, int]]:
    """What is sent and not answered, by list: each payable with its version."""
    query = sa.select(Payable.list_id, Payable.id, Payable.version)
    found: dict[int, dict[int, int]] = {}
    for list_id, key, version in db.session.execute(
        query.where(Payable.case_id.in_(case_ids), Payable.status == Status.SENT).order_by(Payable.id)
    ):
        found.setdefault(list_id or 0, {})[key] = version
    return found


def payables(case_ids: Sequence[int], status: Status) -> dict[int, int]:
    """The payables that have come so far, each with its version."""
    query = sa.select(Payable.id, Payable.version).where(Payable.case_id.in_(case_ids), Payable.status == status)
    return dict(db.session.execute(query).all())


def unread(made_by: datetime) -> Sequence[sa.Row[Document, int | None]]:
    """Letters nobody has opened that were there by this moment, each with one who signs for its recipient."""
    signer = (
        sa.select(sa.func.min(UserMembership.user_id))
        .where(UserMembership.party_id == Case.party_id, UserMembership.role == Role.SIGNER)
        .correlate(Case)
        .scalar_subquery()
    )
    query = (
        sa.select(Document, signer)
        .join(Case, Case.id == Document.case_id)
        .outerjoin(Opening, Opening.document_id == Document.id)
        .where(Document.to_party, Document.direction == Direction.OUT, Document.made_at <= made_by)
        .where(Opening.document_id.is_(None))
        .order_by(Document.id)
    )
    return db.session.execute(query).all()
