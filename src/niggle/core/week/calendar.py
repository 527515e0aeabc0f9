"""Two calendars compared, and a day's items as visits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from niggle.core.plan import ItemKind, Placed, WeekChange, WeekPlan
from niggle.core.week.rules import FLOATING
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


def changes(old: Iterable[Placed], new: Iterable[Placed], since: date) -> tuple[WeekChange, ...]:
    """What became of every session from `since` on, in order of the old days; daily sets and walks are not told."""
    here, there = ([p for p in some if p.on >= since and p.item.kind not in FLOATING] for some in (old, new))
    pairs, gone, fresh = match(here, there)
    found: list[WeekChange] = []
    for before, after in pairs:
        hour = after.start_min if abs(after.start_min - before.start_min) >= _SAME_HOUR_MIN else None
        if before.on != after.on:
            found.append(WeekChange(after.item.id, before.item.kind, before.on, after.on))
        elif hour is not None:
            found.append(WeekChange(after.item.id, before.item.kind, before.on, after.on, None, hour))
    for before in gone:
        instead = next((p for p in fresh if p.item.id == before.item.id), None)
        if instead is not None:
            fresh.remove(instead)
        found.append(
            WeekChange(before.item.id, before.item.kind, before.on, None if instead is None else instead.on,
                       None if instead is None else instead.item.kind)
        )  # fmt: skip
    found += [WeekChange(p.item.id, p.item.kind, None, p.on) for p in fresh]
    return tuple(sorted(found, key=lambda c: (c.was or c.now or since, c.item)))


def changes_since(earlier: Iterable[WeekChange], later: Iterable[WeekChange]) -> tuple[WeekChange, ...]:
    """Two times made again on one day, told as one: from where a session stood first to where it stands now."""
    first = {c.item: c for c in earlier}
    found: list[WeekChange] = []
    for new in later:
        c, had = new, first.pop(new.item, None)
        if had is not None:
            kind = None if c.now is None else c.became or had.became
            c = WeekChange(c.item, had.kind, had.was, c.now, None if kind is had.kind else kind, c.start_min)
        if c.was != c.now or c.became is not None or c.start_min is not None:
            found.append(c)
    found += first.values()
    return tuple(sorted(found, key=lambda c: (c.was or c.now or date.min, c.item)))


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
