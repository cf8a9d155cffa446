"""Setting off, whatever is owed and due: never more than either, and whole øre."""

from hypothesis import given
from hypothesis import strategies as st

from app.payouts.domain.setting_off import Due, OpenDebt, by_line, set_off

ORE = st.integers(1, 10**9)
LINES = st.lists(st.tuples(st.integers(1, 2), st.integers(1, 2), ORE), max_size=5)


def _whose(each: Due | OpenDebt) -> tuple[int, int]:
    return each.party_id, each.pot_id


@given(LINES, LINES)
def test_never_more_than_is_due_or_owed_and_all_that_can_be(
    lines: list[tuple[int, int, int]], owed: list[tuple[int, int, int]]
) -> None:
    due = [Due(key, *of) for key, of in enumerate(lines)]
    debts = [OpenDebt(key, *of) for key, of in enumerate(owed)]
    offs = set_off(due, debts)
    of_debt: dict[int, int] = {}
    for off in offs:
        assert off.amount_ore > 0
        line, debt = due[off.payable_id], debts[off.repayment_id]
        assert (line.party_id, line.pot_id) == (debt.party_id, debt.pot_id)
        of_debt[off.repayment_id] = of_debt.get(off.repayment_id, 0) + off.amount_ore
    assert all(ore <= due[key].amount_ore for key, ore in by_line(offs).items())
    assert all(ore <= debts[key].open_ore for key, ore in of_debt.items())
    for whose in {(each.party_id, each.pot_id) for each in due}:
        paid = sum(each.amount_ore for each in due if (each.party_id, each.pot_id) == whose)
        owes = sum(each.open_ore for each in debts if (each.party_id, each.pot_id) == whose)
        kept = sum(
            off.amount_ore for off in offs if (due[off.payable_id].party_id, due[off.payable_id].pot_id) == whose
        )
        assert kept == min(paid, owes)


def test_the_first_debt_first_and_nothing_of_another_pot() -> None:
    lines = [Due(1, 7, 1, 500), Due(2, 7, 2, 500), Due(3, 7, 1, 500)]
    debts = [OpenDebt(1, 7, 1, 300), OpenDebt(2, 7, 1, 900), OpenDebt(3, 8, 1, 100)]
    told = [(off.payable_id, off.repayment_id, off.amount_ore) for off in set_off(lines, debts)]
    assert told == [(1, 1, 300), (1, 2, 200), (3, 2, 500)]
