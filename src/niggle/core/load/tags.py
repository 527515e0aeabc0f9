"""What kind of session it was: as the source says, and as the numbers show against her own history.

Found tags are a rule of thumb (every threshold is a heuristic in load.yaml) and never replace what she or the source
said.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

import numpy as np

from niggle.core.history import FEATURES, History, Ints, Tag
from niggle.core.load.numbers import Parameters, number
from niggle.core.session.types import Floats
from niggle.core.units import M_PER_KM

_FROM_SOURCE: Final = {
    "race": Tag.RACE, "workout": Tag.SPEED, "interval": Tag.SPEED, "intervals": Tag.SPEED, "tempo": Tag.SPEED,
    "long_run": Tag.LONG, "long": Tag.LONG, "commute": Tag.COMMUTE, "track": Tag.TRACK,
}  # fmt: skip
_QUICK: Final = frozenset({Tag.SPEED, Tag.SPRINT, Tag.STRIDES, Tag.RACE, Tag.EASY})
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
    if not bool(history.is_run[index]):
        return frozenset()
    first = int(np.searchsorted(history.day, history.day[index] - number(parameters, "tag_history_days"), side="left"))
    before = np.flatnonzero(history.is_run[first:index]) + first
    return _found(history, index, before, parameters)


def detect_all(history: History, parameters: Parameters) -> tuple[frozenset[Tag], ...]:
    """`detect_tags` for every session."""
    runs = history.is_run
    days = number(parameters, "tag_history_days")
    firsts = np.searchsorted(history.day, history.day - days, side="left")
    return tuple(
        _found(history, i, np.flatnonzero(runs[firsts[i] : i]) + firsts[i], parameters) if runs[i] else frozenset()
        for i in range(len(history))
    )


def with_found_tags(history: History, parameters: Parameters) -> History:
    """The same history, each session carrying the tags found in its numbers beside those that were given."""
    found = detect_all(history, parameters)
    return replace(history, tags=tuple(given | new for given, new in zip(history.tags, found, strict=True)))


def _found(history: History, index: int, before: Ints, parameters: Parameters) -> frozenset[Tag]:
    def p(name: str) -> float:
        return number(parameters, name)

    found: set[Tag] = set()
    row = history.features[index]
    distance_km = float(history.distance_m[index]) / M_PER_KM
    steep_m = float(row[_AT["steep_up_m"]])
    if distance_km > 0 and steep_m >= p("tag_hills_steep_m") and steep_m / distance_km >= p("tag_hills_per_km"):
        found.add(Tag.HILLS)
    walk_s, run_s = float(row[_AT["walk_s"]]), float(row[_AT["run_s"]])
    if run_s > 0 and walk_s / (walk_s + run_s) >= p("tag_run_walk_share"):
        found.add(Tag.RUN_WALK)
    if len(before) >= p("tag_min_runs"):
        usual_m = np.nanmedian(history.distance_m[before]) if np.isfinite(history.distance_m[before]).any() else np.nan
        if history.distance_m[index] >= p("tag_long_ratio") * usual_m:  # False for NaN
            found.add(Tag.LONG)
        if not history.tags[index] & _QUICK and Tag.HILLS not in found:
            found |= _quick(history, row, before, parameters)
    return frozenset(found) - history.tags[index]


def _quick(history: History, row: Floats, before: Ints, parameters: Parameters) -> set[Tag]:
    """Speed, sprint or strides, by the best seconds against her usual speed. Hilly runs are left out: down is fast."""
    moving_s = np.where(np.isfinite(history.moving_s), history.moving_s, history.timer_s)[before]
    speeds = np.divide(history.distance_m[before], moving_s, out=np.full(len(before), np.nan), where=moving_s > 0)
    speeds = speeds[np.isfinite(speeds) & (speeds > 0)]
    if not len(speeds):
        return set()
    usual = float(np.median(speeds))

    def reaches(feature: str, threshold: str) -> bool:
        return bool(row[_AT[feature]] >= number(parameters, threshold) * usual)  # False for NaN

    if reaches("best_20s_mps", "tag_sprint_20s_ratio"):
        return {Tag.SPRINT}
    if reaches("best_60s_mps", "tag_speed_60s_ratio") or reaches("best_400s_mps", "tag_speed_400s_ratio"):
        return {Tag.SPEED}
    if reaches("best_20s_mps", "tag_strides_20s_ratio"):
        return {Tag.STRIDES}
    return set()
