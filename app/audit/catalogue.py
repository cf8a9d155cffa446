"""Which events there are, which facts each carries, and who may see it.

Each room lists its own in `events.py`; `app.models` gathers them here. Words are made when shown, per language.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Event:
    """`words` is a bokmål sentence with %(fact)s places; `to_party` shows it on the recipient's own timeline."""

    code: str
    words: str
    facts: frozenset[str] = frozenset()
    to_party: bool = False


EVENTS: dict[str, Event] = {}


def register(*events: Event) -> None:
    """Add a room's events. Raises ValueError when a code is taken."""
    for event in events:
        if EVENTS.setdefault(event.code, event) != event:
            raise ValueError(f"event {event.code} is already taken")


def moved(code: str, words: str, *facts: str, to_party: bool = False) -> Event:
    """The event of a workflow step: it also tells from which status to which."""
    return Event(code, words, frozenset({"from", "to", *facts}), to_party)
