"""What the worklist can be asked for, how it is written in the address, and where in the list a page stands."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from app.cases.workflow import Status
from app.values.language import N_, Worded
from app.values.text import clean_line
from app.values.wholenumber import large_number, small_number

PAGE_ROWS = 50
MOST_COUNTED = 1000
# On the tabs over the list; how many there are is told exactly when one is opened.
MOST_IN_VIEW = 99
LONGEST_SEARCH = 200
LAST_YEAR = 9999
# The largest key both databases hold; a page that starts before or after everything stands here.
_END_KEY = 2**62
_W = TypeVar("_W", bound=Worded)


class Order(Worded):
    """The orders an index serves; others are not offered."""

    DUE = "frist", N_("Frist")
    DUE_LAST = "frist-sist", N_("Frist, siste først")
    NEWEST = "nyeste", N_("Nyeste først")
    OLDEST = "eldste", N_("Eldste først")
    PARTY = "soker", N_("Søker")
    PARTY_LAST = "soker-bakfra", N_("Søker, bakfra")

    @property
    def walks(self) -> str:
        """Which of cases.models.ORDERS it walks."""
        if self in (Order.DUE, Order.DUE_LAST):
            return "due"
        return "party" if self in (Order.PARTY, Order.PARTY_LAST) else "newest"

    @property
    def backward(self) -> bool:
        """Whether the index is walked from its end."""
        return self in (Order.DUE_LAST, Order.NEWEST, Order.PARTY_LAST)


class Whose(Worded):
    """Whose cases."""

    MINE = "meg", N_("Mine")
    NOBODY = "ingen", N_("Ikke fordelt")
    ALL = "", N_("Alle")


@dataclass(frozen=True)
class Filter:
    """What is asked for. The field names here, the words of the address in WORDS."""

    whose: Whose = Whose.ALL
    status: Status | None = None
    scheme: str = ""
    year: int | None = None
    overdue: bool = False
    week: bool = False
    search: str = ""
    order: Order = Order.DUE
    officer: int | None = None


WORDS = {
    "whose": "hos",
    "status": "status",
    "scheme": "ordning",
    "year": "aar",
    "overdue": "over",
    "week": "uke",
    "search": "sok",
    "order": "sorter",
    "officer": "saksbehandler",
}
_USUAL: dict[str, Any] = {f.name: f.default for f in fields(Filter)}
EVERYTHING = {WORDS["whose"]: "alle"}
"""How the whole list is asked for: a bare address is the list as one left it."""


def from_address(args: Mapping[str, str]) -> Filter:
    """The filter in an address; what is not understood is left out, so that an old bookmark still opens."""
    status = _member(Status, args.get(WORDS["status"], ""))
    whose = _member(Whose, args.get(WORDS["whose"], "")) or Whose.ALL
    return Filter(
        whose=whose,
        status=None if status is Status.DRAFT else status,
        scheme=args.get(WORDS["scheme"], "")[:60].strip(),
        year=_year(args.get(WORDS["year"], "")),
        overdue=args.get(WORDS["overdue"]) == "1",
        week=args.get(WORDS["week"]) == "1",
        search=clean_line(args.get(WORDS["search"], ""))[:LONGEST_SEARCH],
        order=_member(Order, args.get(WORDS["order"], "")) or Order.DUE,
        officer=_key_of(args.get(WORDS["officer"], "")) if whose is Whose.ALL else None,
    )


def to_address(asked: Filter) -> dict[str, str]:
    """The words of the address; what is as usual is left out, and nothing at all is said in so many words."""
    told = ((word, getattr(asked, name), _USUAL[name]) for name, word in WORDS.items())
    return {word: _text(value) for word, value, usual in told if value != usual} or EVERYTHING


def remembered(asked: Filter) -> Filter:
    """What is kept for the next time the list is opened: a search is over when it is done."""
    return replace(asked, search="")


def without(asked: Filter, name: str) -> Filter:
    """The same with one part as usual again."""
    return replace(asked, **{name: _USUAL[name]})


def _text(value: object) -> str:
    return "1" if value is True else str(value)


def _year(text: str) -> int | None:
    try:
        year = small_number(text)
    except ValueError:
        return None
    return year if year <= LAST_YEAR else None


def _key_of(text: str) -> int | None:
    try:
        return large_number(text)
    except ValueError:
        return None


def _member(kind: type[_W], value: str) -> _W | None:
    try:
        return kind(value)
    except ValueError:
        return None


@dataclass(frozen=True)
class Place:
    """Where a page starts: just after, or just before, the row with this key and id."""

    key: date | datetime | str
    id: int
    before: bool = False

    @property
    def text(self) -> str:
        """As it stands in the address."""
        key = self.key if isinstance(self.key, str) else self.key.isoformat()
        return f"{key}~{self.id}"


_STARTS: dict[str, tuple[date | datetime | str, date | datetime | str]] = {
    "due": (date(1, 1, 1), date(9999, 12, 31)),
    "newest": (datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)),
    "party": ("", "\U0010fffd"),
}


def start(order: Order) -> Place:
    """Before the first row of this order."""
    return Place(_STARTS[order.walks][1], _END_KEY) if order.backward else beginning(order)


def beginning(order: Order) -> Place:
    """Before the lowest row of the index this order walks, whichever way it walks."""
    return Place(_STARTS[order.walks][0], -1)


def place_from(args: Mapping[str, str], order: Order) -> Place:
    """The place in an address; the beginning when there is none, or one that cannot be read."""
    for name, before in (("etter", False), ("for", True)):
        text, _, number = args.get(name, "").rpartition("~")
        key = _key(order, text)
        if key is None:
            continue
        try:
            return Place(key, large_number(number), before)
        except ValueError:
            continue
    return start(order)


def _key(order: Order, text: str) -> date | datetime | str | None:
    try:
        if order.walks == "due":
            return date.fromisoformat(text)
        if order.walks == "newest":
            moment = datetime.fromisoformat(text)
            return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):  # a moment may be outside all years in UTC
        return None
    return text
