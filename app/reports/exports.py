"""The rows of a summary as a spreadsheet or as CSV: the columns, and one for each question answered by a number."""

from collections.abc import Iterator, Sequence
from datetime import date
from operator import attrgetter

from flask_babel import gettext

from app.page_language import current_language
from app.reports.domain.summary import SummaryRow
from app.rules.domain import Answer, Question
from app.spreadsheet import Cell, Column, Kroner, cells_of, csv_file, heads_of, xlsx_file
from app.values.language import N_, Worded


def _word(code: Worded | None) -> str | None:
    return gettext(code.word) if code else None


def _kroner(ore: int | None) -> Kroner | None:
    return None if ore is None else Kroner(ore)


# Each head is a bokmål msgid.
_COLUMNS: tuple[Column[SummaryRow], ...] = (
    Column(N_("Sak"), attrgetter("case_number")),
    Column(N_("Mottaker"), attrgetter("party")),
    Column(N_("Prosjekt"), attrgetter("title")),
    Column(N_("Status"), lambda row: _word(row.status)),
    Column(N_("Frist"), attrgetter("due_on")),
    Column(N_("Levert"), attrgetter("delivered_on")),
    Column(N_("Levert etter fristen"), lambda row: gettext(N_("Ja")) if row.late else gettext(N_("Nei"))),
    Column(N_("Innvilget"), lambda row: Kroner(row.award_ore)),
    Column(N_("Budsjett"), lambda row: Kroner(row.budget_ore)),
    Column(N_("Mottatt"), lambda row: Kroner(row.received_ore)),
    Column(N_("Brukt"), lambda row: _kroner(row.used_ore)),
    Column(N_("Ubrukt"), lambda row: _kroner(row.unused_ore)),
    Column(N_("Egen vurdering av målet"), lambda row: _word(row.own_goal)),
    Column(N_("Konklusjon om målet"), lambda row: _word(row.conclusion)),
)


def columns(numbers: Sequence[Question]) -> list[Column[SummaryRow]]:
    """All of them, with heads in the reader's language."""
    told = [Column(gettext(column.head), column.value) for column in _COLUMNS]
    return [*told, *map(_asked, numbers)]


def _asked(question: Question) -> Column[SummaryRow]:
    def answer(row: SummaryRow) -> Cell:
        number = row.numbers.get(question.code)
        return _kroner(number) if question.answer is Answer.MONEY else number

    return Column(question.words.in_(current_language()), answer)


def summary_csv(rows: Sequence[SummaryRow], numbers: Sequence[Question]) -> Iterator[bytes]:
    """As CSV."""
    told = columns(numbers)
    return csv_file(heads_of(told), [cells_of(told, row) for row in rows])


def summary_xlsx(title: str, rows: Sequence[SummaryRow], numbers: Sequence[Question], made_on: date) -> Iterator[bytes]:
    """As a spreadsheet."""
    told = columns(numbers)
    return xlsx_file(title, heads_of(told), [cells_of(told, row) for row in rows], made_on)
