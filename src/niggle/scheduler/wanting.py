"""Her wishes in the model: each has a literal that is true where it is not met."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from niggle.core.plan import WishKind
from niggle.core.week.wishes import asked_for
from niggle.scheduler.likings import WISH
from niggle.scheduler.request import DAY, Want

if TYPE_CHECKING:
    from niggle.scheduler.model import Model


def add_wishes(model: Model) -> None:
    """A literal per wish, with its cost; the earlier of her wishes weighs a little more."""
    for want in model.request.wants:
        unmet = model.unmet[want.place] = model.cp.new_bool_var("")
        model.cost.append((unmet, WISH + 50 * (len(model.request.wants) - want.place)))
        if want.kind is WishKind.REST_ON:
            for _, v in model.by_day[want.day or 0]:
                model.cp.add_implication(v, unmet)
        elif want.kind is WishKind.NOTHING_BEFORE:
            _not_before(model, want, unmet)
        elif want.kind is WishKind.RUNS_PER_WEEK:
            runs = [v for k, kind in enumerate(model.request.kinds) if kind.run for _, v in model.by_kind[k]]
            if runs and want.value is not None:
                total = cp_model.LinearExpr.sum(runs)
                model.cp.add(total == want.value - model.request.runs_done).only_enforce_if(~unmet)
        else:
            _asked(model, want, unmet)


def _asked(model: Model, want: Want, unmet: cp_model.IntVar) -> None:
    """If there is anything of the kind in the week, one of it is on that day."""
    asked = asked_for(want.kind)
    wanted = [
        (s, v) for k, kind in enumerate(model.request.kinds) if kind.traits.kind in asked for s, v in model.by_kind[k]
    ]
    there = [v for s, v in wanted if model.slots[s].day == want.day]
    for s, v in wanted:
        if model.slots[s].day != want.day:
            model.cp.add_bool_or([~v, *there, unmet])


def _not_before(model: Model, want: Want, unmet: cp_model.IntVar) -> None:
    """What stands in a window fits into the part of it after that hour."""
    for s, slot in enumerate(model.slots):
        hour = slot.day * DAY + (want.value or 0)
        here = model.by_slot[s]
        if slot.begins >= hour or not here or want.day not in (None, slot.day):
            continue
        if slot.own is not None:
            if model.request.kinds[slot.own].traits.kind.value != "race":
                for _, v in here:
                    model.cp.add_implication(v, unmet)
            continue
        minutes = [model.request.kinds[k].minutes for k, _ in here]
        left = max(0, slot.ends - hour)
        if sum(minutes) > left:
            total = cp_model.LinearExpr.weighted_sum([v for _, v in here], minutes)
            model.cp.add(total <= left).only_enforce_if(~unmet)
