"""Which events there are, which facts each carries, and who may see it.

Each room lists its own in `events.py`; `app.models` gathers them here. Words are made when shown, per language.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Event:
    """`words` is a bokmål sentence with %(fact)s places; `to_party` shows it on the recipient's own timeline.

    `told_by`: the event that tells people the same; then this one is kept, and stands in no timeline and no news.
    """

    code: str
    words: str
    facts: frozenset[str] = frozenset()
    to_party: bool = False
    told_by: str = ""


EVENTS: dict[str, Event] = {}


def register(*events: Event) -> None:
    """Add a room's events. Raises ValueError when a code is taken."""
    for event in events:
        if EVENTS.setdefault(event.code, event) != event:
            raise ValueError(f"event {event.code} is already taken")


def told_twice() -> list[str]:
    """The codes of what another event tells."""
    return [code for code, event in EVENTS.items() if event.told_by]


def to_party() -> list[str]:
    """The codes of what a recipient is told, each thing once."""
    return [code for code, event in EVENTS.items() if event.to_party and not event.told_by]


def moved(code: str, words: str, *facts: str, to_party: bool = False, told_by: str = "") -> Event:
    """The event of a workflow step: it also tells from which status to which."""
    return Event(code, words, frozenset({"from", "to", *facts}), to_party, told_by)
