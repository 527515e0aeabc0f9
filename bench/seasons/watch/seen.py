"""What every watcher sees of a day: what may be run, what is planned, what was run; and what a watcher is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from bench.seasons import know
from bench.seasons.season import Today
from niggle.core.knowledge_types import Knowledge
from niggle.core.plan import RUN_KINDS, ItemKind, Placed, PlanStart
from niggle.core.today import Activity, Decision, Task

K, A = ItemKind, Activity
Words = Iterator[str]  # what must never be and was, in words
RUN_ACTIVITIES: Final = frozenset({A.EASY_RUN, A.LONG_RUN, A.SPEED, A.HILLS, A.DOWNHILL})
SETTLE_DAYS: Final = 14  # the last step of a ladder is kept for so long


class Watcher:
    """One invariant over one season: asked each day, it says in words where it is broken, and may remember."""

    def __init__(self, told: know.Told, knowledge: Knowledge) -> None:
        self.told, self.knowledge = told, knowledge

    def __call__(self, today: Today) -> Words:
        raise NotImplementedError


def run_tasks(decision: Decision) -> list[Task]:
    """Runs that are to be done today."""
    return [t for t in decision.tasks if t.kind in RUN_KINDS and t.allowed and not t.done]


def may_run(decision: Decision) -> bool:
    return bool(RUN_ACTIVITIES.intersection(decision.allowed)) or bool(run_tasks(decision))


def planned_now(today: Today) -> tuple[Placed, ...]:
    """What a calendar made today holds from today on."""
    if today.solved is None:
        return ()
    return tuple(p for p in today.solved.week.placed if p.on >= today.on and not p.done)


def run_days(today: Today, start: PlanStart) -> list[date]:
    """Days on which she ran, by the log or by her word, since the plan began."""
    history = today.case.history
    days = {int(x) for x, run in zip(history.day, history.is_run, strict=True) if run}
    ran = [date.fromordinal(n) for n in sorted(days) if n >= start.on.toordinal()]
    # a word about a run at one place tells of the run for the other plan's place too
    told = [e.on for e in today.case.entries if e.answers.pain_max is not None or e.answers.pain_start is not None]
    return sorted({d for d in (*ran, *told) if start.on <= d < today.on})


def metres_run(today: Today, first: date, last: date) -> float:
    """Metres run from `first` to `last`."""
    h = today.case.history
    lo, hi = first.toordinal(), last.toordinal()
    return float(
        sum(m for m, d, run in zip(h.distance_m, h.day, h.is_run, strict=True) if run and lo <= d <= hi and m == m)
    )


def minute_of(p: Placed, begin: date) -> float:
    """When it begins, in minutes since the first midnight of the season."""
    return (p.on - begin).days * 1440.0 + p.start_min
