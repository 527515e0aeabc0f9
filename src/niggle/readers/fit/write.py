"""FIT files from Sessions: for fixtures, the demo runner, benchmarks. Fast: all records of a leg at once.

What is written is what watches write: file_id, timer events, records, laps, session, activity. Values that a field
cannot hold become the field's invalid value.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

from niggle.core.session import Session, Sport, Streams
from niggle.core.units import M_PER_KM
from niggle.readers.fit.crc import crc16
from niggle.readers.fit.profile import (
    ACTIVITY,
    DEVELOPER_DATA_ID,
    EVENT,
    FIELD_DESCRIPTION,
    FILE_ID,
    FILE_TYPE_ACTIVITY,
    FIT_EPOCH_UNIX_S,
    LAP,
    RECORD,
    SEMICIRCLES_PER_DEG,
    SESSION,
    TIMESTAMP,
    TRANSITION,
)

DEVELOPMENT: Final = 255  # the manufacturer number for software without one of its own
U1, U2, U4, I4, ENUM, TEXT, F4 = 0x02, 0x84, 0x86, 0x85, 0x00, 0x07, 0x88
_FORMATS: Final = {U1: "B", U2: "H", U4: "I", I4: "i", ENUM: "B", F4: "f"}
_NUMPY: Final = {U1: "u1", U2: "u2", U4: "u4", I4: "i4", ENUM: "u1", F4: "f4"}
_INVALID: Final = {U1: 0xFF, U2: 0xFFFF, U4: 0xFFFFFFFF, I4: 0x7FFFFFFF, ENUM: 0xFF}
_LOWEST: Final = {U1: 0, U2: 0, U4: 0, I4: -(2**31), ENUM: 0}

_FIT_SPORTS: Final[Mapping[Sport, tuple[int, int]]] = {
    Sport.RUN: (1, 0),
    Sport.TRAIL: (1, 3),
    Sport.TREADMILL: (1, 1),
    Sport.WALK: (11, 0),
    Sport.HIKE: (17, 0),
    Sport.RIDE: (2, 0),
    Sport.SWIM: (5, 0),
    Sport.ROW: (15, 0),
    Sport.ELLIPTICAL: (4, 15),
    Sport.STRENGTH: (10, 20),
    Sport.OTHER: (0, 0),
}

# stream -> (field, base type, scale, offset); cadence and the enhanced pair are handled apart.
_RECORD_FIELDS: Final[Mapping[str, tuple[int, int, float, float]]] = {
    "latitude_deg": (0, I4, SEMICIRCLES_PER_DEG, 0.0),
    "longitude_deg": (1, I4, SEMICIRCLES_PER_DEG, 0.0),
    "distance_m": (5, U4, 100.0, 0.0),
    "speed_mps": (6, U2, 1000.0, 0.0),
    "altitude_m": (2, U2, 5.0, 500.0),
    "heart_rate_bpm": (3, U1, 1.0, 0.0),
    "power_w": (7, U2, 1.0, 0.0),
    "vertical_oscillation_mm": (39, U2, 10.0, 0.0),
    "ground_contact_ms": (41, U2, 10.0, 0.0),
    "balance_left_pct": (84, U2, 100.0, 0.0),
}
_ENHANCED: Final = {"speed_mps": (73, U4, 1000.0, 0.0), "altitude_m": (78, U4, 5.0, 500.0)}
_PER_LEG: Final = frozenset({Sport.RUN, Sport.TRAIL, Sport.TREADMILL, Sport.WALK, Sport.HIKE})

Value = tuple[int, int, float | str | None]  # field number, base type, value as stored (None = invalid)


@dataclass(frozen=True, slots=True)
class Options:
    """How a file is laid out. The defaults are those of a present-day watch."""

    header_bytes: int = 14  # 12 is allowed too
    header_checksum: bool = True  # False leaves it 0, as older watches do
    big_endian: bool = False
    enhanced: bool = True  # altitude and speed in 32 bits only, as newer watches do
    compressed_times: bool = False  # times in the record's header, as foot-pod watches did
    summary_first: bool = False  # sessions before records
    with_sessions: bool = True
    with_activity: bool = True
    with_laps: bool = True
    transitions: bool = False  # a session of its own between two legs
    file_type: int = FILE_TYPE_ACTIVITY
    developer: Mapping[str, str] = field(default_factory=dict)  # stream -> name, written as developer field only


OPTIONS: Final = Options()


def write_sessions(sessions: Sequence[Session], options: Options = OPTIONS) -> bytes:
    """One FIT file with these sessions as its legs, in the order given (ascending in time).

    Raises ValueError without sessions. Equal sessions give equal bytes.
    """
    if not sessions:
        raise ValueError("a file needs at least one session")
    out = Writer(options)
    first, last = sessions[0], sessions[-1]
    end = _fit_s(last.start_utc) + _elapsed(last)
    out.message(
        0,
        FILE_ID,
        [
            (0, ENUM, options.file_type),
            (1, U2, DEVELOPMENT),
            (2, U2, 1),
            (3, 0x8C, 1),
            (4, U4, _fit_s(first.start_utc)),
        ],
    )
    if options.developer:
        _describe(out, options)
    if options.summary_first:
        _summaries(out, sessions, options)
    for session in sessions:
        _leg(out, session, options)
    if not options.summary_first:
        _summaries(out, sessions, options)
    if options.with_activity:
        local = None if first.utc_offset_s is None else end + first.utc_offset_s
        timer = sum(s.timer_s or 0.0 for s in sessions)
        out.message(5, ACTIVITY, [(TIMESTAMP, U4, end), (0, U4, timer * 1000), (1, U2, len(sessions)), (5, U4, local)])
    return frame(bytes(out.body), options)


def frame(body: bytes, options: Options = OPTIONS) -> bytes:
    """The messages with header and checksum around them."""
    start = struct.pack("<BBHI4s", options.header_bytes, 0x20, 2160, len(body), b".FIT")
    if options.header_bytes == 14:
        start += struct.pack("<H", crc16(start) if options.header_checksum else 0)
    whole = start + body
    return whole + struct.pack("<H", crc16(whole))


class Writer:
    """Collects messages in `body`; writes a definition only where it differs from the one in force."""

    def __init__(self, options: Options) -> None:
        self.body = bytearray()
        self.order = ">" if options.big_endian else "<"
        self.defined: dict[int, bytes] = {}

    def define(
        self, local: int, number: int, fields: Sequence[tuple[int, int, int]], developer: Sequence[tuple[int, int, int]]
    ) -> None:
        """fields: (number, size, base type); developer: (number, size, developer index)."""
        head = 0x60 if developer else 0x40
        text = struct.pack(self.order + "BBHB", 0, self.order == ">", number, len(fields))
        text += b"".join(bytes(f) for f in fields)
        if developer:
            text += bytes([len(developer)]) + b"".join(bytes(f) for f in developer)
        if self.defined.get(local) != text:
            self.body += bytes([head | local]) + text
            self.defined[local] = text

    def message(self, local: int, number: int, values: Sequence[Value]) -> None:
        """One message with its values as stored (already scaled); text is stored with its NUL."""
        fields: list[tuple[int, int, int]] = []
        content = bytearray([local])
        for at, base, value in values:
            if isinstance(value, str):
                text = value.encode() + b"\0"
                fields.append((at, len(text), TEXT))
                content += text
                continue
            base_format = "I" if base == 0x8C else _FORMATS[base]
            packed = struct.pack(self.order + base_format, _stored(base, value))
            fields.append((at, len(packed), base))
            content += packed
        self.define(local, number, fields, ())
        self.body += content


def _stored(base: int, value: float | str | None) -> int:
    if base == 0x8C:
        return int(value or 0)
    if value is None or isinstance(value, str) or value != value:  # noqa: PLR0124 (NaN)
        return _INVALID[base]
    whole = round(value)
    return whole if _LOWEST[base] <= whole < _INVALID[base] else _INVALID[base]


def _fit_s(moment: datetime) -> int:
    return round(moment.timestamp()) - FIT_EPOCH_UNIX_S


def _elapsed(session: Session) -> int:
    if session.elapsed_s is not None:
        return round(session.elapsed_s)
    if session.streams is not None and len(session.streams):
        return round(float(session.streams.columns["time_s"][-1]))
    return round(session.timer_s or 0.0)


def _describe(out: Writer, options: Options) -> None:
    """Developer data id and one field_description for each developer field, all as 32-bit floats."""
    out.message(6, DEVELOPER_DATA_ID, [(3, U1, 0)])
    for index, name in enumerate(options.developer.values()):
        out.message(7, FIELD_DESCRIPTION, [(0, U1, 0), (1, U1, index), (2, U1, F4), (3, TEXT, name), (8, TEXT, "unit")])


def _event(out: Writer, at: int, kind: int) -> None:
    out.message(1, EVENT, [(TIMESTAMP, U4, at), (0, ENUM, 0), (1, ENUM, kind)])


def _leg(out: Writer, session: Session, options: Options) -> None:
    """Timer events and records; where the timer stood still for as long as a gap lasts, a stop and a start."""
    start, end = _fit_s(session.start_utc), _fit_s(session.start_utc) + _elapsed(session)
    _event(out, start, 0)
    streams = session.streams
    if streams is not None and len(streams):
        times = start + np.round(streams.columns["time_s"]).astype(np.int64)
        steps = np.diff(times)
        paused = (session.elapsed_s or 0.0) - (session.timer_s or 0.0) > 1.0
        stops: list[int] = []
        if paused and len(steps):
            stops = (np.flatnonzero(steps >= max(10, 3 * int(np.median(steps)))) + 1).tolist()
        breaks = set(stops)
        if options.compressed_times:
            breaks |= set((np.flatnonzero(steps >= 32) + 1).tolist())
        rows = _records(out, session, streams, times, options)
        begin = 0
        for place in [*sorted(breaks), len(times)]:
            if begin in breaks or (begin == 0 and options.compressed_times):
                _event(out, int(times[begin]), 0)
            out.body += rows[begin:place].tobytes()
            if place in stops:
                _event(out, int(times[place - 1]), 4)
            begin = place
    _event(out, end, 4)


def _records(
    out: Writer, session: Session, streams: Streams, times: NDArray[np.int64], options: Options
) -> NDArray[np.void]:
    """All record messages of a leg as a structured array, header bytes included; the definition is written."""
    order = out.order
    fields: list[tuple[int, int, int]] = []
    developer: list[tuple[int, int, int]] = []
    layout: list[tuple[str, str]] = [("head", "u1")]
    content: dict[str, NDArray[np.generic]] = {}

    def put(name: str, number: int, base: int, values: NDArray[np.float64]) -> None:
        layout.append((name, order + _NUMPY[base]))
        stored = np.rint(values)
        with np.errstate(invalid="ignore"):
            fine = (stored >= _LOWEST[base]) & (stored < _INVALID[base])
            content[name] = np.where(fine, stored, _INVALID[base])
        fields.append((number, np.dtype(_NUMPY[base]).itemsize, base))

    if not options.compressed_times:
        put("timestamp", TIMESTAMP, U4, times.astype(np.float64))
    for stream in streams.names:
        if stream in options.developer or stream == "time_s":
            continue
        values = streams.columns[stream]
        if stream == "cadence_spm":
            strides = values / 2.0 if session.sport in _PER_LEG else values
            put("cadence", 4, U1, np.floor(strides))
            put("fraction", 53, U1, (strides - np.floor(strides)) * 128.0)
            continue
        number, base, scale, offset = (_ENHANCED if options.enhanced else {}).get(stream) or _RECORD_FIELDS[stream]
        put(stream, number, base, (values + offset) * scale)
    for index, stream in enumerate(options.developer):
        there = streams.get(stream)
        layout.append((stream, order + "f4"))
        content[stream] = np.full(len(times), np.nan) if there is None else there
        developer.append((index, 4, 0))
    out.define(0 if options.compressed_times else 2, RECORD, fields, developer)
    rows = np.zeros(len(times), np.dtype(layout))
    rows["head"] = 0x80 | (times & 31) if options.compressed_times else 2
    for name, stored in content.items():
        rows[name] = stored
    return rows


def _summaries(out: Writer, sessions: Sequence[Session], options: Options) -> None:
    for index, session in enumerate(sessions):
        if options.with_laps:
            _laps(out, session)
        if not options.with_sessions:
            continue
        _session(out, session)
        if options.transitions and index + 1 < len(sessions):
            begin = _fit_s(session.start_utc) + _elapsed(session)
            seconds = (_fit_s(sessions[index + 1].start_utc) - begin) * 1000
            values: list[Value] = [(TIMESTAMP, U4, begin + seconds // 1000), (2, U4, begin), (5, ENUM, TRANSITION)]
            out.message(4, SESSION, [*values, (7, U4, seconds), (8, U4, seconds)])


def _session(out: Writer, session: Session) -> None:
    sport, sub_sport = _FIT_SPORTS[session.sport]
    start = _fit_s(session.start_utc)
    cadence = session.avg_cadence_spm
    if cadence is not None and session.sport in _PER_LEG:
        cadence /= 2.0
    whole = None if cadence is None else int(cadence)
    out.message(
        4,
        SESSION,
        [
            (TIMESTAMP, U4, start + _elapsed(session)),
            (2, U4, start),
            (5, ENUM, sport),
            (6, ENUM, sub_sport),
            (7, U4, _times(session.elapsed_s, 1000)),
            (8, U4, _times(session.timer_s, 1000)),
            (9, U4, _times(session.distance_m, 100)),
            (16, U1, session.avg_heart_rate_bpm),
            (17, U1, session.max_heart_rate_bpm),
            (18, U1, whole),
            (92, U1, None if cadence is None or whole is None else (cadence - whole) * 128),
            (22, U2, session.ascent_m),
            (23, U2, session.descent_m),
        ],
    )


def _times(value: float | None, factor: float) -> float | None:
    return None if value is None else value * factor


def _laps(out: Writer, session: Session) -> None:
    """A lap per kilometre, and one for the rest."""
    sport, sub_sport = _FIT_SPORTS[session.sport]
    start, end = _fit_s(session.start_utc), _fit_s(session.start_utc) + _elapsed(session)
    borders, marks = [start, end], [0.0, session.distance_m or 0.0]
    along = session.streams.get("distance_m") if session.streams is not None else None
    if along is not None and session.streams is not None and len(along):
        time_s = session.streams.columns["time_s"]
        whole = np.arange(M_PER_KM, float(along[-1]), M_PER_KM)
        at = np.round(np.interp(whole, along, time_s)).astype(np.int64) + start
        borders, marks = [start, *at.tolist(), end], [0.0, *whole.tolist(), float(along[-1])]
    for index in range(len(borders) - 1):
        seconds = (borders[index + 1] - borders[index]) * 1000
        out.message(
            3,
            LAP,
            [
                (TIMESTAMP, U4, borders[index + 1]),
                (2, U4, borders[index]),
                (7, U4, seconds),
                (8, U4, seconds),
                (9, U4, (marks[index + 1] - marks[index]) * 100),
                (25, ENUM, sport),
                (39, ENUM, sub_sport),
            ],
        )
