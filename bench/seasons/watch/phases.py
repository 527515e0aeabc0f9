"""The phases of a plan: what opens the next one."""

from __future__ import annotations

from datetime import date
from typing import Final

from bench.seasons import know
from bench.seasons.season import Today
from bench.seasons.watch.seen import Watcher, Words
from niggle.core.knowledge_types import Knowledge
from niggle.core.plan import PlanStart
from niggle.core.protocol import TEST_FACT_ENDINGS
from niggle.core.when import AtLeast, Compare, Is, Not, OneOf, When

WORD_DAYS: Final = 7  # windows of gates


class GateOnUnknown(Watcher):
    """A phase forward only where every criterion of the gate could be known on that day."""

    def __init__(self, told: know.Told, knowledge: Knowledge) -> None:
        super().__init__(told, knowledge)
        self._phases: dict[str, int] = {}  # plan -> its phase on the day before

    def __call__(self, today: Today) -> Words:
        for line in today.decision.plan:
            phase, before = int(line.phase), self._phases.get(line.plan)
            self._phases[line.plan] = phase
            if before is None or phase <= before or phase < 2:
                continue
            start = next(s for s in today.case.plan.starts if s.id == line.plan)
            protocol = self.knowledge.protocols[line.condition]
            for criterion in protocol.phases[phase - 2].gate:
                if not self._known(criterion.when, today, start, line.phase_since):
                    yield f"{line.condition} to {phase} on {line.phase_since}: {criterion.id}"

    def _known(self, when: When, today: Today, start: PlanStart, on: date) -> bool:
        match when:
            case AtLeast(count, terms):
                return sum(self._known(t, today, start, on) for t in terms) >= count
            case Not(term):
                return self._known(term, today, start, on)
            case Is(name) | Compare(name, _, _) | OneOf(name, _):
                return self._fact_known(name, today, start, on)
        return True

    def _fact_known(self, name: str, today: Today, start: PlanStart, on: date) -> bool:
        if name.startswith("says_"):
            return know.answered(today.case, name, on)
        for ending in TEST_FACT_ENDINGS:
            test = name.removesuffix(ending)
            if name.endswith(ending) and test in self.knowledge.tests:
                return know.measured(today.case, test, on, self.knowledge)
        if name == "calf_gate":
            return all(know.measured(today.case, t, on, self.knowledge) for t in ("calf_raise", "calf_hold"))
        if name in ("settled_days", "green_days", "pain_worst_3d", "pain_daily_3d"):
            return self.told.any_of(start, on, 4)
        if name.endswith("_7d") and not name.startswith("exercise"):
            return self.told.any_of(start, on, WORD_DAYS)
        if name == "exercise_pain_worst_7d":
            return any(
                d.plan == start.id and 0 <= (on - d.on).days < WORD_DAYS and d.pain is not None
                for d in today.case.plan.done
            )
        return True
