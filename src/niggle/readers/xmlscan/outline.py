"""What is left of a document without its points, walked tag by tag."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final, Protocol
from xml.parsers import expat

import numpy as np

from niggle.readers.xmlscan.document import Document, forbid_doctype
from niggle.readers.xmlscan.points import Points

_MARK: Final = "niggle-points"  # stands in the outline for a run of points
_DECLARATION: Final = re.compile(r"\s*<\?xml\b[^>]*\?>")
_BARE_AMPERSAND: Final = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)")
_NO_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MAX_TEXT: Final = 10_000  # characters kept of one element's text


class Visitor(Protocol):
    """Told of the outline in document order. Names are local (after the last colon)."""

    def start(self, name: str, attributes: dict[str, str]) -> None: ...
    def end(self, name: str, text: str) -> None:
        """`text` is what stood directly in the element, stripped."""
        ...

    def points(self, first: int, last: int) -> None:
        """The points first..last-1 stand here, with nothing but blanks between them."""
        ...


def local(name: str) -> str:
    """The name without its namespace prefix: prefixes are the writer's choice, and at times not even declared."""
    return name.rpartition(":")[2]


def walk(document: Document, points: Points, visitor: Visitor) -> bool:
    """Tells the visitor of everything; in a broken document also of the points that no longer belong to any element.

    False where no fault is known of the document and yet the outline has one: nothing more is told then.
    """
    runs = _runs(document.data, points)
    outline = _outline(document.data, points, runs)
    told = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal told
        texts.append("")
        if name == _MARK:
            run = int(attributes["run"])
            visitor.points(*runs[run])
            told = run + 1
        else:
            visitor.start(local(name), {local(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        text = texts.pop()
        if name != _MARK:
            visitor.end(local(name), text.strip())

    def text(piece: str) -> None:
        if texts and len(texts[-1]) < _MAX_TEXT:
            texts[-1] += piece

    texts: list[str] = []
    parser = expat.ParserCreate()
    forbid_doctype(parser)
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    try:
        parser.Parse(outline if document.fault is None else _mended(outline, document.encoding), True)
    except (expat.ExpatError, LookupError, ValueError):
        if document.fault is None:
            return False
    for run in runs[told:]:
        visitor.points(*run)
    return True


def _runs(data: bytes, points: Points) -> list[tuple[int, int]]:
    """Runs of points with no tag between them, as (first, last + 1)."""
    count = len(points)
    if count == 0:
        return []
    breaks = [
        index  # at the seams of chunks `follows` does not know, so the bytes are asked
        for index in (np.flatnonzero(~points.follows[1:]) + 1).tolist()
        if data.find(b"<", int(points.stops[index - 1]), int(points.starts[index])) >= 0
    ]
    edges = [0, *breaks, count]
    return list(pairwise(edges))


def _outline(data: bytes, points: Points, runs: list[tuple[int, int]]) -> bytes:
    pieces, at = [], 0
    for number, (first, last) in enumerate(runs):
        pieces += [data[at : int(points.starts[first])], b'<%s run="%d"/>' % (_MARK.encode(), number)]
        at = int(points.stops[last - 1])
    pieces.append(data[at:])
    return b"".join(pieces)


def _mended(outline: bytes, encoding: str) -> bytes:
    """The common slips of hand-made writers undone: bytes of another encoding, bare ampersands, control characters."""
    try:
        text = outline.decode(encoding)
    except (LookupError, UnicodeError):
        text = outline.decode("latin-1")
    declaration = _DECLARATION.match(text)
    text = text[declaration.end() :] if declaration else text
    return _NO_XML.sub(" ", _BARE_AMPERSAND.sub("&amp;", text)).encode("utf-8", "replace")
