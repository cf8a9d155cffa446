"""The recipient's own money in a partial award: it stays whole, and the sums are those of the letter."""

from dataclasses import replace

import pytest

from app.values.language import Language
from app.values.money import format_kr
from letters import compose, missing
from letters.blocks import Table
from letters.partial_award import Cut
from tests.letter_samples import partial_award


@pytest.mark.parametrize("language", Language)
def test_own_money_stays_whole_and_is_no_cut(language: Language) -> None:
    """The lines are costs; what the recipient pays of them is as before; the sums are asked for and granted."""
    facts = partial_award(language)
    lines = (*facts.cuts, Cut("Eget arbeid", 160_000_00, 0))
    made = compose(replace(facts, cuts=lines, own_ore=160_000_00))
    table = next(block for block in made.blocks if isinstance(block, Table) and len(block.rows) == len(lines) + 1)
    assert table.columns[1].heading == "Kostnad"
    assert table.rows[-1][1:] == (format_kr(-160_000_00), "som før")
    assert table.total is not None
    assert table.total[1:] == (format_kr(facts.decision.applied_ore or 0), format_kr(facts.grant.amount_ore or 0))
    assert missing(replace(facts, cuts=lines, own_ore=159_999_00)), "sums that do not agree make no letter"
