"""The times she has: windows of the week, tidied, and whether an item fits into one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Final

from niggle.core.plan import Availability, DayWindow, ItemKind, Placed, WeekItem
from niggle.core.week.rules import FLOATING

DAY_MIN: Final = 24 * 60
_EVENING: Final = (17 * 60 + 30, 120)  # start and minutes on a weekday nobody told anything about (heuristic)
_WEEKEND: Final = (9 * 60, 180)


def default_availability() -> Availability:
    """Who names no times gets two hours on weekday evenings and three on weekend mornings, without a gym."""
    return Availability(windows=_default_windows(False))


def _default_windows(gym: bool) -> tuple[DayWindow, ...]:
    return tuple(DayWindow(day, *(_EVENING if day < 5 else _WEEKEND), gym) for day in range(7))


@lru_cache(maxsize=512)
def windows_of(availability: Availability) -> tuple[DayWindow, ...]:
    """Her windows by weekday and start, none overlapping, none empty, all within the day.

    Without any: the default ones. If she goes to a gym but marked no window with it, each window has one. Windows that
    are all empty (no minutes) leave no time at all. Where a gym window overlaps another, the gym counts.
    """
    visits = availability.gym_visits or 0
    if not availability.windows:
        return _default_windows(visits > 0)
    told = [w for w in availability.windows if 0 <= w.weekday < 7 and w.minutes > 0 and 0 <= w.start_min < DAY_MIN]
    if visits > 0 and not any(w.gym for w in told):
        told = [replace(w, gym=True) for w in told]
    found: list[DayWindow] = []
    for day in range(7):
        marks: list[tuple[int, int, bool]] = []
        here = [w for w in told if w.weekday == day]
        edges = sorted({e for w in here for e in (w.start_min, min(DAY_MIN, w.start_min + w.minutes))})
        for start, end in pairwise(edges):
            over = [w for w in here if w.start_min <= start and w.start_min + w.minutes >= end]
            if not over:
                continue
            gym = any(w.gym for w in over)
            if marks and marks[-1][1] == start and marks[-1][2] == gym:
                marks[-1] = (marks[-1][0], end, gym)
            else:
                marks.append((start, end, gym))
        found += [DayWindow(day, start, end - start, gym) for start, end, gym in marks]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Place:
    """A window on a day of the week that is looked at."""

    on: date
    start_min: int
    end_min: int
    gym: bool


def places_of(availability: Availability, days: Iterable[date]) -> tuple[Place, ...]:
    """The windows of those days, in order of time."""
    windows = windows_of(availability)
    return tuple(
        Place(on, w.start_min, w.start_min + w.minutes, w.gym)
        for on in days
        for w in windows
        if w.weekday == on.weekday()
    )


def needs_window(item: WeekItem) -> bool:
    """Home sets, mobility and walks fit in anywhere; a race and what she fixed herself have their own time."""
    return item.kind not in FLOATING and item.kind is not ItemKind.RACE and item.on is None


def outside(placed: Placed, windows: Iterable[DayWindow]) -> str | None:
    """The rule that a place breaks: PLAN-W02 outside her time, PLAN-W03 no gym there; None if it fits."""
    if not needs_window(placed.item):
        return None
    end = placed.start_min + placed.item.minutes
    covered: float = placed.start_min
    gym = True
    for w in windows:  # in order; windows that touch count as one stretch of time
        if w.weekday == placed.on.weekday() and w.start_min <= covered < w.start_min + w.minutes:
            covered = w.start_min + w.minutes
            gym = gym and w.gym
            if covered >= end:
                break
    if covered < end:
        return "PLAN-W02"
    return "PLAN-W03" if placed.item.gym and not gym else None
