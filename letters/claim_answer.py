"""The answer to a GP's claim: approved, in part or refused, by a person or by a rule (domain B.3, J.3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from app.values.language import Language
from letters.blocks import Block, Column, Table
from letters.elements import Element
from letters.facts import Complaint, Head, Person, absent, flags
from letters.wording import Value, Wording, blocks_of, clean

# The labels of words.txt are of a day, and claims are answered for days before these were needed.
_LABELS: Mapping[Language, tuple[str, ...]] = {
    Language.NB: ("Kravet og hva vi har godkjent", "Sats", "Krevd", "Godkjent", "Per enhet", "Beløp"),
    Language.NN: ("Kravet og kva vi har godkjent", "Sats", "Kravd", "Godkjent", "Per eining", "Beløp"),
}


class Answer(StrEnum):
    """What became of the claim."""

    APPROVED = "approved"
    PARTLY = "partly_approved"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class AnsweredLine:
    """One unit price: how much was asked for and approved («150 pasienter»), in øre what the units asked for give."""

    name: str
    asked: str
    paid: str
    unit_price_ore: int
    asked_ore: int
    amount_ore: int


@dataclass(frozen=True, slots=True)
class ClaimAnswerFacts:
    """`claimed_ore`: what the caps left of what was asked for. `by_rule`: no person decided, so none signs.

    `by_helfo`: Helfo pays what is approved.
    """

    KIND: ClassVar[str] = "claim_answer"

    head: Head
    scheme_name: str
    gp_name: str
    submitted_on: date | None
    from_on: date | None
    to_on: date | None
    agreed_from: date | None
    agreed_to: date | None
    answer: Answer
    claimed_ore: int | None
    approved_ore: int | None
    lines: tuple[AnsweredLine, ...]
    legal_basis: str
    complaint: Complaint
    decided_by: Person
    reason: str = ""
    by_rule: bool = False
    by_helfo: bool = False

    @property
    def signers(self) -> tuple[Person, ...]:
        """Who decided; the authority where a rule did."""
        return (self.head.case_handler,) if self.by_rule else (self.decided_by,)

    def absent(self) -> Iterable[Element]:
        """Mandatory elements these facts lack."""
        yield from self.head.absent()
        yield from self.complaint.absent()
        yield from absent(
            (Element.SCHEME_NAME, self.scheme_name),
            (Element.PROJECT_TITLE, self.gp_name),
            (Element.APPLIED_ON, self.submitted_on),
            (Element.PERIOD, self.from_on and self.to_on and self.agreed_from and self.agreed_to),
            (Element.APPLIED_AMOUNT, self.claimed_ore),
            (Element.AMOUNT_NOK, self.approved_ore),
            (Element.CUTS, self._adds_up()),
            (Element.LEGAL_BASIS, self.legal_basis),
            (Element.DECISION_MAKER, self.by_rule or (self.decided_by.name.strip() and self.decided_by.title)),
            (Element.REASONS_CONSIDERATIONS, self.answer is Answer.APPROVED or self.reason),
        )

    def _adds_up(self) -> bool:
        """The lines sum to what is approved; whole claims are approved whole, and refused ones give nothing."""
        approved = sum(line.amount_ore for line in self.lines)
        whole = {Answer.APPROVED: self.claimed_ore, Answer.REFUSED: 0}.get(self.answer, self.approved_ore)
        return bool(self.lines) and approved == self.approved_ore == whole

    def clauses(self) -> tuple[Element, ...]:
        """Mandatory clauses."""
        reasons = () if self.answer is Answer.APPROVED else (Element.REASONS_CONSIDERATIONS,)
        return (*ANSWERED, Element.CUTS, *reasons)

    @property
    def _left_out_ore(self) -> int:
        return sum(line.asked_ore for line in self.lines) - (self.claimed_ore or 0)

    def flags(self) -> frozenset[str]:
        """Which conditional clauses it has."""
        paid = self.answer is not Answer.REFUSED
        return flags(
            approved=self.answer is Answer.APPROVED,
            partly=self.answer is Answer.PARTLY,
            refused=self.answer is Answer.REFUSED,
            capped=self._left_out_ore > 0,
            by_rule=self.by_rule,
            paid_here=paid and not self.by_helfo,
            paid_by_helfo=paid and self.by_helfo,
        )

    def values(self, words: Wording) -> dict[str, Value]:
        """Values for its text."""
        return {
            "scheme": self.scheme_name,
            "gp": self.gp_name,
            "submitted_on": words.on(self.submitted_on),
            "period": words.period(self.from_on, self.to_on),
            "agreed": words.period(self.agreed_from, self.agreed_to),
            "claimed": words.kr(self.claimed_ore),
            "approved": words.kr(self.approved_ore),
            "asked": words.kr(sum(line.asked_ore for line in self.lines)),
            "left_out": words.kr(self._left_out_ore),
            "legal_basis": self.legal_basis,
            "complaint_body": self.complaint.body,
        }

    def blocks(self, words: Wording) -> dict[str, tuple[Block, ...]]:
        """The lines, and the reason in the officer's own words."""
        caption, price, asked, paid, each, amount = _LABELS[words.language]
        columns = (
            Column(price, 4),
            Column(asked, 3),
            Column(paid, 3),
            Column(each, 2, money=True),
            Column(amount, 2, money=True),
        )
        rows = tuple(
            (
                clean(line.name),
                clean(line.asked),
                clean(line.paid),
                words.kr(line.unit_price_ore),
                words.kr(line.amount_ore),
            )
            for line in self.lines
        )
        total = (words["total"], "", "", "", words.kr(self.approved_ore))
        return {"lines": (Table(caption, columns, rows, total),), "reason": blocks_of(self.reason)}


# Clauses of every answer.
ANSWERED = (
    Element.DECISION_TEXT,
    Element.LEGAL_BASIS,
    Element.COMPLAINT_RIGHT,
    Element.COMPLAINT_DEADLINE_RULE,
    Element.COMPLAINT_HOW,
    Element.ACCESS_TO_DOCUMENTS,
    Element.GUIDANCE_DUTY,
)
