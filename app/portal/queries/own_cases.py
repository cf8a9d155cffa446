"""A recipient's own cases with what stands beside them: one read, of bounded size."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.access.models import User
from app.applications.models import Application, InformationRequest
from app.applications.queries import asking_key
from app.awards.models import Award, Decision
from app.awards.queries import letter_key
from app.awards.workflow import FELL_AWAY
from app.awards.workflow import Status as AwardStatus
from app.cases.models import Case
from app.cases.workflow import Status, said_to_applicant
from app.compensation.models import GpAgreement
from app.compensation.workflow import AgreementStatus
from app.db import db
from app.dispatch.models import Outgoing
from app.dispatch.queries import Told, told_as
from app.payouts.models import Repayment
from app.payouts.workflow import DebtStatus
from app.reports.models import Report
from app.reports.workflow import Status as ReportStatus
from app.rules.models import Call
from app.values.language import Worded

# So many of the newest cases stand on the first page, beside all that wait for the recipient; the others on their own.
RUNNING, ENDED = 20, 5
JUDGED = (Status.SUBMITTED, Status.REGISTERED, Status.ASSESSING, Status.RECOMMENDED)
OVER = (Status.CLOSED, Status.REFUSED, Status.WITHDRAWN)
OWED = (ReportStatus.NOT_STARTED, ReportStatus.STARTED, ReportStatus.LACKING)


@dataclass(frozen=True)
class Mine:
    """One of the organisation's cases with what stands beside it.

    The days to accept and to answer are as they run: counted from when the letter was sent, None until then. A decision
    is not theirs before its letter was sent: until then the case is as it was (`untold`), and there is no award.
    `applied_no` is the account number they applied with, the one in the letter. `debts` are confirmed and not all back.
    `to_sign`: the GP whose agreement on compensation waits for their signature.
    """

    case: Case
    call: Call | None
    award: Award | None
    changed_at: datetime | None
    changed_by: str | None
    officer: User | None
    asked: InformationRequest | None
    decision_id: int | None
    applied_no: str | None
    debts: list[Repayment] = field(default_factory=list)
    accept_by_on: date | None = None
    asked_due_on: date | None = None
    untold: bool = False
    to_sign: str | None = None

    @property
    def is_judged(self) -> bool:
        """Whether we have it, and have not answered."""
        return self.untold or self.case.status in JUDGED

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes of it."""
        return not self.untold and (self.case.status in OVER or self.fell_away)

    @property
    def stands(self) -> Worded:
        """How it stands: what is not told is judged still; where the grant fell away the decision is history."""
        if self.untold:
            return Status.RECOMMENDED
        return self.award.status if self.award is not None and self.fell_away else self.case.status

    @property
    def told(self) -> str:
        """The same in words to them (a bokmål msgid)."""
        return said_to_applicant(self.stands)

    @property
    def fell_away(self) -> bool:
        """Whether they were given a grant that nothing comes of."""
        return self.award is not None and self.award.status in FELL_AWAY


def mine(party_ids: Collection[int], case_id: int | None = None) -> list[Mine]:
    """The organisations' cases that stand on their first page, newest first; or the one. One read."""
    asked = {f"party{nr}": party_id for nr, party_id in enumerate(party_ids)}
    rows = db.session.execute(_read(len(party_ids), one=case_id is not None), asked | {"asked": case_id})
    found: dict[int, Mine] = {}
    for row in rows:
        *facts, debt = row[:10]
        if row.Case.id in found:
            found[row.Case.id].debts.append(debt)
        else:
            one = replace(Mine(*facts), debts=[debt] if debt else [], to_sign=row[20])
            found[row.Case.id] = _told(one, _when(row[10:15]), _when(row[15:20]))
    return list(found.values())


@cache
def _read(parties: int, *, one: bool) -> sa.Select[Any]:
    """For so many organisations; made once, as it is dearer to write than to read."""
    party_ids = [sa.bindparam(f"party{nr}", type_=Case.id.type) for nr in range(parties)]
    # Chosen first, and read then: PostgreSQL would else read every award there is to find theirs.
    chosen = sa.select(sa.bindparam("asked", type_=Case.id.type).label("id")) if one else _first_page(party_ids)
    which = chosen.cte("chosen").prefix_with("MATERIALIZED")
    writer, officer, letter, notice = aliased(User), aliased(User), aliased(Outgoing), aliased(Outgoing)
    any_award, any_asked = aliased(Award), aliased(InformationRequest)
    newest = sa.select(sa.func.max(any_award.id)).where(any_award.case_id == Case.id)
    asked = sa.select(sa.func.max(any_asked.id)).where(any_asked.case_id == Case.id, any_asked.answered_at.is_(None))
    decision = sa.select(sa.func.max(Decision.id)).where(Decision.case_id == Case.id).correlate(Case).scalar_subquery()
    unsigned = GpAgreement.status == AgreementStatus.TO_SIGN
    told = [(each.key, each.facts, each.queued_at, each.status, each.sent_at) for each in (letter, notice)]
    return (
        sa.select(Case, Call, Award, Application.changed_at, writer.name, officer, InformationRequest, decision)
        .add_columns(Application.account_no, Repayment, *told[0], *told[1], GpAgreement.gp_name)
        .select_from(which)
        .join(Case, Case.id == which.c.id)
        .outerjoin(Call, Call.id == Case.call_id)
        .outerjoin(Award, sa.and_(Award.case_id == Case.id, Award.id == newest.correlate(Case).scalar_subquery()))
        .outerjoin(Application, Application.case_id == Case.id)
        .outerjoin(writer, writer.id == Application.changed_by)
        .outerjoin(officer, officer.id == Case.officer_id)
        .outerjoin(InformationRequest, InformationRequest.id == asked.correlate(Case).scalar_subquery())
        .outerjoin(Repayment, sa.and_(Repayment.case_id == Case.id, Repayment.status == DebtStatus.CONFIRMED))
        .outerjoin(letter, letter.key == letter_key(decision))
        .outerjoin(notice, notice.key == asking_key(InformationRequest.id))
        .outerjoin(GpAgreement, sa.and_(GpAgreement.case_id == Case.id, unsigned))
        .where(Case.party_id.in_(party_ids))
        .order_by(Case.id.desc(), Repayment.id)
    )


def _first_page(party_ids: list[sa.BindParameter[Any]]) -> sa.CompoundSelect[Any]:
    """The newest of each organisation, running and ended, and all where it has something to do."""
    of = Case.party_id.in_(party_ids)
    newest = [
        _newest(each, which, most)
        for each in party_ids
        for which, most in ((Case.status.not_in(OVER), RUNNING), (Case.status.in_(OVER), ENDED))
    ]
    to_do = [
        sa.select(Case.id).where(of, Case.status.in_((Status.DRAFT, Status.AWAITING_APPLICANT, Status.AGREEMENT))),
        sa.select(Award.case_id).where(Award.party_id.in_(party_ids), Award.status == AwardStatus.AWAITING),
        sa.select(Report.case_id).where(Report.party_id.in_(party_ids), Report.status.in_(OWED)),
        sa.select(Repayment.case_id).where(Repayment.party_id.in_(party_ids), Repayment.status == DebtStatus.CONFIRMED),
    ]
    return sa.union(*newest, *to_do)


def _newest(party_id: Any, which: sa.ColumnElement[bool], most: int) -> sa.Select[int]:
    query = sa.select(Case.id).where(Case.party_id == party_id, which).order_by(Case.id.desc()).limit(most)
    return sa.select(query.subquery().c.id)


def _when(row: Any) -> Told | None:
    key, facts, queued_at, status, sent_at = row
    return told_as(facts, queued_at, status, sent_at) if key else None


def _told(each: Mine, letter: Told | None, notice: Told | None) -> Mine:
    """With the days as they run."""
    asked = each.asked
    each = replace(each, asked_due_on=notice.counted(asked.due_on) if asked and notice else None)
    if not each.decision_id:
        return each
    if letter is None or letter.told_on is None:
        return replace(each, award=None, untold=True)
    return replace(each, accept_by_on=letter.counted(each.award.accept_by_on) if each.award else None)
