"""The answer to an application for a GP's agreement: agreed, or refused (domain B.3)."""

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
    Language.NB: ("Satser", "Sats", "Høyst", "Per enhet"),
    Language.NN: ("Satsar", "Sats", "Høgst", "Per eining"),
}


@dataclass(frozen=True, slots=True)
class Price:
    """A unit price, and the most that can be claimed of it («200 pasienter»)."""

    name: str
    most: str
    unit_price_ore: int


@dataclass(frozen=True, slots=True)
class AgreementAnswerFacts:
    """`agreed`: it is in force from its first day."""

    KIND: ClassVar[str] = "agreement_answer"

    head: Head
    scheme_name: str
    gp_name: str
    area_name: str
    signed_on: date | None
    from_on: date | None
    to_on: date | None
    cap_ore: int | None
    agreed: bool
    prices: tuple[Price, ...]
    legal_basis: str
    complaint: Complaint
    decided_by: Person
    reason: str = ""

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
            (Element.AREA, self.area_name),
            (Element.PRICES, self.prices or not self.agreed),
            (Element.APPLIED_ON, self.signed_on),
            (Element.PERIOD, self.from_on and self.to_on),
            (Element.AMOUNT_NOK, self.cap_ore),
            (Element.LEGAL_BASIS, self.legal_basis),
            (Element.DECISION_MAKER, self.decided_by.name.strip() and self.decided_by.title),
            (Element.REASONS_CONSIDERATIONS, self.agreed or self.reason),
        )

    def clauses(self) -> tuple[Element, ...]:
        """Mandatory clauses."""
        return (*ANSWERED, Element.PRICES if self.agreed else Element.REASONS_CONSIDERATIONS)

    def flags(self) -> frozenset[str]:
        """Which conditional clauses it has."""
        return flags(agreed=self.agreed)

    def values(self, words: Wording) -> dict[str, Value]:
        """Values for its text."""
        return {
            "scheme": self.scheme_name,
            "gp": self.gp_name,
            "area": self.area_name,
            "signed_on": words.on(self.signed_on),
            "period": words.period(self.from_on, self.to_on),
            "cap": words.kr(self.cap_ore),
            "legal_basis": self.legal_basis,
            "complaint_body": self.complaint.body,
        }

    def blocks(self, words: Wording) -> dict[str, tuple[Block, ...]]:
        """The unit prices, and the reason in the officer's own words."""
        caption, price, most, each = _LABELS[words.language]
        columns = (Column(price, 5), Column(most, 4), Column(each, 3, money=True))
        rows = tuple((clean(p.name), clean(p.most), words.kr(p.unit_price_ore)) for p in self.prices)
        return {"prices": (Table(caption, columns, rows),) if rows else (), "reason": blocks_of(self.reason)}
