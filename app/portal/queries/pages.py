"""What else a recipient's pages show: the organisation, letters, instalments, reports, calls; and all its cases."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from app.access.domain import Actor
from app.access.models import User, UserMembership
from app.audit.catalogue import to_party
from app.audit.models import AuditEntry
from app.awards.domain import INSTALMENT
from app.awards.models import Award, Instalment
from app.awards.workflow import FELL_AWAY
from app.awards.workflow import Status as AwardStatus
from app.cases.models import Case
from app.cases.queries import seen_by
from app.cases.workflow import Status, said_to_applicant
from app.db import db, reference
from app.dispatch.models import Outgoing
from app.dispatch.workflow import Status as Sending
from app.documents.models import Direction, Document, Opening
from app.documents.queries import readable
from app.parties.models import BankAccount, Party
from app.payables.models import PaymentBasis
from app.payouts.models import Payable, Repayment
from app.payouts.workflow import DebtStatus
from app.payouts.workflow import Status as PayableStatus
from app.portal.domain import Person, ShownInstalment
from app.portal.queries.own_cases import OWED, Mine
from app.reports.models import Report
from app.rules.models import Call
from app.rules.queries import newest_rules_id, open_now
from app.values.clock import local_date
from app.values.language import Worded

MOST, MOST_LETTERS = 200, 20
PAGE = 50
# What a decision is told as on the case; the recipient's own timeline has it when the letter is sent.
DECIDED = ("case.grant", "case.grant_part", "case.refuse")


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


@dataclass(frozen=True)
class Organisation:
    """One the person acts for, with the account number it gave last and who has access."""

    party: Party
    account: BankAccount | None
    people: Sequence[Person]


def organisations(actor: Actor) -> list[Organisation]:
    """Those the person acts for, with their kinds, by name; in one read."""
    any_number = aliased(BankAccount)
    last = sa.select(sa.func.max(any_number.id)).where(any_number.party_id == Party.id).correlate(Party)
    query = (
        sa.select(Party, BankAccount, User.id, User.name, User.title, UserMembership.role)
        .select_from(Party)
        .outerjoin(BankAccount, BankAccount.id == last.scalar_subquery())
        .outerjoin(UserMembership, UserMembership.party_id == Party.id)
        .outerjoin(User, sa.and_(User.id == UserMembership.user_id, User.active))
        .where(Party.id.in_(actor.party_ids))
        .options(joinedload(Party.kinds))
        .order_by(Party.sort_key, Party.id, User.sort_key, User.id)
    )
    found: dict[int, tuple[Party, BankAccount | None, dict[int, Person]]] = {}
    for party, account, user_id, name, title, role in db.session.execute(query).unique():
        people = found.setdefault(party.id, (party, account, {}))[2]
        if user_id is not None:
            before = people[user_id].roles if user_id in people else ()
            people[user_id] = Person(user_id, name, title, (*before, role))
    return [Organisation(party, account, list(people.values())) for party, account, people in found.values()]


@dataclass(frozen=True)
class Listed:
    """One of all the organisation's cases."""

    public_id: str
    number: str
    title: str
    stands: Worded
    submitted_on: date | None

    @property
    def told(self) -> str:
        """How it stands, in words to them (a bokmål msgid)."""
        return said_to_applicant(self.stands)


def all_of(party_id: int, before: int | None) -> tuple[list[Listed], int | None]:
    """A page of everything the organisation has sent in, newest first, and where the next begins. Until its letter is
    sent a decision is not theirs: then a case stands as recommended. A grant that fell away stands as that.
    """
    unsent = sa.exists().where(
        Outgoing.case_id == Case.id, Outgoing.kind == "decision", Outgoing.status != Sending.SENT
    )
    newest = sa.select(sa.func.max(Award.id)).where(Award.case_id == Case.id).correlate(Case).scalar_subquery()
    gone = sa.select(Award.status).where(Award.id == newest, Award.status.in_(FELL_AWAY)).scalar_subquery()
    shown = sa.case((unsent, Status.RECOMMENDED), else_=Case.status)
    query = (
        sa.select(Case.id, Case.public_id, Case.number, Case.title, shown, gone, Case.submitted_at)
        .where(Case.party_id == party_id, Case.status != Status.DRAFT)
        .order_by(Case.id.desc())
        .limit(PAGE + 1)
    )
    rows = db.session.execute(query if before is None else query.where(Case.id < before)).all()
    following = rows[PAGE - 1].id if len(rows) > PAGE else None
    return [_listed(*row[1:]) for row in rows[:PAGE]], following


def _listed(
    public_id: str, number: str, title: str, status: Status, gone: AwardStatus | None, at: datetime | None
) -> Listed:
    return Listed(public_id, number, title, gone or status, local_date(at) if at else None)


def calls(party_id: int, at: datetime) -> Sequence[sa.Row[Call, int, int]]:
    """The open calls, each with the version a draft on it follows and how many applications they have there."""
    there = (
        sa.select(sa.func.count())
        .where(Case.party_id == party_id, Case.status != Status.WITHDRAWN, Case.call_id == Call.id)
        .correlate(Call)
        .scalar_subquery()
    )
    return db.session.execute(open_now(at).add_columns(newest_rules_id(), there)).all()


def parts(award_ids: Collection[int]) -> dict[int, list[ShownInstalment]]:
    """The instalments of these awards, by award."""
    live = sa.and_(Payable.basis_id == PaymentBasis.id, Payable.status != PayableStatus.CANCELLED)
    query = (
        sa.select(Instalment, Payable.status, Payable.paid_on)
        .join(PaymentBasis, PaymentBasis.ref == reference(INSTALMENT, Instalment.id))
        .outerjoin(Payable, live)
        .where(Instalment.award_id.in_(award_ids))
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
    """The reports the organisations owe, by due date."""
    query = sa.select(Report).where(Report.party_id.in_(party_ids), Report.status.in_(OWED))
    return db.session.scalars(query.order_by(Report.due_on, Report.id).limit(MOST * len(party_ids))).all()


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
        Document.id.label("made"),
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
            Outgoing.id,
        )
        .join(Case, Case.id == Outgoing.case_id)
        .where(*where, seen_by(actor), Outgoing.party_id == party_id)
        .where(Outgoing.letter.is_(None), Outgoing.status == Sending.SENT)
    )
    both = papers.union_all(messages).order_by(sa.desc("unread"), sa.desc("told_at"), sa.desc("made"))
    return [Letter(*row[:-1]) for row in db.session.execute(both.limit(MOST_LETTERS))]


def debts(case_id: int) -> Sequence[Repayment]:
    """What is to be paid back on the case, and what is, confirmed; the oldest first."""
    states = (DebtStatus.CONFIRMED, DebtStatus.REPAID)
    query = sa.select(Repayment).where(Repayment.case_id == case_id, Repayment.status.in_(states))
    return db.session.scalars(query.order_by(Repayment.id).limit(MOST)).all()


def timeline(of: Mine) -> Sequence[AuditEntry]:
    """What has happened on the case that its party may see, newest first."""
    shown = [code for code in to_party() if not (of.untold and code in DECIDED)]
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
