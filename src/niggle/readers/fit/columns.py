"""From runs of messages to columns: all values of one field at once, as float64 with NaN for invalid."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from niggle.core.session import Floats
from niggle.readers.fit.definition import Definition
from niggle.readers.fit.profile import (
    BASE_TYPES,
    DEVELOPER_FIELDS,
    FIELD_DESCRIPTION,
    FIELDS,
    FIT_EPOCH_UNIX_S,
    RECORD,
    SPEED_DISTANCE,
)
from niggle.readers.fit.scan import Run

Row = dict[str, Any]  # float or str per field; invalid fields are absent

_TEXTS = frozenset({"product_name", "field_name", "units"})
_DATES = frozenset({"timestamp", "start_time", "time_created", "local_timestamp"})


@dataclass(frozen=True, slots=True)
class DeveloperField:
    """What a field_description message says of one developer field."""

    name: str
    base: int
    scale: float
    offset: float


DeveloperFields = Mapping[tuple[int, int], DeveloperField]  # (developer index, field number)


@dataclass(slots=True)
class Table:
    """The messages of one kind in file order: columns of equal length; text columns hold str or None."""

    length: int = 0
    columns: dict[str, Floats] = field(default_factory=dict)
    texts: dict[str, list[str | None]] = field(default_factory=dict)

    def rows(self) -> list[Row]:
        """One dict per message without its invalid fields."""
        rows: list[Row] = [{} for _ in range(self.length)]
        for name, values in self.columns.items():
            for row, value in zip(rows, values.tolist(), strict=True):
                if not math.isnan(value):
                    row[name] = value
        for name, words in self.texts.items():
            for row, word in zip(rows, words, strict=True):
                if word:
                    row[name] = word
        return rows


def by_kind(runs: Sequence[Run]) -> dict[int, list[Run]]:
    """Runs of each message number, in file order."""
    out: dict[int, list[Run]] = defaultdict(list)
    for run in runs:
        out[run[0].number].append(run)
    return out


def table(data: bytes, runs: Sequence[Run], number: int, developer: DeveloperFields | None = None) -> Table:
    """All messages of one kind. Records also get the known developer fields, as "dev:stream"."""
    groups: dict[int, list[Run]] = defaultdict(list)
    for run in runs:
        groups[id(run[0])].append(run)
    parts = [_part(data, group, number, developer or {}) for group in groups.values()]
    if not parts:
        return Table()
    if len(parts) == 1:
        _, columns, texts = parts[0]
        return Table(len(parts[0][0]), columns, texts)
    places = np.concatenate([place for place, _, _ in parts])
    order = np.argsort(places, kind="stable")
    out = Table(len(places))
    for name in {name for _, columns, _ in parts for name in columns}:
        pieces = [c[name] if name in c else np.full(len(place), np.nan) for place, c, _ in parts]
        out.columns[name] = np.concatenate(pieces)[order]
    for name in {name for _, _, texts in parts for name in texts}:
        words = [w for place, _, t in parts for w in (t[name] if name in t else [None] * len(place))]
        out.texts[name] = [words[i] for i in order.tolist()]
    return out


_Part = tuple[NDArray[np.int64], dict[str, Floats], dict[str, list[str | None]]]


def _part(data: bytes, runs: list[Run], number: int, developer: DeveloperFields) -> _Part:
    """(byte of each message, columns, texts) of the messages that share one definition."""
    definition = runs[0][0]
    width = definition.width
    if len(runs) == 1:
        _, start, count, _ = runs[0]
        raw = np.frombuffer(data, np.uint8, count * width, start)
        places = start + width * np.arange(count, dtype=np.int64)
    else:
        raw = np.frombuffer(b"".join([data[at : at + count * width] for _, at, count, _ in runs]), np.uint8)
        starts = np.array([run[1] for run in runs], np.int64)
        places = starts
        if len(raw) > width * len(runs):
            counts = np.array([run[2] for run in runs], np.int64)
            firsts = np.cumsum(counts) - counts
            places = np.repeat(starts - width * firsts, counts) + width * np.arange(counts.sum())
    layout, scales = _layout(definition, number, developer)
    columns: dict[str, Floats] = {}
    texts: dict[str, list[str | None]] = {}
    if layout:
        dtype = np.dtype(
            {
                "names": [name for name, _, _ in layout],
                "formats": [kind for _, kind, _ in layout],
                "offsets": [at for _, _, at in layout],
                "itemsize": width,
            }
        )
        messages = raw.view(dtype)
        for name, _, _ in layout:
            values = messages[name]
            if values.dtype.kind == "S":
                texts[name] = [_text(value) for value in values.tolist()]
            elif name == "speed_distance":
                columns["packed_speed_mps"], columns["packed_distance"] = _unpack(values)
            else:
                columns[name] = _floats(name, values, *scales[name])
    if any(run[3] is not None for run in runs):
        times = columns.setdefault("timestamp", np.full(len(places), np.nan))
        index = 0
        for _, _, count, time in runs:
            if time is not None:
                times[index] = time + FIT_EPOCH_UNIX_S
            index += count
    return places, columns, texts


def _layout(
    definition: Definition, number: int, developer: DeveloperFields
) -> tuple[list[tuple[str, str, int]], dict[str, tuple[int | None, float, float]]]:
    """Where the known fields lie: (name, numpy type, byte) each, and name -> (invalid, scale, offset)."""
    known = FIELDS.get(number, {})
    order = ">" if definition.big_endian else "<"
    layout: list[tuple[str, str, int]] = []
    scales: dict[str, tuple[int | None, float, float]] = {}
    at = 1
    for field_number, size, base in definition.fields:
        kind, least, invalid = BASE_TYPES[base & 0x1F]
        if number == RECORD and field_number == SPEED_DISTANCE and size == 3:
            layout.append(("speed_distance", "3u1", at))
        elif field_number in known and size >= least:
            name, scale, offset = known[field_number]
            if name not in scales and (kind == "S") == (name in _TEXTS):  # another type is damage
                layout.append((name, f"S{size}" if kind == "S" else order + kind, at))
                scales[name] = (invalid, scale, offset)
        at += size
    for field_number, size, index in definition.developer:
        described = developer.get((index, field_number))
        if described is not None and described.name in DEVELOPER_FIELDS:
            stream, factor = DEVELOPER_FIELDS[described.name]
            kind, least, invalid = BASE_TYPES.get(described.base & 0x1F, ("S", 1, None))
            if kind != "S" and size >= least and f"dev:{stream}" not in scales:
                layout.append((f"dev:{stream}", order + kind, at))
                scales[f"dev:{stream}"] = (invalid, described.scale / factor, described.offset * factor)
        at += size
    return layout, scales


def _floats(name: str, values: NDArray[Any], invalid: int | None, scale: float, offset: float) -> Floats:
    out: Floats = values.astype(np.float64)
    if values.dtype.kind == "f":
        out[~np.isfinite(out)] = np.nan
        if name.startswith("dev:") and scale != 1:
            out /= scale
        return out
    if invalid is not None:
        bad = values == invalid
        if bad.any():
            out[bad] = np.nan
    if name in _DATES:
        out += FIT_EPOCH_UNIX_S
    else:
        if scale != 1:
            out /= scale
        if offset:
            out -= offset
    return out


def _unpack(values: NDArray[np.uint8]) -> tuple[Floats, Floats]:
    """Three bytes each: 12 bits of speed in 1/100 m/s, then 12 bits of distance in 1/16 m (rolling over at 256 m)."""
    low, middle, high = (values[:, i].astype(np.int64) for i in range(3))
    invalid = (low == 255) & (middle == 255) & (high == 255)
    speed = (low | (middle & 15) << 8) / 100.0
    distance = ((middle >> 4) | high << 4) / 16.0
    return np.where(invalid, np.nan, speed), np.where(invalid, np.nan, distance)


def unroll(distance_m: Floats, turn_m: float = 256.0) -> Floats:
    """A distance that starts again at `turn_m` as one that goes on; NaN stays NaN."""
    there = ~np.isnan(distance_m)
    values = distance_m[there]
    out = np.full(len(distance_m), np.nan)
    out[there] = np.cumsum(np.diff(values, prepend=0.0) % turn_m)
    return out


def _text(value: bytes) -> str | None:
    """Text up to the first NUL; bytes that are no UTF-8 become the replacement sign."""
    return value.split(b"\0")[0].decode("utf-8", "replace").strip() or None


def developer_fields(data: bytes, runs: Sequence[Run]) -> dict[tuple[int, int], DeveloperField]:
    """The developer fields that the file describes, by (developer index, field number); the last word counts."""
    out: dict[tuple[int, int], DeveloperField] = {}
    for row in table(data, runs, FIELD_DESCRIPTION).rows():
        try:
            key = int(row["developer_data_index"]), int(row["field_definition_number"])
            base = int(row["fit_base_type_id"])
        except KeyError:
            continue
        name = str(row.get("field_name", ""))
        out[key] = DeveloperField(name, base, float(row.get("scale", 1.0)) or 1.0, float(row.get("offset", 0.0)))
    return out
