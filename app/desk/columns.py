"""The columns of the worklist, each told once: what it is called, what it shows of a case and how."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from flask import get_template_attribute
from flask_babel import gettext

from app.cases.models import NO_DUE
from app.cases.workflow import Status, said_inside
from app.desk.domain import Order
from app.rules.domain import scheme_year
from app.templating import said, tone
from app.values.language import N_
from app.values.money import format_kr


@dataclass(frozen=True)
class Page:
    """What a cell may need beside its own case: the schemes by code in the reader's language, and the day."""

    names: Mapping[str, str]
    today: date


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
    draw: Callable[..., str] = get_template_attribute("macros/values.html", "figure")
    return draw(value)


def _scheme(value: tuple[str, int], page: Page) -> str:
    code, year = value
    return scheme_year(page.names.get(code, code), year)


def _status(value: Status, page: Page) -> str:
    del page
    tag: Callable[..., str] = get_template_attribute("macros/status.html", "tag")
    return tag(said(said_inside(value)), tone(value))


def _deadline(value: date, page: Page) -> str:
    del page
    draw: Callable[..., str] = get_template_attribute("macros/values.html", "deadline")
    return draw(value, short=True) if value < NO_DUE else "–"


def _officer(value: str, page: Page) -> str:
    del page
    return value or gettext("Ikke fordelt")


def _kroner(value: int | None, page: Page) -> str:
    return _number(format_kr(value), page) if value else "–"


# The first is the row's own name, and leads to the case; the project stands under it.
COLUMNS = (
    Column(N_("Søker"), attrgetter("party_name"), _plain, orders=(Order.PARTY, Order.PARTY_LAST)),
    Column(N_("Sak"), attrgetter("number"), _number, orders=(Order.NEWEST, Order.OLDEST)),
    Column(N_("Ordning"), attrgetter("scheme_code", "year"), _scheme),
    Column(N_("Status"), attrgetter("status"), _status),
    Column(N_("Frist"), attrgetter("due_order"), _deadline, orders=(Order.DUE, Order.DUE_LAST)),
    Column(N_("Saksbehandler"), attrgetter("officer_name"), _officer),
    Column(N_("Søkt"), attrgetter("applied_ore"), _kroner, kind="kr"),
)


class Drawn:
    """A column on one page: each different value is drawn once, for fifty rows share a few."""

    def __init__(self, column: Column, page: Page) -> None:
        self.words, self.kind = gettext(column.words), column.kind
        self._column, self._page, self._known = column, page, dict[Any, str]()

    def cell(self, row: Any) -> str:
        """What stands in this column for the row."""
        value = self._column.value(row)
        shown = self._known.get(value)
        if shown is None:
            shown = self._known[value] = self._column.shown(value, self._page)
        return shown


def drawn(names: Mapping[str, str], today: date) -> list[Drawn]:
    """Every column, for one page."""
    page = Page(names, today)
    return [Drawn(column, page) for column in COLUMNS]
