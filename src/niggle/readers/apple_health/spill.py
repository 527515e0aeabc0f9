"""Measurements on their way from the export's front to its workouts at the back, on disk, sorted roughly by day.

Ten years hold some ten million of them and a workout needs a few thousand, so they are written to one temporary file
for every three days and read back for the days of a workout. Memory stays the same however large the export is.
"""

from __future__ import annotations

import os
import struct
from typing import Final

import numpy as np
from numpy.typing import NDArray

from niggle.readers.scratch import scratch_folder

BUCKET_S: Final = 1 << 18  # about three days
# Chosen, not measured: far above what anybody's days hold, low enough for an ordinary temporary folder.
MAX_RECORDS: Final = 200_000_000
_BUFFER_RECORDS: Final = 200_000
_READ_RECORDS: Final = 1 << 16

RECORD: Final = np.dtype([("start", "<f8"), ("end", "<f8"), ("value", "<f8"), ("kind", "<u2"), ("source", "<u2")])
_PACK: Final = struct.Struct("<dddHH").pack


class Spill:
    """Takes (start, end, value, kind, source) with times in unix seconds; gives those that touch a span of time."""

    def __init__(self) -> None:
        self._folder = scratch_folder()
        self._buffers: dict[int, bytearray] = {}
        self._buffered = 0
        self.count = 0

    def add(self, start: float, end: float, value: float, kind: int, source: int) -> None:
        bucket = int(start) // BUCKET_S
        buffer = self._buffers.get(bucket)
        if buffer is None:
            buffer = self._buffers[bucket] = bytearray()
        buffer += _PACK(start, end, value, kind, source)
        self._buffered += 1
        if self._buffered >= _BUFFER_RECORDS:
            self.flush()

    @property
    def is_full(self) -> bool:
        return self.count > MAX_RECORDS

    def flush(self) -> None:
        for bucket, buffer in self._buffers.items():
            with open(self._path(bucket), "ab") as file:
                file.write(buffer)
        self.count += self._buffered
        self._buffers.clear()
        self._buffered = 0

    def between(self, start: float, end: float) -> NDArray[np.void]:
        """Records (dtype RECORD, by start) that overlap [start, end]; ones longer than a bucket are not looked for."""
        self.flush()
        found = [np.empty(0, RECORD)]
        for bucket in range(int(start) // BUCKET_S - 1, int(end) // BUCKET_S + 1):
            path = self._path(bucket)
            if not os.path.exists(path):
                continue
            with open(path, "rb") as file:
                while data := file.read(_READ_RECORDS * RECORD.itemsize):
                    part = np.frombuffer(data, RECORD)
                    hit = (part["start"] <= end) & (part["end"] >= start)
                    if hit.any():
                        found.append(part[hit])
        every = np.concatenate(found)
        return every[np.argsort(every["start"], kind="stable")]

    def close(self) -> None:
        self._buffers.clear()
        self._folder.cleanup()

    def _path(self, bucket: int) -> str:
        return os.path.join(self._folder.name, str(bucket))
