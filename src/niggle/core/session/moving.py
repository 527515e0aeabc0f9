"""How long: when the timer ran, when she moved. Three different numbers that are never mixed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from niggle.core.session.types import Floats

MAX_GAP_S: Final = 60.0  # longer without a record and nothing is known: not counted as moving
WINDOW_S: Final = 10.0  # speed is judged over this long before and after each step: whole-metre distances jump
MOVING_MPS: Final = 0.5

Intervals = Sequence[tuple[float, float]]


def tidy(intervals: Intervals) -> list[tuple[float, float]]:
    """Intervals in order, without empty and NaN ones; overlapping ones cut where the next begins."""
    good = sorted((float(a), float(b)) for a, b in intervals if b >= a)
    out: list[tuple[float, float]] = []
    for index, (begin, end) in enumerate(good):
        stop = min(end, good[index + 1][0]) if index + 1 < len(good) else end
        if stop >= begin:
            out.append((begin, stop))
    return out


def interval_of(time_s: Floats, intervals: Intervals | None) -> NDArray[np.intp]:
    """For each record the index of the timer interval it lies in; -1 outside all. Without intervals all are in 0."""
    if intervals is None:
        return np.zeros(len(time_s), np.intp)
    if not intervals:
        return np.full(len(time_s), -1, np.intp)
    bounds = np.asarray(intervals, np.float64)
    index = np.searchsorted(bounds[:, 0], time_s, side="right") - 1
    return np.where((index >= 0) & (time_s <= bounds[index, 1]), index, -1)


def moving_s(time_s: Floats, distance_m: Floats, intervals: Intervals | None) -> float:
    """Seconds in which she moved: steps of at most MAX_GAP_S inside one timer interval, at MOVING_MPS or more.

    time_s: never decreasing seconds per record; distance_m: cumulative metres, same length. The speed of a step is
    taken from WINDOW_S before it to WINDOW_S after it, cut at the interval's first and last record.
    """
    if len(time_s) < 2:
        return 0.0
    steps = np.diff(time_s)
    part = interval_of(time_s, intervals)
    first = np.concatenate(([0], np.flatnonzero(np.diff(part)) + 1))
    last = np.concatenate((first[1:] - 1, [len(part) - 1]))
    begin = np.maximum(time_s[:-1] - WINDOW_S, np.repeat(time_s[first], last - first + 1)[:-1])
    end = np.minimum(time_s[1:] + WINDOW_S, np.repeat(time_s[last], last - first + 1)[:-1])
    counted = (steps > 0.0) & (steps <= MAX_GAP_S) & (part[:-1] == part[1:]) & (part[:-1] >= 0)
    way = np.interp(end, time_s, distance_m) - np.interp(begin, time_s, distance_m)
    return float(steps[counted & (way >= MOVING_MPS * (end - begin))].sum())


def recorded_s(time_s: Floats, distance_m: Floats | None, intervals: Intervals | None) -> float:
    """Seconds for which the timer seems to have run, from the records alone.

    All steps inside an interval count, but a gap longer than MAX_GAP_S only if she got on during it: many apps
    write nothing while paused.
    """
    if len(time_s) < 2:
        return 0.0
    steps = np.diff(time_s)
    part = interval_of(time_s, intervals)
    counted = (part[:-1] == part[1:]) & (part[:-1] >= 0)
    gap = steps > MAX_GAP_S
    if gap.any():
        went_on = np.zeros(len(steps), bool) if distance_m is None else np.diff(distance_m) >= MOVING_MPS * steps
        counted &= ~gap | went_on
    return float(steps[counted].sum())
