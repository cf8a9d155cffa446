"""What a payment or a claim for money back continues, and whose hands it therefore has from the start."""

from collections.abc import Mapping

import sqlalchemy as sa

from app.awards.models import Award
from app.awards.workflow import AWARD
from app.cases.workflow import CASE
from app.compensation.models import Claim
from app.compensation.workflow import CLAIM
from app.payouts.models import Payable, Repayment
from app.payouts.workflow import DebtStatus
from app.reports.models import Report
from app.reports.workflow import REPORT


def told_by_the_party(case_id: int) -> Mapping[str, sa.Select[int]]:
    """All on the case that the recipient's own people have signed."""
    return {
        CASE.name: sa.select(sa.literal(case_id)),
        AWARD.name: sa.select(Award.id).where(Award.case_id == case_id),
        REPORT.name: sa.select(Report.id).where(Report.case_id == case_id),
        CLAIM.name: sa.select(Claim.id).where(Claim.case_id == case_id),
    }


def earlier(payable: Payable) -> sa.Select[int]:
    """The payables that paid out, or tried to, the same instalment or claim before this one."""
    same = (
        Payable.claim_id == payable.claim_id
        if payable.instalment_id is None
        else Payable.instalment_id == payable.instalment_id
    )
    return sa.select(Payable.id).where(same, Payable.id < payable.id)


def withdrawn(case_id: int) -> sa.Select[int]:
    """The claims for money back on the case that were withdrawn; one registered after them is the same matter."""
    return sa.select(Repayment.id).where(Repayment.case_id == case_id, Repayment.status == DebtStatus.WITHDRAWN)
