"""The season as moments: what happens when, played in order up to the moment the demo starts at."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from app.db import writing
from app.values.clock import OSLO

Act = Callable[[datetime], object]


@dataclass
class Story:
    """Acts with their moments. Each act is one transaction, as when a person presses a button."""

    acts: list[tuple[datetime, int, Act, bool]] = field(default_factory=list)

    def when(self, on: date, clock: str, act: Act, *, own_transactions: bool = False) -> None:
        """Let `act(at)` happen at this local time. Jobs make `own_transactions`."""
        at = datetime.combine(on, time.fromisoformat(clock), OSLO).astimezone(UTC)
        self.acts.append((at, len(self.acts), act, own_transactions))

    def play(self, until: datetime) -> int:
        """Play everything that has happened by then; gives how many acts were played."""
        due = sorted(each for each in self.acts if each[0] <= until)
        for at, _, act, own_transactions in due:
            if own_transactions:
                act(at)
            else:
                with writing():
                    act(at)
        return len(due)
