"""Norwegian order and equality as stored text, so that both databases sort and compare alike byte by byte.

SQLite's lower() and LIKE know only ASCII and the PostgreSQL wheels have no ICU; a column that holds a sort key must
therefore be compared by its bytes (BINARY, COLLATE "C").
"""

import re
import unicodedata

from app.values.text import clean_code

# After z in ASCII come { | }: in that order they stand for æ ø å.
_AE, _OE, _AA = "{", "|", "}"
_LETTERS = str.maketrans(
    {
        "æ": _AE, "ä": _AE, "œ": _OE, "ø": _OE, "ö": _OE, "ő": _OE, "å": _AA,
        "ü": "y", "ű": "y", "đ": "d", "ð": "d", "þ": "th", "ŋ": "n", "ŧ": "t", "ł": "l", "ı": "i",
    }
)  # fmt: skip
_TYPED_BRACES = str.maketrans("{|}", "---")
_LEVEL, _WORD = " ", "!"
"""Both sort before digits and letters, the end of the first level before the end of a word."""

LONGEST_KEY = 600
"""Bytes. A key stands in indexes beside the names themselves, and PostgreSQL takes no index row above 2 700 bytes."""

_TWO_LETTERS = ("aachen", "aaliyah", "aaron", "baal", "canaan", "isaac", "isaak", "kanaan", "saarbr", "transvaal")
"""Foreign names where aa is a twice and not an old å."""


def fold(text: str) -> str:
    """`text` for equality and look-up: case, width, composition, invisible signs and runs of spaces do not count."""
    before = None
    while text != before:
        before = text
        text = clean_code(text).casefold()
    return text


def sort_key(name: str) -> str:
    """The stored key that puts names in Norwegian order when compared byte by byte.

    First the letters alone: aa counts as å, æ ø å come last, accented and Sámi letters stand with the letter they are
    built on (á with a, č with c, đ with d, ŋ with n, š with s, ŧ with t, ž with z; ä as æ, ö as ø, ü as y). Names
    alike in that are told apart by their signs, so the order is always the same. What is past LONGEST_KEY does not
    count.
    """
    folded = fold(name)
    words = [_letters(word) for word in folded.split()]
    letters = _WORD.join(word for word in words if word)[: LONGEST_KEY // 2]
    return (letters + _LEVEL + folded).encode()[:LONGEST_KEY].decode(errors="ignore")


def _letters(word: str) -> str:
    if not any(part in word for part in _TWO_LETTERS):
        word = word.replace("aa", "å")
    placed = word.translate(_TYPED_BRACES).translate(_LETTERS)
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", placed) if not unicodedata.combining(sign))
    return re.sub(r"[^a-z0-9{|}]+", _other, bare.translate(_LETTERS))


def _other(found: re.Match[str]) -> str:
    """A hyphen or dash parts words as a space does; other signs do not count."""
    return _WORD if set(found.group()) & set("-–—_") else ""
