"""The way back to running: the steps of a ladder, and half a week in its place."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from bench.seasons import know
from bench.seasons.season import Today
from bench.seasons.watch.seen import SETTLE_DAYS, A, K, Watcher, Words, metres_run, planned_now, run_days, run_tasks
from niggle.core.knowledge_types import Knowledge
from niggle.core.plan import RUN_KINDS, PlanStart

HALF_OFF_DAYS: Final = 14  # the longest break after which half a week may come at once


class StepWithoutGreen(Watcher):
    """A step forward only with final greens for the sessions that earned it."""

    def __init__(self, told: know.Told, knowledge: Knowledge) -> None:
        super().__init__(told, knowledge)
        self._steps: dict[str, int] = {}  # plan -> its last step on the ladder
        self._greens: dict[str, int] = {}  # plan -> final greens at its last step forward

    def __call__(self, today: Today) -> Words:
        for line in today.decision.plan:
            step, before = line.step, self._steps.get(line.plan, 0)
            if step is None or line.ladder is None:
                continue  # paused: the step that was earned is kept
            self._steps[line.plan] = step
            if step <= 1 or step <= before:
                continue
            ladder = self.knowledge.ladders[line.ladder]
            passed = [s for s in ladder.steps[: step - 1] if not s.walk_only]
            start = next(s for s in today.case.plan.starts if s.id == line.plan)
            greens = [day for day in run_days(today, start) if self.told.maybe_final_green(start, day)]
            if len(greens) < len(passed) * ladder.times_each:
                yield f"{line.plan} is at step {step} of {line.ladder} with {len(greens)} final greens"
            elif passed and not today.late and len(greens) <= self._greens.get(line.plan, -1):
                yield f"{line.plan} went to step {step} of {line.ladder} without a new green since the last step"
            self._greens[line.plan] = len(greens)


class HalfStart(Watcher):
    """Back by half a week: light cases after a short break only, half a usual week in the first seven days, then a
    tenth more each week, a day between runs, and nothing fast or long in the first week."""

    def __init__(self, told: know.Told, knowledge: Knowledge) -> None:
        super().__init__(told, knowledge)
        self._statuses: dict[str, str] = {}
        self._halves: dict[str, date] = {}  # plan -> the day on which running came back by half a week
        self._stepped: set[str] = set()  # plans that were on a ladder

    def __call__(self, today: Today) -> Words:
        for line in today.decision.plan:
            was, now = self._statuses.get(line.plan), line.status.value
            self._statuses[line.plan] = now
            if now == "ladder":
                self._stepped.add(line.plan)
            start = next(s for s in today.case.plan.starts if s.id == line.plan)
            if now != "building":
                began = self._halves.pop(line.plan, None)
                if began is not None and (today.on - began).days >= SETTLE_DAYS - 1:
                    self._stepped.add(line.plan)  # as after a ladder: a later pause resumes where it was
            elif was == "paused" and line.ladder is not None and line.plan not in self._stepped and not today.late:
                if not start.half_start:
                    yield f"{line.condition} came back without a ladder, and nobody wished it"
                    continue
                # what opened it may have been said on the evening before
                self._halves[line.plan] = today.on - timedelta(days=1)
                if not know.light_case(start, self.knowledge):
                    yield f"{line.condition} grade {start.grade} is no light case"
                off = self._days_off(today, start) - 1  # on that evening
                if off > HALF_OFF_DAYS:
                    yield f"{line.condition} after {off} days off"
            since = self._halves.get(line.plan)
            if since is not None:
                yield from self._half_week(today, start, since)

    def _days_off(self, today: Today, start: PlanStart) -> int:
        """Days since the last run before today, by the log or by her word, at least."""
        h = today.case.history
        days = [int(d) for d, run in zip(h.day, h.is_run, strict=True) if run and int(d) < today.on.toordinal()]
        days += [d.toordinal() for d in run_days(today, start)]
        said = [] if start.last_run_on is None else [start.last_run_on.toordinal()]
        return today.on.toordinal() - max((*days, *said), default=0)

    def _half_week(self, today: Today, start: PlanStart, since: date) -> Words:
        weeks = (today.on - since).days // 7
        most = know.usual_week_m(today.case, start) / 2 * 1.1**weeks
        if most >= know.usual_week_m(today.case, start):
            return
        runs = run_tasks(today.decision)
        done = metres_run(today, today.on - timedelta(days=6), today.on)
        asked = sum(t.metres or 0.0 for t in runs if t.kind is not K.STRIDES)
        if runs and done + asked > most * 1.001 + 1:
            yield f"{done:.0f} m done and {asked:.0f} m asked for, {most:.0f} m is the most"
        if weeks == 0 and {A.SPEED, A.HILLS, A.LONG_RUN, A.PLYOMETRICS}.intersection(today.decision.allowed):
            yield f"{today.decision.allowed} in the first week"
        h = today.case.history
        yesterday = today.on.toordinal() - 1
        if weeks == 0 and runs and any(int(d) == yesterday and r for d, r in zip(h.day, h.is_run, strict=True)):
            yield "a run on the day after another in the first week"
        planned = [p.item for p in planned_now(today) if p.item.kind in RUN_KINDS and p.item.kind is not K.RACE]
        metres = sum(i.metres or 0.0 for i in planned)
        if metres > most * 1.001 + 1:
            yield f"{metres:.0f} m planned, {most:.0f} m is the most"
