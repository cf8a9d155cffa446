"""The receipt for an application, which is also the interim reply (forvaltningsloven 1967 § 11 a)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from letters.blocks import Block
from letters.decision import points
from letters.elements import Element
from letters.facts import Head, Person, absent, flags
from letters.wording import Value, Wording


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """«Mottaksbekreftelse». `waiting_reason` is a whole sentence: why the answer takes more than a month."""

    KIND: ClassVar[str] = "receipt"

    head: Head
    scheme_name: str
    scheme_year: int | None
    project_title: str
    received_on: date | None
    waiting_reason: str
    expected_by: date | None
    received: tuple[str, ...] = ()

    @property
    def signers(self) -> tuple[Person, ...]:
        """The case handler alone."""
        return (self.head.case_handler,)

    def absent(self) -> Iterable[Element]:
        """Mandatory elements these facts lack."""
        yield from self.head.absent()
        yield from absent(
            (Element.SCHEME_NAME, self.scheme_name),
            (Element.SCHEME_YEAR, self.scheme_year),
            (Element.PROJECT_TITLE, self.project_title),
            (Element.RECEIVED_ON, self.received_on),
            (Element.WAITING_REASON, self.waiting_reason),
            (Element.EXPECTED_BY, self.expected_by),
        )

    def clauses(self) -> tuple[Element, ...]:
        """Mandatory clauses."""
        return (Element.RECEIVED_ON, Element.EXPECTED_BY, Element.GUIDANCE_DUTY)

    def flags(self) -> frozenset[str]:
        """Which conditional clauses it has."""
        return flags(attachments_received=bool(self.received))

    def values(self, words: Wording) -> dict[str, Value]:
        """Values for its text."""
        return {
            "scheme": self.scheme_name,
            "year": "" if self.scheme_year is None else str(self.scheme_year),
            "project": self.project_title,
            "received_on": words.on(self.received_on),
            "waiting_reason": self.waiting_reason,
            "expected_by": words.on(self.expected_by),
        }

    def blocks(self, words: Wording) -> dict[str, tuple[Block, ...]]:
        """What was received."""
        del words
        return {"received": points(self.received)}
