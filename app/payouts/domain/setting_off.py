"""Setting off debts in the payee's next payment from the same pot: which of them, and how much. Plain Python."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Due:
    """A line that is to be paid, in øre: to whom, and from which pot."""

    payable_id: int
    party_id: int
    pot_id: int
    amount_ore: int


@dataclass(frozen=True)
class OpenDebt:
    """What is left of a confirmed debt, in øre, and the pot it was paid from."""

    repayment_id: int
    party_id: int
    pot_id: int
    open_ore: int


@dataclass(frozen=True)
class Off:
    """So much of this debt is set off in this line."""

    payable_id: int
    repayment_id: int
    amount_ore: int


def set_off(lines: Sequence[Due], debts: Sequence[OpenDebt]) -> list[Off]:
    """Each line in its order against its payee's debts in the same pot, the first debt first; never more than either.

    Sums are whole øre, so what is set off of the lines is what is set off of the debts.
    """
    left = {debt.repayment_id: debt.open_ore for debt in debts}
    made = []
    for line in lines:
        rest_ore = line.amount_ore
        for debt in debts:
            if (debt.party_id, debt.pot_id) != (line.party_id, line.pot_id):
                continue
            ore = min(rest_ore, left[debt.repayment_id])
            if ore > 0:
                made.append(Off(line.payable_id, debt.repayment_id, ore))
                rest_ore -= ore
                left[debt.repayment_id] -= ore
    return made


def by_line(offs: Sequence[Off]) -> dict[int, int]:
    """What is set off in each line, in øre, by its key."""
    found: dict[int, int] = {}
    for each in offs:
        found[each.payable_id] = found.get(each.payable_id, 0) + each.amount_ore
    return found
