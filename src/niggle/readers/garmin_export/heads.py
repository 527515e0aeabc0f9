"""A look at the first bytes of an upload: is it an activity, and when did it start?

Nine of ten FIT files in an account export are monitoring and settings; telling so from the head saves unpacking them.
The start joins a file to its summary, because the number in a file's name is no activity's id.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

HEAD_BYTES: Final = 4096

_FIT_EPOCH_UNIX_S: Final = 631_065_600  # 1989-12-31T00:00:00Z
_FIT_FIRST_DATE: Final = 0x10000000  # below: seconds since power-on
_ACTIVITY: Final = 4
_FILE_ID, _EVENT, _RECORD = 0, 21, 20
_TYPE_FIELD, _CREATED_FIELD, _TIMESTAMP_FIELD = 0, 4, 253
_ISO: Final = re.compile(rb"<(?:\w+:)?(?:time|Id|Time)>\s*(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d)?")


@dataclass(frozen=True, slots=True)
class Head:
    """is_activity: False only where the file says it is something else. starts: candidates, seconds since 1970."""

    is_activity: bool
    starts: tuple[int, ...]


def look(head: bytes) -> Head:
    """What the first HEAD_BYTES of an unpacked upload tell; anything that cannot be understood tells nothing."""
    if head[8:12] == b".FIT":
        return _fit(head)
    return Head(True, tuple(_iso(head)))


def _iso(head: bytes) -> list[int]:
    starts: list[int] = []
    for found in list(_ISO.finditer(head))[:3]:
        text = found[1].decode() + (found[2].decode().replace("Z", "+00:00") if found[2] else "+00:00")
        try:
            starts.append(int(datetime.fromisoformat(text).astimezone(UTC).timestamp()))
        except (ValueError, OverflowError):
            continue
    return starts


def _fit(head: bytes) -> Head:
    """Walks definitions and messages until the first record's time; stops at whatever it does not understand."""
    layouts: dict[
        int, tuple[int, str, list[tuple[int, int, int]], int]
    ] = {}  # local -> (global, endian, fields, bytes)
    starts: list[int] = []
    at = head[0]
    while at + 1 < len(head):
        header = head[at]
        at += 1
        if header & 0x80:  # compressed timestamp: the local type in two bits
            local = header >> 5 & 3
        elif header & 0x40:
            if at + 5 > len(head):
                break
            endian = ">" if head[at + 1] else "<"
            message = struct.unpack_from(endian + "H", head, at + 2)[0]
            count = head[at + 4]
            at += 5
            fields = []
            offset = 0
            for i in range(count):
                if at + 3 * i + 3 > len(head):
                    return Head(True, tuple(starts))
                number, size, _ = head[at + 3 * i : at + 3 * i + 3]
                fields.append((number, offset, size))
                offset += size
            at += 3 * count
            if header & 0x20:
                developer = head[at] if at < len(head) else 0
                offset += sum(head[at + 2 + 3 * i] for i in range(developer) if at + 2 + 3 * i < len(head))
                at += 1 + 3 * developer
            layouts[header & 15] = (message, endian, fields, offset)
            continue
        else:
            local = header & 15
        if local not in layouts:
            break
        message, endian, fields, size = layouts[local]
        for number, offset, width in fields:
            place = at + offset
            if place + width > len(head):
                break
            if message == _FILE_ID and number == _TYPE_FIELD and width == 1 and head[place] != _ACTIVITY:
                return Head(False, ())
            wanted = (message == _FILE_ID and number == _CREATED_FIELD) or (
                message in (_RECORD, _EVENT) and number == _TIMESTAMP_FIELD
            )
            if wanted and width == 4:
                seconds = struct.unpack_from(endian + "I", head, place)[0]
                if _FIT_FIRST_DATE <= seconds < 0xFFFFFFFF:
                    starts.append(seconds + _FIT_EPOCH_UNIX_S)
        if message == _RECORD and starts:
            break
        at += size
    return Head(True, tuple(dict.fromkeys(starts)))
