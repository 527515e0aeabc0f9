"""Days that are not for running, and days that have their run."""

from __future__ import annotations

from typing import Final

from bench.seasons.season import Today
from bench.seasons.watch.seen import K, Watcher, Words, may_run, planned_now, run_tasks
from niggle.core.outcomes import Light
from niggle.core.plan import RUN_KINDS

FRESH_DAYS: Final = 7  # an older word gives no light


class RunOnRed(Watcher):
    """Never a run on red or without a light, by niggle's own light and by what she said."""

    def __call__(self, today: Today) -> Words:
        d = today.decision
        if not d.plan:
            if d.light in (Light.RED, Light.CANNOT_SAY) and may_run(d):
                yield f"{d.light} without a plan, and running is allowed"
            return
        runs = may_run(d)
        if runs and d.light in (Light.RED, Light.CANNOT_SAY):
            yield f"{d.light}: {[t.kind.value for t in run_tasks(d)]} {[a.value for a in d.allowed]}"
        newest = self.told.newest
        if runs and (newest is None or (today.on - newest).days > FRESH_DAYS):
            yield f"the newest word is of {newest}"
        if runs and newest is not None:
            for plan in today.case.plan.open_plans(today.on):
                days = (newest, today.on) if newest != today.on else (newest,)
                if any(self.told.red_word(plan, day) for day in days):
                    yield f"a limp or 7 and more at {plan.site} is the newest word"
        if d.light is Light.RED and any(p.item.kind in RUN_KINDS for p in planned_now(today)):
            yield "a calendar made on red holds runs"


class AlternateDays(Watcher):
    """A ladder that wants a day between runs gets it."""

    def __call__(self, today: Today) -> Words:
        yesterday = today.on.toordinal() - 1
        if not run_tasks(today.decision):
            return
        h = today.case.history
        ran = any(int(d) == yesterday and run for d, run in zip(h.day[-6:], h.is_run[-6:], strict=True))
        for line in today.decision.plan:
            if ran and line.step and line.ladder and self.knowledge.ladders[line.ladder].every_other_day:
                yield f"{line.condition}: a run today after one yesterday"


class RunsWhenIll(Watcher):
    """No run on a day on which she is ill, or away from running."""

    def __call__(self, today: Today) -> Words:
        away = today.case.plan.away(today.on)
        closed = away is not None and (away.kind.value == "illness" or away.no_running)
        if today.decision.plan and closed and run_tasks(today.decision):
            yield "a run on a day on which she is ill, or away from running"


class OneRunADay(Watcher):
    """With a plan open a day has one run at most, and the strides at its end."""

    def __call__(self, today: Today) -> Words:
        if not today.decision.plan:
            return
        runs = [t for t in run_tasks(today.decision) if t.kind is not K.STRIDES]
        if len(runs) > 1:
            yield f"{[t.kind.value for t in runs]} asked for"
        days = [p.on for p in planned_now(today) if p.item.kind in RUN_KINDS and p.item.kind is not K.STRIDES]
        if len(days) > len(set(days)):
            yield f"planned on {sorted(str(d) for d in days)}"
