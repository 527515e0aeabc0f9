"""Her runs as facts: how they hurt, how long they were, how many weeks of them in a row were green."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import inf
from typing import Final

from niggle.core.gates.seen import WEEK, Seen, ever, most
from niggle.core.gates.types import DayFacts
from niggle.core.history import Tag
from niggle.core.outcomes import Light
from niggle.core.reasons import FactValue

QUALITY: Final = frozenset({Tag.STRIDES, Tag.HILLS, Tag.SPEED, Tag.SPRINT, Tag.RACE})


def _run_pain_last(f: Seen) -> FactValue:
    return next((m.run_pain for m in reversed(f.marks(2 * WEEK)) if m.session and m.run_pain is not None), None)


def _weeks_off(f: Seen) -> FactValue:
    for back in range(f.index, -1, -1):
        row = f.rows[back]
        if row.run is not None:
            return (f.index - back) / WEEK
    last = f.days.plan.last_run_on
    if last is not None:
        return (f.row.on - last).days / WEEK
    return None


def _continuous(f: Seen) -> FactValue:
    runs = [r for r in f.window(2 * WEEK) if r.run is not None]
    if not runs:
        return None
    good = [r.run.longest_min for r in runs if r.run is not None and r.final_green]
    return most(good) or 0.0


def _volume_ratio(f: Seen) -> FactValue:
    usual = f.days.usual_week_m
    if not usual:
        return None
    return sum(r.run.metres or 0.0 for r in f.window(WEEK) if r.run is not None) / usual


def _weeks_green(f: Seen, share: float | None, quality: bool, minutes: float | None = None) -> FactValue:
    """Weeks in a row, back from yesterday and not before the plan: every run in final green, no yellow, no red.

    share: of a usual week, at least; or so many `minutes` of it, whatever a usual week was.
    """
    usual = f.days.usual_week_m
    if share is not None and not usual and minutes is None:
        return None
    least_m = None if share is None else share * usual if usual else inf
    first = f.days.index(f.days.plan.on)
    count, end = 0, f.index
    while end - WEEK >= max(first, 0):
        if not _week_counts(f.rows[end - WEEK : end], least_m, quality, minutes):
            break
        count, end = count + 1, end - WEEK
    # nobody knows whether it was enough of a usual week, and by the clock alone it was not
    return None if count == 0 and least_m == inf else count


def _week_counts(week: Sequence[DayFacts], least_m: float | None, quality: bool, least_min: float | None) -> bool:
    metres, minutes, runs, fast = 0.0, 0.0, 0, False
    for row in week:
        mark = row.mark
        if mark is not None and mark.word and (mark.light in (Light.YELLOW, Light.RED)):
            return False
        if row.run is None:
            continue
        if not row.final_green:
            return False
        runs += 1
        metres += row.run.metres or 0.0
        minutes += row.run.minutes or 0.0
        fast = fast or bool(row.run.tags & QUALITY)
    # a hair below the share is float noise
    enough = least_m is None or metres >= least_m * (1 - 1e-9) or (least_min is not None and minutes >= least_min)
    return runs > 0 and enough and (fast or not quality)


RUNS: Final[Mapping[str, Callable[[Seen], FactValue]]] = {
    "run_pain_worst_7d": lambda f: most([m.run_pain for m in f.marks(WEEK)]),
    "run_pain_last": _run_pain_last,
    "next_day_worse_7d": lambda f: ever([m.next_day_worse for m in f.marks(WEEK) if m.session]),
    "weeks_off_running": _weeks_off,
    "continuous_min": _continuous,
    "volume_ratio": _volume_ratio,
    "volume_weeks_green": lambda f: _weeks_green(
        f, f.number("volume_ratio_gate2"), False, f.number("established_week_min")
    ),
    "quality_weeks_green": lambda f: _weeks_green(f, None, True),
    "full_weeks_green": lambda f: _weeks_green(f, f.number("gate4_full_share"), True),
}
