"""Streams on disk, named by their content: quantised whole numbers, differences, zlib.

One file is `NGS1` and a zlib stream of: u32 length of a JSON header, the header, the columns' bytes one after another.
Header: {"n": records, "columns": [{"name", "per_unit", "first", "factor", "width", "gaps", "plain"?}, ...]} in
order. A value is its whole number divided by `per_unit`. `first` is the first whole number; the column's bytes are the
n-1 differences divided by `factor`, little-endian signed whole numbers of `width` bytes, stored byte plane by byte
plane. With `gaps` a bit per record (1 = no value; big-endian bits) comes before them; a gap has the difference 0.

The digest is that of the uncompressed content, so another zlib does not change a file's name. Reading checks it.
Rounding: see PER_UNIT; finer than any of the devices measures. What was read back is what the load was computed from.
"""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from niggle.core.ids import digest_bytes
from niggle.core.session import Floats, Streams
from niggle.store import home

MAGIC: Final = b"NGS1"
ZLIB_LEVEL: Final = 1
MAX_BYTES: Final = 2**31
EXACT_BELOW: Final = 2.0**53

# Whole numbers per unit of each stream.
PER_UNIT: Final = {
    "time_s": 1000,
    "distance_m": 100,
    "speed_mps": 1000,
    "altitude_m": 100,
    "cadence_spm": 10,
    "heart_rate_bpm": 10,
    "power_w": 10,
    "ground_contact_ms": 10,
    "vertical_oscillation_mm": 10,
    "balance_left_pct": 100,
    "latitude_deg": 10_000_000,  # 1.1 cm
    "longitude_deg": 10_000_000,
}
_SOME: Final = 64
_WIDTHS: Final = ((1, 127), (2, 32_767), (4, 2_147_483_647), (8, 2**63 - 1))


class StreamsLost(RuntimeError):
    """The file of a recording's streams is missing or is not what its name says: read the original again."""


def encode(streams: Streams) -> tuple[bytes, str, Streams]:
    """(file content, digest, the streams as they will be read back). Values that are no finite number become gaps."""
    count = len(streams)
    columns: list[dict[str, Any]] = []
    parts: list[bytes] = []
    back: dict[str, Floats] = {}
    with np.errstate(over="ignore", invalid="ignore"):
        for name in streams.names:
            header, body, kept = _encode_column(streams.columns[name], PER_UNIT[name])
            columns.append({"name": name, **header})
            parts.append(body)
            back[name] = kept
    head = json.dumps({"n": count, "columns": columns}, separators=(",", ":")).encode()
    content = b"".join((len(head).to_bytes(4, "little"), head, *parts))
    return MAGIC + zlib.compress(content, ZLIB_LEVEL), digest_bytes(content), Streams(back)


def _encode_column(values: Floats, per_unit: int) -> tuple[dict[str, Any], bytes, Floats]:
    whole_as_float = values * per_unit
    np.rint(whole_as_float, out=whole_as_float)
    body = b""
    # One number tells whether there is any gap: NaN and infinity both come out on top, and fail the comparison.
    has_gaps = not np.abs(whole_as_float).max(initial=0.0) < EXACT_BELOW
    if has_gaps:
        gap = ~(np.abs(whole_as_float) < EXACT_BELOW)
        body = np.packbits(gap).tobytes()
        whole_as_float = _bridged(whole_as_float, gap)
    whole = whole_as_float.astype(np.int64)
    first = int(whole[0]) if len(whole) else 0
    steps = whole[1:] - whole[:-1]
    factor = 1
    largest = max(int(steps.max()), -int(steps.min())) if len(steps) else 0
    if largest > _WIDTHS[0][1]:
        factor = _common_factor(steps)
        if factor > 1:
            steps //= factor
            largest //= factor
    width = next(w for w, top in _WIDTHS if largest <= top)
    small = steps.astype(f"<i{width}")
    # The high bytes of small differences are nearly all alike; side by side they compress to nothing.
    planes = small.view(np.uint8).reshape(-1, width).T.tobytes() if width > 1 else small.tobytes()
    kept = whole / per_unit
    if has_gaps:
        kept[gap] = np.nan
    header = {"per_unit": per_unit, "first": first, "factor": factor, "width": width, "gaps": int(has_gaps)}
    return header, body + planes, kept


def _common_factor(steps: NDArray[np.int64]) -> int:
    """The greatest common divisor. Of some of them first, as it is slow: where that is 1 already, it is 1."""
    of_some = int(np.gcd.reduce(steps[:_SOME]))
    return 1 if of_some == 1 else max(int(np.gcd.reduce(steps)), 1)


def _bridged(values: Floats, gap: NDArray[np.bool_]) -> Floats:
    """Gaps take the value before them (the first ones the first value there is), so that they cost nothing."""
    if gap.all():
        return np.zeros(len(values))
    before = np.maximum.accumulate(np.where(gap, -1, np.arange(len(values))))
    return values[np.where(before < 0, int(np.argmin(gap)), before)]


def decode(data: bytes, digest: str | None = None) -> Streams:
    """Streams from a file's content. Raises StreamsLost for damaged content or another digest than stated."""
    if not data.startswith(MAGIC):
        raise StreamsLost("not a streams file")
    try:
        content = zlib.decompressobj().decompress(data[len(MAGIC) :], MAX_BYTES)
        if digest is not None and digest_bytes(content) != digest:
            raise StreamsLost("the content does not match its name")
        length = int.from_bytes(content[:4], "little")
        header = json.loads(content[4 : 4 + length])
        return Streams(_decode_columns(header, content, 4 + length))
    except (zlib.error, ValueError, KeyError, TypeError) as fault:
        raise StreamsLost(f"damaged streams: {fault}") from fault


def _decode_columns(header: dict[str, Any], content: bytes, at: int) -> dict[str, Floats]:
    count = int(header["n"])
    columns: dict[str, Floats] = {}
    for column in header["columns"]:
        gap: NDArray[np.bool_] | None = None
        if column["gaps"]:
            packed = np.frombuffer(content, np.uint8, (count + 7) // 8, at)
            gap = np.unpackbits(packed, count=count).astype(bool)
            at += len(packed)
        width, steps_count = int(column["width"]), max(count - 1, 0)
        planes = np.frombuffer(content, np.uint8, width * steps_count, at).reshape(width, steps_count)
        at += width * steps_count
        steps = np.ascontiguousarray(planes.T).view(f"<i{width}").reshape(-1).astype(np.int64)
        whole = np.empty(count, np.int64)
        if count:
            whole[0] = column["first"]
            np.cumsum(steps * column["factor"], out=whole[1:])
            whole[1:] += column["first"]
        values: Floats = whole / column["per_unit"]
        if gap is not None:
            values[gap] = np.nan
        columns[column["name"]] = values
    return columns


def path_of(digest: str) -> Path:
    return home.folder() / "streams" / digest[:1] / f"{digest}.ngs"


def read(digest: str) -> Streams:
    """The streams of that digest. Raises StreamsLost when they are missing or damaged."""
    try:
        data = path_of(digest).read_bytes()
    except OSError as fault:
        raise StreamsLost(f"cannot be opened: {fault.strerror}") from fault
    return decode(data, digest)
