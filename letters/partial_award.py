"""The letter that grants a part of what was applied for; a partial refusal, so reasons are always due (§ 24)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from letters.award import grant_flags
from letters.blocks import Block, Column, Table
from letters.decision import Decision
from letters.elements import Element
from letters.facts import Head, Person, absent, flags
from letters.grant import Grant
from letters.wording import Value, Wording, clean


@dataclass(frozen=True, slots=True)
class Cut:
    """One part of the budget: what was asked for, or with own money in it what it costs, and what is granted."""

    name: str
    applied_ore: int
    granted_ore: int


@dataclass(frozen=True, slots=True)
class PartialAwardFacts:
    """«Vedtaksbrev» with partial award. `revised_budget`: the recipient must send a new budget with the acceptance.

    `own_ore` is what the recipient pays of the lines themselves: they bring it whole, and nothing of it is cut.
    `frame_used`: those ranked before it left too little of the frame for all of it.
    """

    KIND: ClassVar[str] = "partial_award"

    head: Head
    decision: Decision
    grant: Grant
    cuts: tuple[Cut, ...]
    frame_ore: int | None
    revised_budget: bool = True
    frame_used: bool = True
    own_ore: int | None = 0

    @property
    def signers(self) -> tuple[Person, ...]:
        """The decider first, then the one who prepared the case."""
        return (self.decision.decided_by, self.head.case_handler)

    def absent(self) -> Iterable[Element]:
        """Mandatory elements these facts lack."""
        yield from [*self.head.absent(), *self.decision.absent(), *self.grant.absent()]
        yield from absent(
            (Element.APPLIED_AMOUNT, self.decision.applied_ore),
            (Element.FRAME, self.frame_ore),
            (Element.CUTS, self._cuts_agree()),
        )
        if (self.grant.amount_ore or 0) >= (self.decision.applied_ore or 0):
            yield Element.AMOUNT_BELOW_APPLIED

    def _cuts_agree(self) -> bool:
        """There are lines, and they sum to what the letter says was asked for and is granted."""
        if self.own_ore is None:
            return False
        asked = sum(cut.applied_ore for cut in self.cuts) - self.own_ore
        granted = sum(cut.granted_ore for cut in self.cuts)
        return bool(self.cuts) and (asked, granted) == (self.decision.applied_ore, self.grant.amount_ore)

    def clauses(self) -> tuple[Element, ...]:
        """Mandatory clauses."""
        extra = (Element.REVISED_BUDGET,) if self._asks_for_budget else ()
        return (*self.decision.clauses(), *self.grant.clauses(), Element.CUTS, Element.FRAME, *extra)

    @property
    def _asks_for_budget(self) -> bool:
        """A new budget comes with the acceptance, so none can be asked for where nobody has to accept."""
        return self.revised_budget and self.grant.acceptance

    def flags(self) -> frozenset[str]:
        """Which conditional clauses it has."""
        return grant_flags(self.decision, self.grant) | flags(
            revised_budget=self._asks_for_budget, frame_used=self.frame_used
        )

    def values(self, words: Wording) -> dict[str, Value]:
        """Values for its text."""
        return {**self.decision.values(words), **self.grant.values(words), "frame": words.kr(self.frame_ore)}

    def blocks(self, words: Wording) -> dict[str, tuple[Block, ...]]:
        """Tables and lists for its text."""
        return {**self.decision.blocks(), **self.grant.blocks(words), "cuts": (self._cuts(words),)}

    def _cuts(self, words: Wording) -> Table:
        own_ore = self.own_ore or 0
        columns = (
            Column(words["budget_line"], 5),
            Column(words["cost" if own_ore else "applied_for"], 3, money=True),
            Column(words["granted"], 3, money=True),
        )
        rows = [(clean(cut.name), words.kr(cut.applied_ore), words.kr(cut.granted_ore)) for cut in self.cuts]
        asked = sum(cut.applied_ore for cut in self.cuts) - own_ore
        granted = sum(cut.granted_ore for cut in self.cuts)
        if own_ore:
            rows.append((words["own_money"], words.kr(-own_ore), words["unchanged"]))
        total = words["applied_and_granted" if own_ore else "total"]
        return Table(words["cuts"], columns, tuple(rows), (total, words.kr(asked), words.kr(granted)))
