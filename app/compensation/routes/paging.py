"""Long lists of a page: each has pages of its own in the address, and turning one leaves the others where they are."""

from dataclasses import dataclass
from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.compensation.domain import PAGE
from app.page_language import said
from app.values.language import N_
from app.values.wholenumber import small_number

_HIGHEST = 10_000


@dataclass(frozen=True)
class Leaf:
    """A page of a list: the addresses before and after it, and which rows these are."""

    previous: str | None
    following: str | None
    note: str


class Lists:
    """The long lists of one page, by the name each has in the address."""

    def __init__(self, endpoint: str, *names: str, **fixed: Any) -> None:
        self._endpoint, self._fixed = endpoint, fixed
        self._numbers = {name: _number(name) for name in names}
        self.is_beyond = False

    def __getitem__(self, name: str) -> int:
        """Which page of the list is asked for, from the first (1)."""
        return self._numbers[name]

    def leaf(self, name: str, shown: int, *, count: int | None = None, more: bool | None = None) -> Leaf:
        """How to go on from the page asked for, which shows so many rows of `count`; where that is dear, of `more`."""
        number = self._numbers[name]
        self.is_beyond |= number > 1 and not shown
        last = (number - 1) * PAGE + shown
        facts = {"number": number, "first": last - shown + 1, "last": last, "count": count}
        note = said(N_("Side %(number)s") if count is None else N_("%(first)s–%(last)s av %(count)s")) % facts
        before, follows = self._at(name, number - 1), last < count if count is not None else bool(more)
        return Leaf(before if number > 1 else None, self._at(name, number + 1) if follows else None, note)

    def back(self) -> Response:
        """To the first pages, where one that is asked for has no rows (`is_beyond`): they are fewer than they were."""
        return redirect(url_for(self._endpoint, **self._fixed), 303)

    def _at(self, name: str, number: int) -> str:
        pages: dict[str, Any] = {key: page for key, page in {**self._numbers, name: number}.items() if page > 1}
        return url_for(self._endpoint, **self._fixed, **pages)


def _number(name: str) -> int:
    return min(max(request.args.get(name, 1, type=small_number) or 1, 1), _HIGHEST)
