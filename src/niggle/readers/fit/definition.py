"""A definition message: how the data messages that follow it are laid out."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from niggle.readers.fit.profile import BASE_TYPES, FIELDS, TIMESTAMP

WANTED: Final = frozenset(FIELDS)  # the kinds of messages that are read at all
_LITTLE, _BIG = struct.Struct("<I"), struct.Struct(">I")


@dataclass(frozen=True, slots=True, eq=False)
class Definition:
    """Layout of one message: `fields` and `developer` as (number, size, base type or developer index)."""

    number: int
    big_endian: bool
    fields: tuple[tuple[int, int, int], ...]
    developer: tuple[tuple[int, int, int], ...]
    width: int  # bytes of a message with its header byte
    time_at: int | None  # where in the message (header included) its timestamp lies
    wanted: bool  # is it of a kind that is read at all?
    unpack: Callable[[bytes, int], tuple[int]]  # a time in this byte order

    def time(self, data: bytes, start: int) -> int:
        """The timestamp of the message that starts at this byte, as stored."""
        return self.unpack(data, start + (self.time_at or 0))[0]


def read_definition(data: bytes, at: int, end: int) -> tuple[Definition, int] | None:
    """The definition message at byte `at` and where it ends; None if there is none that can be."""
    if at + 6 > end or data[at + 2] > 1:
        return None
    count = data[at + 5]
    after = at + 6 + 3 * count
    if after > end:
        return None
    big = data[at + 2] == 1
    fields = tuple((data[i], data[i + 1], data[i + 2]) for i in range(at + 6, after, 3))
    developer: tuple[tuple[int, int, int], ...] = ()
    if data[at] & 0x20:
        if after >= end:
            return None
        stop = after + 1 + 3 * data[after]
        if stop > end:
            return None
        developer = tuple((data[i], data[i + 1], data[i + 2]) for i in range(after + 1, stop, 3))
        after = stop
    size, time_at = 0, None
    for number, width, base in fields:
        if (base & 0x1F) not in BASE_TYPES or base & 0x60:
            return None
        if number == TIMESTAMP and width == 4 and time_at is None:
            time_at = 1 + size
        size += width
    size += sum(width for _, width, _ in developer)
    number = int.from_bytes(data[at + 3 : at + 5], "big" if big else "little")
    unpack = _BIG.unpack_from if big else _LITTLE.unpack_from
    return Definition(number, big, fields, developer, size + 1, time_at, number in WANTED, unpack), after
