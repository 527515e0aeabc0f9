"""The invariants: what must never be, whatever a runner does and says. Each stands once in the list below.

A watcher looks at one day, at what was known and at what niggle said of it, and reaches its own verdict: nothing here
asks the engine. It says in words where its invariant is broken, and keeps its own memory of the season.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bench.seasons import know
from bench.seasons.season import Today
from bench.seasons.watch.care import BoneWithoutClearance, Contraindicated, ProfessionalAtDeadline
from bench.seasons.watch.coming_back import HalfStart, StepWithoutGreen
from bench.seasons.watch.growth import WeekGrowth
from bench.seasons.watch.phases import GateOnUnknown
from bench.seasons.watch.reasons import PlanOrReason
from bench.seasons.watch.running import AlternateDays, OneRunADay, RunOnRed, RunsWhenIll
from bench.seasons.watch.seen import Watcher, run_tasks
from bench.seasons.watch.stress import FastAfterHeavyCalf, TwoNewStressors
from niggle.core.knowledge_types import Knowledge

EACH_DAY: Final[dict[str, type[Watcher]]] = {
    "run_on_red": RunOnRed,
    "step_without_green": StepWithoutGreen,
    "gate_on_unknown": GateOnUnknown,
    "fast_after_heavy_calf": FastAfterHeavyCalf,
    "two_new_stressors": TwoNewStressors,
    "week_growth": WeekGrowth,
    "contraindicated": Contraindicated,
    "bone_without_clearance": BoneWithoutClearance,
    "professional_at_deadline": ProfessionalAtDeadline,
    "plan_or_reason": PlanOrReason,
    "alternate_days": AlternateDays,
    "runs_when_ill": RunsWhenIll,
    "half_start": HalfStart,
    "one_run_a_day": OneRunADay,
}
SOME_DAYS: Final = ("worse_opens_more", "remembering_changes", "round_trip")  # sampling.py: they cost a decision each
AT_THE_START: Final = ("refusal",)  # season.py: a plan that may not begin is refused
INVARIANTS: Final = (*EACH_DAY, *SOME_DAYS, *AT_THE_START)


class Watchers:
    """All that look at each day, over one season."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.told = know.Told()
        self.each = {name: watcher(self.told, knowledge) for name, watcher in EACH_DAY.items()}

    def __call__(self, today: Today) -> Iterable[tuple[str, str]]:
        self.told.read(today.case)
        return [(name, words) for name, watcher in self.each.items() for words in watcher(today)]


__all__ = ["INVARIANTS", "Watchers", "run_tasks"]
