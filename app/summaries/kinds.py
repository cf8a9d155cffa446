"""The kinds of deliveries, each registered by the room that can count it: `app.models` gathers `deliveries.KINDS`."""

from app.summaries.domain import Kind

_KINDS: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Add a room's kinds. Raises ValueError when a name is taken."""
    for kind in kinds:
        if _KINDS.setdefault(kind.name, kind) is not kind:
            raise ValueError(f"the delivery {kind.name} is already taken")


def kind_of(name: str) -> Kind | None:
    """The kind of this name."""
    return _KINDS.get(name)


def kinds_of(year: int) -> list[Kind]:
    """The deliveries of a scheme-year, in the order they are due."""
    return sorted((kind for kind in _KINDS.values() if kind.first_year <= year), key=lambda kind: kind.day)


def first_year() -> int | None:
    """The first year anything is delivered of; None where no room delivers anything."""
    return min((kind.first_year for kind in _KINDS.values()), default=None)
