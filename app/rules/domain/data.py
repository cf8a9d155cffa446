"""Rules as plain JSON data and back."""

from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from app.rules.domain.content import Rules
from app.values.language import Worded


def to_data(value: Any) -> Any:
    """The rules as plain JSON data, in a form that `from_data` reads back unchanged."""
    if is_dataclass(value):
        return {f.name: to_data(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple):
        return [to_data(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Worded) else value


def from_data(data: dict[str, Any]) -> Rules:
    """The rules of stored JSON data. Raises KeyError, TypeError or ValueError on data this version cannot read."""
    rules: Rules = _read(Rules, data)
    return rules


@cache
def _hints(kind: type) -> dict[str, Any]:
    """What its fields are: asked once, since a version is read at every turn and has hundreds of parts."""
    return get_type_hints(kind)


def _read(kind: Any, data: Any) -> Any:
    if is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        return kind(**{name: _read(hints[name], value) for name, value in data.items()})
    origin, args = get_origin(kind), get_args(kind)
    if origin is tuple:
        return tuple(_read(args[0], item) for item in data)
    if args and data is None:
        return None
    inner = args[0] if args else kind
    if inner is date:
        return date.fromisoformat(data)
    if isinstance(inner, type) and issubclass(inner, Worded):
        return inner(data)
    return _read(inner, data) if is_dataclass(inner) else data
