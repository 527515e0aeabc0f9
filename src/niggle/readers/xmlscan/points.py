"""The points of a training file as columns, by numpy, without a Python call per tag.

What is used of XML here: every tag begins with `<`, no attribute holds a raw `>` (document.py sees to both), the text
of a leaf element reaches to the next `<`. Whether the file as a whole is XML is expat's business.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from niggle.readers.xmlscan.values import PADDING, Bytes, Floats, Places, numbers, take, times

_Item = TypeVar("_Item", np.int64, np.float64)

_CHUNK_BYTES: Final = 4 * 2**20  # bounds the arrays; cut where a point begins
NAME_BYTES: Final = 24  # longest qualified name that is looked at, e.g. "ns3:LongitudeDegrees"
_DELIMITERS: Final = np.isin(np.arange(256), np.frombuffer(b" \t\r\n/>\0<", dtype=np.uint8))
_BLANKS: Final = np.isin(np.arange(256), np.frombuffer(b" \t\r\n", dtype=np.uint8))
_WORD: Final = np.dtype("<u8")  # little-endian on every machine: the first byte is the lowest
_ONES: Final = np.uint64(0x0101010101010101)
_HASH: Final = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype=np.uint64)
_POSITION: Final = re.compile(rb"""\b(lat|lon)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')""")
_MAX_BLANKS: Final = 64


@dataclass(frozen=True, slots=True)
class Layout:
    """What a format calls its points and their leaves, by local name (after the last colon).

    fields: local name -> column; the first of several in a point counts. `within`: leaf -> the tag right before it,
    for names that say nothing alone (TCX: Value within HeartRateBpm). position_attributes: lat and lon stand in the
    point's own tag.
    """

    point: bytes
    time: bytes
    fields: Mapping[bytes, str]
    within: Mapping[bytes, bytes]
    position_attributes: bool


@dataclass(frozen=True, slots=True)
class Points:
    """All points in file order. starts and stops are byte places, the others one value per point (NaN = absent)."""

    starts: Places
    stops: Places
    follows: NDArray[np.bool_]  # no tag stands between this point and the one before
    unix_s: Floats
    offset_s: Floats  # the zone each time states, NaN for Z or none
    without_zone: int
    broken: int  # points that begin and never end
    columns: Mapping[str, Floats]

    def __len__(self) -> int:
        return len(self.starts)


def scan(data: bytes, layout: Layout) -> Points:
    """Every complete point of the file. Bytes that are no XML cost points, never an exception."""
    opener = re.compile(rb"<(?:[^\s<>/:]+:)?" + layout.point + rb"[\s/>]")
    first = opener.search(data)
    parts: list[Points] = []
    at = first.start() if first else len(data)
    tag = data[at : first.end() - 1] if first else b""
    while at < len(data):
        stop = len(data)
        if stop - at > _CHUNK_BYTES:
            cut = data.rfind(tag, at + 1, at + _CHUNK_BYTES)
            cut = cut if cut > at else data.find(tag, at + _CHUNK_BYTES)
            stop = cut if cut > at else stop
        parts.append(_scan_chunk(data, at, stop, layout))
        at = stop
    names = sorted({name for part in parts for name in part.columns})
    return Points(
        _join([p.starts for p in parts], np.int64),
        _join([p.stops for p in parts], np.int64),
        np.concatenate([p.follows for p in parts]) if parts else np.empty(0, dtype=bool),
        _join([p.unix_s for p in parts], np.float64),
        _join([p.offset_s for p in parts], np.float64),
        sum(p.without_zone for p in parts),
        sum(p.broken for p in parts),
        {n: _join([p.columns.get(n, np.full(len(p), np.nan)) for p in parts], np.float64) for n in names},
    )


def _join(arrays: list[NDArray[_Item]], dtype: type[_Item]) -> NDArray[_Item]:
    return np.concatenate(arrays) if arrays else np.empty(0, dtype=dtype)


def _scan_chunk(data: bytes, start: int, stop: int, layout: Layout) -> Points:
    array = np.frombuffer(data[start:stop] + bytes(PADDING), dtype=np.uint8)
    lt = np.flatnonzero(array == ord("<"))
    ends = _tag_ends(array, lt, stop - start)
    after = array[lt + 1]
    is_open = (after != ord("/")) & (after != ord("!")) & (after != ord("?"))
    opening = np.flatnonzero(is_open)  # indices into lt
    names, kind = _names(array, lt[opening])
    locals_ = [name.rpartition(b":")[2] for name in names]

    def indices(name: bytes) -> Places:
        wanted = np.array([known == name for known in locals_], dtype=bool)
        return opening[wanted[kind]] if wanted.any() else np.empty(0, dtype=np.int64)

    opens = indices(layout.point)
    open_ends = ends[opens]
    qualified = {name for name, known in zip(names, locals_, strict=True) if known == layout.point}
    closers = _closers(array, lt, np.flatnonzero(after == ord("/")), qualified)
    alone = array[open_ends - 1] == ord("/")  # <trkpt lat=".." lon=".."/>
    closed_by = np.append(closers, len(lt))[np.searchsorted(closers, opens)]
    next_open = np.append(opens[1:], len(lt))
    whole = alone | (closed_by < next_open)
    closed_by = np.where(alone, opens, closed_by)
    broken = int((~whole).sum())
    opens, closed_by, open_ends = opens[whole], closed_by[whole], open_ends[whole]
    stops = ends[closed_by] + 1
    follows = np.zeros(len(opens), dtype=bool)
    follows[1:] = opens[1:] == closed_by[:-1] + 1
    point_of = np.zeros(len(lt) + 1, dtype=np.int64)  # for each tag the number of points begun so far
    point_of[opens] = 1
    point_of = np.cumsum(point_of) - 1

    def leaves(name: bytes) -> tuple[Places, Places, Places]:
        """For the first leaf of that name in each point: the point's index, and where its text starts and stops."""
        found = indices(name)
        point = point_of[found]
        inside = (point >= 0) & (found < closed_by[point]) if len(opens) else np.zeros(len(found), dtype=bool)
        inside &= found + 1 < len(lt)
        found, point = found[inside], point[inside]
        keep = after[found + 1] == ord("/")  # a leaf: the next tag closes it
        if name in layout.within:
            keep &= np.isin(found - 1, indices(layout.within[name]))
        found, point = found[keep], point[keep]
        text, end = ends[found] + 1, lt[found + 1]
        for _ in range(_MAX_BLANKS):
            blank = _BLANKS[array[np.minimum(text, len(array) - 1)]] & (text < end)
            if not blank.any():
                break
            text = text + blank
        filled = text < end
        point, text, end = point[filled], text[filled], end[filled]
        once = np.ones(len(point), dtype=bool)
        once[1:] = point[1:] != point[:-1]
        return point[once], text[once], end[once]

    count = len(opens)
    unix_s, offset_s = np.full(count, np.nan), np.full(count, np.nan)
    at, text, end = leaves(layout.time)
    unix_s[at], offset_s[at], without_zone = times(array, text, end)
    columns: dict[str, Floats] = {}
    if layout.position_attributes and count:
        columns["latitude_deg"], columns["longitude_deg"] = _positions(array, lt[opens], open_ends)
    for name, column in layout.fields.items():
        at, text, end = leaves(name)
        if not len(at):
            continue
        values = columns.setdefault(column, np.full(count, np.nan))
        read = numbers(array, text, end)
        absent = np.isnan(values[at])
        values[at[absent]] = read[absent]
    return Points(lt[opens] + start, stops + start, follows, unix_s, offset_s, without_zone, broken, columns)


def _tag_ends(array: Bytes, lt: Places, stop: int) -> Places:
    """The first `>` behind each `<`: the one of the same number, but in broken files or behind a `>` in a text."""
    gt = np.flatnonzero(array == ord(">"))
    if len(gt) == len(lt) and bool((gt > lt).all()) and bool((gt[:-1] < lt[1:]).all()):
        return gt
    gt = np.append(gt, stop)
    return gt[np.searchsorted(gt, lt)]


def _names(array: Bytes, tags: Places) -> tuple[list[bytes], Places]:
    """The distinct qualified names of tags, and for each tag which of them it has (names too long are cut)."""
    if not len(tags):
        return [], np.empty(0, dtype=np.int64)
    taken = take(array, tags + 1, NAME_BYTES)
    words = taken.view(_WORD).reshape(len(tags), NAME_BYTES // 8)
    unended = np.full(len(tags), ~np.uint64(0))
    key = np.zeros(len(tags), dtype=np.uint64)
    for column, factor in enumerate(_HASH):
        word = words[:, column]
        end = _first_delimiter(word)
        words[:, column] = word & ((end >> np.uint64(7)) - np.uint64(1)) & unended  # no delimiter: keeps all eight
        unended &= np.where(end == 0, ~np.uint64(0), np.uint64(0))
        key += words[:, column] * factor  # wraps; equal names have equal keys
    distinct = np.unique(key)
    kind = np.searchsorted(distinct, key)
    sample = np.zeros(len(distinct), dtype=np.int64)
    sample[kind] = np.arange(len(tags))
    return [bytes(name) for name in taken[sample].tolist()], kind


def _first_delimiter(words: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Eight bytes at a time: the top bit of the first byte that ends a name (a blank, `/` or `>`); 0 if none does.

    The classic test for a zero byte, (x - 1) & ~x & 0x80 in each byte, is exact up to the first hit, which is all
    that is asked. Blanks are the bytes below 0x21.
    """
    slash, bracket = words ^ (_ONES * np.uint64(ord("/"))), words ^ (_ONES * np.uint64(ord(">")))
    hits = (words - _ONES * np.uint64(0x21)) & ~words
    hits |= (slash - _ONES) & ~slash
    hits |= (bracket - _ONES) & ~bracket
    hits &= _ONES << np.uint64(7)
    return hits & (~hits + np.uint64(1))


def _closers(array: Bytes, lt: Places, closing: Places, qualified: set[bytes]) -> Places:
    """Indices into lt of the tags that close one of these names."""
    found = [np.empty(0, dtype=np.int64)]
    for name in qualified:
        width = len(name) + 1
        same = take(array, lt[closing] + 1, width) == b"/" + name
        same &= _DELIMITERS[array[lt[closing] + 1 + width]]
        found.append(closing[same])
    return np.sort(np.concatenate(found))


def _positions(array: Bytes, tags: Places, tag_ends: Places) -> tuple[Floats, Floats]:
    """lat and lon from each point's tag: at once where they are its first attributes, one by one elsewhere."""
    quotes = np.append(np.flatnonzero((array == ord('"')) | (array == ord("'"))), [len(array) - PADDING] * 4)
    first = np.searchsorted(quotes, tags)
    q0, q1, q2, q3 = (quotes[first + i] for i in range(4))
    a, b = take(array, np.maximum(q0 - 4, 0), 4), take(array, np.maximum(q2 - 4, 0), 4)
    lat_first, lon_first = (a == b"lat=") & (b == b"lon="), (a == b"lon=") & (b == b"lat=")
    plain = (lat_first | lon_first) & (q3 < tag_ends) & (q0 < q1) & (q2 < q3)
    latitude, longitude = np.full(len(tags), np.nan), np.full(len(tags), np.nan)
    one, two = numbers(array, (q0 + 1)[plain], q1[plain]), numbers(array, (q2 + 1)[plain], q3[plain])
    lat_leads = lat_first[plain]
    latitude[plain], longitude[plain] = np.where(lat_leads, one, two), np.where(lat_leads, two, one)
    for index in np.flatnonzero(~plain).tolist():
        text = array[int(tags[index]) : int(tag_ends[index])].tobytes()
        for name, double, single in _POSITION.findall(text):
            try:
                value = float(double or single)
            except ValueError:
                continue
            (latitude if name == b"lat" else longitude)[index] = value if np.isfinite(value) else np.nan
    return latitude, longitude
