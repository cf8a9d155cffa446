"""Whole numbers as people type them."""

import re

from app.values.badvalue import BadValue
from app.values.language import N_
from app.values.text import clean_number

NBSP = "\u00a0"
_NUMBER = re.compile(r"-?(?:[0-9]{1,18}|[1-9][0-9]{0,2}(?: [0-9]{3}){1,5})")


def parse_whole_number(text: str, lowest: int, highest: int) -> int:
    """A whole number from `lowest` to `highest`, with spaces between thousands and nowhere else. Raises BadValue."""
    typed = clean_number(text)
    if not _NUMBER.fullmatch(typed):
        if re.fullmatch("-?[0-9]+(?: [0-9]+)+", typed):
            raise BadValue(
                "ambiguous", N_("Tallet kan leses på flere måter. Skriv det uten mellomrom, for eksempel 1500.")
            )
        raise BadValue("not_whole_number", N_("Skriv et helt tall, for eksempel 12."))
    number = int(typed.replace(" ", ""))
    if not lowest <= number <= highest:
        raise BadValue(
            "out_of_range",
            N_("Skriv et tall fra %(lowest)s til %(highest)s."),
            lowest=format_whole_number(lowest),
            highest=format_whole_number(highest),
        )
    return number


def format_whole_number(number: int) -> str:
    """As "1 000 000", with no-break spaces."""
    return f"{number:,}".replace(",", NBSP)


def small_number(text: str) -> int:
    """A year or number of a page from an address. Raises ValueError when it is none that a column holds."""
    return _digits(text, 9)


def large_number(text: str) -> int:
    """A key or version that an address or a form carries. Raises ValueError when it is none that a column holds."""
    return _digits(text, 18)


def _digits(text: str, most: int) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > most:
        raise ValueError(text[:most])
    return int(text)
