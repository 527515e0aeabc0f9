"""The daily set, mobility and walks: they touch no rule, so they are laid out evenly without a search."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from niggle.core.plan import ItemKind, Placed, WeekItem, WeekPlan
from niggle.core.week import Surroundings, match

_HOUR: Final = {ItemKind.HOME_SET: 20 * 60, ItemKind.MOBILITY: 20 * 60 + 30, ItemKind.WALK: 12 * 60}  # heuristic


def lay_out(
    items: Sequence[WeekItem],
    placed: Sequence[Placed],
    surroundings: Surroundings,
    previous: WeekPlan | None,
) -> tuple[list[Placed], list[WeekItem]]:
    """(placed, left out): each kind at most once a day, on the days of the last calendar, else evenly."""
    days = [d for d in surroundings.days if d >= surroundings.first_free and d not in surroundings.not_on]
    old = _last_days(items, previous, surroundings.start)
    taken: dict[ItemKind, set[date]] = {}
    for p in placed:
        taken.setdefault(p.item.kind, set()).add(p.on)
    found: list[Placed] = []
    out: list[WeekItem] = []
    groups: dict[ItemKind, list[WeekItem]] = {}
    for item in items:
        groups.setdefault(item.kind, []).append(item)
    for kind, group in groups.items():
        free = [d for d in days if d not in taken.get(kind, set())]
        chosen: dict[str, date] = {}
        for item in group:  # what is fixed, then what has its habit
            on = item.on or old.get(item.id)
            if on in free:
                chosen[item.id] = on
                free.remove(on)
            elif item.on is not None:
                out.append(item)
        rest = [i for i in group if i.id not in chosen and i.on is None]
        if len(rest) == 1:  # once a week: on the day with the least
            free.sort(key=lambda d: (sum(p.item.minutes for p in [*placed, *found] if p.on == d), d))
        for n, item in enumerate(rest):
            if n < len(free):
                chosen[item.id] = free[_even(n, len(rest), len(free)) if len(rest) > 1 else 0]
            else:
                out.append(item)
        days_used = sorted(chosen[i.id] for i in group if i.id in chosen)
        keep = {i.id for i in group if i.on is not None or i.id in old}
        order = iter([d for d in days_used if d not in {chosen[k] for k in keep if k in chosen}])
        for item in group:
            if item.id in chosen:
                on = chosen[item.id] if item.id in keep else next(order)
                found.append(Placed(item, on, _hour(item, on, [*placed, *found])))
    return found, out


def _even(n: int, wanted: int, free: int) -> int:
    """The n-th of `wanted` places spread over `free` days."""
    return n if wanted >= free else (2 * n + 1) * free // (2 * wanted)


def _last_days(items: Sequence[WeekItem], previous: WeekPlan | None, start: date) -> dict[str, date]:
    if previous is None:
        return {}
    kinds = {i.kind for i in items}
    pairs, _, _ = match([p for p in previous.placed if p.item.kind in kinds], [Placed(i, start, 0) for i in items])
    return {new.item.id: start + timedelta(days=(old.on - previous.start).days % 7) for old, new in pairs}


def _hour(item: WeekItem, on: date, placed: Sequence[Placed]) -> int:
    """Its usual hour, or right after what stands there then."""
    begins = _HOUR[item.kind]
    for p in sorted((p for p in placed if p.on == on), key=lambda p: p.start_min):
        ends = p.start_min + round(p.item.minutes)
        if p.start_min < begins + item.minutes and ends > begins:
            begins = ends
    return min(begins, 24 * 60 - round(item.minutes))
