"""The terms of a grant, the same for a full and a partial award (bestemmelser om økonomistyring i staten 6.3.3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.values.language import N_, Worded
from letters.blocks import Block, Bullets, Column, Span, Table
from letters.decision import points
from letters.elements import Element
from letters.facts import absent
from letters.wording import Value, Wording, blocks_of, clean


class Trigger(Worded):
    """What an instalment waits for."""

    ACCEPT = "accept", N_("når dere har akseptert")
    DATE = "date", N_("på fast dato")
    REPORT_APPROVED = "report_approved", N_("når rapporten er godkjent")


class ReportKind(Worded):
    """What the recipient must send."""

    STATUS = "status", N_("statusrapport")
    INTERIM = "interim", N_("delrapport")
    YEAR = "year", N_("årsrapport")
    FINAL = "final", N_("sluttrapport")


@dataclass(frozen=True, slots=True)
class Instalment:
    """One part payment. `report` is the report it waits for when its trigger is an approved report."""

    number: int
    amount_ore: int
    trigger: Trigger
    due_on: date | None = None
    report: ReportKind | None = None


@dataclass(frozen=True, slots=True)
class ReportDue:
    """A report to send, what it must hold, and by when."""

    kind: ReportKind
    due_on: date
    holds: str


_CLAUSES = (
    Element.PURPOSE,
    Element.PAYMENT_PLAN,
    Element.CONDITIONS,
    Element.REPORTING,
    Element.UNUSED_FUNDS_RULE,
    Element.CHANGE_APPROVAL_RULE,
    Element.CONTROL_CLAUSE,
    Element.SANCTIONS_CLAUSE,
    Element.AUDIT_REQUIREMENT,
)


@dataclass(frozen=True, slots=True)
class Grant:
    """What is granted and on which terms.

    `account_masked` shows only enough digits to be recognised. `accept_by` may be None only where the rules ask for no
    acceptance. `auditor` None means nobody has said whether accounts must be confirmed, and stops the letter.
    """

    chapter: str
    post: str
    amount_ore: int | None
    starts_on: date | None
    ends_on: date | None
    purpose: str
    conditions: tuple[str, ...]
    payment_plan: tuple[Instalment, ...]
    account_masked: str
    accept_by: date | None
    reports: tuple[ReportDue, ...]
    auditor: bool | None
    acceptance: bool = True
    publicity: bool = False

    def absent(self) -> Iterable[Element]:
        """Mandatory elements of a grant that are not there."""
        period = self.starts_on is not None and self.ends_on is not None and self.starts_on <= self.ends_on
        yield from absent(
            (Element.CHAPTER_POST, self.chapter.strip() and self.post),
            (Element.AMOUNT_NOK, self.amount_ore is not None and self.amount_ore > 0),
            (Element.PERIOD, period),
            (Element.PURPOSE, self.purpose),
            (Element.CONDITIONS, any(map(str.strip, self.conditions))),
            (Element.PAYMENT_PLAN, self.payment_plan),
            (Element.ACCOUNT_NO_MASKED, self.account_masked),
            (Element.ACCEPT_DEADLINE, self.accept_by or not self.acceptance),
            (Element.REPORTING, self.reports),
        )
        if self.auditor is None:
            yield Element.AUDIT_REQUIREMENT
        parts = [instalment.amount_ore for instalment in self.payment_plan]
        if parts and (min(parts) < 0 or sum(parts) != self.amount_ore):
            yield Element.PAYMENT_PLAN_TOTAL

    def clauses(self) -> tuple[Element, ...]:
        """Mandatory clauses of every grant."""
        return (*_CLAUSES, *((Element.ACCEPT_DEADLINE,) if self.acceptance else ()))

    def values(self, words: Wording) -> dict[str, Value]:
        """Values the texts of a grant may use."""
        return {
            "amount": words.kr(self.amount_ore),
            "period": words.period(self.starts_on, self.ends_on),
            "period_end": words.on(self.ends_on),
            "chapter": self.chapter,
            "post": self.post,
            "account": Span(self.account_masked.replace(" ", "\u00a0")),
            "accept_by": words.on(self.accept_by),
        }

    def blocks(self, words: Wording) -> dict[str, tuple[Block, ...]]:
        """Purpose, conditions, payment plan and reports."""
        return {
            "purpose": blocks_of(self.purpose),
            "conditions": points(self.conditions),
            "payment_plan": (self._plan(words),),
            "reports": (Bullets(tuple(_report(report, words) for report in self.reports)),),
        }

    def _plan(self, words: Wording) -> Table:
        rows = tuple(
            (f"{words['instalment']} {each.number}", _waits_for(each, words), words.kr(each.amount_ore))
            for each in self.payment_plan
        )
        columns = (
            Column(words["instalment"], 2),
            Column(words["paid_when"], 6),
            Column(words["amount"], 3, money=True),
        )
        total = (words["total"], "", words.kr(sum(each.amount_ore for each in self.payment_plan)))
        return Table(words["payment_plan"], columns, rows, total)


def _waits_for(instalment: Instalment, words: Wording) -> str:
    label = words[f"paid_{instalment.trigger}"]
    report = words[f"the_report_{instalment.report}"] if instalment.report else words["the_report"]
    when = label.format(report=report, date=words.on(instalment.due_on))
    if instalment.due_on and instalment.trigger is not Trigger.DATE:
        return f"{when}, {words['at_earliest']} {words.on(instalment.due_on)}"
    return when


def _report(report: ReportDue, words: Wording) -> tuple[Span, ...]:
    name = words[f"report_{report.kind}"]
    return (
        Span(f"{name[:1].upper()}{name[1:]} {words['by']} {words.on(report.due_on)}", strong=True),
        Span(": " + clean(report.holds)),
    )
