"""How much a week grows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from bench.seasons.season import Today
from bench.seasons.watch.seen import SETTLE_DAYS, K, Watcher, Words, metres_run, planned_now
from niggle.core.plan import RUN_KINDS

TINY_MIN: Final = 30.0  # minutes a week
BREAK_SHARE: Final = 0.75  # the most of a former week that a break of a week or more leaves


class WeekGrowth(Watcher):
    """Planned metres of the week: not above the largest of the last four weeks and ten per cent.

    A tiny reference (less than half an hour a week) has no percentages: half an hour, or twice the tiny week.
    """

    def __call__(self, today: Today) -> Words:
        if today.solved is None or not today.decision.plan:
            return
        runs = [p.item for p in planned_now(today) if p.item.kind in RUN_KINDS and p.item.kind is not K.RACE]
        if not runs or any(i.kind is K.RUN_WALK for i in runs):
            return  # on a ladder its steps rule
        if self._settling(today) and len(runs) <= 3:
            return  # and right after it its last step, for runs of that length
        planned = sum(i.metres or 0.0 for i in runs)
        start = today.solved.week.start
        done = metres_run(today, start, today.on - timedelta(days=1))
        eight = [_week_m(today, start - timedelta(days=7 * n)) for n in range(1, 9)]  # the last one first
        before = eight[:4]
        if max(before) <= 0:
            return  # a start from nothing has no growth
        pace = today.runner.pace_m_min
        tiny = max((m for m in eight if m < TINY_MIN * pace * 1.3), default=0.0)
        most = max(max(before) * 1.10, TINY_MIN * pace * 1.3 if tiny else 0.0, 2 * tiny)
        if before[0] <= 0:  # a week without a run: after a break the way back is a share of the old week
            most = max(most, BREAK_SHARE * max(eight))
        if planned + done > max(most, done) * 1.001 + 100:
            yield f"{planned + done:.0f} m planned and done, at most {most:.0f} m"

    def _settling(self, today: Today) -> bool:
        """The ladder was done in the last two weeks, and every run planned is within its last step."""
        runs = [p.item for p in planned_now(today) if p.item.kind in RUN_KINDS and p.item.kind is not K.RACE]
        longest_min, longest_m = max(i.minutes for i in runs), max(i.metres or 0.0 for i in runs)
        for line in today.decision.plan:
            state = today.states.get(line.plan)
            if state is None or line.ladder is None or state.ladder_done is None:
                continue
            last = next(s for s in reversed(self.knowledge.ladders[line.ladder].steps) if s.add is None)
            if last.metres is not None:
                within = longest_m <= last.metres
            else:
                within = longest_min <= (last.minutes or 0.0) * 1.15 + 1
            if (today.on - state.ladder_done).days <= SETTLE_DAYS and within:
                return True
        return False


def _week_m(today: Today, first: date) -> float:
    return metres_run(today, first, first + timedelta(days=6))
