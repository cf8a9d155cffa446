"""Kinds of what is to be paid: how each is named and where it is read. Plain Python."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.access.domain import Actor

LONGEST_TEXT = 140


@dataclass(frozen=True)
class Kind:
    """One kind of payable. Its room writes the bases and says here what payouts must know of them.

    `what` is what a line is called, of `nr` and `of`; `voucher` the link to what it rests on, at `endpoint` with what
    `where` makes of the case's number and the basis' own; `accepted` who said yes to it, of `who` and `when`.
    `paid` takes the things (their keys and øre) on when finance has booked the money, with the day. `sets_off`: the
    payee's debts in the same pot are set off in it. `tells`: the payee is told of each list it is paid on.
    """

    name: str
    what: str
    voucher: str
    endpoint: str
    where: Callable[[str, str], Mapping[str, str]]
    accepted: str
    paid: Callable[[Mapping[int, int], date, Actor, datetime], None]
    sets_off: bool = False
    tells: bool = False


def parsed(ref: str) -> tuple[str, int]:
    """The kind and the key of what «instalment:7» names."""
    kind, key = ref.split(":")
    return kind, int(key)
