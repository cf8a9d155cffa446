"""Letter facts to JSON and back, always the same bytes for the same facts, so that a hash of them means something."""

import json
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from hashlib import sha256
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")


class Unreadable(ValueError):
    """Stored facts do not fit the letter they are said to be for."""


def plain(value: Any) -> Any:
    """Facts as what JSON knows: dates as ISO text, enums as their codes, tuples as lists."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value


def dump(kind: str, facts: Any) -> str:
    """Canonical JSON: keys sorted, no blanks, signs as themselves. `kind` says which letter the facts are for."""
    return json.dumps({"kind": kind, **plain(facts)}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """SHA-256 of canonical JSON, 64 hexadecimal digits."""
    return sha256(text.encode()).hexdigest()


def read(cls: type[T], data: Any) -> T:
    """Build `cls` from what `plain` gave. A field with a default may be absent (facts stored before it)."""
    if not isinstance(data, dict):
        raise Unreadable(f"{cls.__name__} must be an object")
    hints: dict[str, Any] = get_type_hints(cls)
    strange = set(data) - {field.name for field in fields(cls)}  # type: ignore[arg-type]  # cls is a dataclass
    if strange:
        raise Unreadable(f"{cls.__name__} has no {sorted(strange)}")
    try:
        return cls(**{name: _value(hints[name], value) for name, value in data.items()})
    except TypeError as error:
        raise Unreadable(str(error)) from error


def _value(hint: Any, value: Any) -> Any:
    if isinstance(hint, UnionType):
        return _optional(hint, value)
    if get_origin(hint) is tuple:
        return _tuple(get_args(hint), value)
    if is_dataclass(hint) and isinstance(hint, type):
        return read(hint, value)
    return _scalar(hint, value)


def _optional(hint: UnionType, value: Any) -> Any:
    if value is None:
        return None
    (inner,) = (arg for arg in get_args(hint) if arg is not NoneType)
    return _value(inner, value)


def _tuple(args: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise Unreadable("a list was expected")
    if args[-1] is Ellipsis:
        return tuple(_value(args[0], item) for item in value)
    if len(args) != len(value):
        raise Unreadable(f"{len(args)} values were expected")
    return tuple(_value(arg, item) for arg, item in zip(args, value, strict=True))


def _scalar(hint: type, value: Any) -> Any:
    try:
        if issubclass(hint, Enum):
            return hint(value)
        if hint is date:
            return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise Unreadable(str(error)) from error
    if type(value) is not hint:
        raise Unreadable(f"{hint.__name__} was expected, not {value!r}")
    return value
