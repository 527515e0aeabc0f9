"""LOAD-R10: ground, or hilly ground, that is unusual for her, run at full length.

Unusual is what made up less than a tenth of the last 28 days. A ground she keeps coming back to, such as a trail every
third Sunday, never reaches a tenth and is no sudden change either: it is hers once she has been there often enough,
for long enough and lately, in runs that are not dwarfed by this one (ours; the sheets only speak of sudden changes).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from niggle.core.history import SPORTS, Surface
from niggle.core.reasons import Fact, Weight
from niggle.core.session.types import Floats, Sport
from niggle.core.spikes.types import Spike
from niggle.core.spikes.view import EPS, View, at_least, middle
from niggle.core.units import M_PER_KM

Mask = NDArray[np.bool_]

_SOFTER: Final = frozenset({Surface.GRASS, Surface.TREADMILL})
_BY_SPORT: Final = {Sport.TREADMILL: Surface.TREADMILL, Sport.TRAIL: Surface.TRAIL, Sport.RUN: Surface.ROAD}


def surface_of(view: View, index: int) -> Surface | None:
    """The ground as told, else as the sport says; an ordinary run without a word is taken for road."""
    told = view.history.surface[index]
    return told if told is not None else _BY_SPORT.get(SPORTS[int(view.history.sport[index])])


def surface_swaps(view: View, index: int) -> Iterator[Spike]:
    """The swaps that run `index` shows: of the ground, and from flat to hilly."""
    h = view.history
    day = int(h.day[index])
    base = view.runs_on(day - int(view.number("baseline_days")), day - 1)
    enough = view.number("baseline_min_runs")
    if len(base) < enough or not np.isfinite(h.distance_m[base]).any():
        return
    if not at_least(float(h.distance_m[index]), view.number("full_length_share") * middle(h.distance_m[base])):
        return
    kind = surface_of(view, index)
    if kind is not None and kind is not Surface.MIXED:
        here = _on_ground(view, kind)
        share = _share(h.distance_m[base], here[base])
        if share < view.number("surface_rare_share") and not is_known(view, index, here):
            yield _swap(view, index, kind.value, share, Weight.INFO if kind in _SOFTER else Weight.CAUTION)
    hilly = _hilly(view)
    if hilly[index] and np.isfinite(h.ascent_m[base]).sum() >= enough:
        share = _share(h.distance_m[base], hilly[base])
        if share < view.number("surface_rare_share") and not is_known(view, index, hilly):
            yield _swap(view, index, "hilly", share, Weight.CAUTION)


def is_known(view: View, index: int, here: Mask) -> bool:
    """Whether the runs of `here` make this ground hers: several of them over weeks, one lately, none dwarfed.

    A run counts from `surface_known_ratio` of this one's length. `surface_known_runs` of them within
    `surface_known_days` are asked for, the first at least `surface_known_after_days` ago and the last within the 28
    days that the share is taken from: a winter on the treadmill makes the road new again.
    """
    h = view.history
    day = int(h.day[index])
    past = view.runs_on(day - int(view.number("surface_known_days")), day - 1)
    long_enough = h.distance_m[past] >= view.number("surface_known_ratio") * h.distance_m[index] * (1 - EPS)
    days = h.day[past[here[past] & long_enough]]
    if len(days) < view.number("surface_known_runs"):
        return False
    newest_ago, oldest_ago = day - int(days[-1]), day - int(days[0])
    lately = newest_ago <= view.number("baseline_days")
    return bool(lately and oldest_ago >= view.number("surface_known_after_days"))


def _on_ground(view: View, kind: Surface) -> Mask:
    """Which sessions were on this ground."""
    key = f"ground {kind.value}"
    if key not in view.memo:
        if "grounds" not in view.memo:
            view.memo["grounds"] = [surface_of(view, i) for i in range(len(view.history))]
        view.memo[key] = np.array([ground is kind for ground in view.memo["grounds"]], bool)
    mask: Mask = view.memo[key]
    return mask


def _hilly(view: View) -> Mask:
    """Which sessions climbed a lot for their length; what is not known did not."""
    if "hilly" not in view.memo:
        limit_m = view.history.distance_m / M_PER_KM * view.number("hilly_m_per_km")
        view.memo["hilly"] = (view.history.ascent_m >= limit_m) & (limit_m > 0)
    hilly: Mask = view.memo["hilly"]
    return hilly


def _share(metres: Floats, mask: Mask) -> float:
    total = float(np.nansum(metres))
    return float(np.nansum(metres[mask])) / total if total > 0 else 0.0


def _swap(view: View, index: int, kind: str, share: float, weight: Weight) -> Spike:
    h = view.history
    on = date.fromordinal(int(h.day[index]))
    reason = view.reason(
        "LOAD-R10", weight, Fact("ground", kind, on=on), Fact("share", share, "ratio"),
        Fact("distance_m", float(h.distance_m[index]), "m"),
    )  # fmt: skip
    return view.spike("LOAD-S09", index, reason)
