"""Mending what devices record: clocks that jump, values nobody can have, cadence per leg. Pure array work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from niggle.core.session.limits import EARLIEST_UNIX_S, FOOT_SPORTS, JUMP_S, LATEST_UNIX_S, VALUE_BOUNDS, top_speed_mps
from niggle.core.session.types import Floats, Note, Sport

STEP_BACK_S: Final = 10.0  # up to this, a step back is jitter: the record keeps its values and takes the time before it
FEW_RECORDS: Final = 10  # a stray block is shorter than this ...
FEW_SHARE: Final = 0.1  # ... and holds less than this share of the records
NOBODY_RUNS_PER_LEG: Final = 120.0  # a median above this per leg would be 240 steps a minute: it is per step already
NOBODY_WALKS_PER_LEG: Final = 80.0
HALVES_SHARE: Final = 0.25
SPIKE_M: Final = 50.0  # a step of altitude above this ...
SPIKE_MPS: Final = 20.0  # ... and this for each second of it is a leap


@dataclass(frozen=True, slots=True)
class Clock:
    """Mended times. `keep` indexes the records that stay, in order; `unix_s` (same length) never decreases.

    `raw_s` are the times as recorded for the same records, and None where they are not in ascending order, so that
    nothing else given in recorded time (timer intervals) can be carried over.
    """

    keep: NDArray[np.intp] | slice
    unix_s: Floats
    raw_s: Floats | None
    notes: tuple[Note, ...]


def mend_clock(unix_s: Floats, has_distance: bool) -> Clock:
    """A never decreasing clock from recorded times (seconds since 1970).

    Without a date or between 1990 and 2100: dropped. Short stray blocks far from the rest (damage): dropped. Steps
    back of a few seconds take the time before them. Longer ones are a clock that was set: later records are moved on,
    if a running distance says that the file's order is true, else sorted. Jumps of a day or more are closed to 1 s.
    """
    with np.errstate(invalid="ignore"):
        steps = np.diff(unix_s)
    if len(unix_s) and unix_s[0] >= EARLIEST_UNIX_S and unix_s[-1] <= LATEST_UNIX_S and not len(steps):
        return Clock(slice(None), unix_s, unix_s, ())
    # The usual file: ascending, in one piece. (A NaN fails the comparison and takes the long way.)
    if (
        len(steps)
        and unix_s[0] >= EARLIEST_UNIX_S
        and unix_s[-1] <= LATEST_UNIX_S
        and steps.min() >= 0.0
        and steps.max() <= JUMP_S
    ):
        return Clock(slice(None), unix_s, unix_s, ())
    notes: list[Note] = []
    with np.errstate(invalid="ignore"):
        keep = np.flatnonzero((unix_s >= EARLIEST_UNIX_S) & (unix_s <= LATEST_UNIX_S))
    if len(keep) < len(unix_s):
        notes.append(Note("time_missing", f"{len(unix_s) - len(keep)} records without a usable date were left out"))
    keep = _without_strays(unix_s, keep, notes)
    times = unix_s[keep]
    steps = np.diff(times)
    jumps = int((steps > JUMP_S).sum())
    back = int((steps < -STEP_BACK_S).sum())
    # Many small steps back are no jitter either: a file written from its end to its start, for one.
    backwards = back or (len(times) and float((np.maximum.accumulate(times) - times).max()) > STEP_BACK_S)
    if backwards and not has_distance:
        back = back or int((steps < 0.0).sum())
        order = np.argsort(times, kind="stable")
        keep, times = keep[order], times[order]
        notes.append(Note("time_sorted", f"the clock went back {back} times; the records were put in order of time"))
        steps = np.diff(times)
        jumps, back = int((steps > JUMP_S).sum()), 0
    raw = times
    if jumps or back:
        fixed = np.where((steps > JUMP_S) | (steps < -STEP_BACK_S), 1.0, steps)
        times = times[0] + np.concatenate(([0.0], np.cumsum(fixed)))
    if jumps:
        longest = float(steps.max()) / 86_400.0
        notes.append(
            Note("time_jump", f"the clock jumped ahead {jumps} times (longest {longest:.1f} days); the gap was closed")
        )
    if back:
        notes.append(Note("time_step_back", f"the clock was set back {back} times; later records were moved on"))
    small = int((np.diff(times) < 0).sum())
    if small:
        times = np.maximum.accumulate(times)
        notes.append(Note("time_jitter", f"{small} records lay a few seconds before the one ahead of them"))
    ascending = bool((np.diff(raw) >= 0).all())
    return Clock(keep, times, raw if ascending else None, tuple(notes))


def _without_strays(unix_s: Floats, keep: NDArray[np.intp], notes: list[Note]) -> NDArray[np.intp]:
    """Leave out short blocks that a jump ahead or a step back separates from the rest."""
    if len(keep) < 2:
        return keep
    steps = np.diff(unix_s[keep])
    borders = np.flatnonzero((steps > JUMP_S) | (steps < -STEP_BACK_S)) + 1
    if not len(borders):
        return keep
    sizes = np.diff(np.concatenate(([0], borders, [len(keep)])))
    stray = (sizes < FEW_RECORDS) & (sizes < FEW_SHARE * len(keep))
    if not stray.any() or stray.all():
        return keep
    inside = ~np.repeat(stray, sizes)
    notes.append(
        Note(
            "time_stray",
            f"{int(sizes[stray].sum())} records with times far from the rest were left out",
            f"record {int(keep[~inside][0])}",
        )
    )
    return keep[inside]


def believe(sport: Sport, columns: Mapping[str, Floats]) -> dict[str, Floats]:
    """The columns with values that cannot be true set to NaN; a column without any value left is dropped.

    Distances are left to `distance.py`, which needs the times.
    """
    out: dict[str, Floats] = {}
    top = top_speed_mps(sport)
    for name, values in columns.items():
        low, high = VALUE_BOUNDS.get(name, (-np.inf, np.inf))
        if name == "speed_mps":
            low, high = 0.0, top
        elif name == "latitude_deg":
            low, high = -90.0, 90.0
        elif name == "longitude_deg":
            low, high = -180.0, 180.0
        least, most = np.fmin.reduce(values), np.fmax.reduce(values)
        if np.isnan(least) or (name == "heart_rate_bpm" and most == 0.0):
            continue
        if least < low or most > high:
            values = np.where((values >= low) & (values <= high), values, np.nan)  # noqa: PLW2901
            if np.isnan(np.fmin.reduce(values)):
                continue
        out[name] = values
    return _positions(out)


def _positions(columns: dict[str, Floats]) -> dict[str, Floats]:
    """Both coordinates or none; exactly 0/0 is a receiver without a fix, not the Gulf of Guinea."""
    lat, lon = columns.get("latitude_deg"), columns.get("longitude_deg")
    if lat is None or lon is None:
        columns.pop("latitude_deg", None)
        columns.pop("longitude_deg", None)
        return columns
    bad = np.isnan(lat) != np.isnan(lon)
    bad |= (lat == 0.0) & (lon == 0.0)
    if bad.any():
        lat, lon = np.where(bad, np.nan, lat), np.where(bad, np.nan, lon)
        if np.isnan(lat).all():
            del columns["latitude_deg"], columns["longitude_deg"]
        else:
            columns["latitude_deg"], columns["longitude_deg"] = lat, lon
    return columns


def join_halves(
    unix_s: Floats, columns: Mapping[str, Floats], notes: list[Note]
) -> tuple[Floats, Mapping[str, Floats]]:
    """Records of one moment that complement each other become one: some apps write position and distance apart.

    Only where this is the rule in a recording (HALVES_SHARE) and no value would be lost.
    """
    same = unix_s[1:] == unix_s[:-1]
    if not same.any() or same.sum() < HALVES_SHARE * len(unix_s):
        return unix_s, columns
    for values in columns.values():
        there = ~np.isnan(values)
        same &= ~(there[1:] & there[:-1])
    if same.sum() < HALVES_SHARE * len(unix_s):
        return unix_s, columns
    firsts = np.flatnonzero(np.concatenate(([True], ~same)))
    notes.append(Note("records_joined", f"{int(same.sum())} records were written in two halves; they were joined"))
    return unix_s[firsts], {name: np.fmax.reduceat(values, firsts) for name, values in columns.items()}


def without_spikes(time_s: Floats, altitude_m: Floats) -> Floats:
    """Altitude with single wild values set to NaN: those that leap from and back to what stands around them."""
    steps = np.abs(np.diff(altitude_m))
    with np.errstate(invalid="ignore"):
        leaps = np.flatnonzero(steps > SPIKE_M + SPIKE_MPS * np.diff(time_s))
    if not len(leaps):
        return altitude_m
    out = altitude_m.copy()
    for leap in leaps.tolist():
        for index in (leap, leap + 1):
            around = altitude_m[max(0, index - 5) : index + 6]
            if abs(altitude_m[index] - float(np.nanmedian(around))) > SPIKE_M:
                out[index] = np.nan
    return out


def is_per_leg(sport: Sport, cadence: float) -> bool:
    """Is this typical cadence (median or average) of a foot sport counted per leg? Zero is nobody's typical cadence."""
    if sport not in FOOT_SPORTS or not cadence > 0.0:
        return False
    limit = NOBODY_WALKS_PER_LEG if sport in (Sport.WALK, Sport.HIKE) else NOBODY_RUNS_PER_LEG
    return cadence < limit


def steps_per_minute(sport: Sport, cadence: Floats) -> Floats:
    """Cadence column as steps per minute of both feet: per-leg values doubled, doubled ones kept. NaN stays NaN.

    The decision is made once for the column, from the median of its values above zero.
    """
    moving = cadence[cadence > 0.0]
    if not len(moving):
        return cadence
    middle = len(moving) // 2
    return cadence * 2.0 if is_per_leg(sport, float(np.partition(moving, middle)[middle])) else cadence
