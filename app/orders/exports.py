"""Files of an order: the template people fill in, and what came of each row."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from app.orders.domain import Heading, told
from app.orders.models import OrderRow
from app.spreadsheet import Cell, csv_file, xlsx_file
from app.values.language import Language


def template_csv(headings: Sequence[Heading], language: Language) -> bytes:
    """Only the headings: a line of examples would be read too."""
    return b"".join(csv_file([each.in_(language) for each in headings], ()))


def template_xlsx(title: str, headings: Sequence[Heading], language: Language, made_on: date) -> bytes:
    """The same as a workbook."""
    return b"".join(xlsx_file(title, [each.in_(language) for each in headings], (), made_on))


def result_csv(
    heads: Sequence[str],
    headings: Sequence[Heading],
    language: Language,
    rows: Iterable[OrderRow],
    word: Callable[[OrderRow], str],
    say: Callable[[object], str],
) -> Iterator[bytes]:
    """Each row as it stands now, with what came of it and why; `word` and `say` give them in the reader's language."""
    first, outcome, why = heads
    columns = [each.in_(language) for each in headings]

    def cells(row: OrderRow) -> list[Cell]:
        reasons = " ".join(say(told(each)) for each in row.reasons or ())
        return [row.row_no, *(row.says.get(each.code, "") for each in headings), word(row), reasons]

    return csv_file([first, *columns, outcome, why], map(cells, rows))
