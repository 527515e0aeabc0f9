"""Fast and springy work: its distance from heavy calf work, and one new kind at a time."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from bench.seasons import know
from bench.seasons.season import Today
from bench.seasons.watch.seen import A, K, Watcher, Words, minute_of, planned_now
from niggle.core.knowledge_types import Knowledge
from niggle.core.plan import ItemKind
from niggle.core.protocol import Group

FAST: Final = frozenset({K.HILLS, K.SPEED, K.PLYOMETRICS})
CALF_HOURS: Final = 36.0
_KIND_OF: Final = {"strides": K.STRIDES, "hills": K.HILLS, "speed": K.SPEED, "sprint": K.SPEED, "race": K.SPEED,
                   "plyometric": K.PLYOMETRICS}  # fmt: skip


class FastAfterHeavyCalf(Watcher):
    """Hills, speed and plyometrics of their own: 36 hours after the end of heavy calf work, planned or done."""

    def __call__(self, today: Today) -> Words:
        begin = today.runner.first
        planned = planned_now(today)
        heavy = [(e, "done") for e in today.heavy_calf_min if self._told_of_calf(today, e)]
        heavy += [(minute_of(p, begin) + p.item.minutes, p.item.id) for p in planned if p.item.heavy_calf]
        for p in planned:
            if p.item.kind not in FAST:
                continue
            starts = minute_of(p, begin)
            for ends, what in heavy:
                if ends <= starts + 1 and starts - ends < CALF_HOURS * 60 - 1:
                    yield f"{p.item.kind.value} on {p.on} {(starts - ends) / 60:.1f} h after {what}"
        for task in today.decision.tasks:
            if task.kind not in FAST or not task.allowed or task.done:
                continue
            starts = today.index * 1440 + (18 * 60 if task.start_min is None else task.start_min)
            for ends, _ in heavy:
                if ends <= starts and starts - ends < CALF_HOURS * 60 - 1:
                    yield f"task {task.kind.value} {(starts - ends) / 60:.1f} h after heavy calf work"
        allowed = {A.SPEED, A.HILLS, A.PLYOMETRICS}.intersection(today.decision.allowed)
        late = [e for e in today.heavy_calf_min if e // 1440 >= today.index - 1 and self._told_of_calf(today, e)]
        if allowed and late and today.decision.plan:
            yield f"{sorted(allowed)} allowed on the day of heavy calf work or the day after it"

    def _told_of_calf(self, today: Today, ends_min: float) -> bool:
        """She ticked heavy calf work of that day."""
        on = today.runner.first + timedelta(minutes=ends_min)
        return any(d.on == on and self._is_heavy_calf(d.plan, d.item, today) for d in reversed(today.case.plan.done))

    def _is_heavy_calf(self, plan: str, item: str, today: Today) -> bool:
        start = next((s for s in today.case.plan.starts if s.id == plan), None)
        if start is None:
            return False
        protocol = self.knowledge.protocols[start.condition]
        for phase in protocol.phases:
            for i in phase.items:
                if i.id == item:
                    heavy = i.dose.weight.value in ("effort", "moderate")
                    return heavy and self.knowledge.exercises[i.exercise].heavy_calf
        return False


class TwoNewStressors(Watcher):
    """With a plan open, at most one kind of fast or springy work comes (back) in seven days."""

    def __init__(self, told: know.Told, knowledge: Knowledge) -> None:
        super().__init__(told, knowledge)
        self._jumps: dict[str, set[tuple[str, str]]] = {}
        self._offered: dict[ItemKind, date] = {}
        self._had: dict[ItemKind, date] = {}
        self._read = 0

    def __call__(self, today: Today) -> Words:
        self._note_log(today)
        if not today.decision.plan:
            return
        fresh = {k: d for k, d in self._offered.items() if (today.on - d).days < 7}
        for p in planned_now(today):
            kind = p.item.kind
            if p.item.new_stressor is None and kind not in (K.STRIDES, K.HILLS, K.SPEED, K.PLYOMETRICS):
                continue
            had = self._had.get(kind)
            if had is not None and (p.on - had).days <= 35:
                continue
            if kind not in self._offered or (today.on - self._offered[kind]).days > 35:
                fresh[kind] = p.on
                self._offered[kind] = p.on
        if len(fresh) > 1 and today.solved is not None:
            days = sorted(fresh.values())
            if any((b - a).days < 7 for a, b in pairwise(days)):
                yield f"{ {k.value: str(d) for k, d in fresh.items()} }"
        opened = [(o.on, o.element.value) for s in today.states.values() for o in s.opened]
        for s in today.states.values():
            own = sorted(o.on for o in s.opened)
            if any((b - a).days < 7 for a, b in pairwise(own)):
                yield f"opened {sorted(opened)}"

    def _note_log(self, today: Today) -> None:
        """When each kind was last done: by the log's tags, and jumps by their ticks. Anything fast covers strides."""
        for d in today.case.plan.done[-12:]:
            if not d.skipped and (d.plan, d.item) in self._springs(today):
                self._had[K.PLYOMETRICS] = max(d.on, self._had.get(K.PLYOMETRICS, d.on))
        history = today.case.history
        if len(history) == self._read:
            return
        self._read = len(history)
        for i in range(max(0, len(history) - 30), len(history)):
            for tag in history.tags[i]:
                kind = _KIND_OF.get(tag.value)
                if kind is not None:
                    day = date.fromordinal(int(history.day[i]))
                    for done in {kind, K.STRIDES} - ({K.STRIDES} if kind is K.PLYOMETRICS else set()):
                        self._had[done] = max(day, self._had.get(done, day))

    def _springs(self, today: Today) -> set[tuple[str, str]]:
        """(plan, item) of jumps, of the plans that were ever started."""
        for start in today.case.plan.starts:
            if start.id not in self._jumps:
                phases = self.knowledge.protocols[start.condition].phases
                self._jumps[start.id] = {(start.id, i.id) for p in phases for i in p.items if i.group is Group.SPRING}
        return set().union(*self._jumps.values())
