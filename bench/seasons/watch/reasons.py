"""Something to do, or a reason why not."""

from __future__ import annotations

from typing import Final

from bench.seasons.season import Today
from bench.seasons.watch.seen import Watcher, Words, planned_now

NO_TASK: Final = frozenset({"emergency", "ill", "red", "cannot_say", "locked", "rest", "all_done"})


class PlanOrReason(Watcher):
    """With a plan open: something to do, or a named reason why not; and every 'not' has a reason too."""

    def __call__(self, today: Today) -> Words:
        d = today.decision
        wanted = {s.id for s in today.case.plan.open_plans(today.on) if s.condition in self.knowledge.protocols}
        if wanted != {line.plan for line in d.plan}:
            yield f"open {sorted(wanted)}, told of {[line.plan for line in d.plan]}"
        if not d.plan:
            return
        todo = {t.id for t in d.tasks if t.allowed and not t.done}
        if not todo and d.no_task not in NO_TASK:
            yield f"nothing to do and no reason: {d.no_task}"
        for line in d.plan:
            if line.nothing is None and not todo.intersection(line.tasks):
                yield f"{line.plan}: nothing to do and no reason"
            if line.nothing is not None and line.nothing not in NO_TASK:
                yield f"{line.plan}: no such reason {line.nothing!r}"
        for task in d.tasks:
            if not task.allowed and not task.done and not task.because:
                yield f"{task.kind.value} is not allowed and nobody says why"
        solved = today.solved
        empty = solved is not None and not planned_now(today) and not solved.left_out and solved.week.last > today.on
        if solved is not None and empty and solved.named is None:
            yield "an empty calendar without a reason"
