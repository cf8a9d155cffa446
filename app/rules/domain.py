"""The rules of a pot as frozen data: what may be asked, who may apply, how it is judged, paid and reported.

Amounts, criteria and dates that nobody published are settings of the rule version, never facts (domain 0.2).
"""

from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from typing import Any, get_args, get_origin, get_type_hints

from app.values.language import N_, Language, Worded


class Answer(Worded):
    """How a question is answered."""

    LINE = "line", N_("kort tekst")
    TEXT = "text", N_("tekst")
    YES_NO = "yes_no", N_("ja eller nei")
    NUMBER = "number", N_("tall")
    CHOICE = "choice", N_("valg")


class Trigger(Worded):
    """What releases an instalment."""

    ACCEPTANCE = "acceptance", N_("når dere har akseptert")
    DATE = "date", N_("på en fast dato")
    REPORT_APPROVED = "report_approved", N_("når rapporten er godkjent")


class ReportKind(Worded):
    """The reports a recipient can owe."""

    STATUS = "status", N_("Statusrapport")
    YEAR = "year", N_("Årsrapport")
    FINAL = "final", N_("Sluttrapport")


@dataclass(frozen=True)
class Words:
    """The same text in both forms of Norwegian."""

    nb: str
    nn: str

    def in_(self, language: Language | str) -> str:
        """The text a reader gets; anyone but nynorsk readers gets bokmål."""
        return self.nn if language == Language.NN else self.nb


@dataclass(frozen=True)
class Choice:
    """One answer to choose."""

    code: str
    words: Words


@dataclass(frozen=True)
class Question:
    """A question of the application or report; `max_length` in signs."""

    code: str
    words: Words
    help: Words = Words("", "")
    answer: Answer = Answer.TEXT
    required: bool = True
    max_length: int = 4000
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Section:
    """A page of questions in the application's task list."""

    code: str
    words: Words
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Criterion:
    """An award criterion; scores run 0 to `top`, weight is a whole number."""

    code: str
    words: Words
    weight: int
    top: int = 5


@dataclass(frozen=True)
class Requirement:
    """A formal requirement, with the point in the rules it stands in."""

    code: str
    words: Words
    point: str


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
class UnitPrice:
    """A rate of the compensation scheme: so much a unit («sats»), at most so many units a GP."""

    code: str
    words: Words
    unit_price_ore: int
    max_units: int


@dataclass(frozen=True)
class Rules:
    """Everything the house computes with and prints, for one rule version."""

    title: Words
    purpose: Words
    legal_basis: Words
    who_may_apply: tuple[str, ...] = ()
    not_covered: Words = Words("", "")
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
    deviation_percent: int = 10
    complaint_body: Words = Words("Helse- og omsorgsdepartementet", "Helse- og omsorgsdepartementet")
    cap_ore: int | None = None
    settings_not_published: tuple[str, ...] = field(default=())


def to_data(value: Any) -> Any:
    """The rules as plain JSON data, in a form that `from_data` reads back unchanged."""
    if is_dataclass(value):
        return {f.name: to_data(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple):
        return [to_data(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Worded) else value


def from_data(data: dict[str, Any]) -> Rules:
    """The rules of stored JSON data. Raises KeyError, TypeError or ValueError on data this version cannot read."""
    rules: Rules = _read(Rules, data)
    return rules


def _read(kind: Any, data: Any) -> Any:
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        return kind(**{name: _read(hints[name], value) for name, value in data.items()})
    origin, args = get_origin(kind), get_args(kind)
    if origin is tuple:
        return tuple(_read(args[0], item) for item in data)
    if args and data is None:
        return None
    inner = args[0] if args else kind
    if inner is date:
        return date.fromisoformat(data)
    if isinstance(inner, type) and issubclass(inner, Worded):
        return inner(data)
    return _read(inner, data) if is_dataclass(inner) else data
