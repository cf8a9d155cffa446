"""The list of cases; all that is asked for stands in the address."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask import redirect, render_template, request, session, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.access.domain import Permission
from app.access.guards import current_actor, needs
from app.cases.models import NO_DUE
from app.cases.workflow import Status
from app.db.clock import now
from app.desk.domain import Filter, Order, Whose, from_address, place_from, to_address, without
from app.desk.queries import rounds, worklist
from app.desk.routes.blueprint import bp
from app.templating import current_language
from app.values import dates
from app.values.clock import local_date
from app.values.language import Language

PLACE_KEY = "worklist"
LONGEST_KEPT = 600
SOON_DAYS = 7
# The columns that can be sorted, each with its two ways.
_SORTS = {
    "party": (Order.PARTY, Order.PARTY_LAST),
    "number": (Order.NEWEST, Order.OLDEST),
    "due": (Order.DUE, Order.DUE_LAST),
}


@bp.get("/saker", endpoint="worklist")
@needs(Permission.READ_CASES)
def worklist_page() -> str | Response:
    """Cases that are sent in, filtered, searched, in the order asked for, fifty at a time."""
    asked = from_address(request.args)
    place = place_from(request.args, asked.order)
    found = worklist.page(asked, place, current_actor(), local_date(now()))
    if place.before and not found.rows:
        return redirect(url_for("desk.worklist") + _query(asked), 303)
    _keep_place()
    schemes, years = worklist.choices()
    nn = current_language() is Language.NN
    names = {code: (name_nn if nn else name_nb) for code, name_nb, name_nn in schemes}
    address = url_for("desk.worklist")
    return render_template(
        "desk/worklist.html",
        asked=asked,
        found=found,
        rounds=rounds.left(),
        names=names,
        years=years,
        statuses=[s for s in Status if s is not Status.DRAFT],
        lines=_lines(found, names, local_date(now())),
        views=[(f"{address}{_query(replace(Filter(), whose=w, order=asked.order))}", w) for w in Whose],
        heads={name: _head(address, asked, ways) for name, ways in _SORTS.items()},
        chips=[(words, f"{address}{_query(without(asked, part))}") for part, words in _chips(asked, names)],
        previous=found.previous and f"{address}{_query(asked, {'for': found.previous.text})}",
        following=found.following and f"{address}{_query(asked, {'etter': found.following.text})}",
        # One address made once, not one a row.
        case_prefix=url_for("desk.worklist") + "/",
    )


# One row as it is drawn: number, party, scheme and year, status, the deadline's four parts, officer, applied øre.
_Line = tuple[str, str, str, Status, str, str, str, str, str, int | None]


def _lines(found: worklist.Listed, names: dict[str, str], today: date) -> list[_Line]:
    """The rows as plain tuples: looking names up in the template is a good part of what fifty rows cost."""
    dues = _dues({row.due_order for row in found.rows}, today)
    return [
        (
            row.number,
            row.party_name,
            f"{names.get(row.scheme_code, row.scheme_code)} {row.year}",
            row.status,
            *dues[row.due_order],
            row.officer_name,
            row.applied_ore,
        )
        for row in found.rows
    ]


def _dues(days: set[date], today: date) -> dict[date, tuple[str, str, str, str]]:
    """Each deadline on the page as it is shown: machine form, date, how far away, and its tone; blank for none."""
    language = current_language()
    shown = {
        on: (dates.format_iso(on), dates.format_short(on), dates.until_due(on, today, language), _due_tone(on, today))
        for on in days
        if on < NO_DUE
    }
    return {NO_DUE: ("", "", "", ""), **shown}


def _due_tone(on: date, today: date) -> str:
    left = (on - today).days
    return "danger" if left < 0 else "warning" if left <= SOON_DAYS else "neutral"


def _keep_place() -> None:
    """Remember the list as it stands, for the way back from a case. Kept in the session, which holds no case data."""
    kept = request.query_string.decode("ascii", "replace")[:LONGEST_KEPT]
    if session.get(PLACE_KEY, "") != kept:
        session[PLACE_KEY] = kept


def way_back() -> str:
    """The list as the reader left it."""
    kept = session.get(PLACE_KEY, "")
    return url_for("desk.worklist") + (f"?{kept}" if kept else "")


def _query(asked: Filter, more: dict[str, str] | None = None) -> str:
    words = {**to_address(asked), **(more or {})}
    return f"?{urlencode(words)}" if words else ""


def _head(address: str, asked: Filter, ways: tuple[Order, Order]) -> dict[str, Any]:
    """A sortable column: where its link leads, and which way it is sorted now."""
    first, second = ways
    turned = second if asked.order is first else first
    is_sorted = asked.order in ways
    way = "descending" if asked.order.backward else "ascending"
    return {"href": f"{address}{_query(replace(asked, order=turned))}", "sorted": way if is_sorted else None}


def _chips(asked: Filter, names: dict[str, str]) -> Iterator[tuple[str, str]]:
    """What narrows the list now, in words."""
    if asked.search:
        yield "search", f"«{asked.search}»"
    if asked.status:
        yield "status", gettext(asked.status.word)
    if asked.scheme:
        yield "scheme", names.get(asked.scheme, asked.scheme)
    if asked.year is not None:
        yield "year", str(asked.year)
    if asked.overdue:
        yield "overdue", gettext("Over fristen")
    if asked.week:
        yield "week", gettext("Frist i løpet av en uke")
