"""What a reader is: the shapes that readers, archives and the import share. No format is known here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from niggle.core.session import ReadItem, Refusal, Session, Sport


@dataclass(frozen=True, slots=True)
class Manifest:
    """One file format. `sniff` looks at the first bytes (and the name as a hint); `read` decodes a whole file.

    `read` never raises on bad content: each problem is a Refusal in its list, each repair a Note in a Session.
    """

    name: str
    suffixes: tuple[str, ...]
    sniff: Callable[[bytes, str], bool]
    read: Callable[[bytes, str], list[ReadItem]]


@dataclass(frozen=True, slots=True)
class Hints:
    """What an archive's own table says of a file: laid over the decoded Session where the file is silent."""

    title: str | None = None
    gear: str | None = None
    external_id: str | None = None
    sport: Sport | None = None
    start_utc: datetime | None = None
    distance_m: float | None = None
    moving_s: float | None = None
    elapsed_s: float | None = None
    ascent_m: float | None = None
    descent_m: float | None = None
    utc_offset_s: int | None = None
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Entry:
    """One file to decode, as a locator that can be sent to another process.

    path: a real file on disk; member: the name inside that zip, or None for the file itself.
    name: what people are shown ("activities/123.fit.gz", "Part1.zip/45.fit"). size: packed bytes.
    """

    path: str
    member: str | None
    name: str
    size: int
    hints: Hints | None = None


ArchiveItem = Entry | Session | Refusal  # a Session where the archive itself holds it (a manual row, an Apple workout)


class Archive(Protocol):
    """An opened archive: yields its items in a stable order, in constant memory. Use as a context manager.

    kind: "strava", "garmin", "apple_health", "runkeeper", "plain" or "file": whose export the latest item comes from.
    With archives inside archives it changes while items come, so ask it item by item.
    """

    @property
    def kind(self) -> str: ...

    def __enter__(self) -> Archive: ...
    def __exit__(self, *exc: object) -> None: ...
    def count(self) -> int | None:
        """How many items will come, if known without reading them (for the progress bar)."""
        ...

    def items(self) -> Iterator[ArchiveItem]: ...


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what an import will touch. All in bytes or counts; raise them knowingly."""

    file_bytes: int = 256 * 2**20  # one activity file, unpacked
    total_bytes: int = 64 * 2**30  # one archive, unpacked
    ratio: float = 200.0  # unpacked : packed, per member, above `ratio_floor_bytes`
    ratio_floor_bytes: int = 16 * 2**20
    entries: int = 500_000
    depth: int = 2  # zips inside zips
    xml_bytes: int = 32 * 2**30  # Apple's export.xml, streamed


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class ReaderInfo:
    """For `niggle formats` and the docs."""

    name: str
    suffixes: tuple[str, ...] = field(default=())
