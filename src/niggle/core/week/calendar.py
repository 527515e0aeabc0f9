"""Two calendars compared, and a day's items as visits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from niggle.core.plan import ItemKind, Placed, WeekPlan
from niggle.core.week.types import Distance, Visit

_SAME_HOUR_MIN: Final = 30  # less is no change anybody notices (heuristic)
_BREAK_MIN: Final = 15  # a longer pause makes two visits of one (heuristic)


def distance(old: WeekPlan, new: WeekPlan) -> Distance:
    """Changes from one calendar to the other, items matched by id, else by kind in order of time.

    Weeks with different beginnings are compared by weekday.
    """
    pairs, gone, fresh = match(old.placed, new.placed)
    days = hours = 0
    for before, after in pairs:
        if before.on.weekday() != after.on.weekday():
            days += 1
        elif abs(before.start_min - after.start_min) >= _SAME_HOUR_MIN:
            hours += 1
    return Distance(days, hours, len(gone), len(fresh))


def match(
    old: Iterable[Placed], new: Iterable[Placed]
) -> tuple[list[tuple[Placed, Placed]], list[Placed], list[Placed]]:
    """(pairs, only in the old one, only in the new one)."""
    rest = {p.item.id: p for p in sorted(old, key=_time)}
    pairs, unmatched = [], []
    for after in sorted(new, key=_time):
        before = rest.get(after.item.id)
        if before is not None and before.item.kind is after.item.kind:
            del rest[after.item.id]
            pairs.append((before, after))
        else:
            unmatched.append(after)
    by_kind: dict[ItemKind, list[Placed]] = {}
    for before in rest.values():
        by_kind.setdefault(before.item.kind, []).append(before)
    fresh = []
    for after in unmatched:
        same = by_kind.get(after.item.kind)
        if same:
            pairs.append((same.pop(0), after))
        else:
            fresh.append(after)
    return pairs, [p for group in by_kind.values() for p in group], fresh


def _time(placed: Placed) -> tuple[int, int, str]:
    return placed.on.toordinal(), placed.start_min, placed.item.id


def sessions_of(placed: Sequence[Placed]) -> tuple[Visit, ...]:
    """The week as times of getting changed: what follows within a quarter of an hour on a day is one visit."""
    visits: list[Visit] = []
    for p in sorted(placed, key=_time):
        end = p.start_min + round(p.item.minutes)
        last = visits[-1] if visits else None
        if last is not None and last.on == p.on and p.start_min <= last.end_min + _BREAK_MIN:
            visits[-1] = Visit(last.on, last.start_min, max(last.end_min, end), (*last.items, p))
        else:
            visits.append(Visit(p.on, p.start_min, end, (p,)))
    return tuple(visits)
