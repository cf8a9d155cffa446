"""What the reports of one pot, year and kind say together. Every figure is the count or sum of rows it can name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.reports.domain.report import Goal
from app.reports.domain.status import Status
from app.rules.domain import ReportKind
from app.values.language import N_, Worded

_DECEMBER = 12


class Figure(Worded):
    """A figure of the summary, and the address of exactly its rows."""

    DUE = "due", N_("Skal levere")
    DELIVERED = "delivered", N_("Har levert")
    MISSING = "missing", N_("Har ikke levert")
    LATE = "late", N_("Levert etter fristen")
    WAITING = "waiting", N_("Venter på kontroll")
    IN_REVIEW = "in_review", N_("Under kontroll")
    LACKING = "lacking", N_("Mangler noe")
    APPROVED = "approved", N_("Godkjent")
    NOT_APPROVED = "not_approved", N_("Ikke godkjent")
    REACHED = "reached", N_("Mål nådd")
    PARTLY = "partly", N_("Mål delvis nådd")
    NOT_REACHED = "not_reached", N_("Mål ikke nådd")


_BY_STATUS = {
    Figure.WAITING: Status.DELIVERED,
    Figure.IN_REVIEW: Status.IN_REVIEW,
    Figure.LACKING: Status.LACKING,
    Figure.APPROVED: Status.APPROVED,
    Figure.NOT_APPROVED: Status.NOT_APPROVED,
}
_BY_GOAL = {Figure.REACHED: Goal.REACHED, Figure.PARTLY: Goal.PARTLY, Figure.NOT_REACHED: Goal.NOT_REACHED}
GOALS = tuple(_BY_GOAL)


@dataclass(frozen=True)
class SummaryRow:
    """One report of the summary. Amounts in øre; what is not delivered has no used and no unused."""

    public_id: str
    case_number: str
    party: str
    title: str
    status: Status
    due_on: date
    delivered_on: date | None
    late: bool
    award_ore: int
    budget_ore: int
    received_ore: int
    used_ore: int | None
    unused_ore: int | None
    own_goal: Goal | None
    conclusion: Goal | None
    numbers: Mapping[str, int] = field(default_factory=dict)
    demo: bool = False


@dataclass(frozen=True)
class Summary:
    """The figures. `budget_ore`, `used_ore`, `unused_ore` and `numbers` are of delivered reports only."""

    counts: Mapping[Figure, int]
    awarded_ore: Mapping[Figure, int]
    budget_ore: int
    used_ore: int
    unused_ore: int
    numbers: Mapping[str, int]


def rows_of(figure: Figure, rows: Sequence[SummaryRow]) -> list[SummaryRow]:
    """Exactly the rows that a figure counts."""
    return [row for row in rows if _holds(figure, row)]


def summarise(rows: Sequence[SummaryRow]) -> Summary:
    """The figures of these rows."""
    told = rows_of(Figure.DELIVERED, rows)
    numbers: dict[str, int] = {}
    for row in told:
        for code, number in row.numbers.items():
            numbers[code] = numbers.get(code, 0) + number
    chosen = {figure: rows_of(figure, rows) for figure in Figure}
    return Summary(
        counts={figure: len(its) for figure, its in chosen.items()},
        awarded_ore={figure: sum(row.award_ore for row in its) for figure, its in chosen.items()},
        budget_ore=sum(row.budget_ore for row in told),
        used_ore=sum(row.used_ore or 0 for row in told),
        unused_ore=sum(row.unused_ore or 0 for row in told),
        numbers=numbers,
    )


def summary_due_on(reports_due_on: date) -> date:
    """When the summary is due: the first of the next month (domain 1: 1 May and 1 October). Never moved."""
    if reports_due_on.month == _DECEMBER:
        return date(reports_due_on.year + 1, 1, 1)
    return date(reports_due_on.year, reports_due_on.month + 1, 1)


def name_of(kind: ReportKind) -> str:
    """The bokmål words for all reports of a kind."""
    return _MANY[kind]


_MANY = {
    ReportKind.STATUS: N_("Statusrapporter"),
    ReportKind.YEAR: N_("Årsrapporter"),
    ReportKind.FINAL: N_("Sluttrapporter"),
}


def _holds(figure: Figure, row: SummaryRow) -> bool:
    if figure in _BY_STATUS:
        return row.status is _BY_STATUS[figure]
    if figure in _BY_GOAL:
        return row.conclusion is _BY_GOAL[figure]
    delivered = row.delivered_on is not None
    return {
        Figure.DUE: True,
        Figure.DELIVERED: delivered,
        Figure.MISSING: not delivered,
        Figure.LATE: row.late,
    }[figure]
