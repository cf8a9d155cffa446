"""What was typed or pasted, as the eye sees it: the one cleaning of every text, by its kind.

Text copied from Word, a web page or a chat carries signs nobody sees. `visible` takes them away at the door, from
everything that is sent; each kind of field then reads on with its own function here. All of them may run twice.
Joiners (U+200C, U+200D) go too: no Norwegian or Sámi word has one, and the letters' font lacks the scripts that do.
"""

import re
import unicodedata
from collections.abc import Callable

_BREAK = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_REFUSED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_UNSEEN = re.compile("[\u034f\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f\ufffc\U000e0100-\U000e01ef]")
"""Variation selectors and the like: Unicode counts them as marks, and no eye sees them."""
_BLANK = frozenset("\t\x1f\u115f\u1160\u2800\u3164\uffa0")
"""Blanks that Unicode does not count as spaces."""
_DASHES = frozenset("\u02d7\u2212\u2796")
_WIDE = range(0xFF01, 0xFF5F)


def _seen(sign: str) -> str:
    """The sign, a space for any blank, or nothing for what the eye does not see."""
    if sign == "\n":
        return sign
    category = unicodedata.category(sign)
    if category == "Zs" or sign in _BLANK:
        return " "
    return "" if category in _REFUSED or _UNSEEN.match(sign) else sign


def _plain(sign: str) -> str:
    """A digit of any alphabet as 0 to 9, any dash or minus as a hyphen, wide signs as narrow."""
    if (digit := unicodedata.decimal(sign, None)) is not None:
        return str(digit)
    if sign in _DASHES or unicodedata.category(sign) == "Pd":
        return "-"
    if sign == "\u066b":  # the Arabic decimal comma
        return ","
    return chr(ord(sign) - 0xFEE0) if ord(sign) in _WIDE else sign


class _Signs(dict[int, str]):
    """A table for str.translate that judges each sign the first time it is met."""

    def __init__(self, judge: Callable[[str], str]) -> None:
        self._judge = judge

    def __missing__(self, code: int) -> str:
        self[code] = self._judge(chr(code))
        return self[code]


_SEEN, _PLAIN = _Signs(_seen), _Signs(_plain)


def visible(text: str) -> str:
    """What every kind has in common: NFC, every blank a space, every line break \\n, nothing that cannot be seen."""
    return unicodedata.normalize("NFC", _BREAK.sub("\n", text).translate(_SEEN))


def names_password(field: str) -> bool:
    """Whether a field of this name holds a password: taken as it was typed, and never kept, logged or shown."""
    return any(part in field.casefold() for part in ("passw", "passord"))


def clean_line(text: str) -> str:
    """One line, for names and titles: every run of blanks and line breaks one space, nothing at the ends."""
    return " ".join(visible(text).split())


def clean_lines(text: str) -> str:
    """Several lines: breaks, blanks and empty lines inside are kept."""
    return visible(text).strip("\n")


def plain_signs(text: str) -> str:
    """As `visible`, with digits of every alphabet as 0 to 9 and every dash as a hyphen: for what is compared."""
    return visible(text).translate(_PLAIN)


def clean_number(text: str) -> str:
    """One line of digits and what stands between them, for amounts, dates, telephone and identity numbers."""
    return " ".join(plain_signs(text).split())


def clean_code(text: str) -> str:
    """One line where width and ligatures do not count, for e-mail addresses, user names and codes."""
    return clean_line(unicodedata.normalize("NFKC", visible(text)))
