"""The rules of a pot as frozen data: what may be asked, who may apply, how it is judged, paid and reported.

Amounts, criteria and dates that nobody published are settings of the rule version, never facts (domain 0.2).
"""

from dataclasses import dataclass, field
from datetime import date

from app.rules.domain.compensation import EACH_BY_A_PERSON, ControlRule, LegalForm, PaidThrough, UnitPrice
from app.rules.domain.words import NO_WORDS, Words
from app.values.language import N_, Language, Worded
from app.values.scores import weighted_score

_MINISTRY = Words("Helse- og omsorgsdepartementet", "Helse- og omsorgsdepartementet")


class Answer(Worded):
    """How a question is answered. Money is whole øre, read as every other amount."""

    LINE = "line", N_("kort tekst")
    TEXT = "text", N_("tekst")
    YES_NO = "yes_no", N_("ja eller nei")
    NUMBER = "number", N_("helt tall")
    MONEY = "money", N_("beløp i kroner")
    CHOICE = "choice", N_("valg")


class Trigger(Worded):
    """What releases an instalment."""

    ACCEPTANCE = "acceptance", N_("når tilskuddet er akseptert")
    DATE = "date", N_("på en fast dato")
    REPORT_APPROVED = "report_approved", N_("når rapporten er godkjent")


class ReportKind(Worded):
    """The reports a recipient can owe."""

    STATUS = "status", N_("Statusrapport")
    YEAR = "year", N_("Årsrapport")
    FINAL = "final", N_("Sluttrapport")


@dataclass(frozen=True)
class Choice:
    """One answer to choose."""

    code: str
    words: Words


def field_of(code: str) -> str:
    """The name of the form's field that asks the question of this code."""
    return f"q_{code}"


@dataclass(frozen=True)
class Question:
    """A question of the application or report; `max_length` in signs."""

    code: str
    words: Words
    help: Words = NO_WORDS
    answer: Answer = Answer.TEXT
    required: bool = True
    max_length: int = 4000
    choices: tuple[Choice, ...] = ()

    @property
    def field(self) -> str:
        """The name of the form's field that asks it."""
        return field_of(self.code)


@dataclass(frozen=True)
class Section:
    """A page of questions in the application's task list."""

    code: str
    words: Words
    questions: tuple[Question, ...]


# Where the applicant's words on something are its budget, and no question.
THE_BUDGET = "budget"


@dataclass(frozen=True)
class Criterion:
    """An award criterion; scores run 0 to `top`, weight is a whole number.

    `answered_in`: the codes of the questions that speak of it, or THE_BUDGET; none where its own code names them.
    """

    code: str
    words: Words
    weight: int
    top: int = 5
    answered_in: tuple[str, ...] = ()


class Known(Worded):
    """What the program itself knows of an application, and shows beside the requirement it belongs to."""

    IN_TIME = "in_time", N_("når søknaden ble sendt inn")
    SIGNED = "signed", N_("hvem som signerte")
    BUDGET = "budget", N_("om budsjettet går opp")
    DATES = "dates", N_("hvilke datoer svarene nevner")


@dataclass(frozen=True)
class Requirement:
    """A formal requirement, with the point in the rules it stands in; `known`: what the program can say of it.

    `answered_in`: as of a criterion.
    """

    code: str
    words: Words
    point: str
    known: Known | None = None
    answered_in: tuple[str, ...] = ()


@dataclass(frozen=True)
class CostType:
    """A kind of cost the budget is made of."""

    code: str
    words: Words


@dataclass(frozen=True)
class InstalmentRule:
    """A share of the award in per cent; the last instalment takes the rounding."""

    percent: int
    trigger: Trigger
    on: date | None = None
    report: ReportKind | None = None


@dataclass(frozen=True)
class ReportRule:
    """A report the recipient owes: the state as of `cutoff_on`, delivered by `due_on` (a local date, not moved)."""

    kind: ReportKind
    cutoff_on: date
    due_on: date


@dataclass(frozen=True)
class Rules:
    """Everything the house computes with and prints, for one rule version."""

    title: Words
    purpose: Words
    legal_basis: Words
    who_may_apply: tuple[str, ...] = ()
    not_covered: Words = NO_WORDS
    sections: tuple[Section, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    cost_types: tuple[CostType, ...] = ()
    conditions: tuple[Words, ...] = ()
    instalments: tuple[InstalmentRule, ...] = ()
    reports: tuple[ReportRule, ...] = ()
    report_questions: tuple[Question, ...] = ()
    indicators: tuple[Question, ...] = ()
    unit_prices: tuple[UnitPrice, ...] = ()
    accept_days: int = 21
    auditor_from_ore: int = 20_000_000
    # Whether an applicant may have one application only on a call; where nothing is said, each project has its own.
    one_application: bool = False
    # Whether accounts signed by the recipient go with every report but the status report.
    signed_accounts: bool = False
    deviation_percent: int = 10
    # How many days the house has to control a report, from when it was delivered.
    review_days: int = 14
    complaint_body: Words = _MINISTRY
    cap_ore: int | None = None
    # From when the version holds, a local date; None: from the first day of its year.
    in_force_on: date | None = None
    # What a change means for agreements in force (domain J.1.6): as an agreement, they keep their terms unless they
    # were signed with a clause that lets the prices change.
    legal_form: LegalForm = LegalForm.AGREEMENT
    change_clause: bool = False
    # The last day to claim for the year; None: the rules set no last day.
    claims_until: date | None = None
    control: ControlRule = EACH_BY_A_PERSON
    # Counts below it are left out of what is shown of few people.
    smallest_count: int = 5
    paid_through: PaidThrough = PaidThrough.US
    # In hundredths of a point: who proposes a grant below it must say why; None where the rules set no limit.
    lowest_score: int | None = None
    settings_not_published: tuple[str, ...] = field(default=())

    @property
    def highest_score(self) -> int:
        """The weighted score of who has all points, in hundredths."""
        return weighted_score((each.top, each.weight) for each in self.criteria)

    def needs_auditor(self, amount_ore: int) -> bool:
        """Whether an auditor must confirm the accounts of a grant this large (domain A.5)."""
        return amount_ore >= self.auditor_from_ore

    def needs_accounts(self, kind: ReportKind) -> bool:
        """Whether accounts signed by the recipient go with a report of this kind."""
        return self.signed_accounts and kind is not ReportKind.STATUS

    def conditions_in(self, language: Language) -> tuple[str, ...]:
        """The conditions an officer may choose from, by place, in the language of the letter."""
        return tuple(each.in_(language) for each in self.conditions)


# The parts a reader sees, in the order of the page; `settings_not_published` names parts by these codes.
PARTS: dict[str, str] = {
    "who_may_apply": N_("Hvem som kan søke"),
    "not_covered": N_("Hva det ikke gis tilskudd til"),
    "sections": N_("Spørsmål i søknaden"),
    "requirements": N_("Formelle krav"),
    "criteria": N_("Kriterier og vekter"),
    "cost_types": N_("Kostnadstyper i budsjettet"),
    "conditions": N_("Vilkår"),
    "instalments": N_("Utbetaling i rater"),
    "reports": N_("Rapporter og frister"),
    "report_questions": N_("Spørsmål i rapporten"),
    "indicators": N_("Indikatorer"),
    "unit_prices": N_("Satser"),
    "limits": N_("Frister og grenser"),
}


@dataclass(frozen=True)
class CallFacts:
    """What a call says: its words and local dates; `budget_reservation` while the Storting has not voted."""

    title: Words
    intro: Words
    opens_on: date
    deadline_on: date
    answer_by_on: date
    budget_reservation: bool = False
