"""The reminder of a report that has not come («purring»), first and second."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from letters.blocks import Block
from letters.elements import Element
from letters.facts import Head, Person, absent, flags
from letters.grant import ReportKind
from letters.wording import Value, Wording


@dataclass(frozen=True, slots=True)
class ReportReminderFacts:
    """`number` 1 or 2; from the second on, payments are held until the report has come."""

    KIND: ClassVar[str] = "report_reminder"

    head: Head
    scheme_name: str
    scheme_year: int | None
    project_title: str
    report: ReportKind | None
    was_due_on: date | None
    answer_by: date | None
    number: int = 1

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
            (Element.REPORT, self.report and self.was_due_on),
            (Element.ANSWER_DEADLINE, self.answer_by),
        )

    def clauses(self) -> tuple[Element, ...]:
        """Mandatory clauses."""
        return (Element.REPORT, Element.ANSWER_DEADLINE, Element.CONSEQUENCE, Element.GUIDANCE_DUTY)

    def flags(self) -> frozenset[str]:
        """Which conditional clauses it has."""
        return flags(second=self.number > 1)

    def values(self, words: Wording) -> dict[str, Value]:
        """Values for its text."""
        return {
            "scheme": self.scheme_name,
            "year": "" if self.scheme_year is None else str(self.scheme_year),
            "project": self.project_title,
            "report": words[f"the_report_{self.report}"] if self.report else "",
            "was_due_on": words.on(self.was_due_on),
            "answer_by": words.on(self.answer_by),
        }

    def blocks(self, words: Wording) -> dict[str, tuple[Block, ...]]:
        """It has no tables."""
        del words
        return {}
