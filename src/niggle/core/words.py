"""Vocabularies that are looked at a thousand times for one decision."""

from __future__ import annotations

from enum import Enum
from typing import TypeVar

Word = TypeVar("Word", bound=Enum)


def often(kind: type[Word]) -> type[Word]:
    """Class decorator: the members of an enum of strings or whole numbers as plain class attributes, hashed as values.

    Python 3.11 makes a function call of every `Light.RED` and hashes members in Python; later versions do the first by
    themselves. Nothing else about the enum changes.
    """
    for name, member in kind.__members__.items():
        type.__setattr__(kind, name, member)
    plain = str if issubclass(kind, str) else int
    type.__setattr__(kind, "__hash__", plain.__hash__)
    return kind
