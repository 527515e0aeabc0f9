"""The short way for what programs write: points that all look alike, so that one of each kind is judged by expat.

Almost every file repeats the same few tags a thousand times. Points whose tags are byte for byte those of one that is
well-formed are well-formed themselves, when what stands between the tags is plain text; and the place of each leaf in
one of them is its place in all. Whatever is not so simple goes the long way (`points`, `document`), which has the same
answers for these files: `tests/readers/xmlscan` holds the two against each other.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar
from xml.parsers import expat

import numpy as np
from numpy.typing import NDArray

from niggle.core.session import Refusal
from niggle.readers.xmlscan.document import Document, judged, opened
from niggle.readers.xmlscan.outline import Visitor, walk
from niggle.readers.xmlscan.points import NAME_BYTES, Layout, Points, scan
from niggle.readers.xmlscan.values import Bytes, Floats, Places, numbers, take, times

V = TypeVar("V", bound=Visitor)

_MAX_BYTES: Final = 32 * 2**20  # bounds the arrays; longer files go the long way, piece by piece
_MAX_KINDS: Final = 8  # of points that differ in their tags: with and without a heart rate, a power, ...
_MAX_TAGS: Final = 64  # in one point
_MAX_TAG_BYTES: Final = 200
_PADDING: Final = 256
_TAG: Final = re.compile(rb"<(/?)((?:[^\s<>/:]+:)?([^\s<>/:]+))[^<>]*?(/?)>")
_LAT_LON: Final = re.compile(rb"""(<[^\s<>/"]+ (lat|lon)=")[^"]*(" (lat|lon)=")[^"]*(">)""")
_BLANKS: Final = np.isin(np.arange(256), np.frombuffer(b" \t\r\n", dtype=np.uint8))


def take_apart(
    data: bytes, root: bytes, what: str, layout: Layout, visitor: Callable[[], V]
) -> tuple[Document, Points, V] | Refusal:
    """The document with that root element, its points, and a visitor that was told of everything else.

    `what` is what people call the format. The Refusal says why there is no such document.
    """
    plain = opened(data, root, what)
    if isinstance(plain, Refusal):
        return plain
    points = scan_regular(plain.data, layout)
    if points is not None:
        told = visitor()
        document = Document(plain.data, plain.encoding, None)
        if walk(document, points, told):
            return document, points, told
    judgement = judged(plain, what)
    if isinstance(judgement, Refusal):
        return judgement
    points, told = scan(judgement.data, layout), visitor()
    walk(judgement, points, told)
    return judgement, points, told


@dataclass(frozen=True, slots=True)
class _Tags:
    """Every tag of a document, and which of them begin and end its points (as indices)."""

    array: Bytes  # with padding
    begins: Places  # of `<`
    ends: Places  # of `>`
    opens: Places
    closes: Places


def scan_regular(data: bytes, layout: Layout) -> Points | None:
    """What `points.scan` finds, where all points are well-formed and of few kinds; None says only: not so simple.

    A document without its points (the outline) is then well-formed if and only if the whole is.
    """
    if len(data) > _MAX_BYTES:
        return None
    tags = _tags(data, layout.point)
    if tags is None:
        return None
    starts, stops = tags.begins[tags.opens], tags.ends[tags.closes] + 1
    if not _is_plain(data[int(starts[0]) : int(stops[-1])]):
        return None
    count = len(starts)
    follows = np.zeros(count, dtype=bool)
    follows[1:] = tags.opens[1:] == tags.closes[:-1] + 1
    if _mentions(data, layout.point, np.append(0, stops), np.append(starts, len(data)), np.append(~follows, True)):
        return None
    found = _Found(count)
    left, sizes = np.arange(count), tags.closes - tags.opens + 1
    for _ in range(_MAX_KINDS):
        alike = left[sizes[left] == sizes[left[0]]]
        kind = _kind(data, tags, int(left[0]), alike, layout)
        if kind is None or not found.add(tags, kind, layout):
            return None
        if len(kind.points) == len(left):
            columns = dict(sorted(found.columns.items()))
            return Points(starts, stops, follows, found.unix_s, found.offset_s, found.without_zone, 0, columns)
        rest = np.ones(count, dtype=bool)
        rest[kind.points] = False
        left = left[rest[left]]
    return None


def _mentions(data: bytes, point: bytes, begins: Places, ends: Places, wanted: NDArray[np.bool_]) -> bool:
    """Is a point spoken of outside the points that were found, as by one with another prefix?"""
    return any(point in data[a:b] for a, b in zip(begins[wanted].tolist(), ends[wanted].tolist(), strict=True))


def _tags(data: bytes, point: bytes) -> _Tags | None:
    """None unless every `<` has its `>` before the next one, and every point that begins ends before the next."""
    first = re.search(rb"<((?:[^\s<>/:]+:)?" + point + rb")[\s>]", data)
    if first is None:
        return None
    array = np.frombuffer(data + bytes(_PADDING), dtype=np.uint8)
    begins, ends = np.flatnonzero(array == ord("<")), np.flatnonzero(array == ord(">"))
    if len(begins) != len(ends) or not bool((begins < ends).all()) or not bool((ends[:-1] < begins[1:]).all()):
        return None
    after = array[begins + 1]
    if (after == ord("!")).any() or (after[1:] == ord("?")).any():
        return None
    words: NDArray[np.uint32] = np.ndarray((len(array) - 3,), "<u4", array, strides=(1,))
    after_four = words[begins + 1]
    opens = _named(array, begins, after_four, b"<" + first[1])
    closes = _named(array, begins, after_four, b"</" + first[1] + b">")
    if len(opens) != len(closes) or not bool((opens < closes).all()) or not bool((closes[:-1] < opens[1:]).all()):
        return None
    return _Tags(array, begins, ends, opens, closes)


def _named(array: Bytes, begins: Places, after_four: NDArray[np.uint32], tag: bytes) -> Places:
    """Indices of the tags that begin with these bytes. The four after `<` come first: few tags share them."""
    candidates = np.flatnonzero(after_four == int.from_bytes(tag[1:5], "little"))
    named: Places = candidates[take(array, begins[candidates], len(tag)) == tag]
    return named


def _is_plain(text: bytes) -> bool:
    """ASCII without entities, control characters and what may not stand in a text: nothing for expat to object to."""
    if not text.isascii() or b"&" in text or b"]" in text:
        return False
    array = np.frombuffer(text, dtype=np.uint8)
    return bool(_BLANKS[array[np.flatnonzero(array < ord(" "))]].all())


@dataclass(frozen=True, slots=True)
class _Kind:
    """Points with the same tags. begins and ends: byte places, one row per tag and one column per point."""

    points: Places
    begins: Places
    ends: Places
    leaves: dict[bytes, int]  # local name -> number of the tag
    position: tuple[Floats, Floats] | None


def _kind(data: bytes, tags: _Tags, model: int, alike: Places, layout: Layout) -> _Kind | None:
    """The points among `alike` (all with as many tags) that have the tags of point number `model`."""
    opens, closes = int(tags.opens[model]), int(tags.closes[model])
    count = closes - opens + 1
    if count > _MAX_TAGS:
        return None
    texts = [data[a : b + 1] for a, b in zip(tags.begins[opens : closes + 1].tolist(),
                                             tags.ends[opens : closes + 1].tolist(), strict=True)]  # fmt: skip
    leaves = _leaves(texts, layout)
    if leaves is None or not _is_well_formed(data[int(tags.begins[opens]) : int(tags.ends[closes]) + 1]):
        return None
    which = tags.opens[alike] + np.arange(count)[:, None]
    begins, ends = tags.begins[which], tags.ends[which]
    same = np.ones(len(alike), dtype=bool)
    for number, text in enumerate(texts):
        if number == 0 and layout.position_attributes:
            continue
        begin = begins[number]
        same &= ends[number] - begin == len(text) - 1
        same &= take(tags.array, begin, len(text)) == text
    position = None
    if layout.position_attributes:
        places = _positions(tags.array, texts[0], begins[0], ends[0])
        if places is None:
            return None
        right, lat, lon = places
        same &= right
        position = numbers(tags.array, *lat[:, same]), numbers(tags.array, *lon[:, same])
    if not same.all():
        alike, begins, ends = alike[same], begins[:, same], ends[:, same]
    return _Kind(alike, begins, ends, leaves, position)


def _leaves(texts: list[bytes], layout: Layout) -> dict[bytes, int] | None:
    """The number of each leaf's tag; None where a name comes twice, or where a tag is none of the simple ones."""
    wanted = {layout.time, *layout.fields}
    leaves: dict[bytes, int] = {}
    before = b""
    for number, text in enumerate(texts):
        tag = _TAG.fullmatch(text)
        if tag is None or len(text) > _MAX_TAG_BYTES:
            return None
        closing, qualified, name, alone = tag.groups()
        if name == layout.point and 0 < number < len(texts) - 1:
            return None
        if not closing and name in wanted:
            if alone or name in leaves or len(qualified) >= NAME_BYTES:
                return None
            if texts[number + 1].startswith(b"</") and layout.within.get(name, before) == before:
                leaves[name] = number
        before = b"" if closing else name
    return leaves


def _is_well_formed(point: bytes) -> bool:
    try:
        expat.ParserCreate().Parse(point, True)
    except expat.ExpatError:
        return False
    return True


def _positions(
    array: Bytes, model: bytes, begins: Places, ends: Places
) -> tuple[NDArray[np.bool_], Places, Places] | None:
    """Which tags look like the model but for the values, and where (starts, stops) their lat and lon stand."""
    like = _LAT_LON.fullmatch(model)
    if like is None or like[2] == like[4]:
        return None
    head, _, middle, _, _ = like.groups()
    low, high = int(begins[0]), int(ends[-1])
    quotes = np.append(np.flatnonzero(array[low:high] == ord('"')) + low, [len(array) - _PADDING] * 4)
    first = np.searchsorted(quotes, begins)
    q0, q1, q2, q3 = (quotes[first + i] for i in range(4))
    right = (q0 == begins + len(head) - 1) & (q2 == q1 + len(middle) - 1) & (q3 == ends - 1)
    right &= (take(array, begins, len(head)) == head) & (take(array, q1, len(middle)) == middle)
    one, two = np.stack([q0 + 1, q1]), np.stack([q2 + 1, q3])
    return (right, one, two) if like[2] == b"lat" else (right, two, one)


class _Found:
    """The values of all points, kind after kind."""

    def __init__(self, count: int) -> None:
        self.unix_s, self.offset_s = np.full(count, np.nan), np.full(count, np.nan)
        self.without_zone = 0
        self.columns: dict[str, Floats] = {}

    def _column(self, name: str) -> Floats:
        return self.columns.setdefault(name, np.full(len(self.unix_s), np.nan))

    def add(self, tags: _Tags, kind: _Kind, layout: Layout) -> bool:
        """False where a text begins with a blank: how much of it counts is a matter for the long way."""
        if kind.position is not None:
            for column, values in zip(("latitude_deg", "longitude_deg"), kind.position, strict=True):
                self._column(column)[kind.points] = values
        for name in (layout.time, *layout.fields):
            number = kind.leaves.get(name)
            if number is None:
                continue
            points, text, end = kind.points, kind.ends[number] + 1, kind.begins[number + 1]
            filled = text < end
            if not filled.all():
                points, text, end = points[filled], text[filled], end[filled]
            if not len(points):
                continue
            if _BLANKS[tags.array[text]].any():
                return False
            if name == layout.time:
                self.unix_s[points], self.offset_s[points], without_zone = times(tags.array, text, end)
                self.without_zone += without_zone
                continue
            values, read = self._column(layout.fields[name]), numbers(tags.array, text, end)
            absent = np.isnan(values[points])
            if absent.all():
                values[points] = read
            else:
                values[points[absent]] = read[absent]
        return True
