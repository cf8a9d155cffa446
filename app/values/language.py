"""Which language a reader gets, and how Norwegian words are marked for translation.

Bokmål is the source language: a word stands in the code once, in bokmål, and the catalogues hold the rest.
"""

from enum import StrEnum
from typing import Self


def N_(words: str) -> str:  # noqa: N802 - the name the catalogue tools know
    """Mark bokmål words for the catalogues; they are translated when they are shown."""
    return words


class Worded(StrEnum):
    """A code that people also see: the member is the stored code, `.word` its bokmål word."""

    word: str

    def __new__(cls, code: str, word: str) -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.word = word
        return member


class Language(StrEnum):
    """The two written forms of Norwegian (språklova § 4)."""

    NB = "nb"
    NN = "nn"
