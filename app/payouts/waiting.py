"""What waits for a person in this room: each hand of the payments, numbers to control, and money to come back."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime

import sqlalchemy as sa

from app.access.domain import Actor, Permission
from app.flow import Reason, Waiting, is_theirs, why_not
from app.payouts import queries
from app.payouts.judgement import is_mine, why_not_control
from app.payouts.models import Payable, Repayment
from app.payouts.queries import Owed, Seen
from app.payouts.workflow import NEXT, PAYABLE, QUEUES, REPAYMENT, WAITS_FOR, DebtStatus, DebtStep, Status
from app.values.clock import local_date
from app.values.language import N_

_QUEUED = {
    Status.READY: N_("Attester utbetalinger"),
    Status.ATTESTED: N_("Godkjenn utbetalinger"),
    Status.APPROVED: N_("Overfør utbetalinger"),
}
_DEBTS = {
    DebtStatus.REGISTERED: (DebtStep.CONFIRM, N_("Bekreft krav om tilbakebetaling")),
    DebtStatus.CONFIRMED: (DebtStep.SETTLE, N_("Registrer innbetaling")),
}


def anything(actor: Actor, at: datetime) -> sa.ColumnElement[bool]:
    """Whether there is anything to look at."""
    del at
    controls = [queries.any_uncontrolled()] if actor.may(Permission.CONTROL_ACCOUNT) else []
    debts = [queries.any_open()] if _settles(actor) else []
    return sa.or_(sa.false(), queries.anything(_mine(actor)), *controls, *debts)


def waiting(actor: Actor, at: datetime) -> list[Waiting]:
    """Queues for the hands, one for each list and each line that came back, accounts, debts. At most six reads."""
    today, mine = local_date(at), _mine(actor)
    inside = set(NEXT) if actor.may(Permission.CONTROL_ACCOUNT) else mine & set(NEXT)
    # What has left the house is another part: it can be much, and may not crowd out what waits inside.
    lines = queries.waiting(inside, mine - set(NEXT), actor=actor, today=today)
    theirs = [row for row in lines if row.payable.status in mine and is_mine(row, actor, today)]
    return [*_queues(theirs), *_others(theirs, lines, lambda: queries.open_repayments(actor), actor)]


def first_beside(lines: Sequence[Seen], owed: Sequence[Owed], actor: Actor, today: date) -> Waiting | None:
    """What waits for the person beside the queues, of these lines inside the house and these debts; read only so far
    as something is found.
    """
    mine = _mine(actor) - set(NEXT)
    out = queries.waiting(mine, actor=actor, today=today)
    theirs = [row for row in out if is_mine(row, actor, today)]
    return next(_others(theirs, lines, lambda: owed, actor), None)


def _mine(actor: Actor) -> set[Status]:
    """Where a line waits for a hand the person may have."""
    needed = {status: PAYABLE.move(step).needs for status, step in WAITS_FOR.items()}
    return {status for status, needs in needed.items() if needs and actor.may(needs)}


def _settles(actor: Actor) -> bool:
    """Whether a debt may wait for the person."""
    return any(actor.may(move.needs) for move in REPAYMENT.moves if move.step in dict(_DEBTS.values()) and move.needs)


def _others(
    theirs: Sequence[Seen], lines: Sequence[Seen], owed: Callable[[], Sequence[Owed]], actor: Actor
) -> Iterator[Waiting]:
    yield from _outcomes(theirs)
    yield from (_rejected(row) for row in theirs if row.payable.status is Status.REJECTED)
    if actor.may(Permission.CONTROL_ACCOUNT):
        yield from _accounts(lines, actor)
    if _settles(actor):
        yield from _debts(owed(), actor)


def _queues(theirs: Sequence[Seen]) -> Iterator[Waiting]:
    for status, verb in _QUEUED.items():
        rows = [row for row in theirs if row.payable.status is status]
        if rows:
            yield Waiting(
                verb,
                "payouts.lines",
                {"queue": QUEUES[status]},
                due_on=min(row.payable.due_on for row in rows),
                since=min(local_date(_came_at(row.payable)) for row in rows),
                count=len(rows),
                told=Reason(N_("Til sammen %(sum_ore)s."), {"sum_ore": _sum_ore(rows)}),
            )


def _came_at(payable: Payable) -> datetime:
    """When the line came to the hand it waits for; one that was sent back waits from when it was made."""
    return {Status.ATTESTED: payable.attested_at, Status.APPROVED: payable.approved_at}.get(
        payable.status
    ) or payable.made_at


def _sum_ore(rows: Iterable[Seen]) -> int:
    return sum(row.payable.amount_ore for row in rows)


def _outcomes(theirs: Sequence[Seen]) -> Iterator[Waiting]:
    sent = [row for row in theirs if row.payable.status is Status.SENT]
    counts = Counter(row.payable.list_id for row in sent)
    for each in queries.lists_with([key for key in counts if key is not None]):
        yield Waiting(
            N_("Registrer utfallet av utbetalinger"),
            "payouts.payout_list",
            {"number": each.number},
            due_on=each.pay_on,
            since=local_date(each.authorised_at),
            count=counts[each.id],
            told=Reason(
                N_("Liste %(list)s, til sammen %(sum_ore)s."),
                {"list": each.number, "sum_ore": _sum_ore(row for row in sent if row.payable.list_id == each.id)},
            ),
        )


def _rejected(row: Seen) -> Waiting:
    where = {"public_id": row.payable.public_id}
    verb = N_("Kontroller avvisning fra banken")
    since = row.payable.settled_at
    return Waiting(
        verb,
        "payouts.payable",
        where,
        row.case.party_name,
        row.case.number or "",
        since=local_date(since) if since else None,
        cause=row.payable.back_reason,
        told=Reason("%(amount_ore)s", {"amount_ore": row.payable.amount_ore}),
    )


def _accounts(lines: Sequence[Seen], actor: Actor) -> Iterator[Waiting]:
    found = queries.accounts_to_control(lines)
    told = queries.told_of([new.account for new in found], actor) if found else {}
    count = sum(is_theirs(why_not_control(new.account, told[new.account.id], actor)) for new in found)
    if count:
        yield Waiting(N_("Kontroller kontonumre"), "payouts.accounts", count=count)


def _debts(owed: Sequence[Owed], actor: Actor) -> Iterator[Waiting]:
    for each in owed:
        if not each.claim.open_ore:
            # All of it is on its way to be set off.
            continue
        step, verb = _DEBTS[each.claim.status]
        if is_theirs(why_not(REPAYMENT, step, each.standing(), actor)):
            told = Reason(N_("%(open_ore)s skal betales tilbake."), {"open_ore": each.claim.open_ore})
            where = {"number": each.number}
            since = _since(each.claim)
            yield Waiting(verb, "payouts.repayments", where, each.party, each.number, since=since, told=told)


def _since(claim: Repayment) -> date:
    return local_date(claim.confirmed_at or claim.registered_at)
