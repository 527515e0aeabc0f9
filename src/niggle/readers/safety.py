"""What an archive may not do to us: climb out, blow up, go on for ever. Every check gives a Refusal, none raises.

Nothing is ever unpacked under a name that an archive chose; names are checked all the same, because they are shown.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Final

from niggle.core.session import Note, Refusal
from niggle.readers.contract import LIMITS, Limits

CHUNK_BYTES: Final = 1 << 18
_GZIP_STEP_BYTES: Final = 1 << 10  # small: what stands in the step that meets the damage is lost
_GZIP_WBITS: Final = 31

GZIP_MAGIC: Final = b"\x1f\x8b"
ZIP_MAGICS: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")

# What zipfile and the decompressors raise on damaged or hostile bytes; all of it becomes a Refusal.
ZIP_FAULTS: Final = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError, struct.error,
    OverflowError, LookupError,
)  # fmt: skip

_DRIVE: Final = re.compile(r"^[A-Za-z]:")
_CLUTTER: Final = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
_SYMLINK_MODE: Final = 0o120000
_FILE_TYPE_MASK: Final = 0o170000

_EOCD: Final = b"PK\x05\x06"
_EOCD_BYTES: Final = 22
_ZIP64_LOCATOR: Final = b"PK\x06\x07"
_ZIP64_LOCATOR_BYTES: Final = 20
_COMMENT_MAX_BYTES: Final = 65535
_DIRECTORY_ENTRY: Final = b"PK\x01\x02"
_DIRECTORY_BYTES_PER_ENTRY: Final = 512  # generous: 46 bytes, a name, a few extra fields
_SEEN_ENTRY_LIMIT_FACTOR: Final = 1.1  # the signature may turn up inside a name or a date field


def is_clutter(name: str) -> bool:
    """Left behind by an operating system, never an activity: `__MACOSX/`, `._run.fit`, `.DS_Store`."""
    parts = name.replace("\\", "/").split("/")
    return "__MACOSX" in parts or parts[-1].startswith("._") or parts[-1].casefold() in _CLUTTER


def climbs_out(name: str) -> bool:
    """Whether a member's name points outside the archive: `..`, absolute, a drive letter, with either slash."""
    plain = name.replace("\\", "/")
    return plain.startswith("/") or bool(_DRIVE.match(plain)) or ".." in plain.split("/") or "\0" in plain


def unsafe_path(name: str) -> Refusal:
    return Refusal(
        "unsafe_path",
        "this name points outside its archive, so it was not opened",
        suggestion="pack the files again without '..', drive letters, links or leading slashes",
        name=name,
    )


def bomb(name: str, packed_bytes: int, unpacked_bytes: int) -> Refusal:
    return Refusal(
        "bomb",
        f"{packed_bytes:,} bytes unpack to {unpacked_bytes:,} or more; no recording does that",
        suggestion="leave this file out, or get the archive again from its source",
        name=name,
    )


def too_large(name: str, size_bytes: int, limit_bytes: int) -> Refusal:
    return Refusal(
        "too_large",
        f"{size_bytes:,} bytes; one file may have {limit_bytes:,}",
        suggestion="split the file, or raise the limit knowingly",
        name=name,
    )


def damaged_zip(name: str, what: str) -> Refusal:
    return Refusal(
        "damaged",
        f"the zip cannot be read: {what}",
        suggestion="the download was probably cut off; get the archive again",
        name=name,
    )


def too_dense(packed_bytes: int, unpacked_bytes: int, limits: Limits = LIMITS) -> bool:
    """Unpacks to more than `limits.ratio` times its size, beyond the floor below which nobody is hurt."""
    return unpacked_bytes > limits.ratio_floor_bytes and unpacked_bytes > limits.ratio * max(packed_bytes, 1)


def check_member(info: zipfile.ZipInfo, name: str, limit_bytes: int, limits: Limits = LIMITS) -> Refusal | None:
    """What the table of contents alone tells against a member: link, password, density, size. None when clean.

    The stated size can be trusted as an upper bound: zipfile hands out no more than it.
    """
    if climbs_out(info.filename) or (info.external_attr >> 16) & _FILE_TYPE_MASK == _SYMLINK_MODE:
        return unsafe_path(name)
    if info.flag_bits & 1:
        return Refusal("encrypted", "password-protected", suggestion="unpack it and pack it without one", name=name)
    if too_dense(info.compress_size, info.file_size, limits):
        return bomb(name, info.compress_size, info.file_size)
    if info.file_size > limit_bytes:
        return too_large(name, info.file_size, limit_bytes)
    return None


def check_directory(file: IO[bytes], name: str, limits: Limits = LIMITS) -> Refusal | None:
    """Looks at a zip's table of contents before zipfile loads it whole: is it there, and is it of a sane size?"""
    found = _directory(file)
    if isinstance(found, str):
        return damaged_zip(name, found)
    offset, size_bytes, end = found
    if offset + size_bytes > end or size_bytes > limits.entries * _DIRECTORY_BYTES_PER_ENTRY:
        return damaged_zip(name, f"its table of contents claims {size_bytes:,} bytes")
    # The count in the end record is the archive's own word; the signatures are what zipfile will make objects of.
    start = end - size_bytes  # where zipfile looks, whatever the offset says (self-extracting archives)
    file.seek(start)
    seen, tail, left = 0, b"", size_bytes
    while left > 0 and (chunk := file.read(min(CHUNK_BYTES, left))):
        left -= len(chunk)
        seen += (tail + chunk).count(_DIRECTORY_ENTRY)
        tail = chunk[-3:]
    if seen > limits.entries * _SEEN_ENTRY_LIMIT_FACTOR:
        return Refusal(
            "too_large",
            f"about {seen:,} files; one archive may have {limits.entries:,}",
            suggestion="split the archive",
            name=name,
        )
    return None


def _directory(file: IO[bytes]) -> tuple[int, int, int] | str:
    """(offset, bytes, where it ends) of a zip's central directory, or what is wrong in words."""
    size = file.seek(0, 2)
    span = min(size, _EOCD_BYTES + _COMMENT_MAX_BYTES)
    file.seek(size - span)
    tail = file.read(span)
    at = tail.rfind(_EOCD)
    if at < 0 or len(tail) - at < _EOCD_BYTES:
        return "its table of contents, which stands at the end, is missing"
    end = size - span + at
    size_bytes, offset = struct.unpack_from("<II", tail, at + 12)
    if 0xFFFFFFFF in (size_bytes, offset) or struct.unpack_from("<H", tail, at + 10)[0] == 0xFFFF:
        locator = tail[at - _ZIP64_LOCATOR_BYTES : at] if at >= _ZIP64_LOCATOR_BYTES else b""
        if locator.startswith(_ZIP64_LOCATOR):
            record_at = struct.unpack_from("<Q", locator, 8)[0]
            if record_at + 56 > size:
                return "its 64-bit table of contents lies beyond its end"
            file.seek(record_at)
            record = file.read(56)
            if not record.startswith(b"PK\x06\x06"):
                return "its 64-bit table of contents is damaged"
            size_bytes, offset = struct.unpack_from("<QQ", record, 40)
            end = record_at
    return offset, size_bytes, end


def read_bounded(file: IO[bytes], limit_bytes: int) -> bytes | None:
    """All bytes of a stream, or None when there are more than `limit_bytes` (at most that many are ever held)."""
    parts: list[bytes] = []
    held = 0
    while chunk := file.read(min(CHUNK_BYTES, limit_bytes + 1 - held)):
        parts.append(chunk)
        held += len(chunk)
        if held > limit_bytes:
            return None
    return b"".join(parts)


def gunzip(data: bytes, name: str, limits: Limits = LIMITS) -> tuple[bytes, tuple[Note, ...]] | Refusal:
    """Unpacks gzip (several members too) within limits. A damaged tail gives what came before it, with a Note."""
    bound = min(limits.file_bytes, max(limits.ratio_floor_bytes, int(limits.ratio * len(data))))
    try:  # the usual file in one call
        unpacker = zlib.decompressobj(wbits=_GZIP_WBITS)
        whole = unpacker.decompress(data, bound + 1)
        if unpacker.eof and not unpacker.unused_data.startswith(GZIP_MAGIC) and len(whole) <= bound:
            return whole, ()
    except zlib.error:
        pass  # once more in small steps, to keep what stands before the damage
    return _gunzip_carefully(data, name, bound, limits)


def _gunzip_carefully(data: bytes, name: str, bound: int, limits: Limits) -> tuple[bytes, tuple[Note, ...]] | Refusal:
    parts: list[bytes] = []
    held = at = 0
    fault = None
    unpacker = zlib.decompressobj(wbits=_GZIP_WBITS)
    try:
        while at < len(data) and not fault:
            feed = data[at : at + _GZIP_STEP_BYTES]
            at += len(feed)
            while feed:
                chunk = unpacker.decompress(feed, CHUNK_BYTES)
                feed = unpacker.unconsumed_tail
                parts.append(chunk)
                held += len(chunk)
                if held > bound:
                    dense = bound < limits.file_bytes
                    return bomb(name, len(data), held) if dense else too_large(name, held, limits.file_bytes)
                if unpacker.eof:
                    at -= len(unpacker.unused_data)
                    if data[at : at + 2] != GZIP_MAGIC:
                        return b"".join(parts), ()  # what follows the last member is padding
                    unpacker, feed = zlib.decompressobj(wbits=_GZIP_WBITS), b""
        fault = "the end is missing"
    except zlib.error as error:
        fault = str(error)
    if not held:
        return Refusal(
            "damaged",
            f"the gzip wrapping cannot be undone: {fault}",
            place="byte 0",
            suggestion="get the file again from where it came from",
            name=name,
        )
    note = Note("gzip_cut", f"the gzip wrapping is damaged ({fault}); {held:,} bytes came out of it", f"byte {held}")
    return b"".join(parts), (note,)


def chunks(file: IO[bytes], limit_bytes: int, chunk_bytes: int = CHUNK_BYTES) -> Iterator[bytes]:
    """A stream in pieces, never more than `limit_bytes` in all (the reader of an endless file just ends)."""
    left = limit_bytes
    while left > 0 and (chunk := file.read(min(chunk_bytes, left))):
        left -= len(chunk)
        yield chunk
