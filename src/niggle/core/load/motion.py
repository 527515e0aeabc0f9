"""From streams to intervals of motion: duration, speed, slope and step rate of every stretch between two records."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from niggle.core.load.numbers import LoadNumbers
from niggle.core.session.types import Floats, Streams

_INSTANT_S = 1e-3  # records closer than this are one
_GAP_S = 10.0  # longer steps between records are pauses or lost signal: only their distance tells what happened
_LOST_S = 60.0  # without distance, so long a step says nothing at all
_UNCLEAR = 1.2  # times the slowest running speed: up to here speed alone cannot tell
_GRID_MAX = 100_000  # points; a broken distance must not ask for millions
_SMOOTH = 5  # records; distance by satellite jumps from second to second


@dataclass(frozen=True, slots=True)
class Motion:
    """Arrays of equal length, one entry per interval with time in it. cadence_spm is NaN where unknown."""

    seconds: Floats
    speed_mps: Floats
    slope: Floats  # rise over run, 0 where altitude is unknown
    cadence_spm: Floats
    rise_m: Floats  # smoothed altitude difference, 0 where unknown


def motion(streams: Streams, n: LoadNumbers) -> Motion | None:
    """None where neither speed nor distance is known or there is only one record."""
    time_s = streams.columns["time_s"]
    distance = _filled(streams.get("distance_m"))
    speed = streams.get("speed_mps")
    if len(time_s) < 2 or (distance is None and speed is None):
        return None
    seconds = np.diff(time_s)
    keep = seconds > _INSTANT_S
    if distance is not None:
        by_distance = np.divide(np.diff(distance), seconds, out=np.zeros_like(seconds), where=keep)
    else:
        by_distance = None
    speed_mps = _speed(seconds, speed, by_distance)
    slope, rise_m = _slope(distance, speed_mps, seconds, streams.get("altitude_m"), n.grade_window_m)
    cadence = streams.get("cadence_spm")
    cadence_spm = np.full(len(seconds), np.nan) if cadence is None else cadence[1:]
    if not keep.all():
        seconds, speed_mps, slope, cadence_spm, rise_m = (
            x[keep] for x in (seconds, speed_mps, slope, cadence_spm, rise_m)
        )
    return Motion(seconds, speed_mps, slope, cadence_spm, rise_m)


def _filled(values: Floats | None) -> Floats | None:
    """Gaps bridged by straight lines; None where nothing is known."""
    if values is None:
        return None
    known = np.isfinite(values)
    if known.all():
        return values
    if known.sum() < 2:
        return None
    at = np.arange(len(values))
    return np.interp(at, at[known], values[known])


def _speed(seconds: Floats, speed: Floats | None, by_distance: Floats | None) -> Floats:
    gap = seconds > _GAP_S
    if by_distance is not None:
        smooth = _box(by_distance, _SMOOTH)
        smooth[gap] = by_distance[gap]
        if speed is None:
            return smooth
        given = speed[1:]
        return np.where(np.isfinite(given) & ~gap, given, smooth)
    assert speed is not None
    return np.where(np.isfinite(speed[1:]) & (seconds <= _LOST_S), speed[1:], 0.0)


def _box(values: Floats, width: int) -> Floats:
    """Moving mean of `width` entries (an odd number), shortened at the ends, same length."""
    if len(values) < width or width < 2:
        return values.copy()
    total = np.concatenate(([0.0], np.cumsum(values)))
    half, count = width // 2, len(values)
    out = np.empty(count)
    out[half : count - half] = (total[width:] - total[:-width]) / width
    for near in range(half):
        reach = near + half + 1
        out[near] = total[reach] / reach
        out[count - 1 - near] = (total[count] - total[count - reach]) / reach
    return out


def _slope(
    distance: Floats | None, speed_mps: Floats, seconds: Floats, altitude: Floats | None, window_m: float
) -> tuple[Floats, Floats]:
    """Rise over run across `window_m` of way, because a watch's altitude is noisy and its records are close."""
    altitude_m = _filled(altitude)
    flat = np.zeros(len(seconds))
    if altitude_m is None:
        return flat, flat
    way = distance if distance is not None else np.concatenate(([0.0], np.cumsum(speed_mps * seconds)))
    length = float(way[-1] - way[0])
    if length < window_m:
        return flat, flat
    step = max(window_m / 6, length / _GRID_MAX)
    grid = np.arange(way[0], way[-1] + step, step)
    height = _box(np.interp(grid, way, altitude_m), 7)
    slope_on_grid = np.gradient(height, step)
    middle = (way[:-1] + way[1:]) / 2
    slope = np.interp(middle, grid, slope_on_grid)
    return slope, slope * np.diff(way)


def is_running(moved: Motion, n: LoadNumbers) -> NDArray[np.bool_]:
    """Where she ran: by speed, except that close to the border the step rate decides where it is known.

    Slow with a runner's step rate is running (steep climbs, old legs); a brisk walker's is walking.
    """
    known = np.isfinite(moved.cadence_spm) & (moved.cadence_spm > 0) & (moved.speed_mps < _UNCLEAR * n.run_speed_mps)
    by_steps = (moved.cadence_spm >= n.run_cadence_spm) & (moved.speed_mps >= n.walk_speed_mps)
    return np.where(known, by_steps, moved.speed_mps >= n.run_speed_mps)
