"""Money to come back: what was decided, what has come, and why either cannot be registered. Plain Python."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from app.flow.domain import Reason
from app.values.language import N_


@dataclass(frozen=True)
class Owed:
    """A decided claim for money back: øre, the day of the decision, where it stands in the archive, and why."""

    amount_ore: int
    decided_on: date
    reference: str
    reason: str


@dataclass(frozen=True)
class CameBack:
    """Money that has come back: øre, the day it was booked, and its voucher."""

    amount_ore: int
    came_on: date
    voucher: str


def why_not_owed(owed: Owed, paid_ore: int, claimed_ore: int, first_paid_on: date, today: date) -> list[Reason]:
    """Why so much cannot be claimed back: never more than was paid and is not claimed already, nor before it was."""
    reasons = []
    if owed.amount_ore > (left := max(0, paid_ore - claimed_ore)):
        reasons.append(
            Reason(N_("Det kan kreves høyst %(left_ore)s tilbake i denne saken."), {"left_ore": left}, of="amount")
        )
    if owed.decided_on > today:
        reasons.append(Reason(N_("Vedtaket kan ikke ha en dato som ikke er kommet."), of="decided_on"))
    if owed.decided_on < first_paid_on:
        words = N_("Vedtaket kan ikke være eldre enn den første utbetalingen i saken, %(first_paid_on)s.")
        reasons.append(Reason(words, {"first_paid_on": first_paid_on}, of="decided_on"))
    return reasons


def why_not_back(back: CameBack, open_ore: int, vouchers: Collection[str], since: date, today: date) -> list[Reason]:
    """Why this cannot be registered as come back on a claim that was decided on the day `since`."""
    reasons = []
    if back.amount_ore > open_ore:
        reasons.append(Reason(N_("Det er bare %(open_ore)s igjen av kravet."), {"open_ore": open_ore}, of="amount"))
    if back.came_on > today:
        reasons.append(Reason(N_("Innbetalingen kan ikke ha en dato som ikke er kommet."), of="came_on"))
    if back.came_on < since:
        words = N_("Innbetalingen kan ikke være bokført før vedtaket %(decided_on)s.")
        reasons.append(Reason(words, {"decided_on": since}, of="came_on"))
    if back.voucher in vouchers:
        words = N_("Bilag %(voucher)s er registrert på dette kravet før.")
        reasons.append(Reason(words, {"voucher": back.voucher}, of="voucher"))
    return reasons
