"""The bank day of a list, its number, its sums and its lines. Plain Python."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.flow.domain import Reason
from app.values.bounds import pay_days
from app.values.deadlines import is_working_day, next_working_day, working_day_on_or_after, working_day_on_or_before
from app.values.language import N_

CONTROL_MODULUS = 10**12


def due_day(today: date, released_on: date | None) -> date:
    """The bank day to pay: the next one, or the first from the date of the plan."""
    return working_day_on_or_after(max(next_working_day(today), released_on or today))


def why_not_pay_on(pay_on: date, today: date) -> list[Reason]:
    """Why a list cannot be paid that day."""
    days = pay_days(today)
    if pay_on < days.first:
        return [Reason(N_("Betalingsdagen har vært."))]
    if pay_on > days.last:
        return [Reason(N_("Betalingsdagen kan ikke være etter %(last)s."), {"last": days.last})]
    return [] if is_working_day(pay_on) else [_no_bank_day(pay_on, days.first)]


def _no_bank_day(on: date, first_on: date) -> Reason:
    """With the nearest bank days, the one before only when it is not past."""
    near = {"on": on, "before": working_day_on_or_before(on), "after": working_day_on_or_after(on)}
    if near["before"] < first_on:
        return Reason(N_("%(on)s er ingen bankdag. Den nærmeste er %(after)s."), near, of="pay_on")
    return Reason(N_("%(on)s er ingen bankdag. De nærmeste er %(before)s og %(after)s."), near, of="pay_on")


def list_number(year: int, count: int) -> str:
    """«2025-07»."""
    return f"{year}-{count:02d}"


def control_sum(accounts: Iterable[str]) -> int:
    """Sum of the account numbers modulo 10^12: it changes when the account of any line does."""
    return sum(int(account) for account in accounts) % CONTROL_MODULUS


@dataclass(frozen=True)
class FileLine:
    """One line of a locked list, as finance gets it (domain E.1). Moments are local text, amounts øre."""

    list_number: str
    line_no: int
    case_number: str
    award_no: str
    scheme: str
    chapter_post: str
    budget_year: int
    recipient: str
    orgnr: str
    account_no: str
    amount_ore: int
    due_on: date
    pay_on: date
    text: str
    recipient_type: str
    instalment: str
    accepted_on: date | None
    attested_by: str
    attested_at: str
    approved_by: str
    approved_at: str
    decision: str
    set_off_ore: int = 0

    @property
    def net_ore(self) -> int:
        """What is sent to the account."""
        return self.amount_ore - self.set_off_ore
