"""What kind of session it was: as the source says, and as the numbers show against her own history.

Found tags are a rule of thumb (every threshold is a heuristic in load.yaml) and never replace what she or the source
said.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import replace
from itertools import compress
from math import isfinite, isnan, nan
from typing import Final

import numpy as np

from niggle.core.history import FEATURES, History, Tag
from niggle.core.load.numbers import Parameters, number
from niggle.core.units import M_PER_KM

_FROM_SOURCE: Final = {
    "race": Tag.RACE, "workout": Tag.SPEED, "interval": Tag.SPEED, "intervals": Tag.SPEED, "tempo": Tag.SPEED,
    "long_run": Tag.LONG, "long": Tag.LONG, "commute": Tag.COMMUTE, "track": Tag.TRACK,
}  # fmt: skip
_QUICK: Final = frozenset({Tag.SPEED, Tag.SPRINT, Tag.STRIDES, Tag.RACE, Tag.EASY})
_PARAMETERS: Final = (
    "tag_min_runs", "tag_long_ratio", "tag_speed_60s_ratio", "tag_speed_400s_ratio", "tag_strides_20s_ratio",
    "tag_sprint_20s_ratio", "tag_hills_steep_m", "tag_hills_per_km", "tag_run_walk_share",
)  # fmt: skip
Tags = tuple[frozenset[Tag], ...]
_AT: Final = {name: i for i, name in enumerate(FEATURES)}


def tags_from_source(tags: Iterable[str]) -> frozenset[Tag]:
    """The tags of a Session (its source's words) in our vocabulary; unknown words are left out."""
    known = {t.value: t for t in Tag} | _FROM_SOURCE
    return frozenset(known[t] for t in tags if t in known)


def detect_tags(history: History, index: int, parameters: Parameters) -> frozenset[Tag]:
    """Tags that session `index` seems to deserve beyond those it has; looks only at itself and at what came before.

    Needs `tag_min_runs` runs in the `tag_history_days` before; without them only what needs no comparison is found
    (hills, run-walk).
    """
    return _found(_Log(history, parameters, index), index)


def detect_all(history: History, parameters: Parameters, since: int = 0) -> Tags:
    """`detect_tags` for every session from number `since` on."""
    if since == len(history):
        return ()
    begin = 0
    if since:  # nobody looks further back than this
        oldest = int(history.day[since:].min() - number(parameters, "tag_history_days"))
        begin = int(np.searchsorted(history.day[:since], oldest))
    log = _Log(history, parameters, since, begin)
    return tuple(_found(log, i) for i in range(since, len(history)))


def with_found_tags(history: History, parameters: Parameters, known: Tags = ()) -> History:
    """The same history, each session carrying the tags found in its numbers beside those that were given.

    known: what this gave to the oldest sessions before, where neither they nor anything before them has changed.
    """
    found = detect_all(history, parameters, len(known))
    more = (given | new for given, new in zip(history.tags[len(known) :], found, strict=True))
    return replace(history, tags=(*known, *more))


class _Log:
    """The columns that tags need, as lists of runs only: thousands of small medians are quicker without arrays.

    since: nobody asks for what is usual before sessions older than this one. begin: nor do older ones than this count.
    """

    def __init__(self, history: History, parameters: Parameters, since: int, begin: int = 0) -> None:
        self.tags = history.tags
        is_run, day = history.is_run[begin:].tolist(), history.day[begin:].tolist()
        self.runs = [index for index, run in enumerate(is_run, begin) if run]
        self.place = {index: at for at, index in enumerate(self.runs)}  # index of a session -> place among the runs
        metres, moving_s, timer_s = (
            list(compress(column[begin:].tolist(), is_run))
            for column in (history.distance_m, history.moving_s, history.timer_s)
        )
        seconds = [moving if isfinite(moving) else timer for moving, timer in zip(moving_s, timer_s, strict=True)]
        self.metres: list[float] = metres
        self.speeds = [m / s if s > 0 else nan for m, s in zip(metres, seconds, strict=True)]
        self.begin = bisect_left(self.runs, since)  # usual_m, usual_mps and rows are of the runs from this place on
        self.rows: list[list[float]] = history.features[self.runs[self.begin :]].tolist()
        # place of the first run in the window of each run; windows only move forward
        days, window = list(compress(day, is_run)), number(parameters, "tag_history_days")
        self.first = [bisect_left(days, on - window) for on in days]
        self.usual_m = _sliding_medians(self.metres, self.first, self.begin)
        self.usual_mps = _sliding_medians(self.speeds, self.first, self.begin)
        self.p = {name: number(parameters, name) for name in _PARAMETERS}


def _sliding_medians(values: list[float], first: list[int], begin: int = 0) -> list[float]:
    """The medians of the known values from first[i] up to, without, i, for each i from `begin` on; NaN where nothing is
    known. `first` never falls."""
    start = first[begin] if begin < len(first) else 0
    window = sorted(v for v in values[start:begin] if not isnan(v))
    medians: list[float] = []
    for at in range(begin, len(first)):
        for gone in values[start : first[at]]:
            if not isnan(gone):
                del window[bisect_left(window, gone)]
        start = first[at]
        half = len(window) // 2
        if not window:
            medians.append(nan)
        else:
            medians.append(window[half] if len(window) % 2 else (window[half - 1] + window[half]) / 2)
        if not isnan(values[at]):
            insort(window, values[at])
    return medians


def _found(log: _Log, index: int) -> frozenset[Tag]:
    at = log.place.get(index)
    if at is None:
        return frozenset()
    p, row, given = log.p, log.rows[at - log.begin], log.tags[index]
    found: set[Tag] = set()
    distance_km = log.metres[at] / M_PER_KM
    steep_m = row[_AT["steep_up_m"]]
    # comparisons with NaN are False: what is not known is not found
    if distance_km > 0 and steep_m >= p["tag_hills_steep_m"] and steep_m / distance_km >= p["tag_hills_per_km"]:
        found.add(Tag.HILLS)
    walk_s, run_s = row[_AT["walk_s"]], row[_AT["run_s"]]
    if run_s > 0 and walk_s / (walk_s + run_s) >= p["tag_run_walk_share"]:
        found.add(Tag.RUN_WALK)
    first = log.first[at]
    if at - first >= p["tag_min_runs"]:
        if log.metres[at] >= p["tag_long_ratio"] * log.usual_m[at - log.begin]:
            found.add(Tag.LONG)
        if not given & _QUICK and Tag.HILLS not in found:
            found |= _quick(log, row, log.usual_mps[at - log.begin])
    return frozenset(found) - given


def _quick(log: _Log, row: list[float], usual: float) -> set[Tag]:
    """Speed, sprint or strides, by the best seconds against her usual speed. Hilly runs are left out: down is fast."""

    def reaches(feature: str, threshold: str) -> bool:
        return row[_AT[feature]] >= log.p[threshold] * usual

    if reaches("best_20s_mps", "tag_sprint_20s_ratio"):
        return {Tag.SPRINT}
    if reaches("best_60s_mps", "tag_speed_60s_ratio") or reaches("best_400s_mps", "tag_speed_400s_ratio"):
        return {Tag.SPEED}
    if reaches("best_20s_mps", "tag_strides_20s_ratio"):
        return {Tag.STRIDES}
    return set()
