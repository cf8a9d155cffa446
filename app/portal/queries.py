"""What a recipient sees of their own cases: a fixed number of queries, whatever the rows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.access.domain import Actor
from app.access.models import User, UserMembership
from app.applications.models import Application, InformationRequest
from app.applications.queries import asking_key
from app.audit.catalogue import EVENTS
from app.audit.models import AuditEntry
from app.awards.domain import INSTALMENT
from app.awards.models import Award, Decision, Instalment
from app.awards.queries import letter_key
from app.awards.workflow import FELL_AWAY
from app.awards.workflow import Status as AwardStatus
from app.cases.models import Case
from app.cases.queries import seen_by
from app.cases.workflow import Status
from app.db import db, reference
from app.dispatch.models import Outgoing
from app.dispatch.queries import told_all
from app.dispatch.workflow import Status as Sending
from app.documents.models import Direction, Document, Opening
from app.documents.queries import readable
from app.payables.models import PaymentBasis
from app.payouts.models import Payable, Repayment
from app.payouts.workflow import DebtStatus
from app.payouts.workflow import Status as PayableStatus
from app.portal.domain import Person, ShownInstalment
from app.reports.models import Report
from app.reports.workflow import Status as ReportStatus
from app.rules.models import Call

MOST, MOST_LETTERS = 200, 40
JUDGED = (Status.SUBMITTED, Status.REGISTERED, Status.ASSESSING, Status.RECOMMENDED)
OVER = (Status.CLOSED, Status.REFUSED, Status.WITHDRAWN)
# What a decision is told as on the case; the recipient's own timeline has it when the letter is sent.
DECIDED = ("case.grant", "case.grant_part", "case.refuse")
# The payment itself tells the same.
TOLD_TWICE = ("award.pay_part", "claim.pay")
OWED = (ReportStatus.NOT_STARTED, ReportStatus.STARTED, ReportStatus.LACKING)


@dataclass(frozen=True)
class Mine:
    """One of the organisation's cases with what stands beside it.

    The days to accept and to answer are as they run: counted from when the letter was sent, None until then. A decision
    is not theirs before its letter was sent: until then the case is as it was (`untold`), and there is no award.
    `applied_no` is the account number they applied with, the one in the letter.
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
    accept_by_on: date | None = None
    asked_due_on: date | None = None
    untold: bool = False

    @property
    def is_judged(self) -> bool:
        """Whether we have it, and have not answered."""
        return self.untold or self.case.status in JUDGED

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes of it."""
        return not self.untold and (self.case.status in OVER or self.fell_away)

    @property
    def fell_away(self) -> bool:
        """Whether they were given a grant that nothing comes of."""
        return self.award is not None and self.award.status in FELL_AWAY


@dataclass(frozen=True)
class Letter:
    """What was sent between us on a case: a letter from us, with when they first opened it; what they sent; a message.

    A message has its words here (`body`); the others are documents with an address.
    """

    public_id: str
    title: str
    body: str
    made_at: datetime
    case_title: str
    number: str
    opened_at: datetime | None
    language: str
    direction: Direction
    is_unread: bool

    @property
    def is_ours(self) -> bool:
        """Whether we sent it; what they sent is read by themselves before."""
        return self.direction is not Direction.IN


def mine(party_ids: Collection[int], case_id: int | None = None) -> list[Mine]:
    """The organisations' cases, newest first; or the one."""
    writer, officer = aliased(User), aliased(User)
    any_award = aliased(Award)
    newest = sa.select(sa.func.max(any_award.id)).where(any_award.case_id == Case.id).correlate(Case).scalar_subquery()
    any_asked = aliased(InformationRequest)
    asked = (
        sa.select(sa.func.max(any_asked.id))
        .where(any_asked.case_id == Case.id, any_asked.answered_at.is_(None))
        .correlate(Case)
        .scalar_subquery()
    )
    decision = sa.select(sa.func.max(Decision.id)).where(Decision.case_id == Case.id).correlate(Case).scalar_subquery()
    told_no = Application.account_no
    query = (
        sa.select(
            Case, Call, Award, Application.changed_at, writer.name, officer, InformationRequest, decision, told_no
        )
        .outerjoin(Call, Call.id == Case.call_id)
        .outerjoin(Award, Award.id == newest)
        .outerjoin(Application, Application.case_id == Case.id)
        .outerjoin(writer, writer.id == Application.changed_by)
        .outerjoin(officer, officer.id == Case.officer_id)
        .outerjoin(InformationRequest, InformationRequest.id == asked)
        .where(Case.party_id.in_(party_ids))
        .order_by(Case.id.desc())
        .limit(MOST * len(party_ids))
    )
    if case_id is not None:
        query = query.where(Case.id == case_id)
    return _told([Mine(*row) for row in db.session.execute(query)])


def _told(found: list[Mine]) -> list[Mine]:
    """With the days as they run, in one read for them all."""
    keys = {letter_key(each.decision_id) for each in found if each.decision_id}
    keys |= {asking_key(each.asked.id) for each in found if each.asked}
    told = told_all(keys)

    def runs(each: Mine) -> Mine:
        asked = each.asked
        each = replace(each, asked_due_on=told[asking_key(asked.id)].counted(asked.due_on) if asked else None)
        letter = told[letter_key(each.decision_id)] if each.decision_id else None
        if letter is None:
            return each
        if letter.told_on is None:
            return replace(each, award=None, untold=True)
        return replace(each, accept_by_on=letter.counted(each.award.accept_by_on) if each.award else None)

    return list(map(runs, found))


def parts(party_id: int) -> dict[int, list[ShownInstalment]]:
    """The instalments of every award of the organisation, by award."""
    live = sa.and_(Payable.basis_id == PaymentBasis.id, Payable.status != PayableStatus.CANCELLED)
    query = (
        sa.select(Instalment, Payable.status, Payable.paid_on)
        .join(Award, Award.id == Instalment.award_id)
        .join(PaymentBasis, PaymentBasis.ref == reference(INSTALMENT, Instalment.id))
        .outerjoin(Payable, live)
        .where(Award.party_id == party_id)
        .order_by(Instalment.award_id, Instalment.nr)
        .limit(5 * MOST)
    )
    found: dict[int, list[ShownInstalment]] = {}
    for each, state, paid_on in db.session.execute(query):
        part = ShownInstalment(
            each.nr, each.of, each.amount_ore, each.trigger, each.due_on, state.value if state else None, paid_on
        )
        found.setdefault(each.award_id, []).append(part)
    return found


def reports(party_ids: Collection[int]) -> Sequence[Report]:
    """Every report the organisations owe or have delivered, by due date."""
    query = sa.select(Report).where(Report.party_id.in_(party_ids)).order_by(Report.due_on, Report.id)
    return db.session.scalars(query.limit(MOST * len(party_ids))).all()


def letters(party_id: int, actor: Actor, case_id: int | None = None) -> list[Letter]:
    """Letters and messages to the organisation that the person may read, unread first, then newest first.

    Of one case: with what they sent themselves.
    """
    where = [Case.party_id == party_id, Case.number.is_not(None)] + ([Case.id == case_id] if case_id else [])
    ours = Document.direction != Direction.IN
    unread = sa.and_(ours, Opening.opened_at.is_(None))
    papers = readable(
        actor,
        Document.public_id,
        Document.title,
        sa.literal("").label("body"),
        Document.made_at.label("told_at"),
        Case.title.label("case_title"),
        Case.number,
        Opening.opened_at,
        Document.language,
        Document.direction,
        unread.label("unread"),
    ).outerjoin(Opening, Opening.document_id == Document.id)
    papers = papers.where(*where, Document.to_party, *([] if case_id else [ours]))
    messages = (
        sa.select(
            Outgoing.public_id,
            Outgoing.subject,
            Outgoing.body,
            Outgoing.sent_at,
            Case.title,
            Case.number,
            sa.null(),
            Outgoing.language,
            sa.literal(Direction.OUT, Document.direction.type),
            sa.false(),
        )
        .join(Case, Case.id == Outgoing.case_id)
        .where(*where, seen_by(actor), Outgoing.party_id == party_id)
        .where(Outgoing.letter.is_(None), Outgoing.status == Sending.SENT)
    )
    both = papers.union_all(messages).order_by(sa.desc("unread"), sa.desc("told_at")).limit(MOST_LETTERS)
    return [Letter(*row) for row in db.session.execute(both)]


def debts(party_ids: Collection[int], case_id: int | None = None) -> Sequence[tuple[Repayment, Case]]:
    """What the organisations are to pay back, confirmed: not all back; of one case also what is."""
    states = (DebtStatus.CONFIRMED, DebtStatus.REPAID) if case_id else (DebtStatus.CONFIRMED,)
    query = (
        sa.select(Repayment, Case)
        .join(Case, Case.id == Repayment.case_id)
        .where(Case.party_id.in_(party_ids), Repayment.status.in_(states))
        .order_by(Repayment.id)
        .limit(MOST)
    )
    if case_id is not None:
        query = query.where(Case.id == case_id)
    return [(claim, case) for claim, case in db.session.execute(query)]


def people(party_id: int) -> list[Person]:
    """Who has access for the organisation, by name."""
    query = (
        sa.select(User.id, User.name, User.title, UserMembership.role)
        .join(UserMembership, UserMembership.user_id == User.id)
        .where(UserMembership.party_id == party_id, User.active)
        .order_by(User.sort_key, User.id)
        .limit(MOST)
    )
    found: dict[int, Person] = {}
    for user_id, name, title, role in db.session.execute(query):
        before = found[user_id].roles if user_id in found else ()
        found[user_id] = Person(user_id, name, title, (*before, role))
    return list(found.values())


def timeline(of: Mine) -> Sequence[AuditEntry]:
    """What has happened on the case that its party may see, newest first."""
    left_out = (*TOLD_TWICE, *(DECIDED if of.untold else ()))
    shown = [code for code, event in EVENTS.items() if event.to_party and code not in left_out]
    query = (
        sa.select(AuditEntry)
        .where(AuditEntry.case_id == of.case.id, AuditEntry.event.in_(shown))
        .order_by(AuditEntry.id.desc())
        .limit(MOST)
    )
    return db.session.scalars(query).all()


def is_running(award: Award | None) -> bool:
    """Whether the grant still has something to come."""
    return award is not None and award.status not in (AwardStatus.CLOSED, *FELL_AWAY)
