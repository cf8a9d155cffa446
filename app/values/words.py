"""The words a case is found by, and the words somebody looks for: cut and folded here, the same for both databases.

A number is a word of its own however it is written, for people copy it from our pages: an organisation number and an
amount with or without spaces, an account with or without dots, a case number with or without hyphen and letter. A word
with æ, ø, å or an accent is found without them too, by whoever has no such keys; one of a few letters is not sought so,
for «as» is in the name of every company.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from app.values.text import plain_signs

LONGEST_WORD = 200
"""Signs. PostgreSQL takes no word above 2 046 bytes."""
MOST_BYTES = 900_000
"""Of all different words of a case. PostgreSQL takes no more than 1 048 575; what is past it is not found."""

_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(
    r"""(?<![^\W_])(?:
        (?:t[ ]?)?[0-9]{2}[- ]?[0-9]{4,5}                 # T25-0001
      | (?:20)?[0-9]{2}/[0-9]{4,5}                      # 2025/0001, as the archive writes it
      | [0-9]{4}([ ./-])[0-9]{2}\1[0-9]{5}              # 8601 11 17947
      | [0-9]{3}[ ][0-9]{2}[ ][0-9]{3}                  # 967 00 000, a telephone
      | [0-9]{2}(?:[ ][0-9]{2}){3}                      # 96 70 00 00
      | [1-9][0-9]{0,2}(?:[ .-][0-9]{3})+               # 964 338 531, 1 250 000
    )(?![^\W_])""",
    re.VERBOSE,
)

_BARE = str.maketrans(
    {"æ": "ae", "ø": "o", "œ": "oe", "ß": "ss", "đ": "d", "ð": "d", "þ": "th", "ŋ": "n", "ŧ": "t", "ł": "l"}
)
_SHORT = 4
"""Letters. Shorter words are sought as they are written."""

_GLUED = re.compile(r"\b(?:kr\.?|no)(?=[0-9])|(?<=[0-9])(?=mva\b)")
_LABELS = frozenset(
    (
        *("org", "nr", "orgnr", "orgnummer", "organisasjonsnummer", "no", "mva", "sak", "saksnr", "saksnummer"),
        *("foretaksnr", "foretaksnummer", "sum", "ca", "mobil", "nummer"),
        *("konto", "kontonr", "kontonummer", "tlf", "telefon", "telefonnummer", "kr", "nok", "kroner"),
    )
)
"""What people copy along with a number; nobody seeks a case by it."""


def indexed(texts: Iterable[str]) -> list[str]:
    """The different words of the texts, each once, those of the first text first; together at most MOST_BYTES."""
    found: dict[str, None] = {}
    left = MOST_BYTES
    for text in texts:
        plain = _folded(text)
        for word in (*_words(plain), *(_joined(number) for number in _NUMBER.finditer(plain))):
            new = [form for form in dict.fromkeys((word, _bare(word))) if form not in found]
            left -= sum(len(form.encode()) for form in new)
            if left < 0:
                return list(found)
            found.update(dict.fromkeys(new))
    return list(found)


def sought(text: str) -> list[list[str]]:
    """The words somebody looks for: as they were written, and with each number as one word where that differs.

    Beside a number, its label is not looked for: «Org.nr. 964 338 531».
    """
    plain = _folded(text)
    written, whole = (
        [word if len(word) < _SHORT else _bare(word) for word in _unlabelled(list(_words(each)))]
        for each in (plain, _NUMBER.sub(_joined, plain))
    )
    return [written] if whole == written else [written, whole]


def _folded(text: str) -> str:
    # «İ» folds to an i with a loose dot.
    return _GLUED.sub(" ", plain_signs(text).casefold().replace("i\u0307", "i"))


def _unlabelled(words: list[str]) -> list[str]:
    numbers = any(word[-1].isdigit() for word in words)
    return [word for word in words if word not in _LABELS] if numbers else words


def _words(text: str) -> Iterator[str]:
    return (word[:LONGEST_WORD] for word in _WORD.findall(text))


def _bare(word: str) -> str:
    """The word without our own letters and without accents: «åsgård» as «asgard», «bodø» as «bodo»."""
    if word.isascii():
        return word
    parted = unicodedata.normalize("NFD", word.translate(_BARE))
    return "".join(sign for sign in parted if not unicodedata.combining(sign))[:LONGEST_WORD] or word


def _joined(number: re.Match[str]) -> str:
    """The digits; of a year with a slash after it, the last two."""
    written = number[0]
    return re.sub("[^0-9]", "", written[2:] if re.match("20[0-9]{2}/", written) else written)
