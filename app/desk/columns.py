"""The columns of the worklist, each told once: what it is called, what it shows of a case and how."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any

from flask import get_template_attribute

from app.awards.workflow import FELL_AWAY
from app.awards.workflow import Status as AwardStatus
from app.cases.models import NO_DUE
from app.cases.workflow import Status, said_inside
from app.desk.domain import Filter, Order
from app.page_output import Mould, escaped
from app.rules.domain import scheme_year
from app.templating import tone
from app.translations.lookup import spoken
from app.values.language import N_, Language
from app.values.money import format_kr

MOST_SHOWN = 4096
"""Of different values in a column."""


@dataclass(frozen=True)
class Page:
    """What a cell may need beside its own case: the schemes by code in the reader's language, that, and the day."""

    names: tuple[tuple[str, str], ...]
    today: date
    language: Language


@dataclass(frozen=True)
class Column:
    """`words` is a bokmål msgid; `reads` names what it reads of a row, `shown` makes of that what stands in the cell.

    `kind`: "kr"; `figure`: whether it is written as one.
    """

    words: str
    reads: tuple[str, ...]
    shown: Callable[[Any, Page], str]
    kind: str = ""
    figure: bool = False
    orders: tuple[Order, Order] | None = None


def _plain(value: Any, page: Page) -> str:
    del page
    return str(value)


def _scheme(value: tuple[str, int], page: Page) -> str:
    code, year = value
    return scheme_year(dict(page.names).get(code, code), year)


def _status(value: tuple[Status, AwardStatus | None], page: Page) -> str:
    return _tag(*value, page.language)


@cache
def _tag(status: Status, award: AwardStatus | None, language: Language) -> str:
    """Of a grant that fell away that, and not that it was given."""
    tag: Callable[..., str] = get_template_attribute("macros/status.html", "tag")
    stands, words = (award, award.word) if award in FELL_AWAY else (status, said_inside(status))
    return tag(spoken(language.value, words), tone(stands))


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
    del page
    return format_kr(value) if value else "–"


# The first is the row's own name, and leads to the case; the project stands under it.
NAME = Column(N_("Søker"), ("party_name",), _plain, orders=(Order.PARTY, Order.PARTY_LAST))
OTHERS = (
    Column(N_("Sak"), ("number",), _plain, figure=True, orders=(Order.NEWEST, Order.OLDEST)),
    Column(N_("Ordning"), ("scheme_code", "year"), _scheme),
    Column(N_("Status"), ("status", "award_status"), _status),
    Column(N_("Frist"), ("due_order",), _deadline, orders=(Order.DUE, Order.DUE_LAST)),
    Column(N_("Saksbehandler"), ("officer_name",), _officer),
    Column(N_("Søkt"), ("applied_ore",), _kroner, kind="kr", figure=True),
)
COLUMNS = (NAME, *OTHERS)


class Shown(dict[Any, str]):
    """What a column shows of each different value, escaped: told once a day, for rows share dates, sums and states."""

    def __init__(self, column: Column, page: Page) -> None:
        self._column, self._page = column, page

    def __missing__(self, value: Any) -> str:
        if len(self) >= MOST_SHOWN:
            self.clear()
        shown = self[value] = escaped(self._column.shown(value, self._page))
        return shown


@lru_cache(maxsize=8)
def _shown(page: Page) -> list[Callable[[Any], str]]:
    """Of each column what it shows of a value; what stands there as it is, is only escaped."""
    return [escaped if column.shown is _plain else Shown(column, page).__getitem__ for column in OTHERS]


def drawn(rows: Sequence[Any], page: Page, prefix: str) -> str:
    """Table rows, one beneath the other; `prefix`: what the addresses of cases begin with."""
    if not rows:
        return ""
    # By where it stands: asking a row for a name takes ten times as long.
    fields = tuple(rows[0]._fields)
    number, name, project = (fields.index(each) for each in ("number", "party_name", "title"))
    reads = [itemgetter(*map(fields.index, column.reads)) for column in OTHERS]
    columns = list(zip(reads, _shown(page), strict=True))
    return _row(page.language).filled(
        (
            escaped(prefix + row[number]),
            escaped(row[name]),
            escaped(row[project]),
            *[shown(of(row)) for of, shown in columns],
        )
        for row in rows
    )


@cache
def _row(language: Language) -> Mould:
    """Blanks for the address, the name and the project, and for what stands in each other cell."""
    draw: Callable[..., str] = get_template_attribute("desk/listed.html", "row")
    words = [spoken(language.value, column.words) for column in OTHERS]

    def row(address: str, name: str, project: str, *cells: str) -> str:
        told = zip(OTHERS, words, cells, strict=True)
        return draw(address, name, project, [(said, column.kind, cell, column.figure) for column, said, cell in told])

    return Mould(row, 3 + len(OTHERS))


@dataclass(frozen=True)
class Head:
    """How a column is headed; where its link leads and which way it is sorted now, when it can be."""

    words: str
    kind: str
    href: str = ""
    sorted: str | None = None


def head(column: Column, asked: Filter, language: Language, address_of: Callable[[Filter], str]) -> Head:
    """The head of a column, over the list that is asked for."""
    words = spoken(language.value, column.words)
    if column.orders is None:
        return Head(words, column.kind)
    first, second = column.orders
    turned = replace(asked, order=second if asked.order is first else first)
    way = "descending" if asked.order.backward else "ascending"
    return Head(words, column.kind, address_of(turned), way if asked.order in column.orders else None)
