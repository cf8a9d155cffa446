"""Whole numbers as people type them."""

import re

from app.values.badvalue import BadValue
from app.values.language import N_

_SPACES = re.compile("[\\s\u00a0\u2007\u2009\u202f]")
_NUMBER = re.compile("[-\u2212]?[0-9]{1,18}")


def parse_whole_number(text: str, lowest: int, highest: int) -> int:
    """A whole number from `lowest` to `highest`, spaces between thousands allowed. Raises BadValue."""
    bare = _SPACES.sub("", text)
    if not _NUMBER.fullmatch(bare):
        raise BadValue("not_whole_number", N_("Skriv et helt tall, for eksempel 12."))
    number = int(bare.replace("\u2212", "-"))
    if not lowest <= number <= highest:
        raise BadValue(
            "out_of_range",
            N_("Skriv et tall fra %(lowest)d til %(highest)d."),
            lowest=lowest,
            highest=highest,
        )
    return number


def small_number(text: str) -> int:
    """A year or key from an address. Raises ValueError when it is none that a column holds."""
    if not (text.isascii() and text.isdigit()) or len(text) > 9:
        raise ValueError(text)
    return int(text)
