"""The runs of a coming week: how many, how long, what is fast or hilly in them; what is new stands alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import floor, isnan
from statistics import median
from typing import Final

import numpy as np

from niggle.core.history import History, Tag
from niggle.core.ladder import minutes_of
from niggle.core.plan import ItemKind, WeekItem, WishKind
from niggle.core.protocol import Element, Running
from niggle.core.rehab.days import usual_week_m
from niggle.core.rehab.running import RunsAllowed
from niggle.core.rehab.types import Life, PlanState
from niggle.core.units import S_PER_MIN

K = ItemKind
_RUNS: Final = (3, 5)  # runs a week that a plan gives, at least and at most; heuristic
_ALTERNATE_RUNS: Final = 3
_SHORT_RUN_MIN: Final = 15.0  # a week is not shared among runs shorter than this; heuristic
_PACE_M_MIN: Final = 150.0  # where no run tells her own; heuristic
_LONG_SHARE, _MEDIUM_SHARE = 0.35, 0.25  # of the week's running, after the sample week; heuristic
_STRIDES_MIN: Final = 15.0
NEW_DAYS: Final = 7
RECENT_DAYS: Final = 35  # what was done in these days is no new stressor


@dataclass(frozen=True, slots=True)
class Volume:
    """What of running a week may hold: metres and the longest run, from the load engine; None: no limit known."""

    week_m: float | None = None
    longest_m: float | None = None


def ids_of(states: Sequence[PlanState]) -> tuple[str, ...]:
    return tuple(s.plan.id for s in states)


def pace_m_min(history: History) -> float:
    """Her own usual speed, metres a minute, from the last twenty runs with both numbers."""
    runs = np.flatnonzero(history.is_run)[-20:]
    columns = (history.distance_m[runs].tolist(), history.moving_s[runs].tolist(), history.timer_s[runs].tolist())
    known = []
    for metres, moving_s, timer_s in zip(*columns, strict=True):
        seconds = timer_s if isnan(moving_s) else moving_s
        if metres > 0 and seconds > 0:
            known.append(metres / seconds * S_PER_MIN)
    return median(known) if known else _PACE_M_MIN


def runs_a_week(life: Life, states: Sequence[PlanState] = ()) -> int:
    """As she wishes, else as often as she ran in the four weeks before it hurt or lately, within what plans give.

    Never on more days than she has: the week's running is shared among the runs that can be placed.
    """
    days = len({w.weekday for w in life.facts.availability.windows}) or 7
    wish = next((w.value for w in life.facts.availability.wishes if w.kind is WishKind.RUNS_PER_WEEK and w.value), None)
    if wish is not None:
        return max(1, min(days, wish))
    ends = [life.on, *(s.plan.hurts_since or s.plan.on for s in states)]
    usual = 0
    for end in ends:
        since = end - timedelta(days=27)
        usual = max(usual, round(len({s.day for s in life.sessions if since <= s.day <= end}) / 4))
    return min(days, max(_RUNS[0], min(_RUNS[1], usual)))


def runs_of_week(
    allowed: RunsAllowed,
    states: Sequence[PlanState],
    life: Life,
    volume: Volume,
    start: date,
) -> tuple[WeekItem, ...]:
    plans = ids_of(states)
    count = runs_a_week(life, states)
    if allowed.alternate or allowed.mode is Running.LADDER:
        count = min(count, _ALTERNATE_RUNS)
    if allowed.not_before is not None and allowed.not_before > start:
        count = min(count, max(0, (7 - (allowed.not_before - start).days + 1) // 2))
    if allowed.mode is Running.NONE and allowed.step is not None:  # a ladder that begins with walking
        whole = minutes_of(allowed.step)[1]
        return tuple(WeekItem(f"walk-{n + 1}", K.WALK, whole, plans=plans) for n in range(count))
    if allowed.mode is Running.NONE or count == 0:
        return ()
    if allowed.mode is Running.LADDER and allowed.step is not None and allowed.ladder is not None:
        running, whole = minutes_of(allowed.step)
        return tuple(
            WeekItem(f"ladder-{n + 1}", K.RUN_WALK, whole, allowed.step.metres, plans=plans,
                     step=(allowed.ladder, allowed.step.id), optional=running <= 0)
            for n in range(count)
        )  # fmt: skip
    return tuple(spread(allowed, states, life, volume, count, plans))


def spread(
    allowed: RunsAllowed,
    states: Sequence[PlanState],
    life: Life,
    volume: Volume,
    count: int,
    plans: tuple[str, ...],
) -> list[WeekItem]:
    """Easy runs, a medium and a long one where those are open, one fast or hilly session at most."""
    pace = pace_m_min(life.history)
    week_m = _week_m(states, life, volume, allowed, pace, count)
    if allowed.metres is None:  # rather two real runs than four tiny ones
        count = max(1, min(count, int(week_m / pace / _SHORT_RUN_MIN)))
    by_time_m = None if allowed.minutes is None else allowed.minutes * pace
    longest_m = min(x for x in (volume.longest_m, by_time_m, allowed.metres, 60_000.0) if x is not None)
    shares = [1 / count] * count
    kinds = [K.RUN_EASY] * count
    if allowed.mode in (Running.BUILD, Running.FULL) and count >= 3:
        kinds[0], shares = K.RUN_MEDIUM, [_MEDIUM_SHARE, *([(1 - _MEDIUM_SHARE) / (count - 1)] * (count - 1))]
        if "long_run" not in allowed.out:
            rest = 1 - _LONG_SHARE - _MEDIUM_SHARE
            kinds[1], shares = K.RUN_LONG, [_MEDIUM_SHARE, _LONG_SHARE, *([rest / (count - 2)] * (count - 2))]
    descents = "downhill" not in allowed.out and "hills" not in allowed.out
    items = []
    for n, (kind, share) in enumerate(zip(kinds, shares, strict=True)):
        metres = _hundreds(min(longest_m, share * week_m))
        if metres <= 0:
            continue
        items.append(
            WeekItem(f"run-{n + 1}", kind, float(round(metres / pace)), metres, plans=plans,
                     descent=kind is K.RUN_LONG and descents and not plans)
        )  # fmt: skip
    return _with_quality(items, allowed, states, life, plans)


def _week_m(
    states: Sequence[PlanState], life: Life, volume: Volume, allowed: RunsAllowed, pace: float, count: int
) -> float:
    """The week's running: the cap of the load engine, and not more than a usual week before it hurt."""
    usual = [m for s in states if (m := usual_week_m(s.plan, life.history)) is not None]
    limits = [x for x in (volume.week_m, min(usual) if usual else None) if x is not None]
    if allowed.week_m is not None:
        limits.append(allowed.week_m)
    if allowed.minutes is not None:
        limits.append(allowed.minutes * pace * count)
    if allowed.metres is not None:
        limits.append(allowed.metres * count)
    if limits:
        return min(limits)
    return 20.0 * pace * count  # nothing is known of her running: short runs; heuristic


def _hundreds(metres: float) -> float:
    return floor(metres / 100 + 1e-6) * 100.0


# element, what stands in the week, what it is called where it is out, and the tags that keep her used to it
_QUALITY: Final = (
    (Element.STRIDES, K.STRIDES, "strides", frozenset({Tag.STRIDES, Tag.SPEED, Tag.SPRINT, Tag.HILLS, Tag.RACE})),
    (Element.UPHILL, K.HILLS, "hills", frozenset({Tag.HILLS})),
    (Element.SPEED, K.SPEED, "speed", frozenset({Tag.SPEED, Tag.SPRINT, Tag.RACE})),
)


def _with_quality(
    runs: list[WeekItem], allowed: RunsAllowed, states: Sequence[PlanState], life: Life, plans: tuple[str, ...]
) -> list[WeekItem]:
    """Strides, and one easy run made hilly or fast, where all plans have them back. What is new stands alone (RP-C12):
    opened by a plan and not tried yet, or not done for five weeks; and nothing new while another new thing is fresh."""
    if allowed.mode not in (Running.BUILD, Running.FULL) or not runs:
        return runs
    untried = {o.element for s in states for o in s.opened if o.used_on is None}
    opened = next((o.element for s in states for o in reversed(s.opened) if o.used_on is None), None)
    days = {element: _days_of(life, tags) for element, _, _, tags in _QUALITY}
    fresh = is_fresh(life)
    open_ = [(e, kind) for e, kind, name, _ in _QUALITY if name not in allowed.out]
    unused = [e for e, _ in open_ if e in untried or not days[e]]
    new = None if fresh else opened if opened in unused or opened in untried else next(iter(unused), None)
    open_ = [(e, kind) for e, kind in open_ if e not in unused or e is new]
    found = list(runs)
    fast = [q for q in open_ if q[0] is not Element.STRIDES]
    easy = [n for n, r in enumerate(runs) if r.kind is K.RUN_EASY]
    if fast and easy and len(runs) >= 3:
        element, kind = next((q for q in fast if q[0] is new), fast[life.on.isocalendar().week % len(fast)])
        found[easy[-1]] = replace(runs[easy[-1]], kind=kind, new_stressor=element.value if element is new else None)
    if any(e is Element.STRIDES for e, _ in open_):
        found.append(
            WeekItem("strides", K.STRIDES, _STRIDES_MIN, plans=plans, optional=True,
                     new_stressor=Element.STRIDES.value if new is Element.STRIDES else None)
        )  # fmt: skip
    return found


def is_fresh(life: Life) -> bool:
    """Something fast or hilly was done for the first time in five weeks a few days ago, or stood in a calendar as new:
    her log may come later than her next week is made."""
    planned = any(
        p.item.new_stressor is not None and 0 <= (life.on - p.on).days < NEW_DAYS
        for week in life.facts.weeks for p in week.placed
    )  # fmt: skip
    days = [_days_of(life, tags) for _, _, _, tags in _QUALITY]
    return planned or any(d and (life.on - min(d)).days < NEW_DAYS for d in days)


def _days_of(life: Life, tags: frozenset[Tag]) -> list[date]:
    """The days of the last five weeks with a session of one of these kinds."""
    h = life.history
    lo, hi = np.searchsorted(h.day, [life.on.toordinal() - RECENT_DAYS, life.on.toordinal() + 1])
    return [date.fromordinal(int(h.day[i])) for i in range(int(lo), int(hi)) if h.tags[i] & tags]
