"""What makes one week that holds better than another: tiers of cost, and small likings (heuristic, all of them).

One tier outweighs all below it: items, wishes, warnings, optional items, days of the last calendar, likings.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from ortools.sat.python import cp_model

from niggle.core.plan import ItemKind
from niggle.core.week.rules import EASY_KINDS, STRENGTH_KINDS
from niggle.core.week.types import Spacing
from niggle.scheduler.request import Kind

if TYPE_CHECKING:
    from niggle.scheduler.model import Model

REQUIRED: Final = 10_000_000
WISH: Final = 200_000
WARNING: Final = 10_000
OPTIONAL: Final = 2_000
CHANGE: Final = 150
_FULL_DAY, _TWO_RUNS, _RUN_ON_RUN, _TOO_NEAR, _MIXED, _LOADED = 3, 6, 2, 3, 4, 2
_FAR: Final = 3  # days between strength A and B in the sample week
_WEEKEND: Final = {5: 0, 6: 4}  # a long run without a wish goes to the weekend, Saturday first
_ELSE: Final = 12
_LIGHT_MIN: Final = 45  # after a long run a longer session is no rest


def add_likings(model: Model) -> None:
    """Costs of every spot, and of what stands together."""
    kinds = model.request.kinds
    for k, kind in enumerate(kinds):
        weight = OPTIONAL if kind.optional else REQUIRED * kind.importance
        for s, v in model.by_kind[k]:
            day = model.slots[s].day
            cost = -weight + (kind.warnings + model.warned[k, s]) * WARNING
            if day in kind.habits:  # elsewhere, or left out for another one: a change
                cost -= CHANGE
            model.cost.append((v, cost))
            taste = _taste(kind, day, model.request.weekdays)
            if taste:
                model.likings.append((v, taste))
    _spread(model)
    strong = [k for k, kind in enumerate(kinds) if kind.traits.kind in STRENGTH_KINDS]
    for a in strong:
        for b in strong:
            if a < b:
                _together(model, a, b, tuple(range(1 - _FAR, _FAR)), _TOO_NEAR)
    for a, first in enumerate(kinds):
        for b, other in enumerate(kinds):
            if a != b and _mixes(first, other):
                _together(model, a, b, (0,), _MIXED)
            if first.traits.kind is ItemKind.RUN_LONG and not other.run and other.minutes > _LIGHT_MIN:
                _together(model, a, b, (1,), _LOADED)


def _taste(kind: Kind, day: int, weekday: int) -> int:
    """Small likings for a day: tests early, the long run at the weekend, strength A before B."""
    name = kind.traits.kind
    if name is ItemKind.TEST:
        return day
    if name is ItemKind.RUN_LONG:
        return _WEEKEND.get((weekday + day) % 7, _ELSE)
    return day if name in (ItemKind.STRENGTH_A, ItemKind.STRENGTH) else 0


def _mixes(first: Kind, other: Kind) -> bool:
    """Not on one day if it can be helped: strength and more than an easy run; strides and a long run or strength."""
    if first.traits.kind is ItemKind.STRIDES:
        return other.strength or other.traits.kind is ItemKind.RUN_LONG
    return first.strength and other.run and other.traits.kind not in EASY_KINDS


def _spread(model: Model) -> None:
    """Sessions over the days, runs not day after day."""
    kinds = model.request.kinds
    ran: list[cp_model.IntVar | None] = []
    pressed: list[cp_model.IntVar] = []  # two runs on a day, or on following days
    all_runs: list[cp_model.IntVar] = []
    for day in range(7):
        here = [(k, v) for k, v in model.by_day[day] if kinds[k].traits.kind is not ItemKind.STRIDES]
        _above_one(model, [v for _, v in here], _FULL_DAY)
        runs = [v for k, v in here if kinds[k].run]
        twice = _above_one(model, runs, _TWO_RUNS)
        pressed += [] if twice is None else [twice]
        ran.append(_any(model, runs))
        all_runs += runs
    for today, tomorrow in pairwise(ran):
        if today is not None and tomorrow is not None:
            both = model.cp.new_bool_var("")
            model.cp.add_bool_or([~today, ~tomorrow, both])
            model.likings.append((both, _RUN_ON_RUN))
            pressed.append(both)
    if model.request.stance.spacing is Spacing.WARN:  # RP-C13 by days
        model.cost += [(v, WARNING) for v in pressed]
    roomy = _apart_at_most([r is not None for r in ran])
    if sum(k.many for k in kinds if k.run) > roomy:  # says nothing new, and makes the proof short
        model.cp.add(cp_model.LinearExpr.sum(pressed) + roomy >= cp_model.LinearExpr.sum(all_runs))


def _apart_at_most(days: list[bool]) -> int:
    """How many of the days can be chosen without two that follow each other."""
    found, last = 0, False
    for day in days:
        last = day and not last
        found += last
    return found


def _above_one(model: Model, of: list[cp_model.IntVar], cost: int) -> cp_model.IntVar | None:
    if len(of) < 2:
        return None
    more = model.cp.new_int_var(0, len(of), "")
    model.cp.add(cp_model.LinearExpr.sum(of) <= 1 + more)
    model.likings.append((more, cost))
    return more


def _any(model: Model, of: list[cp_model.IntVar]) -> cp_model.IntVar | None:
    if len(of) < 2:
        return of[0] if of else None
    some = model.cp.new_bool_var("")
    for v in of:
        model.cp.add_implication(v, some)
    return some


def _together(model: Model, a: int, b: int, days: tuple[int, ...], cost: int) -> None:
    """Costs once if b stands one of those days after a."""
    near: cp_model.IntVar | None = None
    alone = model.request.kinds[b].many == 1
    for day, here in model.days[a].items():
        close = [[v for *_, v in model.days[b].get(day + d, ())] for d in days]
        for there in [[v for some in close for v in some]] if alone else close:
            if not there:
                continue
            if near is None:
                near = model.cp.new_bool_var("")
                model.likings.append((near, cost))
            model.cp.add(cp_model.LinearExpr.sum([*(v for *_, v in here), *there]) <= 1 + near)
