"""Reading frames and the ledger."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

from app.budget.domain import CaseLedger, EntryKind, OpenDebt, Purse, ledger
from app.budget.models import Frame, LedgerEntry
from app.cases.models import Case
from app.db import db, joined

_OWED = sa.func.sum(
    sa.case((LedgerEntry.kind == EntryKind.DEBT, LedgerEntry.amount_ore), else_=-LedgerEntry.amount_ore)
)
_DEBTS = (
    sa.select(Case.party_id, Case.number, _OWED)
    .join(Case, Case.id == LedgerEntry.case_id)
    .where(
        Case.party_id.in_(sa.bindparam("asked", expanding=True)),
        LedgerEntry.kind.in_([EntryKind.DEBT, EntryKind.REPAYMENT]),
    )
    .group_by(Case.party_id, Case.id, Case.number)
    .having(_OWED > 0)
    .order_by(Case.id)
)
_LEDGERS = (
    sa.select(LedgerEntry.case_id, LedgerEntry.kind, sa.func.sum(LedgerEntry.amount_ore))
    .where(LedgerEntry.case_id.in_(sa.bindparam("asked", expanding=True)))
    .group_by(LedgerEntry.case_id, LedgerEntry.kind)
)


def frame_of(pot_id: int, year: int) -> Frame | None:
    """The frame of a pot for a year, or None when nobody has set one."""
    return db.session.scalar(sa.select(Frame).where(Frame.pot_id == pot_id, Frame.year == year))


def frames_of(year: int) -> list[Frame]:
    """Every frame of a year, by chapter and post."""
    return list(db.session.scalars(sa.select(Frame).where(Frame.year == year).order_by(Frame.chapter_post, Frame.id)))


def locked(frame_id: int) -> Frame:
    """The frame as it is now, locked until the transaction ends. The case is locked before it, never after."""
    return next(iter(locked_each(sa.select(Frame.id).where(Frame.id == frame_id))))


def locked_each(ids: sa.Select[int]) -> list[Frame]:
    """The same of many, in the order of their keys."""
    query = sa.select(Frame).where(Frame.id.in_(ids)).order_by(Frame.id).with_for_update()
    found = list(db.session.scalars(query.execution_options(populate_existing=True)))
    for frame in found:
        # By the statement after the lock: what was waited for is not seen by the one that waited.
        db.session.expire(frame, ["carried_out_ore"])
    return found


def purse(frame: Frame) -> Purse:
    """The frame as the pure judgement wants it."""
    return Purse(
        frame.year,
        frame.state,
        frame.frame_ore,
        frame.committed_ore,
        frame.paid_ore,
        frame.basis,
        frame.letter_on,
        frame.carried_out_ore,
    )


def ledgers_of(case_ids: Collection[int]) -> dict[int, CaseLedger]:
    """The sums of these cases, in one read; a case without rows has noughts."""
    sums: dict[int, dict[EntryKind, int]] = {case_id: {} for case_id in case_ids}
    for case_id, kind, amount in db.session.execute(_LEDGERS, {"asked": list(case_ids)}):
        sums[case_id][kind] = int(amount)
    return {case_id: ledger(by_kind) for case_id, by_kind in sums.items()}


class _Sums(sa.types.TypeDecorator[CaseLedger]):
    """«commitment:500,payment:200» as the database joins it, read as the sums they make."""

    impl = sa.Text
    cache_ok = True

    def process_result_value(self, value: str | None, dialect: Dialect) -> CaseLedger:
        """The sums; noughts where there are no rows."""
        sums: dict[EntryKind, int] = {}
        for each in value.split(",") if value else ():
            kind, ore = each.split(":")
            sums[EntryKind(kind)] = sums.get(EntryKind(kind), 0) + int(ore)
        return ledger(sums)


def ledger_of_case(case_id: Any) -> sa.ColumnElement[CaseLedger]:
    """The sums of a case in a query, read in the same statement as the case."""
    each = sa.cast(LedgerEntry.kind, sa.Text) + ":" + sa.cast(LedgerEntry.amount_ore, sa.Text)
    every = sa.select(joined(each, ",")).where(LedgerEntry.case_id == case_id)
    return sa.type_coerce(every.correlate_except(LedgerEntry).scalar_subquery(), _Sums)


def ledger_of(case_id: int) -> CaseLedger:
    """The sums of one case."""
    return ledgers_of([case_id])[case_id]


def entries_of(case_id: int) -> list[LedgerEntry]:
    """The rows of a case, oldest first."""
    return list(
        db.session.scalars(sa.select(LedgerEntry).where(LedgerEntry.case_id == case_id).order_by(LedgerEntry.id))
    )


def open_debts(party_ids: Collection[int]) -> dict[int, OpenDebt]:
    """What each of these organisations still owes, in one read; those that owe nothing are left out."""
    found: dict[int, OpenDebt] = {}
    for party_id, number, ore in db.session.execute(_DEBTS, {"asked": list(party_ids)}):
        before = found.get(party_id, OpenDebt(0, ()))
        found[party_id] = OpenDebt(before.owed_ore + int(ore), (*before.cases, number))
    return found


def sums_by_frame() -> dict[int, CaseLedger]:
    """What the ledger says of every frame, for the control of the frames' own sums."""
    query = sa.select(LedgerEntry.frame_id, LedgerEntry.kind, sa.func.sum(LedgerEntry.amount_ore)).group_by(
        LedgerEntry.frame_id, LedgerEntry.kind
    )
    sums: dict[int, dict[EntryKind, int]] = {}
    for frame_id, kind, amount in db.session.execute(query):
        sums.setdefault(frame_id, {})[kind] = int(amount)
    return {frame_id: ledger(by_kind) for frame_id, by_kind in sums.items()}


def all_frames() -> list[Frame]:
    """Every frame, in the order they were made: a handful a year."""
    return list(db.session.scalars(sa.select(Frame).order_by(Frame.id)))
