"""Bytes said to be XML, made ready: blanks and byte order marks gone, encoding known, judged by expat."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from xml.parsers import expat

import numpy as np

from niggle.core.session import Refusal

# Encodings that are not a superset of ASCII, or that expat cannot follow: decoded here and written again as UTF-8.
_RECODED: Final = re.compile(rb"(?i)utf-?16|utf-?32|shift[-_]?jis|euc-|gb2312|gbk|gb18030|big5|iso-2022")
_BOMS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_DECLARATION: Final = re.compile(rb"<\?xml\b[^>]*\?>")
_ENCODING: Final = re.compile(rb"""\bencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_HEAD_BYTES: Final = 4096
_HTML: Final = re.compile(rb"(?i)\s*<(?:!doctype\s+html|html|head|body)\b")
_ROOT: Final = re.compile(rb"<(?![?!])(?:[^\s<>/:]+:)?([^\s<>/:]+)")
# An attribute value with a raw ">", which XML allows and which would end a tag too early for the column scan.
_RAW_GT: Final = re.compile(rb"""=\s*(?:"[^"<>]*>[^"<]*"|'[^'<>]*>[^'<]*')""")
_ENDED_EARLY: Final = frozenset({3, 5, 6})  # expat: no element found, unclosed token, partial character


@dataclass(frozen=True, slots=True)
class Fault:
    """Where and how the XML breaks. `early`: the file just stops; else something foreign stands in it."""

    line: int
    reason: str
    early: bool

    @property
    def place(self) -> str:
        return f"line {self.line}"


@dataclass(frozen=True, slots=True)
class Document:
    """XML in an ASCII-compatible encoding, without comments, CDATA and instructions; `fault` is None if well-formed."""

    data: bytes
    encoding: str
    fault: Fault | None


@dataclass(frozen=True, slots=True)
class Opened:
    """XML whose root is the one wanted, in an ASCII-compatible encoding; whether it is well-formed is not known yet."""

    data: bytes
    encoding: str
    lines_before: int  # line breaks that were cut off before the first tag


class _DoctypeError(Exception):
    """The file brings a document type or entities: neither GPX nor TCX has one."""


def looks_like_html(head: bytes) -> bool:
    return _HTML.match(_without_comments(head[:_HEAD_BYTES].removeprefix(codecs.BOM_UTF8))) is not None


def root_name(data: bytes) -> bytes:
    """Local name of the first element within the head of a file; b"" if there is none."""
    head = _plain(data[:_HEAD_BYTES])[0]
    found = _ROOT.search(_without_comments(head))
    return found[1] if found else b""


def open_document(data: bytes, root: bytes, what: str) -> Document | Refusal:
    """The document with that root element, or why there is none. `what` is what people call the format."""
    plain = opened(data, root, what)
    return plain if isinstance(plain, Refusal) else judged(plain, what)


def opened(data: bytes, root: bytes, what: str) -> Opened | Refusal:
    """The first half of `open_document`: what its head tells."""
    if not data.strip(b" \t\r\n\0"):
        return Refusal("empty", "The file holds nothing.", suggestion="Export or download it again.")
    plain, encoding, lines_before = _plain(data)
    if looks_like_html(plain[:_HEAD_BYTES]):
        return Refusal(
            "not_this_format", f"This is a web page, not {what}.", "line 1",
            "The download was answered by a page (often a log-in); log in and download the file again.",
        )  # fmt: skip
    if root_name(plain) != root:
        seen = root_name(plain)[:40].decode("ascii", "replace")
        found = f"its first element is “{seen}”" if seen else "it has no element"
        return Refusal("not_this_format", f"This is not {what}: {found}, not “{root.decode()}”.", "line 1")
    return Opened(plain, encoding, lines_before)


def judged(plain: Opened, what: str) -> Document | Refusal:
    """The second half of `open_document`: what expat says of the whole."""
    try:
        fault = _judge(plain.data, plain.lines_before)
    except _DoctypeError:
        return Refusal(
            "forbidden_xml", f"The file declares a document type or entities, which {what} never needs.",
            suggestion="If the file comes from a service you trust, export it again in another format (FIT).",
        )  # fmt: skip
    return Document(_scannable(plain.data), plain.encoding, fault)


def _plain(data: bytes) -> tuple[bytes, str, int]:
    """ASCII-compatible bytes that begin with the first tag, their encoding, and the line breaks cut off before it."""
    encoding = "utf-8"
    for bom, name in _BOMS:
        if data.startswith(bom):
            text = data[len(bom) :].decode(name, "replace")
            return _cut(_undeclared(text.encode("utf-8", "replace")), encoding)
    for sign, name in ((b"<\0?\0", "utf-16-le"), (b"\0<\0?", "utf-16-be")):
        if data.startswith(sign):
            return _cut(_undeclared(data.decode(name, "replace").encode("utf-8", "replace")), encoding)
    data = data.removeprefix(codecs.BOM_UTF8)
    declaration = _DECLARATION.search(data[:_HEAD_BYTES])
    stated = _ENCODING.search(declaration[0]) if declaration else None
    if stated:
        encoding = stated[1].decode("ascii").lower()
        if _RECODED.match(stated[1]):
            try:
                data = _undeclared(data.decode(encoding, "replace").encode("utf-8", "replace"))
            except LookupError:
                data = _undeclared(data)
            encoding = "utf-8"
    return _cut(data, encoding)


def _undeclared(data: bytes) -> bytes:
    head = data[:_HEAD_BYTES]
    return _DECLARATION.sub(b"", head, count=1) + data[_HEAD_BYTES:]


def _cut(data: bytes, encoding: str) -> tuple[bytes, str, int]:
    """Strava's TCX begins with ten blanks, some mirrors with zeros: XML wants its declaration first."""
    cut = data.lstrip(b" \t\r\n\0").removeprefix(codecs.BOM_UTF8).lstrip(b" \t\r\n")
    return cut, encoding, data[: len(data) - len(cut)].count(b"\n")


def _judge(data: bytes, lines_before: int) -> Fault | None:
    parser = expat.ParserCreate()
    forbid_doctype(parser)
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        return Fault(error.lineno + lines_before, expat.ErrorString(error.code), error.code in _ENDED_EARLY)
    except (LookupError, ValueError):  # the encoding it declares does not exist
        return Fault(1 + lines_before, "unknown encoding", False)
    return None


def forbid_doctype(parser: expat.XMLParserType) -> None:
    """Makes the parser stop at a document type, before any entity could be declared or expanded."""

    def stop(*_: object) -> None:
        raise _DoctypeError

    parser.StartDoctypeDeclHandler = stop
    parser.EntityDeclHandler = stop


def _escape(text: bytes) -> bytes:
    return text.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")


def _nothing(_: bytes) -> bytes:
    return b""


def _replaced(data: bytes, begin: bytes, end: bytes, by: Callable[[bytes], bytes], at: int = 0) -> bytes:
    """Each begin…end replaced. By find, not by a pattern: a million unclosed comments must not take a million scans."""
    pieces, kept = [], 0
    while (start := data.find(begin, at)) >= 0:
        stop = data.find(end, start + len(begin))
        if stop < 0:
            break
        pieces += [data[kept:start], by(data[start + len(begin) : stop])]
        at = kept = stop + len(end)
    return b"".join([*pieces, data[kept:]]) if pieces else data


def _without_comments(data: bytes) -> bytes:
    return _replaced(data, b"<!--", b"-->", _nothing)


def _scannable(data: bytes) -> bytes:
    """The same document, such that every `<` begins a tag and the next `>` ends it."""
    array = np.frombuffer(data, dtype=np.uint8)
    tags = np.flatnonzero(array[:-1] == ord("<"))
    after = array[tags + 1]
    if (after == ord("!")).any():
        data = _replaced(_without_comments(data), b"<![CDATA[", b"]]>", _escape)
    if (after[1:] == ord("?")).any():
        data = _replaced(data, b"<?", b"?>", _nothing, at=2)  # the declaration stands at the very start
    if len(tags) != np.count_nonzero(array == ord(">")):
        data = _RAW_GT.sub(lambda found: found[0].replace(b">", b"&gt;"), data)
    return data
