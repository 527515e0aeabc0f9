"""LOAD-R10: ground, or hilly ground, that is unusual for her, run at full length.

Unusual is what made up less than a tenth of the last 28 days. A ground she keeps coming back to, such as a trail every
third Sunday, never reaches a tenth and is no sudden change either: it is hers once she has been there often enough,
for long enough and lately, in runs that are not dwarfed by this one (ours; the sheets only speak of sudden changes).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import isfinite, isnan
from typing import Final

from niggle.core.history import SPORTS, Surface
from niggle.core.reasons import Fact, Weight
from niggle.core.session.types import Sport
from niggle.core.spikes.log import middle, total
from niggle.core.spikes.types import Spike
from niggle.core.spikes.view import EPS, View, at_least
from niggle.core.units import M_PER_KM

_SOFTER: Final = frozenset({Surface.GRASS, Surface.TREADMILL})
_BY_SPORT: Final = {Sport.TREADMILL: Surface.TREADMILL, Sport.TRAIL: Surface.TRAIL, Sport.RUN: Surface.ROAD}


def surface_of(view: View, index: int) -> Surface | None:
    """The ground as told, else as the sport says; an ordinary run without a word is taken for road."""
    told = view.history.surface[index]
    return told if told is not None else _BY_SPORT.get(SPORTS[view.log.sport[index]])


def surface_swaps(view: View, index: int) -> Iterator[Spike]:
    """The swaps that run `index` shows: of the ground, and from flat to hilly."""
    log = view.log
    day = log.day[index]
    base = log.runs_on(day - int(view.number("baseline_days")), day - 1)
    runs, metres = log.runs[base], log.run_m[base]
    enough = view.number("baseline_min_runs")
    usual_m = middle(metres)
    if len(runs) < enough or isnan(usual_m):
        return
    if not at_least(log.distance_m[index], view.number("full_length_share") * usual_m):
        return
    kind = surface_of(view, index)
    if kind is not None and kind is not Surface.MIXED:

        def is_here(i: int) -> bool:
            return surface_of(view, i) is kind

        share = _share(metres, [is_here(i) for i in runs])
        if share < view.number("surface_rare_share") and not is_known(view, index, is_here):
            yield _swap(view, index, kind.value, share, Weight.INFO if kind in _SOFTER else Weight.CAUTION)
    if is_hilly(view, index) and sum(isfinite(log.ascent_m[i]) for i in runs) >= enough:
        share = _share(metres, [is_hilly(view, i) for i in runs])
        if share < view.number("surface_rare_share") and not is_known(view, index, lambda i: is_hilly(view, i)):
            yield _swap(view, index, "hilly", share, Weight.CAUTION)


def is_known(view: View, index: int, is_here: Callable[[int], bool]) -> bool:
    """Whether the runs of `is_here` make this ground hers: several of them over weeks, one lately, none dwarfed.

    A run counts from `surface_known_ratio` of this one's length. `surface_known_runs` of them within
    `surface_known_days` are asked for, the first at least `surface_known_after_days` ago and the last within the 28
    days that the share is taken from: a winter on the treadmill makes the road new again.
    """
    log = view.log
    day = log.day[index]
    past = log.runs_on(day - int(view.number("surface_known_days")), day - 1)
    least_m = view.number("surface_known_ratio") * log.distance_m[index] * (1 - EPS)
    days = [log.day[i] for i in log.runs[past] if log.distance_m[i] >= least_m and is_here(i)]
    if len(days) < view.number("surface_known_runs"):
        return False
    newest_ago, oldest_ago = day - days[-1], day - days[0]
    lately = newest_ago <= view.number("baseline_days")
    return lately and oldest_ago >= view.number("surface_known_after_days")


def is_hilly(view: View, index: int) -> bool:
    """Whether the session climbed a lot for its length; what is not known did not."""
    limit_m = view.log.distance_m[index] / M_PER_KM * view.number("hilly_m_per_km")
    return limit_m > 0 and view.log.ascent_m[index] >= limit_m


def _share(metres: list[float], here: list[bool]) -> float:
    whole = total(metres)
    return total([m for m, counts in zip(metres, here, strict=True) if counts]) / whole if whole > 0 else 0.0


def _swap(view: View, index: int, kind: str, share: float, weight: Weight) -> Spike:
    reason = view.reason(
        "LOAD-R10", weight, Fact("ground", kind, on=view.day_of(index)), Fact("share", share, "ratio"),
        Fact("distance_m", view.log.distance_m[index], "m"),
    )  # fmt: skip
    return view.spike("LOAD-S09", index, reason)
