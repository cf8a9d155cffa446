"""The letter that grants all that was applied for."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from letters.blocks import Block
from letters.decision import Decision
from letters.elements import Element
from letters.facts import Head, Person, flags
from letters.grant import Grant
from letters.wording import Value, Wording


@dataclass(frozen=True, slots=True)
class AwardFacts:
    """«Vedtaksbrev» with full award."""

    KIND: ClassVar[str] = "award"

    head: Head
    decision: Decision
    grant: Grant

    @property
    def signers(self) -> tuple[Person, ...]:
        """The decider first, then the one who prepared the case."""
        return (self.decision.decided_by, self.head.case_handler)

    def absent(self) -> Iterable[Element]:
        """Mandatory elements these facts lack."""
        return [*self.head.absent(), *self.decision.absent(), *self.grant.absent()]

    def clauses(self) -> tuple[Element, ...]:
        """Mandatory clauses."""
        return (*self.decision.clauses(), *self.grant.clauses())

    def flags(self) -> frozenset[str]:
        """Which conditional clauses it has."""
        return grant_flags(self.decision, self.grant)

    def values(self, words: Wording) -> dict[str, Value]:
        """Values for its text."""
        return {**self.decision.values(words), **self.grant.values(words)}

    def blocks(self, words: Wording) -> dict[str, tuple[Block, ...]]:
        """Tables and lists for its text."""
        return {**self.decision.blocks(), **self.grant.blocks(words)}


def grant_flags(decision: Decision, grant: Grant) -> frozenset[str]:
    """The conditions the texts of both kinds of award ask about."""
    return flags(
        complaint=decision.complaint.allowed,
        acceptance=grant.acceptance,
        auditor=grant.auditor is True,
        publicity=grant.publicity,
    )
