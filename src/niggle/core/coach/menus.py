"""What she may do besides: routines for everybody with what her complaints forbid taken out, and cross-training."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from niggle.core.coach.types import CrossMenu, CrossMode, RoutineOf
from niggle.core.knowledge_types import Knowledge
from niggle.core.protocol import CrossTraining
from niggle.core.reasons import Fact, Reason, Weight
from niggle.core.rehab import Complaint, forbidden
from niggle.core.routine import Slot

PREVENTION: Final = "daily-prevention"
STRENGTH: Final = "strength-template"
WARM_UP: Final = "warm-up"
_RULES: Final = {PREVENTION: "COA-R03", STRENGTH: "COA-R04", WARM_UP: "COA-R05"}


def routine_of(
    name: str,
    complaints: Sequence[Complaint],
    knowledge: Knowledge,
    *,
    plan_open: bool,
    closed: Sequence[str] = (),
    may_run: bool = True,
) -> RoutineOf:
    """One of the three routines. Nothing that an open complaint forbids is in it; closed: exercises that the day or
    the plan takes out (strides before they are open). With a plan open its own strength comes first. On a day without
    a run nothing stands before or after one."""
    routine = knowledge.routines[name]
    kept, out = [], []
    for item in routine.items:
        exercise = knowledge.exercises[item.dose.exercise]
        if not may_run and item.slot in (Slot.BEFORE_RUN, Slot.AFTER_RUN):
            continue
        no = forbidden(exercise, complaints)
        if no is not None:
            out.append((exercise.id, no[0]))
        elif exercise.id not in closed:
            kept.append(item)
    why = _reason(_RULES[name], knowledge, Fact("left_out", len(out), "count"))
    return RoutineOf(routine, tuple(kept), tuple(out), why, plan_open and name == STRENGTH, may_run)


def cross_menu(modes: Sequence[CrossTraining], locked: bool, knowledge: Knowledge) -> CrossMenu:
    """The cross-training that the open plans list now (rehab.cross_modes). locked: bone that is not cleared yet."""
    shown = () if locked else tuple(CrossMode(m.exercise, m.minutes_low, m.minutes_high, m.note) for m in modes)
    seen = Fact("modes", len(shown), "count")
    return CrossMenu(shown, locked, _reason("RTR-X11" if locked else "COA-R06", knowledge, seen))


def _reason(rule: str, knowledge: Knowledge, *facts: Fact) -> Reason:
    known = knowledge.rules[rule]
    return Reason(rule, Weight.INFO, facts, known.sources, known.grade)
