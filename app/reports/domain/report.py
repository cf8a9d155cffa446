"""What a report must hold, judged over a frozen snapshot: accounts, goal, answers, and whether an auditor is needed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from app.flow.domain import Reason
from app.rules.domain import Answer, Question, ReportKind, Rules, Words
from app.values.deadlines import working_day_on_or_before
from app.values.language import N_, Worded

EXPLANATION_LONGEST = 1000


class Goal(Worded):
    """The recorded conclusion on goal attainment: own rating by the recipient, conclusion by the officer."""

    REACHED = "reached", N_("Nådd")
    PARTLY = "partly", N_("Delvis nådd")
    NOT_REACHED = "not_reached", N_("Ikke nådd")


class Conclusion(StrEnum):
    """The two ways a control ends; there is no other, and none by default."""

    APPROVE = "approve"
    REJECT = "reject"


class UnusedWish(Worded):
    """What the recipient wants with unused money."""

    CARRY_OVER = "carry_over", N_("Vi søker om å overføre")
    REPAY = "repay", N_("Vi betaler tilbake")


class Paper(Worded):
    """A file that goes with a report."""

    AUDITOR = "auditor_statement", N_("Revisoruttalelse")
    ACCOUNTS = "signed_accounts", N_("Signert regnskap")


# Where the rules ask nothing of their own, a report still tells these three things (pages.md 8.5).
THREE_QUESTIONS = (
    Question("done", Words("Hva har dere gjort?", "Kva har de gjort?"), max_length=2000),
    Question(
        "deviation",
        Words("Hva ble annerledes enn planlagt, og hvorfor?", "Kva vart annleis enn planlagt, og kvifor?"),
        max_length=2000,
    ),
    Question(
        "lessons",
        Words("Hva kan andre lære av dere?", "Kva kan andre lære av dykk?"),
        help=Words("Svaret kan bli publisert.", "Svaret kan bli publisert."),
        max_length=2000,
    ),
)


@dataclass(frozen=True)
class AccountsLine:
    """A line of the accounts; `used_ore` None while nobody has filled it in."""

    position: int
    text: str
    budget_ore: int
    used_ore: int | None = None
    explanation: str = ""

    @property
    def rest_ore(self) -> int | None:
        """What is left of the line, negative when more was used."""
        return None if self.used_ore is None else self.budget_ore - self.used_ore


@dataclass(frozen=True)
class ReportFacts:
    """What the recipient has written so far; None or a missing code is «not answered». Amounts in øre."""

    used_ore: Mapping[int, int | None] = field(default_factory=dict)
    explanations: Mapping[int, str] = field(default_factory=dict)
    own_goal: Goal | None = None
    unused_wish: UnusedWish | None = None
    expected_used_ore: int | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    auditor_by_on: date | None = None


@dataclass(frozen=True)
class Snapshot:
    """A report as the judgement sees it. `auditor_given`, `accounts_given`: that paper is attached."""

    kind: ReportKind
    award_ore: int
    received_ore: int
    lines: Sequence[AccountsLine]
    own_goal: Goal | None
    unused_wish: UnusedWish | None
    expected_used_ore: int | None
    answers: Mapping[str, Any]
    auditor_given: bool
    accounts_given: bool
    auditor_by_on: date | None
    rules: Rules


@dataclass(frozen=True)
class AuditorNeed:
    """Whether the accounts need an auditor's statement, and why, in words."""

    needed: bool
    why: Reason


def questions_of(rules: Rules) -> tuple[Question, ...]:
    """The questions in words of the report: the rules' own, else the three every report answers."""
    return rules.report_questions or THREE_QUESTIONS


def asked(rules: Rules) -> tuple[Question, ...]:
    """Questions and indicators together, in the order of the page."""
    return (*questions_of(rules), *rules.indicators)


def used_ore(lines: Sequence[AccountsLine]) -> int | None:
    """The sum used, in øre; None until every line is filled in."""
    amounts = [line.used_ore for line in lines]
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if amounts and len(known) == len(amounts) else None


def unused_ore(received_ore: int, used: int | None) -> int | None:
    """Received − used, never below nought (domain A.5); None while the accounts are not filled in."""
    return None if used is None else max(0, received_ore - used)


def deviates(line: AccountsLine, percent: int, kind: ReportKind) -> bool:
    """Whether the line is off its budget by more than the rules allow without an explanation.

    In a status report the year is not over, so only using too much is a deviation.
    """
    if line.used_ore is None:
        return False
    off = line.used_ore - line.budget_ore
    if kind is not ReportKind.STATUS:
        off = abs(off)
    return off * 100 > line.budget_ore * percent


def auditor_need(kind: ReportKind, award_ore: int, rules: Rules) -> AuditorNeed:
    """The rule version's threshold (domain A.5); a status report needs none."""
    facts = {"award_ore": award_ore, "limit_ore": rules.auditor_from_ore}
    if kind is ReportKind.STATUS:
        return AuditorNeed(needed=False, why=Reason(N_("En statusrapport trenger ikke revisoruttalelse.")))
    if rules.needs_auditor(award_ore):
        text = N_(
            "Tilskuddet på %(award_ore)s er på eller over grensen på %(limit_ore)s i regelverket. "
            "Legg ved revisoruttalelse."
        )
        return AuditorNeed(needed=True, why=Reason(text, facts))
    text = N_("Tilskuddet på %(award_ore)s er under grensen på %(limit_ore)s. Dere trenger ikke revisoruttalelse.")
    return AuditorNeed(needed=False, why=Reason(text, facts))


def missing(snapshot: Snapshot) -> list[Reason]:
    """Everything that keeps the report from being delivered, each with its field; empty when it can be signed."""
    return [*_accounts(snapshot), *_goal(snapshot), *_answers(snapshot), *_signed(snapshot), *_auditor(snapshot)]


def unexplained(snapshot: Snapshot) -> list[AccountsLine]:
    """Lines whose deviation has no explanation."""
    percent = snapshot.rules.deviation_percent
    return [line for line in snapshot.lines if deviates(line, percent, snapshot.kind) and not line.explanation.strip()]


def _accounts(snapshot: Snapshot) -> list[Reason]:
    reasons = [
        Reason(N_("Fyll ut hva som er brukt på «%(line)s»."), {"line": line.text}, of=f"used_{line.position}")
        for line in snapshot.lines
        if line.used_ore is None
    ]
    text = N_("Forklar avviket på «%(line)s». Det er større enn %(percent)s prosent.")
    percent = snapshot.rules.deviation_percent
    reasons += [
        Reason(text, {"line": line.text, "percent": percent}, of=f"why_{line.position}")
        for line in unexplained(snapshot)
    ]
    if snapshot.kind is ReportKind.STATUS:
        if snapshot.expected_used_ore is None:
            reasons.append(Reason(N_("Fyll ut hva dere tror er brukt 31. desember."), of="expected_used"))
    elif unused_ore(snapshot.received_ore, used_ore(snapshot.lines)) and snapshot.unused_wish is None:
        reasons.append(Reason(N_("Velg hva dere vil gjøre med det som ikke er brukt."), of="unused_wish"))
    return reasons


def _goal(snapshot: Snapshot) -> list[Reason]:
    return [] if snapshot.own_goal else [Reason(N_("Vurder om målet er nådd."), of="own_goal")]


def _answers(snapshot: Snapshot) -> list[Reason]:
    """Which questions lack an answer; named by their words, which are in the rules in both languages."""
    return [
        Reason(N_("Svar på «%(question)s»."), {"question": question.words}, of=question.field)
        for question in asked(snapshot.rules)
        if question.required and snapshot.answers.get(question.code) in (None, "")
    ]


def _signed(snapshot: Snapshot) -> list[Reason]:
    if snapshot.accounts_given or not snapshot.rules.needs_accounts(snapshot.kind):
        return []
    return [Reason(N_("Legg ved det signerte regnskapet."), of="accounts_file")]


def _auditor(snapshot: Snapshot) -> list[Reason]:
    need = auditor_need(snapshot.kind, snapshot.award_ore, snapshot.rules)
    if not need.needed or snapshot.auditor_given or snapshot.auditor_by_on:
        return []
    return [Reason(N_("Legg ved revisoruttalelsen, eller skriv når den kommer."), of="auditor_file")]


def review_by(delivered_on: date, rules: Rules) -> date:
    """The last day for the house to control what was delivered then: our own deadline, never the recipient's."""
    return working_day_on_or_before(delivered_on + timedelta(days=rules.review_days))


def in_words(reasons: Sequence[Reason], language: str) -> tuple[Reason, ...]:
    """The same reasons with the rules' words in the reader's language."""
    return tuple(
        replace(r, facts={name: v.in_(language) if isinstance(v, Words) else v for name, v in r.facts.items()})
        for r in reasons
    )


def is_number(question: Question) -> bool:
    """Whether the answer is a whole number, or an amount in øre, that can be summed."""
    return question.answer in (Answer.NUMBER, Answer.MONEY)
