"""Phase 4 as far as strength goes: a third to a half less work than phase 3 asked for, the weight stays (RP-C15).

Where a protocol's own doses take off less, sets are left out one by one, from the exercise with the most; heavy and
essential ones give up theirs last, and none falls below one set.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from niggle.core.knowledge_types import Knowledge
from niggle.core.protocol import Group, Phase
from niggle.core.rehab.book import Book
from niggle.core.rehab.prescribe import prescribe
from niggle.core.rehab.types import Life, PlanState, Prescribed, Prescription
from niggle.core.rehab.week_items import strength_minutes

_STRENGTH: Final = (Group.A, Group.B)


def prescribe_all(
    states: Sequence[PlanState], life: Life, knowledge: Knowledge, at: date | None = None
) -> tuple[Prescription, ...]:
    """The exercises of each open plan at today's dose, in the order of the plans. at: as of `prescribe`."""
    return tuple(_sharpened(prescribe(s, life, knowledge, states, at), s, states, life, knowledge, at) for s in states)


def strength_before(
    states: Sequence[PlanState], life: Life, knowledge: Knowledge, at: date | None = None
) -> tuple[float, int] | tuple[None, None]:
    """(minutes of strength work, heavy sessions) that a week of phase 3 held.

    None unless every plan is in phase 4, and none is locked: what a lapsed clearance takes away is no cut.
    """
    if not states or any(s.phase is not Phase.SHARPEN or s.locked is not None for s in states):
        return None, None
    return strength_minutes([_before(s, states, life, knowledge, at) for s in states], knowledge)


def _before(
    state: PlanState, states: Sequence[PlanState], life: Life, knowledge: Knowledge, at: date | None
) -> Prescription:
    """Phase 3 at the doses that it reached."""
    items = Book.of(state.plan, knowledge).items(Phase.INTEGRATE)
    open_ = {i.id: True for i in items if i.group in _STRENGTH}
    reached = replace(state, phase=Phase.INTEGRATE, conditional=open_, trial=False)
    return prescribe(reached, life, knowledge, states, at)


def _sharpened(
    given: Prescription,
    state: PlanState,
    states: Sequence[PlanState],
    life: Life,
    knowledge: Knowledge,
    at: date | None,
) -> Prescription:
    if state.phase is not Phase.SHARPEN:
        return given
    before, _ = strength_minutes([_before(state, states, life, knowledge, at)], knowledge)
    most = before * (1 - knowledge.numbers("phase_strength_cut")[0])
    while strength_minutes([given], knowledge)[0] > most > 0:
        sets = [i for i in given.items if i.group in _STRENGTH and i.dose.sets > 1]
        if not sets:
            break
        least = max(sets, key=lambda i: (not (i.heavy or i.essential), i.dose.sets, i.item))
        given = replace(given, items=tuple(_one_set_less(i) if i is least else i for i in given.items))
    return given


def _one_set_less(item: Prescribed) -> Prescribed:
    return replace(item, dose=replace(item.dose, sets=item.dose.sets - 1))
