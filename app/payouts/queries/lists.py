"""What the payout pages list: counts, lists, files taken, new accounts, and offers on a case."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.access.domain import Actor, Permission
from app.access.models import User
from app.audit.models import AuditEntry
from app.awards.models import Award
from app.cases.models import Case
from app.compensation.models import GpAgreement
from app.db import db
from app.documents.models import Document
from app.documents.queries import these
from app.flow import Offer, why_not
from app.parties.models import BankAccount, Party
from app.payouts.domain import failing
from app.payouts.models import Payable, PayoutList
from app.payouts.queries.control import Seen, seen
from app.payouts.workflow import PAYABLE, Status, Step
from app.values.clock import local_date

SHOWN_LISTS = 12


@dataclass(frozen=True)
class NewAccount:
    """An account number given after the accepted one, not yet controlled by call-back."""

    account: BankAccount
    party: Party
    registered_by: str
    waiting: int


@dataclass(frozen=True)
class Taking:
    """Somebody took a file."""

    at: datetime
    by_name: str
    file: str


def counts() -> dict[Status, tuple[int, int]]:
    """How many payables of each status, and their sum in øre."""
    query = sa.select(Payable.status, sa.func.count(), sa.func.sum(Payable.amount_ore)).group_by(Payable.status)
    found = {status: (int(n), int(ore)) for status, n, ore in db.session.execute(query)}
    return {status: found.get(status, (0, 0)) for status in Status}


def by_public_id(public_id: str, actor: Actor | None, today: date) -> Seen | None:
    """The payable of this address with its snapshot."""
    rows = seen(Payable.public_id == public_id, actor=actor, today=today, most=1)
    return rows[0] if rows else None


def lines_of(payout_list: PayoutList, actor: Actor | None, today: date) -> list[Seen]:
    """The lines of a list, in their order."""
    return seen(Payable.list_id == payout_list.id, actor=actor, today=today, most=payout_list.line_count)


def list_by_number(number: str) -> PayoutList | None:
    """The list of this number."""
    return db.session.scalar(sa.select(PayoutList).where(PayoutList.number == number))


def last_lists() -> Sequence[tuple[PayoutList, str]]:
    """The newest lists with the name of who handed each over."""
    query = (
        sa.select(PayoutList, User.name)
        .join(User, User.id == PayoutList.authorised_by)
        .order_by(PayoutList.id.desc())
        .limit(SHOWN_LISTS)
    )
    return [(row[0], row[1]) for row in db.session.execute(query)]


def unfiled() -> list[int]:
    """Lists that are locked but have no files yet (the process died in between)."""
    query = sa.select(PayoutList.id).where(PayoutList.xlsx_document_id.is_(None)).order_by(PayoutList.id).limit(100)
    return list(db.session.scalars(query))


def takings(payout_list: PayoutList) -> list[Taking]:
    """Who took which file when, newest first."""
    query = (
        sa.select(AuditEntry.at, AuditEntry.by_name, AuditEntry.facts)
        .where(AuditEntry.stream == payout_list.stream, AuditEntry.event == "payout_list.taken")
        .order_by(AuditEntry.seq.desc())
        .limit(50)
    )
    return [Taking(at, name, str(facts["file"])) for at, name, facts in db.session.execute(query)]


def _uncontrolled() -> sa.ColumnElement[bool]:
    """An open number that no acceptance or agreement was made with, on an organisation that has one that was."""
    accepted = sa.exists().where(Award.account_id == BankAccount.id)
    agreed = sa.exists().where(GpAgreement.account_id == BankAccount.id)
    earlier_award = sa.exists().where(Award.party_id == BankAccount.party_id, Award.account_id < BankAccount.id)
    earlier_agreement = sa.exists().where(
        GpAgreement.payee_id == BankAccount.party_id, GpAgreement.account_id < BankAccount.id
    )
    return sa.and_(
        BankAccount.controlled_at.is_(None),
        BankAccount.closed_at.is_(None),
        sa.or_(earlier_award, earlier_agreement),
        sa.or_(~sa.or_(accepted, agreed), _held_up()),
    )


def _held_up() -> sa.Exists:
    """A payable waits with an older number of the same organisation."""
    return sa.exists().where(
        Payable.party_id == BankAccount.party_id,
        Payable.status.in_([Status.READY, Status.ATTESTED, Status.APPROVED]),
        Payable.account_id < BankAccount.id,
    )


def accounts_to_control() -> list[NewAccount]:
    """New numbers that wait for a call-back by a second person, oldest first."""
    waiting = (
        sa.select(sa.func.count())
        .select_from(Payable)
        .where(
            Payable.party_id == BankAccount.party_id,
            Payable.status.in_([Status.READY, Status.ATTESTED, Status.APPROVED]),
        )
        .scalar_subquery()
    )
    query = (
        sa.select(BankAccount, Party, User.name, waiting)
        .join(Party, Party.id == BankAccount.party_id)
        .join(User, User.id == BankAccount.registered_by)
        .where(_uncontrolled())
        .order_by(BankAccount.id)
        .limit(100)
    )
    return [NewAccount(*row) for row in db.session.execute(query)]


def locked_account(account_id: int) -> BankAccount:
    """The account number as it is now, locked until the transaction ends."""
    query = sa.select(BankAccount).where(BankAccount.id == account_id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def locked_list(list_id: int) -> PayoutList:
    """The list as it is now, locked until the transaction ends."""
    query = sa.select(PayoutList).where(PayoutList.id == list_id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


NEXT = {Status.READY: Step.ATTEST, Status.ATTESTED: Step.APPROVE, Status.APPROVED: Step.SEND}


def offers(case: Case, actor: Actor, at: datetime) -> list[Offer]:
    """The next step of each payable on the case that waits for a hand; it leads to the payable's own page."""
    if not actor.may(Permission.READ_PAYOUTS):
        return []
    waiting = seen(
        Payable.case_id == case.id, Payable.status.in_(list(NEXT)), actor=actor, today=local_date(at), most=20
    )
    return [
        Offer(
            NEXT[row.payable.status],
            tuple(why_not(PAYABLE, NEXT[row.payable.status], row.payable.standing(), actor, failing(row.snapshot))),
            "payouts.payable",
            {"public_id": row.payable.public_id},
        )
        for row in waiting
    ]


def ids_of(addresses: Collection[str]) -> dict[str, int]:
    """The keys of the payables with these addresses."""
    rows = db.session.execute(sa.select(Payable.public_id, Payable.id).where(Payable.public_id.in_(addresses)))
    return {row.public_id: row.id for row in rows}


def number_of(list_id: int | None) -> str | None:
    """The number of a list."""
    return db.session.scalar(sa.select(PayoutList.number).where(PayoutList.id == list_id)) if list_id else None


def files_of(payout_list: PayoutList, actor: Actor) -> list[Document]:
    """The files of a list that the person may open, CSV first; none until they are made."""
    return these([payout_list.csv_document_id, payout_list.xlsx_document_id], actor)
