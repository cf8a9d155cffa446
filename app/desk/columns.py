"""The columns of the worklist, each told once: what it is called, what it shows of a case and how."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any

from flask import get_template_attribute

from app.cases.models import NO_DUE
from app.cases.workflow import Status, said_inside
from app.desk.domain import Order
from app.page_output import Mould, joined
from app.rules.domain import scheme_year
from app.templating import tone
from app.translations.lookup import spoken
from app.values.language import N_, Language
from app.values.money import format_kr


@dataclass(frozen=True)
class Page:
    """What a cell may need beside its own case: the schemes by code in the reader's language, that, and the day."""

    names: Mapping[str, str]
    today: date
    language: Language


@dataclass(frozen=True)
class Column:
    """`words` is a bokmål msgid; `value` reads a row, `shown` makes of that what stands in the cell; `kind`: "kr"."""

    words: str
    value: Callable[[Any], Any]
    shown: Callable[[Any, Page], str]
    kind: str = ""
    orders: tuple[Order, Order] | None = None


def _plain(value: Any, page: Page) -> str:
    del page
    return str(value)


def _number(value: str, page: Page) -> str:
    del page
    return _figure().filled(value)


@cache
def _figure() -> Mould:
    return Mould(get_template_attribute("macros/values.html", "figure"))


def _scheme(value: tuple[str, int], page: Page) -> str:
    code, year = value
    return scheme_year(page.names.get(code, code), year)


def _status(value: Status, page: Page) -> str:
    return _tag(value, page.language)


@cache
def _tag(value: Status, language: Language) -> str:
    tag: Callable[..., str] = get_template_attribute("macros/status.html", "tag")
    return tag(spoken(language.value, said_inside(value)), tone(value))


def _deadline(value: date, page: Page) -> str:
    return _day(value, page.today, page.language) if value < NO_DUE else "–"


@lru_cache(maxsize=4096)
def _day(value: date, _today: date, _language: Language) -> str:
    """The macro reads today and the language of the request: a date is drawn once a day in each."""
    draw: Callable[..., str] = get_template_attribute("macros/values.html", "deadline")
    return draw(value, short=True)


def _officer(value: str, page: Page) -> str:
    return value or spoken(page.language.value, N_("Ikke fordelt"))


def _kroner(value: int | None, page: Page) -> str:
    return _number(format_kr(value), page) if value else "–"


# The first is the row's own name, and leads to the case; the project stands under it.
NAME = Column(N_("Søker"), attrgetter("party_name"), _plain, orders=(Order.PARTY, Order.PARTY_LAST))
OTHERS = (
    Column(N_("Sak"), attrgetter("number"), _number, orders=(Order.NEWEST, Order.OLDEST)),
    Column(N_("Ordning"), attrgetter("scheme_code", "year"), _scheme),
    Column(N_("Status"), attrgetter("status"), _status),
    Column(N_("Frist"), attrgetter("due_order"), _deadline, orders=(Order.DUE, Order.DUE_LAST)),
    Column(N_("Saksbehandler"), attrgetter("officer_name"), _officer),
    Column(N_("Søkt"), attrgetter("applied_ore"), _kroner, kind="kr"),
)
COLUMNS = (NAME, *OTHERS)


class Cells:
    """The cells beside the name of the rows of one page: each different value is drawn once, for fifty share a few."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._columns = [(c.value, c.shown, _cell(c, page.language), dict[Any, str]()) for c in OTHERS]

    def of(self, row: Any) -> str:
        """What stands beside the name of this row, cell by cell."""
        return joined(self._drawn(row))

    def _drawn(self, row: Any) -> Iterator[str]:
        for value_of, shown, cell, known in self._columns:
            value = value_of(row)
            drawn = known.get(value)
            if drawn is None:
                drawn = known[value] = cell.filled(shown(value, self._page))
            yield drawn


@cache
def _cell(column: Column, language: Language) -> Mould:
    draw: Callable[..., str] = get_template_attribute("macros/tables.html", "td")
    words = spoken(language.value, column.words)
    return Mould(lambda here: draw(words, here, column.kind))
