"""What must be true of the bases of payment whatever happened before."""

import sqlalchemy as sa

from app.awards.models import Award, Instalment
from app.awards.workflow import FELL_AWAY, Status
from app.compensation.models import Claim
from app.db import db, reference
from app.payables.models import PaymentBasis
from app.payouts.models import Payable
from app.reports.models import Report
from app.rules.domain import Trigger

PAYABLE_CLAIMS = ("approved", "partly_approved", "paid")


def wrong() -> list[str]:
    """Each basis that does not say what its room says, or is missing or left over; and each payable beside its own."""
    found = {basis.ref: basis for basis in db.session.scalars(sa.select(PaymentBasis))}
    told = [*_instalments(found), *_claims(found)]
    told += [f"{ref} comes of nothing" for ref in found]
    unlike = sa.select(Payable.id).join(PaymentBasis, PaymentBasis.id == Payable.basis_id)
    unlike = unlike.where(
        sa.or_(
            Payable.amount_ore != PaymentBasis.amount_ore,
            Payable.case_id != PaymentBasis.case_id,
            Payable.party_id != PaymentBasis.party_id,
            Payable.text != PaymentBasis.text,
        )
    )
    live = sa.exists().where(Payable.basis_id == PaymentBasis.id, Payable.status != "cancelled")
    told += [
        f"{ref}: taken" for ref in db.session.scalars(sa.select(PaymentBasis.ref).where(live != PaymentBasis.taken))
    ]
    return told + [f"payable {key} is not as its basis" for key in db.session.scalars(unlike)]


def _instalments(found: dict[str, PaymentBasis]) -> list[str]:
    told = []
    for part, award in db.session.execute(sa.select(Instalment, Award).join(Award)):
        basis = found.pop(reference("instalment", part.id), None)
        wanted = (part.amount_ore, award.accepted_at, award.account_id, award.status is Status.STOPPED)
        if basis is None:
            told.append(f"instalment {part.id} has no basis")
        elif wanted != (basis.amount_ore, basis.accepted_at, basis.account_id, basis.stopped):
            told.append(f"{basis.ref}: {wanted}")
        elif basis.lapsed != (award.status in FELL_AWAY):
            told.append(f"{basis.ref}: lapsed")
        elif (basis.released_at is not None) != _released(part, award):
            told.append(f"{basis.ref}: released")
    return told


def _released(part: Instalment, award: Award) -> bool:
    if part.trigger is not Trigger.REPORT_APPROVED:
        return award.accepted_at is not None
    approved = sa.exists().where(Report.award_id == award.id, Report.kind == part.report, Report.status == "approved")
    return db.session.scalar(sa.select(approved)) is True


def _claims(found: dict[str, PaymentBasis]) -> list[str]:
    told = []
    for claim in db.session.scalars(sa.select(Claim).where(Claim.status.in_(PAYABLE_CLAIMS))):
        basis = found.pop(reference("claim", claim.id), None)
        if basis is None or basis.amount_ore != claim.approved_ore or basis.released_at is None:
            told.append(f"claim {claim.id}")
    return told
