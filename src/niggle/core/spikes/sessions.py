"""Spikes that one session shows against the weeks before it: distance, hills, intensity, ground, races, jumps."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from niggle.core.history import SPORTS, Tag
from niggle.core.profile import Mode
from niggle.core.reasons import Fact, Reason, Weight
from niggle.core.session.types import Sport
from niggle.core.spikes.gate import gate_at
from niggle.core.spikes.ground import surface_swaps
from niggle.core.spikes.log import greatest, middle
from niggle.core.spikes.types import GateState, Spike
from niggle.core.spikes.view import EPS, View, above, at_least, once_a_session
from niggle.core.spikes.weeks import is_tiny
from niggle.core.units import M_PER_KM

Found = Iterator[Spike | Reason]

_ON_FOOT: Final = frozenset(SPORTS.index(s) for s in (Sport.RUN, Sport.TRAIL, Sport.TREADMILL, Sport.HIKE, Sport.WALK))
_QUICK: Final = frozenset({Tag.SPEED, Tag.SPRINT, Tag.RACE})
_HEAVY: Final = frozenset({Tag.HEAVY_STRENGTH, Tag.HEAVY_CALF})
# class of LOAD-R07 -> (spike type, tags that are it, tags that keep her used to it)
_NOVEL: Final = {
    "speed": ("LOAD-S05", frozenset({Tag.SPEED}), _QUICK),
    "sprint": ("LOAD-S06", frozenset({Tag.SPRINT}), _QUICK | {Tag.STRIDES}),
    "hills": ("LOAD-S07", frozenset({Tag.HILLS}), frozenset({Tag.HILLS})),
    "plyometric": ("LOAD-S15", frozenset({Tag.PLYOMETRIC}), frozenset({Tag.PLYOMETRIC})),
}


@once_a_session
def session_spikes(view: View, index: int) -> tuple[Spike | Reason, ...]:
    """Everything that session `index` shows; looks only at itself and what came before."""
    return tuple(_spikes(view, index))


def _spikes(view: View, index: int) -> Found:
    if view.log.is_run[index]:
        yield from _distance(view, index)
        yield from _back_to_back_long(view, index)
        yield from surface_swaps(view, index)
    yield from _climb(view, index)
    yield from _races(view, index)
    yield from _novel(view, index)
    yield from _strength(view, index)


def percentages_count(view: View, index: int) -> bool:
    """False on a ladder and where the four weeks before held less than half an hour of running a week (LOAD-R15)."""
    log = view.log
    day = log.day[index]
    first = max(day - 28, log.day[0])
    span_weeks = max((day - first) / 7, 1.0)
    return not is_tiny(view, log.time_of(log.runs_on(first, day - 1)) / span_weeks)


def _distance(view: View, index: int) -> Found:
    gate = gate_at(view, index)
    if gate.ratio is None:
        if gate.distance_m is not None and view.profile.mode is not Mode.LADDER:
            yield gate.reason
        return
    if not above(gate.ratio, 1.0):
        return
    if not percentages_count(view, index):
        if gate.state is not GateState.REFERENCE:
            yield view.reason("LOAD-R15", Weight.INFO, Fact("week_time_s", None, "s"),
                              Fact("ladder", view.profile.mode is Mode.LADDER))  # fmt: skip
        return
    assert gate.distance_m is not None
    assert gate.longest_m is not None
    if gate.state is not GateState.REFERENCE:
        yield gate.reason
    if above(gate.ratio, 1 + view.number("long_run_jump")):
        yield view.spike("LOAD-S02", index, view.reason(
            "LOAD-R09", Weight.CAUTION, Fact("distance_m", gate.distance_m, "m", view.day_of(index)),
            Fact("longest_m", gate.longest_m, "m"), Fact("ratio", gate.ratio, "ratio"),
        ))  # fmt: skip
    yield from _second_longest_in_a_week(view, index, gate.distance_m)


def new_longest(view: View, index: int) -> bool:
    ratio = gate_at(view, index).ratio
    return ratio is not None and above(ratio, 1.0)


def _second_longest_in_a_week(view: View, index: int, distance_m: float) -> Found:
    """Steps of ten per cent add up: a second new longest run within seven days, well above the longest before both."""
    log, days = view.log, view.number("new_longest_days")
    earlier = [i for i in log.runs[log.runs_before(index, days)] if new_longest(view, i)]
    if not earlier:
        return
    longest = greatest(log.run_m[log.runs_before(earlier[0], view.number("gate_days"))])
    if longest is None or not above(distance_m, longest * (1 + view.number("long_run_jump"))):
        return
    yield view.reason(
        "SCI-LONGEST", Weight.CAUTION, Fact("distance_m", distance_m, "m", view.day_of(index)),
        Fact("longest_m", longest, "m"), Fact("times", len(earlier) + 1, "count"),
    )  # fmt: skip


def _back_to_back_long(view: View, index: int) -> Found:
    log = view.log
    day = log.day[index]
    yesterday = log.run_m[log.runs_on(day - 1, day - 1)]
    metres = log.run_m[log.runs_on(day - 1 - int(view.number("baseline_days")), day - 2)]
    longest = greatest(metres)
    if longest is None or len(metres) < view.number("baseline_min_runs") or not yesterday:
        return
    floor = max(view.number("back_to_back_share") * longest, view.number("back_to_back_vs_median") * middle(metres))
    first, second = greatest(yesterday), log.distance_m[index]
    if first is not None and at_least(first, floor) and at_least(second, floor):
        yield view.spike("LOAD-S03", index, view.reason(
            "LOAD-R08", Weight.CAUTION, Fact("first_m", first, "m"), Fact("second_m", second, "m", view.day_of(index)),
            Fact("longest_m", longest, "m"),
        ))  # fmt: skip


def _climb(view: View, index: int) -> Found:
    log = view.log
    if log.sport[index] not in _ON_FOOT:
        return
    down, up, floor = log.descent_m[index], log.ascent_m[index], view.number("climb_floor_m")
    least = min(floor, view.number("descent_spike_m") * (1 - EPS))  # below it nothing is found, and most runs are
    if not (down >= least or up >= least):
        return
    lo = bisect_left(log.day, log.day[index] - int(view.number("baseline_days")))
    base = [i for i in range(lo, index) if log.sport[i] in _ON_FOOT]
    most_down = _baseline(view, [log.descent_m[i] for i in base])
    jump = most_down is not None and down > floor and above(down, view.number("climb_ratio") * most_down)
    big = at_least(down, view.number("descent_spike_m"))  # False for NaN
    if jump or big:
        used_to_it = big and not jump and most_down is not None and at_least(most_down, view.number("descent_spike_m"))
        yield view.spike("LOAD-S08", index, view.reason(
            "LOAD-R06", Weight.INFO if used_to_it else Weight.CAUTION,
            Fact("descent_m", down, "m", view.day_of(index)), Fact("largest_m", most_down, "m"),
            Fact("used_to_it", used_to_it),
        ))  # fmt: skip
    most_up = _baseline(view, [log.ascent_m[i] for i in base])
    if most_up is not None and up > floor and above(up, view.number("climb_ratio") * most_up):
        yield view.spike("LOAD-S07", index, view.reason(
            "LOAD-S07", Weight.CAUTION, Fact("ascent_m", up, "m", view.day_of(index)), Fact("largest_m", most_up, "m"),
        ))  # fmt: skip


def _baseline(view: View, metres: list[float]) -> float | None:
    """The largest known climb, None where too few sessions tell."""
    known = [m for m in metres if math.isfinite(m)]
    return max(known) if known and len(known) >= view.number("baseline_min_runs") else None


def _races(view: View, index: int) -> Found:
    log = view.log
    if Tag.RACE not in view.history.tags[index]:
        return
    last = log.last_tagged(index, (Tag.RACE,))
    if last is None:
        return
    gap_days = log.day[index] - log.day[last]
    last_m = log.distance_m[last]
    last_km = 0.0 if math.isnan(last_m) else last_m / M_PER_KM
    needed = max(view.number("race_gap_min_days"), math.ceil(last_km * view.number("race_gap_days_per_km")))
    if gap_days < needed:
        yield view.spike("LOAD-S04", index, view.reason(
            "LOAD-S04", Weight.CAUTION, Fact("gap_days", gap_days, "days"), Fact("needed_days", int(needed), "days"),
            Fact("last_m", None if math.isnan(last_m) else last_m, "m", view.day_of(last)),
        ))  # fmt: skip


def days_since(view: View, index: int, tags: frozenset[Tag]) -> int | None:
    """Days from the last earlier session with one of the tags to session `index`; None if there never was one."""
    log = view.log
    last = log.last_tagged(index, tags)
    return None if last is None else log.day[index] - log.day[last]


def is_novel(view: View, index: int, tags: frozenset[Tag]) -> tuple[bool, int | None]:
    """Whether nothing of the kind happened for `novel_intensity_days`. A log shorter than that cannot say so."""
    limit = view.number("novel_intensity_days")
    if view.log.day[index] - view.log.day[0] < limit:
        return False, None
    since = days_since(view, index, tags)
    return since is None or since >= limit, since


def _novel(view: View, index: int) -> Found:
    for name, (type_id, tags, used_to) in _NOVEL.items():
        if not view.history.tags[index] & tags:
            continue
        novel, since = is_novel(view, index, used_to)
        if novel:
            yield view.spike(type_id, index, view.reason(
                "LOAD-R07", Weight.CAUTION, Fact("kind", name, on=view.day_of(index)),
                Fact("days_since", since, "days"),
            ))  # fmt: skip


def _strength(view: View, index: int) -> Found:
    tags = view.history.tags[index]
    if tags & _HEAVY:
        novel, since = is_novel(view, index, tags & _HEAVY)
        if novel:
            yield view.spike("LOAD-S16", index, view.reason(
                "LOAD-S16", Weight.CAUTION, Fact("calf", Tag.HEAVY_CALF in tags, on=view.day_of(index)),
                Fact("days_since", since, "days"),
            ))  # fmt: skip
    if Tag.BACKPACK in tags:
        novel, since = is_novel(view, index, frozenset({Tag.BACKPACK}))
        if novel:
            yield view.spike("LOAD-S19", index, view.reason(
                "LOAD-S19", Weight.CAUTION, Fact("kind", "backpack", on=view.day_of(index)),
                Fact("days_since", since, "days"),
            ))  # fmt: skip
