"""Why a letter could not be made. None of these is ever papered over: a wrong letter is worse than none."""

import unicodedata
from collections.abc import Sequence

from letters.elements import Element


class LetterError(ValueError):
    """Base of every reason a letter cannot be made."""


class Incomplete(LetterError):
    """The facts lack something the law or the financial rules demand in this letter; `missing` names each."""

    def __init__(self, missing: Sequence[Element]) -> None:
        super().__init__("the letter lacks " + ", ".join(missing))
        self.missing = tuple(missing)


class CannotSet(LetterError):
    """The letter holds a sign the font does not have. A box in its place would change what the letter says."""

    def __init__(self, sign: str) -> None:
        super().__init__(f"no glyph for U+{ord(sign):04X} {unicodedata.name(sign, 'unnamed sign')}")
        self.sign = sign


class BadText(LetterError):
    """A text file or an edited paragraph does not follow the markup, or asks for a value the letter does not have."""
