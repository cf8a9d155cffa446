"""Money as whole øre in a plain int: read, shown and shared out, with no float and no division sign.

Shown as pages.md rule 5 says: whole kroner, no-break spaces, øre only where they exist or are asked for.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from app.values.badvalue import BadValue
from app.values.language import N_
from app.values.text import clean_number
from app.values.wholenumber import NBSP, format_whole_number

ORE_PER_KRONE = 100
HIGHEST_ORE = 10**12 * ORE_PER_KRONE
"""No amount in this house is above a thousand billion kroner; a longer number is a slip of the hand."""

MINUS = "\u2212"
_UNIT = re.compile(r"^(?:(?:kr\.?|nok) ?)?(.*?) ?(?:kr\.?|nok|kroner)?$", re.IGNORECASE)
_PLAIN = re.compile(r"[0-9]+")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:(?: [0-9]{3})+|(?:\.[0-9]{3})+|(?:[’'´][0-9]{3})+)")
_LONGEST_TEXT = 60

_WRITE_DIGITS = N_("Skriv beløpet med tall, for eksempel 1 250 000,50.")


def parse_kroner(text: str) -> int:
    """Øre from what a person typed or pasted: "12,50", "1 250 000,50", "1.250.000", "1250000 kr", "500,-", "1’250’000".

    Raises BadValue for anything negative, too large or open to two readings ("1,250", "12.50", "12 50").
    """
    amount = _bare(text)
    kroner, comma, ore = amount.partition(",")
    if comma and ore == "-":
        ore = "00"
    if comma and not _PLAIN.fullmatch(ore):
        raise _unreadable(amount)
    if len(ore) > 2:
        raise BadValue("too_many_decimals", N_("Skriv høyst to tall etter kommaet, for eksempel 1 250,50."))
    return _within(_whole_kroner(kroner, amount) * ORE_PER_KRONE + int(ore.ljust(2, "0")))


def _bare(text: str) -> str:
    """The amount alone: one kind of space, no unit of money, no sign."""
    amount = clean_number(text)
    if not amount:
        raise BadValue("empty", _WRITE_DIGITS)
    if len(amount) > _LONGEST_TEXT:
        raise _too_large() if _PLAIN.fullmatch(amount) else BadValue("not_money", _WRITE_DIGITS)
    unit = _UNIT.match(amount)
    amount = (unit.group(1) if unit else amount).replace(" ,", ",")
    if amount.startswith("-"):
        raise BadValue("negative", N_("Beløpet kan ikke være negativt. Skriv det uten minustegn."))
    return amount


def _whole_kroner(kroner: str, amount: str) -> int:
    if _PLAIN.fullmatch(kroner) or _GROUPED.fullmatch(kroner):
        return int(re.sub("[^0-9]", "", kroner))
    raise _unreadable(amount)


def _unreadable(amount: str) -> BadValue:
    """Digits and separators that can be read in two ways get another advice than words do."""
    if re.fullmatch(r"[0-9][0-9 .,]*", amount):
        return BadValue(
            "ambiguous",
            N_("Beløpet kan leses på flere måter. Skriv komma foran ørene og mellomrom mellom tusenene: 1 250 000,50."),
        )
    return BadValue("not_money", _WRITE_DIGITS)


def _too_large() -> BadValue:
    return BadValue("too_large", N_("Beløpet er for stort. Skriv høyst 1 billion kroner."))


def _within(ore: int) -> int:
    if ore > HIGHEST_ORE:
        raise _too_large()
    return ore


def format_amount(ore: int) -> str:
    """As "2 500 000", or "1 250 000,50" when there are øre: for columns whose head says kroner."""
    kroner, rest = divmod(abs(ore), ORE_PER_KRONE)
    return _signed(ore, format_whole_number(kroner) + (f",{rest:02d}" if rest else ""))


@lru_cache(maxsize=4096)
def format_kr(ore: int) -> str:
    """As "2 500 000 kr", with øre only when there are any."""
    return f"{format_amount(ore)}{NBSP}kr"


def format_kr_ore(ore: int) -> str:
    """As "2 500 000,00 kr": always two decimals, for where finance reconciles."""
    kroner, rest = divmod(abs(ore), ORE_PER_KRONE)
    return _signed(ore, f"{format_whole_number(kroner)},{rest:02d}{NBSP}kr")


def format_million(ore: int) -> str:
    """As "24,7 mill. kr", rounded half up: the leader's page only (pages.md rule 5)."""
    tenths = _half_up(abs(ore), 10**5 * ORE_PER_KRONE)
    million, tenth = divmod(tenths, 10)
    return _signed(ore if tenths else 0, f"{format_whole_number(million)},{tenth}{NBSP}mill.{NBSP}kr")


def _signed(ore: int, shown: str) -> str:
    return MINUS + shown if ore < 0 else shown


def _half_up(number: int, by: int) -> int:
    """`number` shared by `by` and rounded half up; both at least nought."""
    return (2 * number + by) // (2 * by)


def split_percent(total_ore: int, percents: Sequence[int]) -> list[int]:
    """Share `total_ore` by whole percents that sum to 100: whole kroner each, the last takes the rounding.

    2 500 001 kr by 60 and 40 is 1 500 001 and 1 000 000 (domain.md A.4). No part is negative and they sum to the
    total; an earlier part gives way when rounding up would spend more than is left.
    """
    if total_ore < 0 or not percents or min(percents) < 0 or sum(percents) != 100:
        raise ValueError("percents must be at least nought and sum to 100, of a total that is not negative")
    parts: list[int] = []
    left = total_ore
    for percent in percents[:-1]:
        part = min(_half_up(total_ore * percent, 100 * ORE_PER_KRONE) * ORE_PER_KRONE, left - left % ORE_PER_KRONE)
        parts.append(part)
        left -= part
    return [*parts, left]
