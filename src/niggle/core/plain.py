"""Frozen dataclasses to JSON-ready values and back, by their own type hints. Exact: `from_plain(T, to_plain(x)) == x`.

For dataclasses of text, numbers, booleans, dates, enums, tuples, frozensets and other such dataclasses.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


def to_plain(value: Any) -> Any:
    """JSON-ready. Fields that stand at their default are left out."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [to_plain(v) for v in value]
    if isinstance(value, frozenset):
        return sorted(to_plain(v) for v in value)
    if isinstance(value, Mapping):
        return {str(to_plain(k)): to_plain(v) for k, v in value.items()}
    if is_dataclass(value):
        kind: Any = type(value)
        plain = {}
        for name, default in _defaults(kind):
            found = getattr(value, name)
            if default is MISSING or found != default:
                plain[name] = to_plain(found)
        return plain
    return value


def from_plain(kind: type[T], data: Any) -> T:
    """The dataclass again. Raises ValueError, TypeError or KeyError for what does not fit."""
    wanted: Any = kind
    return cast(T, _reader(wanted)(data))


def day_from(value: Any) -> date | None:
    """The day that was given, as a date or as YYYY-MM-DD; None for anything else, also for a moment."""
    if isinstance(value, datetime):
        return None
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


@cache
def _defaults(kind: Any) -> tuple[tuple[str, Any], ...]:
    return tuple((f.name, f.default if f.default_factory is MISSING else f.default_factory()) for f in fields(kind))


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return _optional(tuple(a for a in inner if a is not NoneType), NoneType in inner)
    if origin in (tuple, frozenset):
        return _many(origin, inner)
    if isinstance(kind, type) and is_dataclass(kind):
        return _dataclass(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    if kind is date:
        return date.fromisoformat
    if kind is datetime:
        return datetime.fromisoformat
    if kind in (str, bool, int, float):
        return lambda data: _checked(kind, data)
    return lambda data: data


def _checked(kind: type, data: Any) -> Any:
    allowed = (int, float) if kind is float else (kind,)
    if not isinstance(data, allowed) or (isinstance(data, bool) and kind is not bool):
        raise TypeError(f"{data!r} is no {kind.__name__}")
    return kind(data)


def _optional(kinds: tuple[Any, ...], nothing: bool) -> Callable[[Any], Any]:
    readers = [_reader(k) for k in kinds]

    def read(data: Any) -> Any:
        if data is None and nothing:
            return None
        if len(readers) == 1:
            return readers[0](data)
        # scalars only: the value says itself which of them it is
        if type(data) in kinds or (type(data) is int and float in kinds):
            return data
        raise TypeError(f"{data!r} is none of {', '.join(k.__name__ for k in kinds)}")

    return read


def _many(origin: Any, inner: tuple[Any, ...]) -> Callable[[Any], Any]:
    if origin is tuple and not (len(inner) == 2 and inner[1] is Ellipsis):
        readers = [_reader(k) for k in inner]
        return lambda data: tuple(r(v) for r, v in zip(readers, data, strict=True))
    reader = _reader(inner[0])

    def read(data: Any) -> Any:
        if isinstance(data, str | Mapping):
            raise TypeError(f"{data!r} is no list")
        return origin(reader(v) for v in data)

    return read


def _dataclass(kind: Any) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    needed = [name for name, default in _defaults(kind) if default is MISSING]
    readers = {f.name: _reader(hints[f.name]) for f in fields(kind)}

    def read(data: Any) -> Any:
        if not isinstance(data, Mapping):
            raise TypeError(f"{data!r} is no {kind.__name__}")
        for name in needed:
            if name not in data:
                raise KeyError(name)
        for name in data:
            if name not in readers:
                raise ValueError(f"{kind.__name__} has no {name!r}")
        return kind(**{name: readers[name](value) for name, value in data.items()})

    return read
