"""When: dates that count from power-on, timer events, the runner's own time zone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np

from niggle.core.session import Floats, Note
from niggle.readers.fit.columns import Row
from niggle.readers.fit.profile import FIT_EPOCH_UNIX_S, POWER_ON_BELOW

FIRST_DATE_UNIX_S: Final = float(POWER_ON_BELOW + FIT_EPOCH_UNIX_S)
QUARTER_S: Final = 900  # all time zones are whole quarters of an hour
ZONE_SLACK_S: Final = 300  # the local clock of a watch may be a little off
TIMER: Final = 0
START: Final = 0
STOPS: Final = frozenset({1, 4, 5, 6, 7, 8, 9})  # every way to stop, begin_depreciated and the like left aside


def utc_offset_s(activity: Row) -> int | None:
    """Local time minus UTC in seconds, where the activity message states both and their difference is a time zone."""
    local, utc = activity.get("local_timestamp"), activity.get("timestamp")
    if local is None or utc is None or min(local, utc) < FIRST_DATE_UNIX_S:
        return None
    difference = local - utc
    rounded = round(difference / QUARTER_S) * QUARTER_S
    if abs(difference - rounded) > ZONE_SLACK_S or not -12 * 3600 <= rounded <= 14 * 3600:
        return None
    return int(rounded)


def running_intervals(events: Sequence[Row], first: float, last: float) -> list[tuple[float, float]] | None:
    """When the timer ran, in unix seconds; None without timer events.

    A start while it runs says nothing new. Where the first event is a stop, it ran from `first`; where no stop comes,
    it ran to `last`.
    """
    timer = [(e["timestamp"], e["event_type"]) for e in events if e.get("event") == TIMER and "event_type" in e]
    timer = [(at, kind) for at, kind in timer if not math.isnan(at) and (kind == START or kind in STOPS)]
    if not timer:
        return None
    timer.sort(key=lambda pair: pair[0])
    out: list[tuple[float, float]] = []
    since: float | None = None if timer[0][1] == START else min(first, timer[0][0])
    for at, kind in timer:
        if kind == START:
            since = at if since is None else since
        elif since is not None:
            out.append((since, at))
            since = None
    if since is not None and last >= since:
        out.append((since, last))
    return out or None


def power_on_shift(times: Floats, activity: Row, notes: list[Note]) -> Floats | None:
    """Record times with those that count from power-on moved to real dates; None where no date is known.

    Real times in the same file tell the date; else the watch's local clock at the end of the activity does, which
    leaves the time zone unknown.
    """
    counting = times < FIRST_DATE_UNIX_S
    if not counting.any():
        return times
    if not counting.all():
        real = int(np.flatnonzero(~counting & ~np.isnan(times))[0]) if (~counting & ~np.isnan(times)).any() else None
        if real is not None:
            before = np.flatnonzero(counting[:real])
            shift = times[real] - 1.0 - times[before[-1]] if len(before) else np.nan
            notes.append(
                Note(
                    "clock_set_late",
                    f"{int(counting.sum())} records come from before the watch knew the time; they were placed before",
                )
            )
            return np.where(counting, times + shift, times)
    local, end = activity.get("local_timestamp"), activity.get("timestamp")
    if local is None or end is None or local < FIRST_DATE_UNIX_S or end >= FIRST_DATE_UNIX_S:
        return None
    notes.append(
        Note(
            "clock_from_local",
            "the times count from switching on; the date is from the watch's local clock, the time zone is unknown",
        )
    )
    return times + float(local - end)
