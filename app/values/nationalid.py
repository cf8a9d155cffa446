"""Finding a fødselsnummer in free text, so that it can be refused (domain.md D.8: there is no such field at all)."""

import re
import unicodedata
from datetime import date

from stdnum.no.fodselsnummer import calc_check_digit1, calc_check_digit2

from app.values.text import plain_signs

# A date of six digits, in one or in pairs, and five more, in one or as three and two, with what people put between
# them, a line break too. An account number grouped as 1502 25 12345 is left alone, and so are amounts.
_ELEVEN = re.compile(
    r"(?<![0-9])(?=([0-9]{2})([ ./_-]?)([0-9]{2})\2([0-9]{2})[\s./_:-]{0,3}([0-9]{3})[\s./_-]?([0-9]{2})(?![0-9]))"
)


def contains_national_id(text: str) -> bool:
    """Whether `text` holds a number built as a fødselsnummer or D-number, real or synthetic (month + 40 or + 80).

    An account number of eleven digits in one can be built the same way; grouped as banks write it, it passes.
    """
    plain = plain_signs(unicodedata.normalize("NFKC", text))
    return any(_is_national_id("".join(found.group(1, 3, 4, 5, 6))) for found in _ELEVEN.finditer(plain))


def _is_national_id(number: str) -> bool:
    return (
        _is_birthday(int(number[:2]), int(number[2:4]))
        and number[9] == calc_check_digit1(number)
        and number[10] == calc_check_digit2(number)
    )


def _is_birthday(day: int, month: int) -> bool:
    """A day and month of any leap year, once what D-numbers (day + 40) and synthetic numbers add is taken off."""
    day -= 40 if day > 40 else 0
    month -= 80 if month > 80 else 40 if month > 40 else 0
    try:
        date(2000, month, day)
    except ValueError:
        return False
    return True
