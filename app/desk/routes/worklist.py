"""The list of cases; all that is asked for stands in the address."""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import redirect, render_template, request, session
from werkzeug.wrappers import Response

from app.access.domain import Permission
from app.access.guards import current_actor, needs
from app.cases.workflow import Status, said_inside
from app.db.clock import now
from app.desk.columns import COLUMNS, Head, Page, drawn, head
from app.desk.domain import (
    MOST_IN_VIEW,
    Filter,
    Order,
    Whose,
    from_address,
    place_from,
    remembered,
    start,
    to_address,
    without,
)
from app.desk.queries import choices, unnumbered, worklist
from app.desk.routes.blueprint import bp
from app.frame import fixed_address
from app.page_language import current_language, said
from app.translations.lookup import spoken
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
    if not request.args and (kept := _remembered(session.get(PLACE_KEY, ""))) != Filter():
        return redirect(_address(kept), 303)
    asked = from_address(request.args)
    place = place_from(request.args, asked.order)
    today, language = local_date(now()), current_language()
    found = worklist.page(asked, place, current_actor(), today)
    around = worklist.around(current_actor())
    if place.before and not found.rows:
        return redirect(_address(asked), 303)
    _keep_place()
    offered = choices.offered()
    names = {code: (name_nn if language is Language.NN else name_nb) for code, name_nb, name_nn in offered.schemes}
    officers = offered.officers if asked.whose is Whose.ALL else {}
    return render_template(
        "desk/worklist.html",
        asked=asked,
        found=found,
        rounds=tuple(around.rounds),
        unnumbered=unnumbered.asked_for(asked, current_actor()) if place == start(asked.order) else None,
        today=today,
        narrowing=_narrowing(asked, language, tuple(officers.items()), tuple(names.items()), tuple(offered.years)),
        rows=drawn(found.rows, Page(tuple(names.items()), today, language), fixed_address("desk.worklist") + "/"),
        heads=_heads(request.script_root, asked, language),
        views=[_view(asked, whose, count) for whose, count in around.counts.items()],
        chips=[(words, _address(without(asked, part))) for part, words in _chips(asked, names, officers)],
        address=fixed_address("desk.worklist"),
        previous=found.previous and _address(asked, {"for": found.previous.text}),
        following=found.following and _address(asked, {"etter": found.following.text}),
    )


def _narrowing(
    asked: Filter,
    language: Language,
    officers: tuple[tuple[int, str], ...],
    schemes: tuple[tuple[str, str], ...],
    years: tuple[int, ...],
) -> tuple[tuple[str, str, tuple[tuple[Any, str], ...], Any], ...]:
    """What the list can be narrowed by: the field, its words, its options and what is chosen."""
    every, status, officer, scheme, year, due, over = _words(language)
    all_: tuple[Any, str] = ("", every)
    return (
        ("status", status, (all_, *_statuses(language)), asked.status.value if asked.status else ""),
        *([("saksbehandler", officer, (all_, *officers), asked.officer)] if officers else []),
        ("ordning", scheme, (all_, *schemes), asked.scheme),
        ("aar", year, (all_, *((each, str(each)) for each in years)), asked.year),
        ("over", due, (all_, ("1", over)), "1" if asked.overdue else ""),
    )


@cache
def _words(language: Language) -> tuple[str, ...]:
    words = (N_("Alle"), N_("Status"), N_("Saksbehandler"), N_("Ordning"), N_("År"), N_("Frist"), N_("Over fristen"))
    return tuple(spoken(language.value, each) for each in words)


@cache
def _statuses(language: Language) -> tuple[tuple[str, str], ...]:
    sent_in = (each for each in Status if each is not Status.DRAFT)
    return tuple((each.value, spoken(language.value, said_inside(each))) for each in sent_in)


def _view(asked: Filter, whose: Whose, count: int) -> tuple[str, Whose, str]:
    """A tab: where it leads, what it is called, and how many it opens."""
    told = f"{MOST_IN_VIEW}+" if count > MOST_IN_VIEW else str(count)
    return _view_address(request.script_root, whose, asked.order), whose, told


@lru_cache(maxsize=512)
def _view_address(_root: str, whose: Whose, order: Order) -> str:
    return _address(Filter(whose=whose, order=order))


def _keep_place() -> None:
    """Remember the list as it stands, for the way back from a case. Kept in the session, which holds no case data."""
    kept = request.query_string.decode("ascii", "replace")[:LONGEST_KEPT]
    if session.get(PLACE_KEY, "") != kept:
        session[PLACE_KEY] = kept


@lru_cache(maxsize=512)
def _remembered(kept: str) -> Filter:
    """What is kept of what was asked for when the list was last seen."""
    return remembered(from_address(dict(parse_qsl(kept))))


def way_back() -> str:
    """The list as the reader left it."""
    kept = session.get(PLACE_KEY, "")
    return fixed_address("desk.worklist") + (f"?{kept}" if kept else "")


def _address(asked: Filter, more: dict[str, str] | None = None) -> str:
    return f"{fixed_address('desk.worklist')}?{urlencode({**to_address(asked), **(more or {})})}"


@lru_cache(maxsize=512)
def _heads(_root: str, asked: Filter, language: Language) -> tuple[Head, ...]:
    return tuple(head(column, asked, language, _address) for column in COLUMNS)


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
