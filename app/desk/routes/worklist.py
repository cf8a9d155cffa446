"""The list of cases; all that is asked for stands in the address."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from app.access.domain import Permission
from app.access.guards import current_actor, needs
from app.cases.workflow import Status, said_inside
from app.db.clock import now
from app.desk.columns import COLUMNS, Cells, Column, Page
from app.desk.domain import (
    MOST_IN_VIEW,
    Filter,
    Whose,
    from_address,
    place_from,
    remembered,
    to_address,
    without,
)
from app.desk.queries import choices, rounds, worklist
from app.desk.routes.blueprint import bp
from app.page_language import current_language, said
from app.values.clock import local_date
from app.values.language import N_, Language

PLACE_KEY = "worklist"
LONGEST_KEPT = 600


@bp.get("/saker", endpoint="worklist")
@needs(Permission.READ_CASES)
def worklist_page() -> str | Response:
    """Cases that are sent in, filtered, searched, in the order asked for, fifty at a time.

    A bare address is the list as the reader last had it; any other says all that is asked for.
    """
    address = url_for("desk.worklist")
    if not request.args and (kept := remembered(from_address(_kept()))) != Filter():
        return redirect(address + _query(kept), 303)
    asked = from_address(request.args)
    place = place_from(request.args, asked.order)
    found = worklist.page(asked, place, current_actor(), local_date(now()))
    if place.before and not found.rows:
        return redirect(address + _query(asked), 303)
    _keep_place()
    schemes, years = choices.schemes_and_years()
    nn = current_language() is Language.NN
    names = {code: (name_nn if nn else name_nb) for code, name_nb, name_nn in schemes}
    officers = choices.officers() if asked.whose is Whose.ALL else {}
    return render_template(
        "desk/worklist.html",
        asked=asked,
        found=found,
        rounds=rounds.left(),
        names=names,
        officers=officers,
        years=[(year, year) for year in years],
        statuses=[(s.value, said(said_inside(s))) for s in Status if s is not Status.DRAFT],
        cells=Cells(Page(names, local_date(now()), current_language())).of,
        heads=[_head(address, asked, column) for column in COLUMNS],
        views=[_view(address, asked, whose, count) for whose, count in worklist.counts(current_actor()).items()],
        chips=[(words, f"{address}{_query(without(asked, part))}") for part, words in _chips(asked, names, officers)],
        previous=found.previous and f"{address}{_query(asked, {'for': found.previous.text})}",
        following=found.following and f"{address}{_query(asked, {'etter': found.following.text})}",
        # One address made once, not one a row.
        case_prefix=url_for("desk.worklist") + "/",
    )


def _view(address: str, asked: Filter, whose: Whose, count: int) -> tuple[str, Whose, str]:
    """A tab: where it leads, what it is called, and how many it opens."""
    href = f"{address}{_query(replace(Filter(), whose=whose, order=asked.order))}"
    return href, whose, f"{MOST_IN_VIEW}+" if count > MOST_IN_VIEW else str(count)


def _keep_place() -> None:
    """Remember the list as it stands, for the way back from a case. Kept in the session, which holds no case data."""
    kept = request.query_string.decode("ascii", "replace")[:LONGEST_KEPT]
    if session.get(PLACE_KEY, "") != kept:
        session[PLACE_KEY] = kept


def _kept() -> dict[str, str]:
    """What was asked for when the list was last seen."""
    return dict(parse_qsl(session.get(PLACE_KEY, "")))


def way_back() -> str:
    """The list as the reader left it."""
    kept = session.get(PLACE_KEY, "")
    return url_for("desk.worklist") + (f"?{kept}" if kept else "")


def _query(asked: Filter, more: dict[str, str] | None = None) -> str:
    return f"?{urlencode({**to_address(asked), **(more or {})})}"


def _head(address: str, asked: Filter, column: Column) -> dict[str, Any]:
    """How a column is headed; where its link leads and which way it is sorted now, when it can be."""
    head: dict[str, Any] = {"words": said(column.words), "kind": column.kind}
    if column.orders is None:
        return head
    first, second = column.orders
    turned = second if asked.order is first else first
    way = "descending" if asked.order.backward else "ascending"
    sorted_now = way if asked.order in column.orders else None
    return {**head, "href": f"{address}{_query(replace(asked, order=turned))}", "sorted": sorted_now}


def _chips(asked: Filter, names: dict[str, str], officers: dict[int, str]) -> Iterator[tuple[str, str]]:
    """What narrows the list now, in words."""
    if asked.search:
        yield "search", f"«{asked.search}»"
    if asked.status:
        yield "status", said(said_inside(asked.status))
    if asked.officer is not None:
        yield "officer", officers.get(asked.officer, said(N_("Ukjent saksbehandler")))
    if asked.scheme:
        yield "scheme", names.get(asked.scheme, asked.scheme)
    if asked.year is not None:
        yield "year", str(asked.year)
    if asked.overdue:
        yield "overdue", said(N_("Over fristen"))
    if asked.week:
        yield "week", said(N_("Frist i løpet av en uke"))
