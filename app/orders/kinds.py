"""The kinds of orders. Rooms above tell theirs in `<room>/orders.py`, and `app.models` gathers them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.access.domain import Actor, Permission
from app.orders.domain import FileRow, Heading, Judged

# What is done with rows of an order of this area, by whom and when: the same for a trial and in earnest.
Does = Callable[[int | None, Sequence[FileRow], Actor, datetime], Sequence[Judged]]

# The page of what a row made: endpoint and values.
Link = tuple[str, dict[str, str]]


@dataclass(frozen=True)
class Kind:
    """`words` name it, `told` says what it does, `file` is what its template is called.

    `headings` are the columns as they are now. `together`: what rows that may stand in each other's way have in common.
    `of_area`: it is ordered for one pilot area. `counts_only`: the file may tell of no person. `codes`: what a column
    of codes takes. `where`: the pages of what rows made («claim:7» → where). `row` says what a row is for, `note` what
    to mind, and `made` what comes of the rows that can be carried out, with their `count`.
    """

    code: str
    words: str
    told: str
    needs: Permission
    file: str
    headings: Callable[[], Sequence[Heading]]
    together: Callable[[Mapping[str, str]], str]
    does: Does
    row: str
    note: str
    made: str
    of_area: bool = True
    counts_only: bool = True
    codes: Callable[[], Sequence[Heading]] = tuple
    where: Callable[[Sequence[str]], Mapping[str, Link]] = lambda _things: {}


KINDS: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Add a room's kinds. Raises ValueError when a code is taken."""
    for kind in kinds:
        if KINDS.setdefault(kind.code, kind) != kind:
            raise ValueError(f"kind {kind.code} is already taken")
