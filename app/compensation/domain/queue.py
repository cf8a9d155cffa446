"""Claims that wait for money, in the order they came: nobody is paid before their turn (domain B.2)."""

import hashlib
from collections.abc import Sequence
from itertools import accumulate

# How many are released by one answer: a bounded writing.
MANY = 100
# How many rows a list shows before one turns the page.
PAGE = 25


def fits(amounts_ore: Sequence[int], left_ore: int) -> int:
    """How many, from the first, the money holds in full; where one does not fit, none after it is let by."""
    return sum(1 for total in accumulate(amounts_ore) if total <= left_ore)


def control_of(claims: Sequence[tuple[int, int, int]]) -> str:
    """A control sum of what a page showed: each claim's key, version and øre, in order."""
    text = ";".join(f"{key}.{version}.{ore}" for key, version, ore in claims)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
