"""The letter that refuses. In a competition it must name the rule, the facts, the considerations and the frame."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from letters.blocks import Block
from letters.decision import Decision
from letters.elements import Element
from letters.facts import Head, Person, absent, flags
from letters.wording import Value, Wording


@dataclass(frozen=True, slots=True)
class RefusalFacts:
    """«Vedtaksbrev» with refusal. `frame_used`: those ranked before it left too little of the frame."""

    KIND: ClassVar[str] = "refusal"

    head: Head
    decision: Decision
    frame_ore: int | None
    frame_used: bool = True

    @property
    def signers(self) -> tuple[Person, ...]:
        """The decider first, then the one who prepared the case."""
        return (self.decision.decided_by, self.head.case_handler)

    def absent(self) -> Iterable[Element]:
        """Mandatory elements these facts lack."""
        yield from [*self.head.absent(), *self.decision.absent()]
        yield from absent((Element.FRAME, self.frame_ore), (Element.APPLIED_AMOUNT, self.decision.applied_ore))

    def clauses(self) -> tuple[Element, ...]:
        """Mandatory clauses."""
        return (*self.decision.clauses(), Element.FRAME)

    def flags(self) -> frozenset[str]:
        """Which conditional clauses it has."""
        return flags(complaint=self.decision.complaint.allowed, frame_used=self.frame_used)

    def values(self, words: Wording) -> dict[str, Value]:
        """Values for its text."""
        return {**self.decision.values(words), "frame": words.kr(self.frame_ore)}

    def blocks(self, words: Wording) -> dict[str, tuple[Block, ...]]:
        """Tables and lists for its text."""
        del words
        return self.decision.blocks()
