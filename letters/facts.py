"""Facts that several letters share. All frozen, all plain values, so they go to JSON and back unchanged.

A date or number may be None here: facts are built from a case as it stands, and `missing()` tells what it lacks.
Money is whole øre. Texts are as people wrote them; they are cleaned when they are set.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Protocol

from app.values.language import Language
from letters.blocks import Block
from letters.elements import Element
from letters.law import LawRegime
from letters.wording import Value, Wording


@dataclass(frozen=True, slots=True)
class Person:
    """Someone of the authority, as the letter names them."""

    name: str
    title: str
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Sender:
    """The grant authority: one per installation."""

    name: str
    orgnr: str
    unit: str
    address: tuple[str, ...]
    phone: str
    email: str
    web: str


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who the letter is to. `address` is the lines below the name; `attention` a person there, or empty."""

    name: str
    orgnr: str
    address: tuple[str, ...]
    attention: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """What every letter carries. `clauses` are standard paragraphs edited in the program, as (name, words in markup);
    they stand in place of the file's, and an empty one takes the clause out (which makes a letter that needs it
    impossible). `demo` prints «Demodata» on the letter.
    """

    language: Language
    case_no: str
    our_ref: str
    dated_on: date | None
    sender: Sender
    recipient: Recipient
    case_handler: Person
    your_ref: str = ""
    archive_case_no: str = ""
    law_regime: LawRegime = LawRegime.FVL1967
    text_version: int = 1
    demo: bool = False
    attachments: tuple[str, ...] = ()
    copies_to: tuple[str, ...] = ()
    clauses: tuple[tuple[str, str], ...] = ()

    def absent(self) -> Iterable[Element]:
        """Mandatory elements of every letter that are not there."""
        return absent(
            (Element.CASE_NO, self.case_no),
            (Element.OUR_REF, self.our_ref),
            (Element.DOC_DATE, self.dated_on),
            (Element.SENDER, self.sender.name),
            (Element.RECIPIENT_NAME, self.recipient.name),
            (Element.RECIPIENT_ORGNR, self.recipient.orgnr),
            (Element.CASEHANDLER_NAME, self.case_handler.name),
            (Element.CONTACT, self.case_handler.phone.strip() or self.case_handler.email),
        )


@dataclass(frozen=True, slots=True)
class Consideration:
    """One criterion and, in words, how the application met it (never points: those are internal)."""

    criterion: str
    words: str


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why (forvaltningsloven 1967 § 25): the rules used, the facts found, the main considerations."""

    rules: tuple[str, ...]
    facts: str
    considerations: tuple[Consideration, ...]

    def absent(self) -> Iterable[Element]:
        """Which of the three is not there."""
        return absent(
            (Element.REASONS_RULE, any(map(str.strip, self.rules))),
            (Element.REASONS_FACTS, self.facts),
            (Element.REASONS_CONSIDERATIONS, any(each.words.strip() for each in self.considerations)),
        )


@dataclass(frozen=True, slots=True)
class Complaint:
    """To whom one complains. `allowed` is False only where the rules give no complaint; then `why_not` says why."""

    body: str
    allowed: bool = True
    why_not: str = ""

    def absent(self) -> Iterable[Element]:
        """The body, or the reason that there is none."""
        if self.allowed:
            return absent((Element.COMPLAINT_BODY, self.body))
        return absent((Element.COMPLAINT_RIGHT, self.why_not))


class LetterFacts(Protocol):
    """What rendering asks of each letter's facts."""

    KIND: ClassVar[str]

    @property
    def head(self) -> Head:
        """What every letter carries."""

    @property
    def signers(self) -> tuple[Person, ...]:
        """Who stands behind the letter."""

    def absent(self) -> Iterable[Element]:
        """Mandatory elements these facts lack."""

    def clauses(self) -> tuple[Element, ...]:
        """Mandatory elements that are clauses of the text."""

    def flags(self) -> frozenset[str]:
        """Which conditional clauses this letter has."""

    def values(self, words: Wording) -> Mapping[str, Value]:
        """The values its text may ask for."""

    def blocks(self, words: Wording) -> Mapping[str, tuple[Block, ...]]:
        """The tables and lists its text may ask for."""


def absent(*pairs: tuple[Element, object]) -> list[Element]:
    """The elements whose value is empty, blank or None. Zero is a value."""
    return [element for element, value in pairs if _empty(value)]


def _empty(value: object) -> bool:
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, tuple):
        return not value
    return value is None or value is False


def flags(**each: bool) -> frozenset[str]:
    """The names of those that are true."""
    return frozenset(name for name, true in each.items() if true)
