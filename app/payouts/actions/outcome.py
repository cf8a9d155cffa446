"""What came of a list: booked as paid, or rejected by the bank. The ledger and the award follow the booking."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from app.access.domain import Actor
from app.budget import actions as budget
from app.budget.domain import Posting
from app.flow import Reason, Refused
from app.parties.actions import reject_account
from app.parties.queries import locked_account
from app.payables.models import PaymentBasis
from app.payouts import judgement, queries
from app.payouts.actions.attest_and_approve import Versions, locked_as_seen, take
from app.payouts.actions.setting_off import book, let_go
from app.payouts.actions.warning import REJECTED, warn
from app.payouts.kinds import KINDS
from app.payouts.models import Payable
from app.payouts.notices import tell_paid
from app.payouts.workflow import Step
from app.values.clock import local_date
from app.values.language import N_


def register_paid(list_id: int, versions: Versions, paid_on: date, *, by: Actor, at: datetime) -> None:
    """Finance has booked these lines of the list on `paid_on`. Posts to the ledger and moves awards and claims on.

    Raises Refused or Stale.
    """
    things = locked_as_seen(versions, list_id)
    facts = {t.id: {"paid_on": paid_on.isoformat()} for t in things}
    more = {t.id: judgement.not_that_day(t, paid_on, local_date(at)) for t in things}
    stamp = {"paid_on": paid_on, "settled_by": by.id, "settled_at": at}
    take(things, Step.PAY, by, at, stamp, extra=facts, more=more)
    bases, held = queries.bases_of(things), queries.locked_offs([t.id for t in things])
    _post(things, bases, by, at)
    if held:
        book(held, {made.id: made.number for made in queries.lists_with([list_id])}, paid_on, by=by, at=at)
    _tell(things, bases, paid_on, by, at)
    tell_paid(list_id, things, bases, paid_on, by=by, at=at)


def register_rejected(list_id: int, versions: Versions, reason: str, *, by: Actor, at: datetime) -> None:
    """The bank did not pay these lines of the list; `check_rejection` is the second look. Raises Refused or Stale."""
    if not reason.strip():
        raise Refused([Reason(N_("Skriv hva banken svarte."))])
    things = locked_as_seen(versions, list_id)
    told = {t.id: {"reason": reason.strip()} for t in things}
    stamp = {"back_reason": reason.strip(), "settled_by": by.id, "settled_at": at}
    take(things, Step.REJECT, by, at, stamp, extra=told)


def check_rejection(versions: Versions, note: str, *, rejected: bool, by: Actor, at: datetime) -> None:
    """A second person has looked at the bank's answer. Raises Refused or Stale.

    `rejected`: it stands, the line is let go of and a job makes a new one; else the line waits for its outcome again.
    """
    if not note.strip():
        raise Refused([Reason(N_("Skriv hva svaret fra banken viser."))])
    things = locked_as_seen(versions)
    step = Step.CONFIRM_REJECTION if rejected else Step.DENY_REJECTION
    stamp: dict[str, object] = {"checked_by": by.id, "checked_at": at, "check_note": note.strip()}
    if not rejected:
        stamp |= {"settled_by": None, "settled_at": None}
    take(things, step, by, at, stamp, extra={t.id: {"note": note.strip()} for t in things})
    if rejected:
        let_go(queries.locked_offs([t.id for t in things]), by=by, at=at)
        _doubt(things, by, at)


def _doubt(things: Sequence[Payable], by: Actor, at: datetime) -> None:
    """Nothing goes to a number the bank refused before somebody has rung about it; its people are asked for another."""
    for account_id in sorted({t.account_id for t in things}):
        account = locked_account(account_id)
        reject_account(account, by=by, at=at)
        warn(account, REJECTED, by=by, at=at)


def _post(things: Sequence[Payable], bases: Mapping[int, PaymentBasis], by: Actor, at: datetime) -> None:
    """One ledger row a line, under the reference of its basis, so that it is paid once."""
    by_frame: dict[int, list[Posting]] = defaultdict(list)
    for thing in things:
        by_frame[thing.frame_id].append(Posting(thing.case_id, thing.amount_ore, bases[thing.basis_id].ref))
    for frame_id in sorted(by_frame):
        budget.pay_all(frame_id, by_frame[frame_id], by=by, at=at)


def _tell(things: Sequence[Payable], bases: Mapping[int, PaymentBasis], paid_on: date, by: Actor, at: datetime) -> None:
    """The room of each kind takes its own things on."""
    for name, kind in KINDS.items():
        of = {bases[t.basis_id].thing_id: t.amount_ore for t in things if bases[t.basis_id].kind == name}
        if of:
            kind.paid(of, paid_on, by, at)
