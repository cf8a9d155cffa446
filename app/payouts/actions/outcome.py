"""What came of a list: booked as paid, or rejected by the bank. The ledger and the award follow the booking."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime

import sqlalchemy as sa

from app.access.domain import Actor
from app.awards.models import Award, Instalment
from app.awards.workflow import AWARD
from app.awards.workflow import Status as AwardStatus
from app.awards.workflow import Step as AwardStep
from app.budget import actions as budget
from app.budget.domain import Posting
from app.compensation.models import Claim
from app.compensation.workflow import CLAIM
from app.compensation.workflow import Step as ClaimStep
from app.db import db
from app.flow import Reason, Refused, advance_all
from app.parties.actions import reject_account
from app.parties.queries import locked_account
from app.payouts.actions.attest_and_approve import Versions, locked_as_seen, take
from app.payouts.actions.warning import REJECTED, warn
from app.payouts.models import Payable
from app.payouts.workflow import Status, Step
from app.values.clock import local_date
from app.values.language import N_


def register_paid(list_id: int, versions: Versions, paid_on: date, *, by: Actor, at: datetime) -> None:
    """Finance has booked these lines of the list on `paid_on`. Posts to the ledger and moves awards and claims on.

    Raises Refused or Stale.
    """
    things = locked_as_seen(versions, list_id)
    facts = {t.id: {"paid_on": paid_on.isoformat()} for t in things}
    more = {t.id: _not_that_day(t, paid_on, local_date(at)) for t in things}
    stamp = {"paid_on": paid_on, "settled_by": by.id, "settled_at": at}
    take(things, Step.PAY, by, at, stamp, extra=facts, more=more)
    _post(things, by, at)
    _move_awards(things, by, at)
    _move_claims(things, by, at)


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
        _doubt(things, by, at)


def _doubt(things: Sequence[Payable], by: Actor, at: datetime) -> None:
    """Nothing goes to a number the bank refused before somebody has rung about it; its people are asked for another."""
    for account_id in sorted({t.account_id for t in things}):
        account = locked_account(account_id)
        reject_account(account, by=by, at=at)
        warn(account, REJECTED, by=by, at=at)


def _not_that_day(thing: Payable, paid_on: date, today: date) -> list[Reason]:
    if paid_on > today:
        return [Reason(N_("Bokføringsdagen kan ikke være fram i tid."))]
    if thing.authorised_at is not None and paid_on < local_date(thing.authorised_at):
        return [Reason(N_("Bokføringsdagen kan ikke være før listen ble låst."))]
    return []


def _post(things: Sequence[Payable], by: Actor, at: datetime) -> None:
    """One ledger row a line; its reference names the instalment or claim, so that it is paid once."""
    by_frame: dict[int, list[Posting]] = defaultdict(list)
    for thing in things:
        ref = f"instalment:{thing.instalment_id}" if thing.instalment_id else f"claim:{thing.claim_id}"
        by_frame[thing.frame_id].append(Posting(thing.case_id, thing.amount_ore, ref))
    for frame_id in sorted(by_frame):
        budget.pay_all(frame_id, by_frame[frame_id], by=by, at=at)


def _move_awards(things: Sequence[Payable], by: Actor, at: datetime) -> None:
    """«Delvis utbetalt» or «Utbetalt». A stopped award keeps its state: the money had left before the stop."""
    parts = {t.instalment_id: t.amount_ore for t in things if t.instalment_id}
    if not parts:
        return
    query = (
        sa.select(Award)
        .where(Award.id.in_(sa.select(Instalment.award_id).where(Instalment.id.in_(parts))))
        .where(Award.status.in_([AwardStatus.ACCEPTED, AwardStatus.PARTLY_PAID]))
        .order_by(Award.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    awards = list(db.session.scalars(query))
    paid, now = _paid_of([a.id for a in awards]), _by_award(parts)
    for step, group in (
        (AwardStep.PAY_PART, [a for a in awards if paid[a.id] < a.amount_ore]),
        (AwardStep.PAY_ALL, [a for a in awards if paid[a.id] >= a.amount_ore]),
    ):
        facts = {a.id: {"amount_ore": now[a.id]} for a in group}
        advance_all(group, AWARD, step, by=by, at=at, facts=facts)


def _by_award(parts: Mapping[int, int]) -> dict[int, int]:
    """What these instalments give each award, in øre."""
    found: dict[int, int] = defaultdict(int)
    query = sa.select(Instalment.id, Instalment.award_id).where(Instalment.id.in_(parts))
    for row in db.session.execute(query):
        found[row.award_id] += parts[row.id]
    return found


def _paid_of(award_ids: Sequence[int]) -> dict[int, int]:
    query = (
        sa.select(Instalment.award_id, sa.func.sum(Payable.amount_ore))
        .join(Payable, Payable.instalment_id == Instalment.id)
        .where(Instalment.award_id.in_(award_ids), Payable.status == Status.PAID)
        .group_by(Instalment.award_id)
    )
    return {award_id: int(ore) for award_id, ore in db.session.execute(query)}


def _move_claims(things: Sequence[Payable], by: Actor, at: datetime) -> None:
    keys = {t.claim_id for t in things if t.claim_id}
    if not keys:
        return
    query = sa.select(Claim).where(Claim.id.in_(keys)).order_by(Claim.id).with_for_update()
    claims = list(db.session.scalars(query.execution_options(populate_existing=True)))
    facts = {c.id: {"amount_ore": c.approved_ore} for c in claims}
    advance_all(claims, CLAIM, ClaimStep.PAY, by=by, at=at, facts=facts)
