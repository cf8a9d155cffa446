"""What a kind of delivery is: its names, its day, its sections, and who counts its figures."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from app.summaries.domain.counted import Counted


@dataclass(frozen=True)
class Section:
    """A part of the text. `heading` and `help` are bokmål msgids; `wanted`: it must be written before the approval."""

    code: str
    heading: str
    help: str
    wanted: bool = True


@dataclass(frozen=True)
class Kind:
    """A kind of delivery, registered by the room that can count it. `words` and `told` are bokmål msgids.

    `day`: month and day it is due, of the scheme-year; never moved (domain J.1.14). `first_year`: of the first one.
    `count`: the figures of a year, as they are at a moment. `lacks`: why it cannot be approved, in words, by the
    codes in `Counted.lacks`.
    """

    name: str
    scheme: str
    words: str
    told: str
    day: tuple[int, int]
    sections: tuple[Section, ...]
    count: Callable[[int, datetime], Counted]
    first_year: int = 2025
    lacks: Mapping[str, str] = field(default_factory=dict)

    def due_on(self, year: int) -> date:
        """When it is due."""
        return date(year, *self.day)
