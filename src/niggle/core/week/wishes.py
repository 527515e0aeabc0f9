"""What she would like of a week: met or not. A wish about something the week does not hold at all is not unmet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from niggle.core.plan import RUN_KINDS, Availability, ItemKind, Placed, WeekItem, Wish, WishKind
from niggle.core.week.rules import FLOATING, STRENGTH_KINDS, is_run
from niggle.core.week.types import Surroundings, WishBroken

_ASKED: Final = {
    WishKind.LONG_RUN_ON: frozenset({ItemKind.RUN_LONG}),
    WishKind.STRENGTH_ON: STRENGTH_KINDS,
    WishKind.RUN_ON: RUN_KINDS - {ItemKind.STRIDES},
    WishKind.CROSS_TRAINING_ON: frozenset({ItemKind.CROSS_TRAINING}),
}


def wishes_broken(
    placed: Sequence[Placed], surroundings: Surroundings, availability: Availability
) -> tuple[WishBroken, ...]:
    """The wishes that the week does not meet, in her order. Days already past are not asked for."""
    found = []
    for wish in availability.wishes:
        items = _in_the_way(wish, placed, surroundings)
        if items is not None:
            found.append(WishBroken(wish, items))
    return tuple(found)


def asked_for(kind: WishKind) -> frozenset[ItemKind]:
    """The kinds of item that such a wish wants on its day; empty for wishes of another sort."""
    return _ASKED.get(kind, frozenset())


def day_of(wish: Wish, surroundings: Surroundings) -> date | None:
    """The day of this week that the wish speaks of; None without a weekday or if that day is past."""
    if wish.weekday is None or not 0 <= wish.weekday < 7:
        return None
    on = surroundings.start + timedelta(days=(wish.weekday - surroundings.start.weekday()) % 7)
    return on if on >= surroundings.first_free else None


def rests(item: WeekItem) -> bool:
    """Fits a day of rest: the daily low-load set, mobility, a walk."""
    return item.kind in FLOATING


def too_early(item: WeekItem, on: date, start_min: float, wish: Wish) -> bool:
    """The item begins before the hour that the wish names (on its weekday, or on any)."""
    if wish.value is None or item.kind in FLOATING or item.kind is ItemKind.RACE:
        return False
    return start_min < wish.value and (wish.weekday is None or wish.weekday == on.weekday())


def _in_the_way(wish: Wish, placed: Sequence[Placed], surroundings: Surroundings) -> tuple[str, ...] | None:
    """Ids of what stands against the wish; None where it is met or does not apply."""
    open_items = [p for p in placed if not p.done and p.on >= surroundings.first_free]
    if wish.kind is WishKind.RUNS_PER_WEEK:
        done = sum(is_run(p.item) for p in surroundings.before if p.on >= surroundings.start)
        runs = [p for p in placed if is_run(p.item)]
        if wish.value is None or not runs or len(runs) + done == wish.value:
            return None
        return tuple(p.item.id for p in runs)
    if wish.kind is WishKind.NOTHING_BEFORE:
        early = tuple(p.item.id for p in open_items if too_early(p.item, p.on, p.start_min, wish))
        return early or None
    on = day_of(wish, surroundings)
    if on is None:
        return None
    if wish.kind is WishKind.REST_ON:
        return tuple(p.item.id for p in open_items if p.on == on and not rests(p.item)) or None
    kinds = _ASKED[wish.kind]
    wanted = [p for p in placed if p.item.kind in kinds]
    if not wanted or any(p.on == on for p in wanted):
        return None
    return tuple(p.item.id for p in wanted)
