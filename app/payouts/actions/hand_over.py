"""The third hand: lock a list and hand it over to finance's own system. All lines or none."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import sqlalchemy as sa

from app.access.domain import Actor
from app.audit import record
from app.db import db
from app.flow import Reason, Refused
from app.parties.queries import account_numbers
from app.payouts import queries
from app.payouts.actions.attest_and_approve import Versions, locked_as_seen, take
from app.payouts.actions.setting_off import hold
from app.payouts.domain import control_sum, list_number, why_not_pay_on, wrong_year
from app.payouts.domain.setting_off import by_line
from app.payouts.models import ListCounter, Payable, PayoutList
from app.payouts.workflow import Step
from app.values.clock import local_date


class SetOffChanged(Exception):
    """Other sums are set off in the lines now than those that were shown: a debt has come, gone or been paid."""


def hand_over(
    versions: Versions, pay_on: date, shown: Mapping[int, int] | None = None, *, by: Actor, at: datetime
) -> PayoutList:
    """Lock these lines in a new list that is paid on the bank day `pay_on`.

    `shown`: the øre that the person saw set off in each line, by its key (a line without is nought); None where no page
    was shown. Raises Refused or Stale, or SetOffChanged when what is set off is not what was shown.

    Debts of a payee are set off in its lines. The files are made right after, from the locked rows (`file_list`); a job
    makes those that a crash left out.
    """
    today = local_date(at)
    closed = why_not_pay_on(pay_on, today)
    if closed:
        raise Refused(closed)
    things = locked_as_seen(versions)
    offs = queries.offs_for([t.id for t in things], lock=True)
    set_off = by_line(offs)
    if shown is not None and set_off != {key: ore for key, ore in shown.items() if ore}:
        raise SetOffChanged
    made = _list(things, pay_on, sum(set_off.values()), by, at)
    _number_lines(things)
    facts = {t.id: {"list": made.number, "line_no": n} for n, t in enumerate(things, start=1)}
    stamps = {t.id: {"set_off_ore": set_off.get(t.id, 0)} for t in things}
    stamp = {"list_id": made.id, "authorised_by": by.id, "authorised_at": at}
    take(things, Step.SEND, by, at, stamp, extra=facts, more=_other_year(things, pay_on, by, today), stamps=stamps)
    hold(offs, made, by=by, at=at)
    told = {
        "number": made.number,
        "lines": made.line_count,
        "sum_ore": made.sum_ore,
        "control_sum": str(made.control_sum),
    }
    record(made.stream, "payout_list.made", told, by=by, at=at)
    return made


def _list(things: Sequence[Payable], pay_on: date, set_off_ore: int, by: Actor, at: datetime) -> PayoutList:
    account = account_numbers({t.account_id for t in things})
    made = PayoutList(
        number=_next_number(local_date(at).year),
        line_count=len(things),
        sum_ore=sum(t.amount_ore for t in things),
        set_off_ore=set_off_ore,
        control_sum=control_sum(account[t.account_id] for t in things),
        pay_on=pay_on,
        authorised_by=by.id,
        authorised_at=at,
    )
    db.session.add(made)
    db.session.flush()
    return made


def _next_number(year: int) -> str:
    """The next number of the year; the counter's row is locked until the transaction ends."""
    from sqlalchemy.dialects import postgresql, sqlite

    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    db.session.execute(insert(ListCounter).values(year=year, next=1).on_conflict_do_nothing())
    row = queries.locked_counter(year)
    number = row.next
    row.next = number + 1
    db.session.flush()
    return list_number(year, number)


def _number_lines(things: Sequence[Payable]) -> None:
    table = Payable.__table__
    assert isinstance(table, sa.Table)
    statement = sa.update(table).where(table.c.id == sa.bindparam("k")).values(line_no=sa.bindparam("n"))
    # A line that stands on a list already keeps its place there; it is refused when the step is judged.
    rows = [{"k": thing.id, "n": number} for number, thing in enumerate(things, start=1) if thing.list_id is None]
    if rows:
        db.session.connection().execute(statement, rows)


def _other_year(things: Sequence[Payable], pay_on: date, by: Actor, today: date) -> dict[int, Sequence[Reason]]:
    rows = queries.seen_of([t.id for t in things], by, today)
    found = {key: wrong_year(pay_on, row.snapshot.frame_year) for key, row in rows.items()}
    return {key: [reason] for key, reason in found.items() if reason is not None}
