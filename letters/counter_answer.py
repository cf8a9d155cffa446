"""The answer that takes something back of a GP's claim: decided by two people, set off in what is paid next (B.3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.values.language import Language
from letters.blocks import Block, Column, Table
from letters.claim_answer import ANSWERED
from letters.elements import Element
from letters.facts import Complaint, Head, Person, absent, flags
from letters.wording import Value, Wording, blocks_of, clean

# See claim_answer.
_LABELS: Mapping[Language, tuple[str, ...]] = {
    Language.NB: ("Det vi har tatt tilbake", "Sats", "Tatt tilbake", "Per enhet", "Beløp"),
    Language.NN: ("Det vi har teke tilbake", "Sats", "Teke tilbake", "Per eining", "Beløp"),
}


@dataclass(frozen=True, slots=True)
class BackLine:
    """Units of one price that are taken back («10 pasienter»), by the price they were paid by, in øre."""

    name: str
    units: str
    unit_price_ore: int
    amount_ore: int


@dataclass(frozen=True, slots=True)
class CounterAnswerFacts:
    """`approved_ore`: what was approved of the claim once; `left_ore`: what stands when this is taken back."""

    KIND: ClassVar[str] = "counter_answer"

    head: Head
    scheme_name: str
    gp_name: str
    from_on: date | None
    to_on: date | None
    agreed_from: date | None
    agreed_to: date | None
    approved_ore: int | None
    taken_back_ore: int | None
    left_ore: int | None
    lines: tuple[BackLine, ...]
    legal_basis: str
    complaint: Complaint
    decided_by: Person
    reason: str

    @property
    def signers(self) -> tuple[Person, ...]:
        """Who decided."""
        return (self.decided_by,)

    def absent(self) -> Iterable[Element]:
        """Mandatory elements these facts lack."""
        yield from self.head.absent()
        yield from self.complaint.absent()
        yield from absent(
            (Element.SCHEME_NAME, self.scheme_name),
            (Element.PROJECT_TITLE, self.gp_name),
            (Element.PERIOD, self.from_on and self.to_on and self.agreed_from and self.agreed_to),
            (Element.AMOUNT_NOK, self.approved_ore),
            (Element.TAKEN_BACK, self._adds_up()),
            (Element.LEGAL_BASIS, self.legal_basis),
            (Element.DECISION_MAKER, self.decided_by.name.strip() and self.decided_by.title),
            (Element.REASONS_CONSIDERATIONS, self.reason),
        )

    def _adds_up(self) -> bool:
        """The lines sum to what is taken back, and no more than was approved is."""
        back, left, approved = self.taken_back_ore or 0, self.left_ore, self.approved_ore or 0
        priced = all(line.unit_price_ore > 0 for line in self.lines)
        return priced and back == sum(line.amount_ore for line in self.lines) > 0 and left in range(approved - back + 1)

    def clauses(self) -> tuple[Element, ...]:
        """Mandatory clauses."""
        return (*ANSWERED, Element.TAKEN_BACK, Element.SET_OFF, Element.REASONS_CONSIDERATIONS)

    def flags(self) -> frozenset[str]:
        """Which conditional clauses it has."""
        return flags(whole=self.left_ore == 0)

    def values(self, words: Wording) -> dict[str, Value]:
        """Values for its text."""
        return {
            "scheme": self.scheme_name,
            "gp": self.gp_name,
            "period": words.period(self.from_on, self.to_on),
            "agreed": words.period(self.agreed_from, self.agreed_to),
            "approved": words.kr(self.approved_ore),
            "taken_back": words.kr(self.taken_back_ore),
            "left": words.kr(self.left_ore),
            "legal_basis": self.legal_basis,
            "complaint_body": self.complaint.body,
        }

    def blocks(self, words: Wording) -> dict[str, tuple[Block, ...]]:
        """The lines, and the reason in the officer's own words."""
        caption, price, back, each, amount = _LABELS[words.language]
        columns = (Column(price, 4), Column(back, 3), Column(each, 2, money=True), Column(amount, 2, money=True))
        rows = tuple(
            (clean(line.name), clean(line.units), words.kr(line.unit_price_ore), words.kr(line.amount_ore))
            for line in self.lines
        )
        total = (words["total"], "", "", words.kr(self.taken_back_ore))
        return {"lines": (Table(caption, columns, rows, total),), "reason": blocks_of(self.reason)}
