"""The outside of a FIT file: headers, chained parts, sizes that are wrong, checksums."""

from __future__ import annotations

from typing import Final, NamedTuple

from niggle.core.session import Note
from niggle.readers.fit.crc import crc16

MAGIC: Final = b".FIT"
HEADER_SIZES: Final = (12, 14)
SEARCHED: Final = 1 << 16  # bytes in which a header is looked for when it is not where it belongs
REST_WORTH_READING: Final = 64


class Part(NamedTuple):
    """One FIT file inside the bytes: messages lie in [begin, end); `header` is where it starts."""

    header: int
    begin: int
    end: int
    notes: tuple[Note, ...]


def is_header(data: bytes, at: int) -> bool:
    return data[at + 8 : at + 12] == MAGIC and data[at : at + 1] != b"" and data[at] >= HEADER_SIZES[0]


def split(data: bytes) -> list[Part]:
    """The FIT files that follow one another in the bytes; empty if there is none."""
    at = find_header(data, 0, SEARCHED)
    parts: list[Part] = []
    while at is not None:
        notes: list[Note] = []
        if at and not parts:
            notes.append(Note("leading_bytes", f"{at} bytes before the file's header were skipped", "byte 0"))
        begin = at + data[at]
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        end, following = _end(data, begin, size, notes)
        if not notes and end + 2 <= len(data) and not _checksum_holds(data, at, end):
            notes.append(Note("checksum", "the checksum does not fit: some values may be damaged", f"byte {end}"))
        parts.append(Part(at, begin, end, tuple(notes)))
        at = following
    return parts


def _end(data: bytes, begin: int, size: int, notes: list[Note]) -> tuple[int, int | None]:
    """(end of the messages, byte of the next header)."""
    stated = begin + size
    if size == 0 or stated > len(data):
        following = find_header(data, begin, len(data))
        end = following if following is not None else len(data)
        if size == 0 and end - begin > 2:
            notes.append(
                Note("unfinished", "the recording was never closed; everything up to the end was read", "byte 4")
            )
        elif size:
            missing = stated + 2 - len(data)
            notes.append(Note("truncated", f"the file is cut off: {missing} bytes are missing", f"byte {len(data)}"))
        return end, following
    after = stated + 2
    if is_header(data, after):
        return stated, after
    inside = find_header(data, begin, stated) if after < len(data) else None
    if inside is not None:
        missing = stated + 2 - inside
        notes.append(Note("truncated", f"the file is cut off: {missing} bytes are missing", f"byte {inside}"))
        return inside, inside
    following = find_header(data, stated, min(len(data), stated + SEARCHED))
    rest = (following if following is not None else len(data)) - after
    if rest >= REST_WORTH_READING and data[after : after + rest].strip(b"\0"):
        notes.append(
            Note(
                "size_too_small", f"the header states {size} bytes, {rest} more follow; they were read", f"byte {after}"
            )
        )
        return after + rest, following
    return stated, following


def find_header(data: bytes, begin: int, end: int) -> int | None:
    """The first byte at or after `begin` where a FIT header starts; None without one before `end`."""
    at = data.find(MAGIC, begin + 8, min(end, len(data)))
    while at >= 0:
        if at - 8 >= begin and is_header(data, at - 8) and (data[at - 8] in HEADER_SIZES or at == begin + 8):
            return at - 8
        at = data.find(MAGIC, at + 1, min(end, len(data)))
    return None


def _checksum_holds(data: bytes, header: int, end: int) -> bool:
    """The checksum covers header and messages. Some writers leave it 0: not checked then."""
    stated = int.from_bytes(data[end : end + 2], "little")
    # The checksum of bytes followed by their own checksum is 0.
    return stated == 0 or crc16(memoryview(data)[header : end + 2]) == 0
