"""Which language a reader gets, and how Norwegian words are marked for translation.

Bokmål is the source language: a word stands in the code once, in bokmål, and the catalogues hold the rest.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

CONTEXT_ENDS = "\x04"
"""What gettext's own catalogues put between a context and its text."""


def N_(words: str) -> str:  # noqa: N802 - the name the catalogue tools know
    """Mark bokmål words for the catalogues; they are translated when they are shown."""
    return words


def P_(context: str, words: str) -> str:  # noqa: N802 - the same
    """The same where one bokmål word has more than one nynorsk: `context` tells which, and is never shown."""
    return f"{context}{CONTEXT_ENDS}{words}"


class Worded(StrEnum):
    """A code that people also see: the member is the stored code, `.word` its bokmål word."""

    word: str

    def __new__(cls, code: str, word: str = "") -> Self:
        # The default only lets the type checker see look-up by code, Status("draft"); every member gives its word.
        member = str.__new__(cls, code)
        member._value_ = code
        member.word = word
        return member


class Language(StrEnum):
    """The two written forms of Norwegian (språklova § 4)."""

    NB = "nb"
    NN = "nn"

    @property
    def own_name(self) -> str:
        """What the form calls itself, never translated: "bokmål" or "nynorsk"."""
        return "bokmål" if self is Language.NB else "nynorsk"


class LanguageDecision(Worded):
    """A municipality's språkvedtak (språklova § 11); no decision is the same as neutral."""

    BOKMAL = "nb", N_("Bokmål")
    NYNORSK = "nn", N_("Nynorsk")
    NEUTRAL = "neutral", N_("Nøytral")

    @property
    def demands(self) -> Language | None:
        """The form state bodies must use in writing to it (språklova § 15), or None."""
        return None if self is LanguageDecision.NEUTRAL else Language(self.value)


class LanguageRule(Worded):
    """Which rule chose the language of a letter; logged with it (domain.md D.7)."""

    DECISION = "decision", N_("språkvedtak")
    APPLICATION = "application", N_("språket i søknaden")
    DEFAULT = "default", N_("bokmål når ingen har valgt")


@dataclass(frozen=True, slots=True)
class Choice:
    """The language of a letter, and the rule that chose it."""

    language: Language
    rule: LanguageRule

    @property
    def reason(self) -> str:
        """The bokmål msgid of why, to stand after the language: "Nynorsk – språkvedtak"."""
        return self.rule.word


def choose_language(decision: LanguageDecision | None, application: Language | None) -> Choice:
    """The municipality's språkvedtak; else the language of the application; else bokmål (domain.md D.7).

    A party without the right to decide, such as a private one, has `decision` None.
    """
    if decision is not None and (demanded := decision.demands) is not None:
        return Choice(demanded, LanguageRule.DECISION)
    if application is not None:
        return Choice(application, LanguageRule.APPLICATION)
    return Choice(Language.NB, LanguageRule.DEFAULT)
