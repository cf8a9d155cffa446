"""What claims would have come to under other prices and caps: the same claims, judged anew in their order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.compensation.domain.claims import units_left
from app.rules.domain import UnitPrice


@dataclass(frozen=True)
class Asked:
    """The units of one claim, with whose cap they count in (the first agreement of a GP's)."""

    area_id: int
    agreement_id: int
    units: Mapping[str, int]


def judged(
    claims: Iterable[Asked], prices: Sequence[UnitPrice], cap_ore: int | None
) -> dict[tuple[int, str], tuple[int, int]]:
    """By area and code: units asked for, and øre these prices and caps give. Claims in the order they came.

    `cap_ore`: of each agreement; None where only the units are capped.
    """
    used: dict[int, dict[str, int]] = {}
    spent: dict[int, int] = {}
    found: dict[tuple[int, str], tuple[int, int]] = {}
    for claim in claims:
        own = used.setdefault(claim.agreement_id, {})
        for price in prices:
            wanted = claim.units.get(price.code, 0)
            if not wanted:
                continue
            paid = min(wanted, units_left(price, own))
            if price.max_per_period is not None:
                paid = min(paid, price.max_per_period)
            if cap_ore is not None and price.unit_price_ore:
                left_ore = cap_ore - spent.get(claim.agreement_id, 0)
                paid = min(paid, max(left_ore, 0) // price.unit_price_ore)
            ore = paid * price.unit_price_ore
            own[price.code] = own.get(price.code, 0) + paid
            spent[claim.agreement_id] = spent.get(claim.agreement_id, 0) + ore
            units, so_far = found.get((claim.area_id, price.code), (0, 0))
            found[claim.area_id, price.code] = units + wanted, so_far + ore
    return found
