"""What is ripe to be paid and has no live payable yet, and what waits for clearance."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.awards.models import Award, Instalment
from app.awards.workflow import Status as AwardStatus
from app.budget.domain import EntryKind
from app.budget.models import Frame, LedgerEntry
from app.cases.models import Case
from app.compensation.models import Claim, GpAgreement
from app.compensation.workflow import Status as ClaimStatus
from app.db import db
from app.parties.models import BankAccount
from app.payouts.models import Payable
from app.payouts.workflow import NEXT, Status
from app.reports.models import Report
from app.reports.workflow import Status as ReportStatus
from app.rules.domain import Trigger

BATCH = 100
PAYING = (AwardStatus.ACCEPTED, AwardStatus.PARTLY_PAID)
UNFINISHED = (AwardStatus.AWAITING, *PAYING, AwardStatus.STOPPED)
APPROVED = (ClaimStatus.APPROVED, ClaimStatus.PARTLY_APPROVED)


@dataclass(frozen=True)
class Held:
    """An instalment that is released, but falls in another budget year than its frame (domain J.1.7)."""

    case_number: str
    party_name: str
    nr: int
    of: int
    amount_ore: int
    frame_year: int


def may_be_paid() -> sa.ColumnElement[bool]:
    """Whether money may still go out on the case: an award that is not over, an agreement, or a line that waits.

    An agreement has no end of its own (a claim may come late): it is over when its cap is used and paid.
    """
    claimed = sa.exists().where(Claim.agreement_id == GpAgreement.id, Claim.status.in_(APPROVED))
    return sa.or_(
        sa.exists().where(Award.case_id == Case.id, Award.status.in_(UNFINISHED)),
        sa.exists().where(
            GpAgreement.case_id == Case.id, sa.or_(GpAgreement.claimed_ore < GpAgreement.cap_ore, claimed)
        ),
        sa.exists().where(Payable.case_id == Case.id, Payable.status.in_(list(NEXT))),
    )


def takes_account(case_id: int) -> bool:
    """Whether the recipient may give another number on the case: it is accepted or agreed, and money may still go out.

    Before the acceptance the number is given with it.
    """
    awaiting = sa.exists().where(Award.case_id == Case.id, Award.status == AwardStatus.AWAITING)
    query = sa.select(sa.exists().where(Case.id == case_id, may_be_paid(), ~awaiting))
    return db.session.scalar(query) is True


def report_approved() -> sa.Exists:
    """Whether the report that releases the instalment is approved."""
    return sa.exists().where(
        Report.award_id == Award.id, Report.kind == Instalment.report, Report.status == ReportStatus.APPROVED
    )


def _released(today: date) -> sa.ColumnElement[bool]:
    return sa.or_(
        Instalment.trigger == Trigger.ACCEPTANCE,
        sa.and_(Instalment.trigger == Trigger.DATE, Instalment.due_on <= today),
        sa.and_(Instalment.trigger == Trigger.REPORT_APPROVED, report_approved()),
    )


def _instalments(today: date, *columns: Any) -> sa.Select[Any]:
    live = sa.exists().where(Payable.instalment_id == Instalment.id, Payable.status != Status.CANCELLED)
    return (
        sa.select(*columns)
        .select_from(Instalment)
        .join(Award, Award.id == Instalment.award_id)
        .join(Case, Case.id == Award.case_id)
        .join(Frame, sa.and_(Frame.pot_id == Case.pot_id, Frame.year == Case.year))
        .where(Award.status.in_(PAYING), _released(today), ~live)
        .order_by(Instalment.id)
    )


def ready_instalments(today: date) -> Sequence[tuple[int, int]]:
    """(instalment, case) of those to make payable now, oldest first."""
    query = _instalments(today, Instalment.id, Case.id).where(Frame.year == today.year).limit(BATCH)
    return [(i, c) for i, c in db.session.execute(query)]


def instalment(instalment_id: int, today: date) -> tuple[Instalment, Award, Case, Frame] | None:
    """The instalment with what its payable is made of, if it is still ripe."""
    query = _instalments(today, Instalment, Award, Case, Frame).where(
        Instalment.id == instalment_id, Frame.year == today.year
    )
    row = db.session.execute(query.execution_options(populate_existing=True)).first()
    return (row[0], row[1], row[2], row[3]) if row else None


def held(today: date) -> list[Held]:
    """Released instalments that wait for clearance of another budget year."""
    columns = (Case.number, Case.party_name, Instalment.nr, Instalment.of, Instalment.amount_ore, Frame.year)
    query = _instalments(today, *columns).where(Frame.year != today.year).limit(BATCH)
    return [
        Held(number or "", name, nr, of, ore, year) for number, name, nr, of, ore, year in db.session.execute(query)
    ]


def _claims(*columns: Any) -> sa.Select[Any]:
    live = sa.exists().where(Payable.claim_id == Claim.id, Payable.status != Status.CANCELLED)
    return (
        sa.select(*columns)
        .select_from(Claim)
        .join(GpAgreement, GpAgreement.id == Claim.agreement_id)
        .join(Case, Case.id == Claim.case_id)
        .join(
            LedgerEntry,
            sa.and_(
                LedgerEntry.kind == EntryKind.COMMITMENT,
                LedgerEntry.ref == sa.literal("claim:") + sa.cast(Claim.id, sa.String),
            ),
        )
        .join(Frame, Frame.id == LedgerEntry.frame_id)
        .where(Claim.status.in_(APPROVED), ~live)
        .order_by(Claim.id)
    )


def ready_claims(today: date) -> Sequence[tuple[int, int]]:
    """(claim, case) of the approved claims to make payable now, oldest first."""
    query = _claims(Claim.id, Case.id).where(Frame.year == today.year).limit(BATCH)
    return [(i, c) for i, c in db.session.execute(query)]


def claim(claim_id: int, today: date) -> tuple[Claim, GpAgreement, Case, Frame] | None:
    """The claim with what its payable is made of, if it is still ripe."""
    query = _claims(Claim, GpAgreement, Case, Frame).where(Claim.id == claim_id, Frame.year == today.year)
    row = db.session.execute(query.execution_options(populate_existing=True)).first()
    return (row[0], row[1], row[2], row[3]) if row else None


def usable_account(party_id: int, accepted_id: int) -> int:
    """The account to pay to: a newer one that is controlled by call-back, else the one that was accepted."""
    query = (
        sa.select(BankAccount.id)
        .where(
            BankAccount.party_id == party_id,
            BankAccount.id > accepted_id,
            BankAccount.controlled_at.is_not(None),
            BankAccount.closed_at.is_(None),
        )
        .order_by(BankAccount.id.desc())
        .limit(1)
    )
    return db.session.scalar(query) or accepted_id
