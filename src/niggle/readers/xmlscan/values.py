"""Texts that stand at known places in a byte array, turned into numbers and times, many at once."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Places = NDArray[np.int64]
Floats = NDArray[np.float64]

PADDING: Final = 64  # bytes that must follow the data in an array, so that fixed-width reads stay inside
_WIDTH: Final = 48  # longest number read at once; Garmin Connect writes coordinates with 32 characters
_ENOUGH: Final = 18  # characters that hold every digit a double can; more only slow the conversion down
_STAMP: Final = len("2025-01-31T09:30:00")
_DECIMAL_COMMA: Final = re.compile(rb"\s*[-+]?\d+,\d+\s*")
_ZONE: Final = re.compile(rb"(?:[.,](\d*))?\s*(?:([Zz])|([+-])(\d\d):?(\d\d)?)?\s*")
_LENIENT: Final = re.compile(
    r"\s*(\d{4})-(\d{1,2})-(\d{1,2})[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?"
    r"\s*(?:([Zz])|([+-])(\d\d):?(\d\d)?)?\s*"
)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def take(array: Bytes, starts: Places, width: int) -> NDArray[np.bytes_]:
    """The `width` bytes from each start, as byte strings. The array needs PADDING behind its data."""
    windows: NDArray[np.bytes_] = np.ndarray((len(array) - width + 1,), dtype=f"S{width}", buffer=array, strides=(1,))
    return windows[starts]


def texts(array: Bytes, starts: Places, stops: Places) -> NDArray[np.bytes_]:
    """The bytes between each start and stop, cut at the longest number's width."""
    lengths = stops - starts
    width = int(min(_WIDTH, max(1, lengths.max(initial=1))))
    taken = take(array, starts, width)
    grid = taken.view(np.uint8).reshape(len(starts), width)
    grid[np.arange(width) >= lengths[:, None]] = 0
    return taken


def _number(text: bytes) -> float:
    if _DECIMAL_COMMA.fullmatch(text):
        text = text.replace(b",", b".")
    try:
        return float(text)
    except ValueError:
        return float("nan")


def numbers(array: Bytes, starts: Places, stops: Places) -> Floats:
    """The number at each place; NaN where there is none, or one that is not finite."""
    cut = texts(array, starts, stops)
    if cut.itemsize > _ENOUGH:
        grid = cut.view(np.uint8)
        if not ((grid == ord("e")) | (grid == ord("E"))).any():  # an exponent at the end would be lost
            cut = cut.astype(f"S{_ENOUGH}")
    try:
        values = cut.astype(np.float64)
    except ValueError:
        values = np.array([_number(text) for text in cut.tolist()], dtype=np.float64)
    values[~np.isfinite(values)] = np.nan
    return values


def days_from_civil(year: Places, month: Places, day: Places) -> Places:
    """Days since 1970-01-01 in the Gregorian calendar (the year is taken to begin in March, so leap days end it)."""
    y = year - (month <= 2)
    era = y // 400
    of_era = y - era * 400
    of_year = (153 * (month + np.where(month > 2, -3, 9)) + 2) // 5 + day - 1
    days: Places = era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468
    return days


def _tail(text: bytes) -> tuple[float, float, bool] | None:
    """Fraction of a second, offset of the zone (NaN for Z or none), and whether no zone was stated."""
    found = _ZONE.fullmatch(text)
    if found is None:
        return None
    digits, zulu, sign, hours, minutes = found.groups()
    fraction = float(b"0." + digits) if digits else 0.0
    if sign is None:
        return fraction, float("nan"), zulu is None
    offset = int(hours) * 3600 + int(minutes or 0) * 60
    return fraction, float(-offset if sign == b"-" else offset), False


def times(array: Bytes, starts: Places, stops: Places) -> tuple[Floats, Floats, int]:
    """ISO 8601 times as seconds since 1970 UTC (NaN where unreadable), the offsets they state, how many had no zone.

    A time without a zone is taken as UTC, as GPX prescribes. `Z` states no offset: it tells nothing of the local day.
    """
    count = len(starts)
    if count == 0:
        return np.empty(0), np.empty(0), 0
    grid = take(array, starts, _STAMP).view(np.uint8).reshape(count, _STAMP).astype(np.int64)
    d = grid - ord("0")
    numeric = d[:, [0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18]]
    regular = ((numeric >= 0) & (numeric <= 9)).all(axis=1) & (stops - starts >= _STAMP)
    regular &= (grid[:, 4] == ord("-")) & (grid[:, 7] == ord("-"))
    regular &= (grid[:, 13] == ord(":")) & (grid[:, 16] == ord(":"))
    regular &= (grid[:, 10] == ord("T")) | (grid[:, 10] == ord(" ")) | (grid[:, 10] == ord("t"))
    month, day = d[:, 5] * 10 + d[:, 6], d[:, 8] * 10 + d[:, 9]
    hour, minute, second = d[:, 11] * 10 + d[:, 12], d[:, 14] * 10 + d[:, 15], d[:, 17] * 10 + d[:, 18]
    regular &= (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31) & (hour <= 24) & (minute <= 59) & (second <= 60)
    year = d[:, 0] * 1000 + d[:, 1] * 100 + d[:, 2] * 10 + d[:, 3]
    unix = (days_from_civil(year, month, day) * 86400 + hour * 3600 + minute * 60 + second).astype(np.float64)

    rest = texts(array, starts + _STAMP, np.maximum(stops, starts + _STAMP))
    if bool(regular.all()) and bool((rest == b"Z").all() or (rest == b".000Z").all()):
        return unix, np.full(count, np.nan), 0
    tails = rest.tolist()
    parsed = {text: _tail(text) for text in set(tails)}  # a handful of distinct ones in most files
    rows = [parsed[text] for text in tails]
    fraction = np.array([row[0] if row else 0.0 for row in rows])
    offset = np.array([row[1] if row else np.nan for row in rows])
    no_zone = np.array([row[2] if row else False for row in rows], dtype=bool)
    regular &= np.array([row is not None for row in rows], dtype=bool)
    unix = unix + fraction - np.where(np.isnan(offset), 0.0, offset)
    for index in np.flatnonzero(~regular).tolist():
        text = array[int(starts[index]) : int(stops[index])].tobytes()[:_WIDTH]
        loose = parse_time(text.decode("ascii", "replace"))
        if loose is None:
            unix[index], offset[index], no_zone[index] = np.nan, np.nan, False
        else:
            unix[index] = loose.timestamp()
            stated = loose.utcoffset()
            offset[index] = stated.total_seconds() if stated else np.nan
            no_zone[index] = False
    return unix, offset, int(no_zone.sum())


def parse_time(text: str) -> datetime | None:
    """One ISO 8601 time, leniently, as an aware datetime with the offset it states (UTC where it states none)."""
    found = _LENIENT.fullmatch(text)
    if found is None:
        return None
    year, month, day, hour, minute = (int(part) for part in found.groups()[:5])
    second, digits, _, sign, hours, minutes = found.groups()[5:]
    zone = timedelta(0)
    if sign:
        zone = timedelta(hours=int(hours), minutes=int(minutes or 0)) * (-1 if sign == "-" else 1)
    try:
        moment = datetime(year, month, day, hour, minute, int(second or 0), tzinfo=timezone(zone))
        moment += timedelta(seconds=float(f"0.{digits}")) if digits else timedelta(0)
        return moment if moment.astimezone(UTC) >= datetime.min.replace(tzinfo=UTC) else None
    except (ValueError, OverflowError):
        return None


def utc_from_unix(unix_s: float) -> datetime:
    """Seconds since 1970 as an aware UTC datetime. Raises OverflowError beyond the calendar."""
    return _EPOCH + timedelta(seconds=unix_s)
