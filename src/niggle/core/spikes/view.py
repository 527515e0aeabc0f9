"""The log as the spike rules look at it: runs only, up to the day, with the knowledge at hand."""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from niggle.core.history import History, Ints, Tag
from niggle.core.knowledge_types import Knowledge, Rule
from niggle.core.profile import Profile
from niggle.core.reasons import Fact, Reason, Weight
from niggle.core.session.types import Floats
from niggle.core.spikes.types import Spike

EPS: Final = 1e-9  # relative; a ratio of exactly 1.10 is not above 1.10 whatever the floats say


def above(value: float, limit: float) -> bool:
    return value > limit * (1 + EPS)


def at_least(value: float, limit: float) -> bool:
    return value >= limit * (1 - EPS)


@dataclass(frozen=True)
class View:
    """History up to and including `on`, with the runner and the knowledge. Columns are computed when asked for."""

    history: History
    on: date
    knowledge: Knowledge
    profile: Profile
    week_start: int = 0  # 0 Monday, 6 Sunday
    daily: bool = False  # a plan says that alternate days, the first stage of the way back, are over
    memo: dict[str, Any] = field(default_factory=dict, compare=False)  # results other files keep for this view

    @classmethod
    def of(
        cls,
        history: History,
        on: date,
        knowledge: Knowledge,
        profile: Profile,
        week_start: int = 0,
        daily: bool = False,
    ) -> View:
        return cls(history.until(on), on, knowledge, profile, week_start, daily)

    def first_of_week(self, day: date) -> date:
        """First day of the runner's week that `day` lies in."""
        return first_of_week(day, self.week_start)

    @property
    def today(self) -> int:
        return self.on.toordinal()

    def number(self, name: str) -> float:
        return self.knowledge.number(name)

    @cached_property
    def is_run(self) -> NDArray[np.bool_]:
        return self.history.is_run

    @cached_property
    def runs(self) -> Ints:
        """Indices of runs."""
        return np.flatnonzero(self.is_run)

    @cached_property
    def run_day(self) -> Ints:
        return self.history.day[self.runs]

    @cached_property
    def time_s(self) -> Floats:
        """Moving time, or timer time where that is unknown, of every session."""
        h = self.history
        return np.where(np.isfinite(h.moving_s), h.moving_s, h.timer_s)

    @cached_property
    def tagged(self) -> dict[Tag, list[int]]:
        """Indices of sessions by tag, oldest first."""
        found: dict[Tag, list[int]] = {}
        for i, tags in enumerate(self.history.tags):
            for tag in tags:
                found.setdefault(tag, []).append(i)
        return found

    @cached_property
    def worn(self) -> dict[str, list[int]]:
        """Indices of sessions by shoe id, oldest first."""
        found: dict[str, list[int]] = {}
        for i, shoe in enumerate(self.history.shoe):
            if shoe is not None:
                found.setdefault(shoe, []).append(i)
        return found

    def last_tagged(self, index: int, tags: frozenset[Tag]) -> int | None:
        """The last session before `index` with one of the tags."""
        last = -1
        for tag in tags:
            rows = self.tagged.get(tag, [])
            at = bisect_left(rows, index)
            if at:
                last = max(last, rows[at - 1])
        return None if last < 0 else last

    def runs_on(self, first: int, last: int) -> Ints:
        """Indices of runs on days first to last (ordinals, both included)."""
        lo, hi = np.searchsorted(self.run_day, [first, last + 1])
        return self.runs[lo:hi]

    def distance_on(self, first: int, last: int) -> float:
        return float(np.nansum(self.history.distance_m[self.runs_on(first, last)]))

    def time_on(self, first: int, last: int) -> float:
        return float(np.nansum(self.time_s[self.runs_on(first, last)]))

    def longest_on(self, first: int, last: int) -> float | None:
        return greatest(self.history.distance_m[self.runs_on(first, last)])

    def runs_before(self, index: int, days: float) -> Ints:
        """Indices of runs that started in the `days` before session `index`, itself excluded."""
        end = int(np.searchsorted(self.runs, index))
        start_s = self.history.start_s
        first = int(np.searchsorted(start_s[self.runs[:end]], start_s[index] - days * 86400.0, side="left"))
        return self.runs[first:end]

    def log_days_before(self, index: int) -> int:
        """How many days of log there are before session `index`."""
        return int(self.history.day[index] - self.history.day[0])

    def rule(self, rule_id: str) -> Rule:
        return self.knowledge.rules.get(rule_id) or self.knowledge.spikes[rule_id].rule

    def reason(self, rule_id: str, weight: Weight, *facts: Fact, decided: bool = False) -> Reason:
        rule = self.rule(rule_id)
        return Reason(rule_id, weight, facts, rule.sources, rule.grade, decided)

    def spike(self, type_id: str, index: int | None, reason: Reason, on: date | None = None) -> Spike:
        """A spike at session `index`, or on a day of its own. Information only never counts as a new stressor."""
        kind = self.knowledge.spikes[type_id]
        day = on if index is None or on is not None else date.fromordinal(int(self.history.day[index]))
        assert day is not None
        session_id = None if index is None else self.history.ids[index]
        return Spike(type_id, kind.code, day, session_id, reason, kind.stressor and reason.weight is not Weight.INFO)


def greatest(values: Floats) -> float | None:
    """The largest known value, None where nothing is known."""
    known = values[np.isfinite(values)]
    return float(known.max()) if len(known) else None


def middle(values: Floats) -> float:
    """Median of the known values, NaN where nothing is known. For a few dozen values quicker than numpy's own."""
    known = sorted(values[np.isfinite(values)].tolist())
    if not known:
        return math.nan
    half = len(known) // 2
    return float(known[half] if len(known) % 2 else (known[half - 1] + known[half]) / 2)


def first_of_week(day: date, week_start: int) -> date:
    """First day of the week of `day`; week_start 0 = Monday, 6 = Sunday."""
    return day - timedelta(days=(day.weekday() - week_start) % 7)
