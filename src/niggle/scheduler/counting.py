"""Rules that count over days of the week, as constraints: spacing of runs, quiet days, short runs, extras, volume."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ortools.sat.python import cp_model

from niggle.core.plan import ItemKind
from niggle.core.week.rules import LONG_KINDS
from niggle.core.week.types import Spacing

if TYPE_CHECKING:
    from niggle.scheduler.model import Model

Var = cp_model.IntVar
sum_of: Final = cp_model.LinearExpr.sum
SPACING: Final = "RP-C13"


def add_counts(model: Model) -> None:
    """All of them."""
    _spacing(model)
    _strength(model)
    _easy_before_long(model)
    _quiet_day(model)
    _careful(model)
    _volume(model)


def _spacing(model: Model) -> None:
    """At most one run on two days that follow each other (RP-C13); a warning costs in likings.py."""
    if model.request.stance.spacing is not Spacing.BLOCK:
        return
    for day in range(7):
        runs = [v for d in (day, day + 1) if d < 7 for k, v in model.by_day[d] if model.request.kinds[k].run]
        if len(runs) > 1:
            model.at_most(SPACING, runs, None, 1)


def _strength(model: Model) -> None:
    """No two strength sessions on days that follow each other: said by RP-C05's hours, and shorter to prove so."""
    for day in range(6):
        strong = [v for d in (day, day + 1) for k, v in model.by_day[d] if model.request.kinds[k].strength]
        if len(strong) > 2:
            model.at_most("RP-C05", strong, None, 1)


def _easy_before_long(model: Model) -> None:
    """Several short easy sessions on the day before the long run, too long together (RP-C04)."""
    request = model.request
    most = round(request.numbers.before_long)
    easy = {k for k, kind in enumerate(request.kinds) if _is_short(kind.traits.quiet, kind.traits.kind)}
    stood: dict[int, int] = {}
    for st in request.stands:
        if _is_short(st.traits.quiet, st.traits.kind):
            stood[st.day] = stood.get(st.day, 0) + st.ends - st.begins
    if sum(request.kinds[k].minutes * request.kinds[k].many for k in easy) + sum(stood.values()) <= most:
        return
    for k, kind in enumerate(request.kinds):
        if kind.traits.kind not in LONG_KINDS:
            continue
        for s, x in model.by_kind[k]:
            day = model.slots[s].day - 1
            here = [(e, v) for e, v in (model.by_day[day] if day >= 0 else []) if e in easy]
            minutes = [request.kinds[e].minutes for e, _ in here]
            if sum(minutes) + stood.get(day, 0) > most:
                left = most - stood.get(day, 0)
                if left < 0:
                    model.unless("RP-C04", [~x])
                elif len(here) > 1 or stood.get(day, 0):
                    model.at_most("RP-C04", [v for _, v in here], minutes, left, x)


def _quiet_day(model: Model) -> None:
    """One day of the week without impact (RP-C14)."""
    request = model.request
    stood = {st.day for st in request.stands if st.impact and 0 <= st.day < 7}
    offered = sum(k.many for k in request.kinds if k.impact)
    most = 7 - round(request.numbers.rest_days)
    if len(stood) + offered <= most:
        return
    days: list[Var] = []
    for day in range(7):
        here = [v for k, v in model.by_day[day] if request.kinds[k].impact]
        if day in stood or not here:
            continue
        ran = model.cp.new_bool_var("")
        for v in here:
            model.cp.add_implication(v, ran)
        days.append(ran)
    if days:
        model.at_most("RP-C14", days, None, max(0, most - len(stood)))


def _careful(model: Model) -> None:
    """Strides, hops, steady blocks and descents only after so many runs (RP-R07)."""
    left, kinds = model.request.careful, model.request.kinds
    if left <= 0:
        return
    for k, kind in enumerate(kinds):
        if not kind.extra:
            continue
        for s, x in model.by_kind[k]:
            before = [v for d in range(model.slots[s].day) for r, v in model.by_day[d] if kinds[r].run]
            if len(before) < left:
                model.unless("RP-R07", [~x])
            else:
                model.cp.add(sum_of(before) >= left).only_enforce_if([x, *model.rule("RP-R07")])


def _volume(model: Model) -> None:
    """What the week's runs may add up to (RP-C16, LOAD-R01)."""
    for rule, left, unit in model.request.limits:
        variables: list[Var] = []
        sizes: list[int] = []
        for i, k in enumerate(model.request.kinds):
            size = k.metres if unit == "m" else k.volume_min
            if size:
                variables += [v for _, v in model.by_kind[i]]
                sizes += [-int(-size * 10 // 1)] * len(model.by_kind[i])
        if variables:
            model.at_most(rule, variables, sizes, max(0, int(left * 10)))


def _is_short(quiet: bool, kind: ItemKind) -> bool:
    return quiet and kind is not ItemKind.TEST
