"""What is asked of the search, without names and dates: items alike are one kind with a count, days are 0 to 6.

Two requests that are equal have the same answer, whoever asks and whenever; so an answer can be kept (memo.py).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from niggle.core.plan import (
    FAST_KINDS,
    Availability,
    DayWindow,
    ItemKind,
    Placed,
    WeekItem,
    WeekPlan,
    WishKind,
)
from niggle.core.week import Surroundings, match, windows_of
from niggle.core.week.check import closed
from niggle.core.week.rules import (
    BLOCK,
    FLOATING,
    STRENGTH_KINDS,
    Numbers,
    Stance,
    Traits,
    alone,
    careful_left,
    is_extra,
    is_impact,
    is_run,
    stance_of,
    traits_of,
)
from niggle.core.week.totals import counts, limits, volume

DAY: Final = 24 * 60
STEP_MIN: Final = 5  # lengths are rounded up to it, so that weeks that hardly differ are one request
_REACH: Final = 2  # days back in which anything but a new stressor still matters (48 h)
_RACE_START: Final = 9 * 60
_EVENING: Final = 18 * 60
_IMPORTANCE: Final = {  # what is given up last has the highest; all are required
    ItemKind.RACE: 20, ItemKind.RUN_WALK: 7, ItemKind.STRENGTH_A: 6, ItemKind.STRENGTH: 6, ItemKind.STRENGTH_B: 5,
    ItemKind.RUN_LONG: 5, ItemKind.RUN_MEDIUM: 4, ItemKind.RUN_EASY: 4, ItemKind.TEST: 3, ItemKind.CROSS_TRAINING: 3,
}  # fmt: skip
_ORDER: Final = {  # within one window: fresh for tests and speed, strength last
    ItemKind.TEST: 0, ItemKind.RACE: 1, ItemKind.SPEED: 2, ItemKind.HILLS: 2, ItemKind.PLYOMETRICS: 3,
    ItemKind.STRIDES: 5, ItemKind.CROSS_TRAINING: 6, ItemKind.STRENGTH_A: 7, ItemKind.STRENGTH_B: 7,
    ItemKind.STRENGTH: 7,
}  # fmt: skip


Spot = tuple[int, int]  # index of kind, index of slot


class Kind(NamedTuple):
    """Items alike in all that rules look at. fixed: the day it has to be on. own_time: needs none of her windows."""

    order: int
    traits: Traits
    minutes: int
    metres: float | None  # only where a limit on the week's running may bind
    volume_min: float | None
    gym: bool
    impact: bool
    extra: bool
    run: bool
    strength: bool
    optional: bool
    spare: bool  # a run more than she wants in a week
    fixed: int | None
    own_time: bool
    importance: int
    barred: tuple[str, ...]  # rules that keep it off every day
    warnings: int  # rules that warn of it on every day
    shut_before: int  # first day on which running is open for it; 0 for what is no run
    shut_rule: str
    shut_on: tuple[int, ...]  # days away on which it is not possible, though other things are (PLAN-W04)
    many: int = 1
    habits: tuple[int, ...] = ()  # days on which the last calendar had it


class Slot(NamedTuple):
    """Time on an open day, in minutes after the week's first midnight. own: only for the kind of that place."""

    day: int
    begins: int
    ends: int
    gym: bool
    own: int | None = None
    shut: tuple[str, ...] = ()  # rules that keep it shut; only to explain


class Cut(NamedTuple):
    """Spots that cannot stand together because the hours do not work out, and the rule that keeps them apart."""

    rule: str
    spots: frozenset[Spot]


class Stands(NamedTuple):
    """What already stands: done before, done this week, fixed, or a race in the days after it."""

    day: int
    begins: int
    ends: int
    traits: Traits
    impact: bool
    run: bool


class Want(NamedTuple):
    """A wish: its place among hers, what it wants, the day of this week it speaks of (None: any), its number."""

    place: int
    kind: WishKind
    day: int | None
    value: int | None


class Request(NamedTuple):
    kinds: tuple[Kind, ...]
    slots: tuple[Slot, ...]
    shut_slots: tuple[Slot, ...]  # windows on days away: only to tell why (PLAN-W04)
    stands: tuple[Stands, ...]
    numbers: Numbers
    stance: Stance
    first: int
    careful: int
    limits: tuple[tuple[str, float, str], ...]  # rule, what is left of it, unit
    wants: tuple[Want, ...]
    runs_done: int
    weekdays: int  # weekday of day 0


class Asked(NamedTuple):
    """A request and the items behind its kinds, and those that need no search."""

    request: Request
    members: tuple[tuple[WeekItem, ...], ...]
    floating: tuple[WeekItem, ...]


def ask(
    items: Sequence[WeekItem],
    availability: Availability,
    surroundings: Surroundings,
    numbers: Numbers,
    previous: WeekPlan | None,
    fixed: Sequence[Placed],
    step_min: int = STEP_MIN,
) -> Asked:
    """The request for these items. ValueError if two items (or an item and a fixed one) share an id."""
    ids = [i.id for i in items] + [p.item.id for p in fixed]
    if len(set(ids)) != len(ids):
        raise ValueError("two items of a week have the same id")
    start, first = surroundings.start, (surroundings.first_free - surroundings.start).days
    stands = _standing(surroundings, fixed, numbers)
    searched = _enough_runs([i for i in items if i.kind not in FLOATING], availability, stands)
    weighed = _binding(searched, surroundings, fixed, numbers)
    habits = _habits(previous, searched)
    groups: dict[Kind, list[tuple[WeekItem, bool]]] = {}
    for item, spare in searched:
        kind = _kind(item, spare, surroundings, numbers, step_min, weighed)
        groups.setdefault(kind, []).append((item, spare))
    order = sorted(groups, key=lambda k: (k.order, k.traits.kind.value, k.minutes, repr(k)))
    kinds = tuple(
        k._replace(many=len(groups[k]), habits=tuple(sorted(habits[i.id] for i, _ in groups[k] if i.id in habits)))
        for k in order
    )
    days = list(range(first, 7))
    away = {(d - start).days for d in surroundings.not_on}
    windows = windows_of(availability)
    slots = _slots([d for d in days if d not in away], start, windows, fixed)
    slots += _own_slots(kinds, slots, {*range(first), *away})
    slots = _clear_of_races(kinds, slots)
    request = Request(
        kinds=kinds,
        slots=tuple(sorted(slots, key=lambda s: (s.begins, s.ends))),
        shut_slots=tuple(_slots([d for d in days if d in away], start, windows, fixed)),
        stands=stands,
        numbers=numbers,
        stance=stance_of(surroundings),
        first=first,
        careful=careful_left(surroundings, numbers),
        limits=weighed,
        wants=_wants(availability, surroundings),
        runs_done=sum(s.run for s in stands if 0 <= s.day < 7),
        weekdays=start.weekday(),
    )
    members = tuple(tuple(i for i, _ in groups[k]) for k in order)
    return Asked(request, members, tuple(i for i in items if i.kind in FLOATING))


def _kind(
    item: WeekItem,
    spare: bool,
    surroundings: Surroundings,
    numbers: Numbers,
    step_min: int,
    weighed: Sequence[tuple[str, float, str]],
) -> Kind:
    lone = alone(item, surroundings, numbers)
    shut, rule = _shut(item, surroundings)
    fixed = None if item.on is None else (item.on - surroundings.start).days
    volumes = bool(weighed) and counts(item)
    return Kind(
        order=_ORDER.get(item.kind, 4),
        traits=traits_of(item, numbers),
        minutes=max(step_min, math.ceil(item.minutes / step_min) * step_min),
        metres=(item.metres or 0.0) if volumes else None,
        volume_min=item.minutes if volumes else None,
        gym=item.gym,
        impact=is_impact(item),
        extra=is_extra(item),
        run=is_run(item),
        strength=item.kind in STRENGTH_KINDS,
        optional=spare or (item.optional and item.on is None),  # what she fixed she wants
        spare=spare,
        fixed=fixed,
        own_time=item.kind is ItemKind.RACE or item.on is not None,
        importance=_IMPORTANCE.get(item.kind, 3 if item.kind in FAST_KINDS else 2),
        barred=tuple(x.rule for x in lone if x.severity is BLOCK),
        warnings=sum(x.severity is not BLOCK for x in lone),
        shut_before=shut,
        shut_rule=rule,
        shut_on=_shut_on(item, surroundings),
    )


def _shut(item: WeekItem, surroundings: Surroundings) -> tuple[int, str]:
    """(first open day, the rule that shuts those before it); 7 where no day is open."""
    rule = ""
    for day in range(7):
        found = closed(item, surroundings.start + timedelta(days=day), surroundings)
        if found is None:
            return day, rule
        rule = found
    return 7, rule


def _shut_on(item: WeekItem, surroundings: Surroundings) -> tuple[int, ...]:
    closed_days = surroundings.shut(item.kind) - surroundings.not_on  # days off everything have no slots at all
    days = ((day - surroundings.start).days for day in closed_days)
    return tuple(sorted(day for day in days if 0 <= day < 7))


def _standing(surroundings: Surroundings, fixed: Sequence[Placed], numbers: Numbers) -> tuple[Stands, ...]:
    found = []
    for p in (*surroundings.before, *fixed, *surroundings.after):
        day = (p.on - surroundings.start).days
        stressor = p.item.new_stressor is not None
        if p.item.kind in FLOATING or not -7 <= day < 14 or (day < -_REACH and not stressor):
            continue
        begins = day * DAY + p.start_min
        ends = begins + math.ceil(p.item.minutes)
        found.append(Stands(day, begins, ends, traits_of(p.item, numbers), is_impact(p.item), is_run(p.item)))
    return tuple(sorted(found, key=lambda s: (s.begins, s.ends, s.traits.kind.value)))


def _enough_runs(
    items: Sequence[WeekItem], availability: Availability, stands: Sequence[Stands]
) -> list[tuple[WeekItem, bool]]:
    """The items, and whether a run is one more than she wants in a week: then it is left out before a wish is."""
    wanted = next((w.value for w in availability.wishes if w.kind is WishKind.RUNS_PER_WEEK), None)
    runs = [i for i in items if is_run(i)]
    spare: set[str] = set()
    if wanted is not None:
        surplus = len(runs) + sum(s.run for s in stands if 0 <= s.day < 7) - wanted
        ranked = sorted(runs, key=lambda i: (not i.optional, _IMPORTANCE.get(i.kind, 3), i.minutes))
        spare = {i.id for i in ranked[: max(0, surplus)] if i.kind is not ItemKind.RACE}
    return [(i, i.id in spare) for i in items]


def _binding(
    searched: Sequence[tuple[WeekItem, bool]],
    surroundings: Surroundings,
    fixed: Sequence[Placed],
    numbers: Numbers,
) -> tuple[tuple[str, float, str], ...]:
    """Limits on the week's running that all items together would break, less what already stands."""
    found = limits(surroundings, numbers)
    if not found:
        return ()
    stand = (*surroundings.before, *fixed)
    here = [p.item for p in stand if surroundings.start <= p.on and counts(p.item, p.done)]
    runs = [i for i, _ in searched if counts(i)]
    done_m, done_min = volume(here)
    left = []
    for rule, most, unit in found:
        # a run without metres may be left out, and then the metres of the others count
        offered = sum(i.metres or 0.0 for i in runs) if unit == "m" else sum(i.minutes for i in runs)
        done = done_m if unit == "m" else done_min
        if done is not None and done + offered > most:
            left.append((rule, most - done, unit))
    return tuple(left)


def _habits(previous: WeekPlan | None, searched: Sequence[tuple[WeekItem, bool]]) -> dict[str, int]:
    """Item id -> the day of the week (counted from the calendar's own start) on which the last calendar had it."""
    if previous is None:
        return {}
    asked = [Placed(i, previous.start, 0) for i, _ in searched]
    pairs, _, _ = match([p for p in previous.placed if p.item.kind not in FLOATING], asked)
    return {new.item.id: (old.on - previous.start).days % 7 for old, new in pairs}


def _slots(days: Sequence[int], start: date, windows: Sequence[DayWindow], fixed: Sequence[Placed]) -> list[Slot]:
    """Her windows on those days, less the time that fixed items take."""
    taken = sorted(
        ((p.on - start).days * DAY + p.start_min, (p.on - start).days * DAY + p.start_min + math.ceil(p.item.minutes))
        for p in fixed
        if p.item.kind not in FLOATING
    )
    found = []
    for day in days:
        weekday = (start.weekday() + day) % 7
        for w in windows:
            if w.weekday != weekday:
                continue
            begins, ends = day * DAY + w.start_min, day * DAY + w.start_min + w.minutes
            for taken_from, taken_to in taken:
                if taken_from < ends and taken_to > begins:
                    if taken_from > begins:
                        found.append(Slot(day, begins, taken_from, w.gym))
                    begins = max(begins, taken_to)
            if begins < ends:
                found.append(Slot(day, begins, ends, w.gym))
    return found


def _own_slots(kinds: Sequence[Kind], slots: Sequence[Slot], shut: set[int]) -> list[Slot]:
    """A time of its own for a race, and for what she fixed on a day where no window holds it."""
    found: list[Slot] = []
    for index, k in enumerate(kinds):
        if not k.own_time or k.fixed is None or not 0 <= k.fixed < 7 or k.fixed in shut:
            continue
        race = k.traits.kind is ItemKind.RACE
        if not race and any(fits(k, s) for s in slots if s.day == k.fixed):
            continue
        begins = k.fixed * DAY + (_RACE_START if race else _EVENING)
        begins = max([begins, *(o.ends for o in found if o.day == k.fixed and o.ends > begins)])
        if begins + k.minutes > (k.fixed + 1) * DAY:
            continue
        found.append(Slot(k.fixed, begins, begins + k.minutes, True, index))
    return found


def _clear_of_races(kinds: Sequence[Kind], slots: Sequence[Slot]) -> list[Slot]:
    """Windows end where a time of its own begins, so that nothing stands at the same time."""
    own = [s for s in slots if s.own is not None]
    found = list(own)
    for s in slots:
        if s.own is not None:
            continue
        begins, ends = s.begins, s.ends
        for o in own:
            if o.begins < ends and o.ends > begins:
                if o.begins - begins >= ends - o.ends:
                    ends = o.begins
                else:
                    begins = o.ends
        if begins < ends:
            found.append(s._replace(begins=begins, ends=ends))
    return found


def fits(kind: Kind, slot: Slot) -> bool:
    """Long enough, with a gym if it needs one, and not another's own time."""
    return slot.ends - slot.begins >= kind.minutes and (slot.gym or not kind.gym) and slot.own is None


def _wants(availability: Availability, surroundings: Surroundings) -> tuple[Want, ...]:
    """Her wishes about days that are still to come."""
    found = []
    first = (surroundings.first_free - surroundings.start).days
    for index, wish in enumerate(availability.wishes):
        day = None
        if wish.weekday is not None:
            if not 0 <= wish.weekday < 7:
                continue
            day = (wish.weekday - surroundings.start.weekday()) % 7
            if day < first:
                continue
        elif wish.kind not in (WishKind.NOTHING_BEFORE, WishKind.RUNS_PER_WEEK):
            continue
        if wish.value is None and wish.kind in (WishKind.NOTHING_BEFORE, WishKind.RUNS_PER_WEEK):
            continue
        found.append(Want(index, wish.kind, day, wish.value))
    return tuple(found)
