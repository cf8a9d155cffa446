"""The season as moments: what happens when, played in order up to the moment the demo starts at."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from itertools import groupby

from app.db import writing
from app.values.clock import OSLO

Act = Callable[[datetime], object]


@dataclass
class Story:
    """Acts with their moments, played in the order they happened."""

    acts: list[tuple[datetime, int, Act, bool]] = field(default_factory=list)

    def when(self, on: date, clock: str, act: Act, *, own_transactions: bool = False) -> None:
        """Let `act(at)` happen at this local time. Jobs make `own_transactions`."""
        at = datetime.combine(on, time.fromisoformat(clock), OSLO).astimezone(UTC)
        self.acts.append((at, len(self.acts), act, own_transactions))

    def play(self, until: datetime) -> int:
        """Play everything that has happened by then; gives how many acts were played.

        What people do between two runs of the jobs is one transaction: nobody looks on meanwhile, each act has its own
        moment in the record, and a season that is broken off is begun anew in any case.
        """
        due = sorted(each for each in self.acts if each[0] <= until)
        for own_transactions, group in groupby(due, key=lambda each: each[3]):
            with nullcontext() if own_transactions else writing() as session:
                for at, _, act, _ in group:
                    act(at)
                    if session is not None:
                        session.flush()
        return len(due)
