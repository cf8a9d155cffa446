"""The letter that asks for what an application lacks («mangelbrev», forvaltningsloven 1967 § 11 fourth paragraph)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from letters.blocks import Block
from letters.decision import points
from letters.elements import Element
from letters.facts import Head, Person, absent
from letters.wording import Value, Wording


@dataclass(frozen=True, slots=True)
class MissingInformationFacts:
    """One letter with all questions and one deadline."""

    KIND: ClassVar[str] = "missing_information"

    head: Head
    scheme_name: str
    scheme_year: int | None
    project_title: str
    applied_on: date | None
    questions: tuple[str, ...]
    answer_by: date | None

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
            (Element.APPLIED_ON, self.applied_on),
            (Element.QUESTIONS, any(map(str.strip, self.questions))),
            (Element.ANSWER_DEADLINE, self.answer_by),
        )

    def clauses(self) -> tuple[Element, ...]:
        """Mandatory clauses."""
        return (Element.QUESTIONS, Element.ANSWER_DEADLINE, Element.CONSEQUENCE, Element.GUIDANCE_DUTY)

    def flags(self) -> frozenset[str]:
        """It has no conditional clauses."""
        return frozenset()

    def values(self, words: Wording) -> dict[str, Value]:
        """Values for its text."""
        return {
            "scheme": self.scheme_name,
            "year": "" if self.scheme_year is None else str(self.scheme_year),
            "project": self.project_title,
            "applied_on": words.on(self.applied_on),
            "answer_by": words.on(self.answer_by),
        }

    def blocks(self, words: Wording) -> dict[str, tuple[Block, ...]]:
        """The questions."""
        del words
        return {"questions": points(self.questions)}
