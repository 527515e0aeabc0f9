"""An animated GIF from PNG pictures of flat colours: decoded, put on white, reduced to one palette, LZW-packed.

None of the installed libraries writes GIF. Only what our own rasteriser produces is read: 8-bit RGBA, not interlaced.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from struct import pack, unpack
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]  # height x width x 3

_COLOURS: Final = 64


def read_png(data: bytes) -> Picture:
    """RGB on white. Raises ValueError for a PNG of another kind."""
    width, height, depth, kind, _, _, interlaced = unpack(">IIBBBBB", data[16:29])
    if (depth, kind, interlaced) != (8, 6, 0):
        raise ValueError("only 8-bit RGBA pictures without interlacing are read")
    packed, at = b"", 8
    while at < len(data):
        size, name = unpack(">I4s", data[at : at + 8])
        if name == b"IDAT":
            packed += data[at + 8 : at + 8 + size]
        at += size + 12
    rows = np.frombuffer(zlib.decompress(packed), np.uint8).reshape(height, 1 + 4 * width)
    out = np.zeros((height, width, 4), np.uint8)
    above = np.zeros((width, 4), np.int16)
    for y in range(height):
        above = _unfiltered(int(rows[y, 0]), rows[y, 1:].reshape(width, 4).astype(np.int16), above)
        out[y] = above
    alpha = out[..., 3:].astype(np.float32) / 255
    white: NDArray[Any] = out[..., :3] * alpha + 255 * (1 - alpha)
    flat: Picture = white.round().astype(np.uint8)
    return flat


def _unfiltered(kind: int, line: NDArray[np.int16], above: NDArray[np.int16]) -> NDArray[np.int16]:
    """One row of a PNG without its filter (0 none, 1 left, 2 up, 3 average, 4 Paeth)."""
    if kind == 0:
        return line
    if kind == 1:
        running: NDArray[np.int16] = (np.cumsum(line, axis=0, dtype=np.int64) & 255).astype(np.int16)
        return running
    if kind == 2:
        summed: NDArray[np.int16] = np.bitwise_and(line + above, 255).astype(np.int16)
        return summed
    left, corner = [0, 0, 0, 0], [0, 0, 0, 0]
    out: list[list[int]] = []
    for given, up in zip(line.tolist(), above.tolist(), strict=True):
        if kind == 3:
            left = [(g + (a + b) // 2) & 255 for g, a, b in zip(given, left, up, strict=True)]
        else:
            left = [(g + _paeth(a, b, c)) & 255 for g, a, b, c in zip(given, left, up, corner, strict=True)]
        corner = up
        out.append(left)
    return np.array(out, np.int16)


def _paeth(a: int, b: int, c: int) -> int:
    p = a + b - c
    pa, pb, pc = abs(p - a), abs(p - b), abs(p - c)
    return a if pa <= pb and pa <= pc else b if pb <= pc else c


def _palette(pictures: Sequence[Picture]) -> NDArray[np.int16]:
    """The commonest colours, coarsened so that anti-aliased edges share theirs."""
    counted: dict[tuple[int, ...], int] = {}
    for picture in pictures:
        colours, numbers = np.unique((picture >> 3).reshape(-1, 3), axis=0, return_counts=True)
        for colour, number in zip(colours.tolist(), numbers.tolist(), strict=True):
            counted[tuple(colour)] = counted.get(tuple(colour), 0) + number
    best = sorted(counted, key=lambda c: -counted[c])[:_COLOURS]
    best += [best[-1]] * (_COLOURS - len(best))
    colours5 = np.array(best, np.int16)
    widened: NDArray[np.int16] = np.minimum(255, colours5 * 8 + colours5 // 4)
    return widened


def _indexed(picture: Picture, palette: NDArray[np.int16]) -> list[int]:
    flat = (picture >> 3).reshape(-1, 3)
    colours, where = np.unique(flat, axis=0, return_inverse=True)
    real = colours.astype(np.int16) * 8 + colours // 4
    nearest = np.abs(real[:, None, :].astype(np.int32) - palette[None]).sum(axis=2).argmin(axis=1)
    found: list[int] = nearest[where.reshape(-1)].tolist()
    return found


def _lzw(codes: Sequence[int], bits: int) -> bytes:
    clear, end = 1 << bits, (1 << bits) + 1
    table: dict[tuple[int, int], int] = {}
    size, free = bits + 1, end + 1
    held, count = 0, 0
    out = bytearray()

    def put(code: int) -> None:
        nonlocal held, count
        held |= code << count
        count += size
        while count >= 8:
            out.append(held & 255)
            held >>= 8
            count -= 8

    put(clear)
    prefix = codes[0]
    for code in codes[1:]:
        known = table.get((prefix, code))
        if known is not None:
            prefix = known
            continue
        put(prefix)
        if free < 4096:
            table[prefix, code] = free
            if free == 1 << size:
                size += 1
            free += 1
        else:
            put(clear)
            table.clear()
            size, free = bits + 1, end + 1
        prefix = code
    put(prefix)
    put(end)
    if count:
        out.append(held & 255)
    return bytes(out)


def write_gif(pictures: Sequence[bytes], delays_seconds: Sequence[float]) -> bytes:
    """An endless GIF of PNG pictures, each shown for its time. All pictures have one size. Raises ValueError if not."""
    frames = [read_png(p) for p in pictures]
    if len({f.shape for f in frames}) != 1:
        raise ValueError("the pictures differ in size")
    height, width, _ = frames[0].shape
    palette = _palette(frames)
    bits = _COLOURS.bit_length() - 1
    out = b"GIF89a" + pack("<HHBBB", width, height, 0xF0 | (bits - 1), 0, 0) + palette.astype(np.uint8).tobytes()
    out += b"\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00"
    for frame, seconds in zip(frames, delays_seconds, strict=True):
        out += b"\x21\xf9\x04\x04" + pack("<H", max(2, round(seconds * 100))) + b"\x00\x00"
        out += b"\x2c" + pack("<HHHHB", 0, 0, width, height, 0) + bytes([bits])
        packed = _lzw(_indexed(frame, palette), bits)
        out += b"".join(bytes([len(packed[i : i + 255])]) + packed[i : i + 255] for i in range(0, len(packed), 255))
        out += b"\x00"
    return out + b"\x3b"
