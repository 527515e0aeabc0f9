"""What every reader yields: a Session with its streams and notes, or a Refusal that says why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from niggle.core.words import often

Floats = NDArray[np.float64]


@often
class Sport(StrEnum):
    """What was done. `run` is road or unknown ground; trail and treadmill are runs too (see `is_run`)."""

    RUN = "run"
    TRAIL = "trail"
    TREADMILL = "treadmill"
    WALK = "walk"
    HIKE = "hike"
    RIDE = "ride"
    SWIM = "swim"
    ROW = "row"
    ELLIPTICAL = "elliptical"
    STRENGTH = "strength"
    OTHER = "other"


RUN_SPORTS: Final = frozenset({Sport.RUN, Sport.TRAIL, Sport.TREADMILL})


def is_run(sport: Sport) -> bool:
    return sport in RUN_SPORTS


# Stream names: all arrays of one Session have the same length; a missing value is NaN.
STREAM_NAMES: Final = (
    "time_s",  # seconds since start_utc, strictly the first column, never decreasing
    "distance_m",  # cumulative, never decreasing
    "speed_mps",
    "altitude_m",
    "cadence_spm",  # steps per minute, both feet
    "heart_rate_bpm",
    "power_w",
    "ground_contact_ms",
    "vertical_oscillation_mm",
    "balance_left_pct",
    "latitude_deg",
    "longitude_deg",
)


@dataclass(frozen=True, slots=True)
class Note:
    """Something the reader had to repair, leave out or guess. Codes are stable; messages may change."""

    code: str
    message: str
    place: str | None = None  # "byte 1744", "line 12", "record 300"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file (or a part of one) is no session: a value, not an exception.

    `code` is a stable name from REFUSALS; `place` says where in the file; `suggestion` what the runner can do.
    """

    code: str
    message: str
    place: str | None = None
    suggestion: str | None = None
    name: str | None = None  # file or archive member, where known


# Notes that say more than how a device writes: bytes are wrong or missing, or the whole cannot quite be believed.
DAMAGE: Final = frozenset(
    {
        "checksum", "damaged_bytes", "truncated", "unfinished", "size_too_small", "gzip_cut", "points_broken",
        "distance_implausible", "very_long", "no_distance",
    }
)  # fmt: skip

# code -> (meaning, is it a fault?). What is no fault is counted as skipped, not as failed.
REFUSALS: Final[Mapping[str, tuple[str, bool]]] = MappingProxyType(
    {
        "empty": ("the file has no bytes", True),
        "not_this_format": ("the content is not what the name promises (an HTML page saved as .fit)", True),
        "unknown_format": ("no reader knows this content", False),
        "not_an_activity": ("a course, route, workout, monitoring or settings file", False),
        "no_records": ("nothing that could be read as a recording", True),
        "no_time": ("points without times: a route, not an activity", False),
        "no_date": ("the clock was never set: seconds since power-on, not a date", True),
        "implausible_date": ("starts before 1990 or in the future", True),
        "before_birth": ("starts before the date of birth in the profile", True),
        "too_long": ("lasts longer than a session can", True),
        "no_distance_no_time": ("neither distance nor duration", True),
        "damaged": ("damaged beyond reading", True),
        "too_large": ("larger than the limit for one file", True),
        "bomb": ("unpacks to far more than any archive of activities does", True),
        "unsafe_path": ("a path that climbs out of the archive", True),
        "nested_too_deep": ("archives inside archives beyond the limit", True),
        "forbidden_xml": ("XML with a document type or entities", True),
        "encrypted": ("password-protected", True),
        "bad_table": ("a table whose columns cannot be understood", True),
        "reader_stopped": ("reading it crashed or took too long", True),
        "unreadable": ("the file could not be opened", True),
    }
)


@dataclass(frozen=True, slots=True)
class Streams:
    """Columns over time; names from STREAM_NAMES, equal lengths, `time_s` always present. Treat as read-only."""

    columns: Mapping[str, Floats]

    def __post_init__(self) -> None:
        unknown = set(self.columns) - set(STREAM_NAMES)
        if unknown:
            raise ValueError(f"unknown streams {sorted(unknown)}")
        if "time_s" not in self.columns:
            raise ValueError("streams need time_s")
        if len({len(c) for c in self.columns.values()}) > 1:
            raise ValueError("streams of different lengths")

    def __len__(self) -> int:
        return len(self.columns["time_s"])

    def get(self, name: str) -> Floats | None:
        return self.columns.get(name)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(n for n in STREAM_NAMES if n in self.columns)


@dataclass(frozen=True, slots=True)
class Session:
    """One training session as read from a file or typed in. Totals are the device's where it gave them.

    timer_s: the watch was running; moving_s: she was moving; elapsed_s: from first start to last stop.
    Every number may be None: absent is not zero.
    """

    sport: Sport
    start_utc: datetime  # aware, UTC
    utc_offset_s: int | None = None  # local wall time minus UTC, where the file tells
    distance_m: float | None = None
    timer_s: float | None = None
    moving_s: float | None = None
    elapsed_s: float | None = None
    ascent_m: float | None = None
    descent_m: float | None = None
    avg_heart_rate_bpm: float | None = None
    max_heart_rate_bpm: float | None = None
    avg_cadence_spm: float | None = None
    streams: Streams | None = None
    title: str | None = None
    gear: str | None = None  # the shoe's name as the export gives it
    device: str | None = None
    external_id: str | None = None  # the id in the service it comes from
    leg: int = 0  # which session of a file with several
    tags: frozenset[str] = frozenset()  # race, workout, long_run, commute, ... as the source states
    notes: tuple[Note, ...] = field(default=())

    def __post_init__(self) -> None:
        if self.start_utc.tzinfo is None or self.start_utc.utcoffset() != timedelta(0):
            raise ValueError("start_utc must be aware and in UTC")

    @property
    def local_date(self) -> date:
        """The runner's calendar day: by the file's own offset where it has one, else UTC."""
        return (self.start_utc + timedelta(seconds=self.utc_offset_s or 0)).date()

    @property
    def records(self) -> int:
        return len(self.streams) if self.streams is not None else 0


ReadItem = Session | Refusal
