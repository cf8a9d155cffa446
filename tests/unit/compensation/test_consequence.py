"""The consequence of other prices is what each claim would have been reckoned to, one after the other."""

from hypothesis import given
from hypothesis import strategies as st

from app.compensation.domain import reckon
from app.compensation.domain.consequence import Asked, judged
from app.rules.domain import UnitPrice, Words

CODES = ("start", "patient")
UNITS = st.dictionaries(st.sampled_from(CODES), st.integers(1, 40), max_size=2)
CLAIMS = st.lists(st.builds(Asked, st.integers(1, 2), st.integers(1, 3), UNITS), max_size=12)


@st.composite
def prices(draw: st.DrawFn) -> list[UnitPrice]:
    most = st.none() | st.integers(1, 30)
    return [
        UnitPrice(c, Words(c, c), draw(st.integers(0, 500)), draw(st.integers(0, 60)), max_per_period=draw(most))
        for c in CODES
    ]


@given(CLAIMS, prices(), st.integers(0, 20_000))
def test_it_is_the_sum_of_the_claims_as_they_would_have_been_reckoned(
    claims: list[Asked], told: list[UnitPrice], cap_ore: int
) -> None:
    used: dict[int, dict[str, int]] = {}
    spent: dict[int, int] = {}
    sums: dict[tuple[int, str], int] = {}
    for claim in claims:
        own = used.setdefault(claim.agreement_id, {})
        made = reckon(told, claim.units, own, cap_ore - spent.get(claim.agreement_id, 0))
        for line in made.lines:
            own[line.code] = own.get(line.code, 0) + line.paid_units
            key = claim.area_id, line.code
            sums[key] = sums.get(key, 0) + line.amount_ore
        spent[claim.agreement_id] = spent.get(claim.agreement_id, 0) + made.sum_ore
    found = judged(claims, told, cap_ore)
    assert {key: ore for key, (_, ore) in found.items() if ore} == {key: ore for key, ore in sums.items() if ore}
    asked = sum(n for claim in claims for n in claim.units.values())
    assert sum(units for units, _ in found.values()) == asked
