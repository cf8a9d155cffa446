"""What all decisions share: the law's demands on a decision letter (forvaltningsloven 1967 §§ 24, 25 and 27)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from letters.blocks import Block, Bullets, Paragraph, Span
from letters.elements import Element
from letters.facts import Complaint, Person, Reasons, absent
from letters.wording import Value, Wording, blocks_of, clean, clean_lines

# Clauses of every decision, whatever was decided.
STANDING = (
    Element.DECISION_TEXT,
    Element.LEGAL_BASIS,
    Element.REASONS_RULE,
    Element.REASONS_FACTS,
    Element.REASONS_CONSIDERATIONS,
    Element.ACCESS_TO_DOCUMENTS,
    Element.GUIDANCE_DUTY,
)
COMPLAINT = (Element.COMPLAINT_RIGHT, Element.COMPLAINT_DEADLINE_RULE, Element.COMPLAINT_HOW, Element.SUSPENSION)


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision on an application: on what, under which rules, why, by whom, and where one may complain.

    `legal_basis` names the rules of the scheme and the Storting's budget decision.
    """

    scheme_name: str
    scheme_year: int | None
    project_title: str
    applied_on: date | None
    applied_ore: int | None
    legal_basis: str
    reasons: Reasons
    complaint: Complaint
    decided_by: Person

    def absent(self) -> Iterable[Element]:
        """Mandatory elements of every decision that are not there."""
        yield from absent(
            (Element.SCHEME_NAME, self.scheme_name),
            (Element.SCHEME_YEAR, self.scheme_year),
            (Element.PROJECT_TITLE, self.project_title),
            (Element.APPLIED_ON, self.applied_on),
            (Element.LEGAL_BASIS, self.legal_basis),
            (Element.DECISION_MAKER, self.decided_by.name.strip() and self.decided_by.title),
        )
        yield from self.reasons.absent()
        yield from self.complaint.absent()

    def clauses(self) -> tuple[Element, ...]:
        """Mandatory clauses of every decision."""
        return (*STANDING, *(COMPLAINT if self.complaint.allowed else ()))

    def values(self, words: Wording) -> dict[str, Value]:
        """Values every decision's text may use."""
        return {
            "scheme": self.scheme_name,
            "year": "" if self.scheme_year is None else str(self.scheme_year),
            "project": self.project_title,
            "applied_on": words.on(self.applied_on),
            "applied": words.kr(self.applied_ore),
            "legal_basis": self.legal_basis,
            "complaint_body": self.complaint.body,
            "no_complaint_why": self.complaint.why_not,
        }

    def blocks(self) -> dict[str, tuple[Block, ...]]:
        """The reasons, part by part."""
        rules = tuple((Span(clean_lines(rule)),) for rule in self.reasons.rules if rule.strip())
        return {
            "rules": (Bullets(rules),),
            "facts": blocks_of(self.reasons.facts),
            "considerations": tuple(
                block for each in self.reasons.considerations for block in _consideration(each.criterion, each.words)
            ),
        }


def _consideration(criterion: str, words: str) -> tuple[Block, ...]:
    """The words under their criterion, which begins the first paragraph."""
    first, *rest = blocks_of(words) or (Paragraph((Span(""),)),)
    label = Span(clean(criterion) + ":", strong=True)
    if isinstance(first, Paragraph):
        return Paragraph((label, Span(f" {first.spans[0].text}"))), *rest
    return Paragraph((label,)), first, *rest


def points(texts: Iterable[str]) -> tuple[Block, ...]:
    """A list of people's own texts, blank ones left out."""
    items = tuple((Span(clean_lines(text)),) for text in texts if text.strip())
    return (Bullets(items),) if items else ()
