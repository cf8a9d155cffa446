"""Set frames, and post to the ledger. The frame's row is the lock: its sums change only together with their rows."""

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa

from app.access.domain import Actor, Permission
from app.audit import Entry, record, record_all
from app.budget import queries
from app.budget.domain import EntryKind, FrameState, Posting, why_not_commit
from app.budget.models import Frame, LedgerEntry
from app.db import db
from app.flow import Reason, Refused
from app.rules.models import Pot
from app.values.language import N_


def set_frame(
    pot: Pot,
    year: int,
    appropriation_ore: int,
    carried_in_ore: int = 0,
    adjusted_ore: int = 0,
    *,
    state: FrameState,
    basis: str,
    letter_on: date | None = None,
    by: Actor | None,
    at: datetime,
) -> Frame:
    """Set or change what a pot may commit in a year. Raises Refused when more than that is already committed."""
    _leader(by)
    frame = queries.frame_of(pot.id, year)
    frame = queries.locked(frame.id) if frame else Frame(pot_id=pot.id, year=year, committed_ore=0, paid_ore=0)
    frame_ore = appropriation_ore + carried_in_ore + adjusted_ore
    if frame_ore < frame.committed_ore + (frame.carried_out_ore or 0):
        text = N_("Det er allerede gitt tilsagn om %(committed_ore)s av rammen.")
        raise Refused([Reason(text, {"committed_ore": frame.committed_ore})])
    if state is FrameState.AT_DISPOSAL and letter_on is None:
        raise Refused([Reason(N_("Skriv datoen for tildelingsbrevet."))])
    frame.chapter_post = pot.chapter_post
    frame.appropriation_ore, frame.carried_in_ore, frame.adjusted_ore = appropriation_ore, carried_in_ore, adjusted_ore
    frame.frame_ore, frame.state, frame.basis, frame.letter_on = frame_ore, state, basis, letter_on
    db.session.add(frame)
    db.session.flush()
    facts = {"pot": pot.name_nb, "year": year, "frame_ore": frame_ore, "basis": basis, "state": state.value}
    record(f"pot:{pot.id}", "budget.frame_set", facts, by=by, at=at)
    return frame


def put_at_disposal(frame_id: int, letter_on: date, basis: str, *, by: Actor | None, at: datetime) -> None:
    """The letter of allocation has come: from now on the frame may be committed (domain J.1.7)."""
    _leader(by)
    frame = queries.locked(frame_id)
    frame.state, frame.letter_on, frame.basis = FrameState.AT_DISPOSAL, letter_on, basis
    pot = db.session.get_one(Pot, frame.pot_id)
    facts = {"pot": pot.name_nb, "year": frame.year, "basis": basis, "letter_on": letter_on.isoformat()}
    record(f"pot:{pot.id}", "budget.put_at_disposal", facts, by=by, at=at)


def commit(frame_id: int, case_id: int, amount_ore: int, ref: str, *, by: Actor | None, at: datetime) -> None:
    """Promise money. Raises Refused when the frame does not hold or may not be used yet."""
    commit_all(frame_id, [Posting(case_id, amount_ore, ref)], by=by, at=at)


def commit_all(frame_id: int, postings: Sequence[Posting], *, by: Actor | None, at: datetime) -> None:
    """Promise money on many cases, all or none, with three statements whatever their number. Raises Refused."""
    frame = queries.locked(frame_id)
    total = _sum(postings)
    reasons = why_not_commit(queries.purse(frame), total)
    if reasons:
        raise Refused(reasons)
    frame.committed_ore += total
    _post(frame, EntryKind.COMMITMENT, postings, by, at)


def reduce(frame_id: int, case_id: int, amount_ore: int, ref: str, *, by: Actor | None, at: datetime) -> None:
    """Take back a part of a promise, or all of it: lapse, change, less needed. Raises Refused below what is paid."""
    frame = queries.locked(frame_id)
    postings = [Posting(case_id, amount_ore, ref)]
    left = queries.ledger_of(case_id).left_ore
    if amount_ore > left:
        raise Refused([Reason(N_("Bare %(left_ore)s er igjen av tilsagnet."), {"left_ore": left})])
    frame.committed_ore -= _sum(postings)
    _post(frame, EntryKind.REDUCTION, postings, by, at)
    _tell("budget.reduced", postings, by, at)


def pay(frame_id: int, case_id: int, amount_ore: int, ref: str, *, by: Actor | None, at: datetime) -> None:
    """Money has left. Raises Refused when the case is not promised that much."""
    pay_all(frame_id, [Posting(case_id, amount_ore, ref)], by=by, at=at)


def pay_all(frame_id: int, postings: Sequence[Posting], *, by: Actor | None, at: datetime) -> None:
    """Money has left on many cases of one frame, all or none, with a fixed number of statements. Raises Refused."""
    frame = queries.locked(frame_id)
    wanted: dict[int, int] = {}
    for posting in postings:
        wanted[posting.case_id] = wanted.get(posting.case_id, 0) + posting.amount_ore
    ledgers = queries.ledgers_of(wanted)
    over = [(ledgers[c].left_ore, ore) for c, ore in wanted.items() if ore > ledgers[c].left_ore]
    if over:
        text = N_("Utbetalingen på %(amount_ore)s er større enn det som er igjen av tilsagnet (%(left_ore)s).")
        raise Refused([Reason(text, {"amount_ore": ore, "left_ore": left}) for left, ore in over])
    frame.paid_ore += _sum(postings)
    _post(frame, EntryKind.PAYMENT, postings, by, at)


def unused(frame_id: int, case_id: int, amount_ore: int, ref: str, *, by: Actor | None, at: datetime) -> None:
    """The recipient has not used so much of what was paid."""
    _note(EntryKind.UNUSED, "budget.unused", frame_id, Posting(case_id, amount_ore, ref), by, at)


def debt(frame_id: int, case_id: int, amount_ore: int, ref: str, *, by: Actor | None, at: datetime) -> None:
    """So much must be paid back; a person has decided it (domain J.1.11)."""
    _note(EntryKind.DEBT, "budget.debt", frame_id, Posting(case_id, amount_ore, ref), by, at)


def repaid(frame_id: int, case_id: int, amount_ore: int, ref: str, *, by: Actor | None, at: datetime) -> None:
    """So much has come back. Raises Refused when the case does not owe that much."""
    queries.locked(frame_id)
    owed = queries.ledger_of(case_id).open_debt_ore
    if amount_ore > owed:
        raise Refused([Reason(N_("Saken skylder bare %(owed_ore)s."), {"owed_ore": owed})])
    _note(EntryKind.REPAYMENT, "budget.repaid", frame_id, Posting(case_id, amount_ore, ref), by, at)


def _note(kind: EntryKind, event: str, frame_id: int, posting: Posting, by: Actor | None, at: datetime) -> None:
    """A row that changes no sum of the frame."""
    frame = queries.locked(frame_id)
    _sum([posting])
    _post(frame, kind, [posting], by, at)
    _tell(event, [posting], by, at)


def _sum(postings: Sequence[Posting]) -> int:
    """The sum, in øre. Raises ValueError on a part that is not positive: that is a bug, not something a person did."""
    if any(posting.amount_ore <= 0 for posting in postings):
        raise ValueError("a ledger row is more than nought")
    return sum(posting.amount_ore for posting in postings)


def _post(frame: Frame, kind: EntryKind, postings: Sequence[Posting], by: Actor | None, at: datetime) -> None:
    db.session.flush()
    rows = [
        {
            "frame_id": frame.id,
            "case_id": posting.case_id,
            "kind": kind,
            "amount_ore": posting.amount_ore,
            "ref": posting.ref,
            "at": at,
            "by_id": by.id if by else None,
        }
        for posting in postings
    ]
    if rows:
        db.session.execute(sa.insert(LedgerEntry), rows)


def _tell(event: str, postings: Sequence[Posting], by: Actor | None, at: datetime) -> None:
    record_all(
        [Entry(f"case:{p.case_id}", event, {"amount_ore": p.amount_ore, "ref": p.ref}, p.case_id) for p in postings],
        by=by,
        at=at,
    )


def _leader(by: Actor | None) -> None:
    """A frame is set by the set-up of the installation, or by the one who may commit it."""
    if by is not None and not by.may(Permission.DECIDE):
        raise Refused([Reason(N_("Du har ikke tilgang til dette."), who=N_("leder med BDM"))])
