"""What the payout pages list: counts, lists, and files taken."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from app.access.domain import Actor
from app.access.models import User
from app.audit.models import AuditEntry
from app.budget.models import Frame
from app.cases.models import Case
from app.db import db
from app.documents.models import Document
from app.documents.queries import these
from app.payouts.models import ListCounter, Payable, PayoutList, Repayment
from app.payouts.queries.control import Seen, seen
from app.payouts.queries.ready_to_pay import may_be_paid
from app.payouts.workflow import NEXT, Status
from app.rules.models import Pot

SHOWN_LISTS = 12


@dataclass(frozen=True)
class Taking:
    """Somebody took a file."""

    at: datetime
    by_name: str
    file: str


def queue_sums() -> dict[Status, tuple[int, int]]:
    """How many payables wait for each hand before they leave the house, and their sum in øre."""
    query = sa.select(Payable.status, sa.func.count(), sa.func.sum(Payable.amount_ore))
    found = db.session.execute(query.where(Payable.status.in_(list(NEXT))).group_by(Payable.status))
    return {status: (int(n), int(ore)) for status, n, ore in found}


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


@dataclass(frozen=True)
class Handed:
    """A list with who handed it over, and the lines on it that nobody has told the outcome of. Øre."""

    payout_list: PayoutList
    by: str
    out: int
    out_ore: int


def handed_over() -> list[Handed]:
    """The newest lists, and every list with a line whose outcome is not told; the newest first."""
    rows = db.session.execute(_handed_over())
    return [Handed(each, by, count or 0, int(ore or 0)) for each, by, count, ore in rows]


@cache
def _handed_over() -> sa.Select[Any]:
    out = (
        sa.select(Payable.list_id, sa.func.count().label("count"), sa.func.sum(Payable.amount_ore).label("ore"))
        .where(Payable.status == Status.SENT)
        .group_by(Payable.list_id)
        .cte()
    )
    newest = sa.select(PayoutList.id).order_by(PayoutList.id.desc()).limit(SHOWN_LISTS).subquery()
    return (
        sa.select(PayoutList, User.name, out.c.count, out.c.ore)
        .join(User, User.id == PayoutList.authorised_by)
        .outerjoin(out, out.c.list_id == PayoutList.id)
        .where(PayoutList.id.in_(sa.union(sa.select(newest.c.id), sa.select(out.c.list_id))))
        .order_by(PayoutList.id.desc())
    )


def frames_with_pots(year: int) -> Sequence[sa.Row[Frame, Pot]]:
    """Every frame of a year, by chapter and post, with its pot."""
    query = sa.select(Frame, Pot).join(Pot, Pot.id == Frame.pot_id).where(Frame.year == year)
    return db.session.execute(query.order_by(Frame.chapter_post, Frame.id)).all()


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


def locked_list(list_id: int) -> PayoutList:
    """The list as it is now, locked until the transaction ends."""
    query = sa.select(PayoutList).where(PayoutList.id == list_id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def locked_counter(year: int) -> ListCounter:
    """The year's count of lists, locked until the transaction ends."""
    return db.session.scalars(sa.select(ListCounter).where(ListCounter.year == year).with_for_update()).one()


def cases_with_lines(numbers: Collection[str]) -> list[Case]:
    """The cases of these numbers that have a payable or a claim for money back, in the order of their numbers."""
    return _cases(numbers, _with_lines())


def cases_with_money(numbers: Collection[str]) -> list[Case]:
    """The same, and the cases that money may still go out on."""
    return _cases(numbers, sa.or_(_with_lines(), may_be_paid()))


def _with_lines() -> sa.ColumnElement[bool]:
    return sa.or_(*(sa.exists().where(each.case_id == Case.id) for each in (Payable, Repayment)))


def _cases(numbers: Collection[str], which: sa.ColumnElement[bool]) -> list[Case]:
    return list(db.session.scalars(sa.select(Case).where(Case.number.in_(numbers), which).order_by(Case.number)))


def ids_of(addresses: Collection[str]) -> dict[str, int]:
    """The keys of the payables with these addresses."""
    rows = db.session.execute(sa.select(Payable.public_id, Payable.id).where(Payable.public_id.in_(addresses)))
    return {row.public_id: row.id for row in rows}


def number_of(list_id: int | None) -> str | None:
    """The number of a list."""
    return db.session.scalar(sa.select(PayoutList.number).where(PayoutList.id == list_id)) if list_id else None


def lists_with(list_ids: Collection[int]) -> list[PayoutList]:
    """These lists, the oldest first; no read for none."""
    query = sa.select(PayoutList).where(PayoutList.id.in_(list_ids)).order_by(PayoutList.id)
    return list(db.session.scalars(query)) if list_ids else []


def files_of(payout_list: PayoutList, actor: Actor) -> list[Document]:
    """The files of a list that the person may open, CSV first; none until they are made."""
    return these([payout_list.csv_document_id, payout_list.xlsx_document_id], actor)
