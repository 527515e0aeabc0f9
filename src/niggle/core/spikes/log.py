"""The log as plain lists, and what was worked out of it. Windows of a few dozen runs are quicker without arrays."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from math import isfinite, isnan, nan
from typing import Any

import numpy as np

from niggle.core.history import History, Tag
from niggle.core.knowledge_types import Knowledge
from niggle.core.session.types import Floats


class Log:
    """Columns of a History: of every session (by its index), and of the runs alone (by their place among the runs).

    NaN = not known. `sessions`, `weeks` and `courses` (of weeks) are memos for the rules: what a session shows and what
    a week holds depends on nothing later, so that a log which grows takes over what the one `before` it knew of the
    rows that both share. `tables` (of the last weeks) hold for this log only.
    """

    def __init__(self, history: History, knowledge: Knowledge, before: Log | None = None) -> None:
        self.history, self.knowledge = history, knowledge
        self.day: list[int] = history.day.tolist()
        self.sport: list[int] = history.sport.tolist()
        self.distance_m: list[float] = history.distance_m.tolist()
        self.ascent_m: list[float] = history.ascent_m.tolist()
        self.descent_m: list[float] = history.descent_m.tolist()
        # moving time, or timer time where that is unknown
        seconds = np.where(np.isfinite(history.moving_s), history.moving_s, history.timer_s)
        is_run = history.is_run
        runs = np.flatnonzero(is_run)
        self.is_run: list[bool] = is_run.tolist()
        self.runs: list[int] = runs.tolist()
        self.run_day: list[int] = history.day[runs].tolist()
        self.days_run: list[int] = sorted(set(self.run_day))
        self.run_start_s: list[float] = history.start_s[runs].tolist()
        metres, seconds = history.distance_m[runs], seconds[runs]
        self.run_m: list[float] = metres.tolist()
        self.run_s: list[float] = seconds.tolist()
        self._known_m: Floats = np.where(np.isnan(metres), 0.0, metres)
        self._known_s: Floats = np.where(np.isnan(seconds), 0.0, seconds)
        self._tagged: dict[Tag, list[int]] | None = None
        self._worn: dict[str, list[int]] | None = None
        self.sessions: dict[tuple[Any, ...], Any] = {}  # keys begin with the index of the session
        self.weeks: dict[int, Any] = {}  # by first day
        self.courses: dict[tuple[Any, ...], Any] = {}  # keys begin with the first day of the week after them
        self.tables: dict[tuple[Any, ...], Any] = {}
        if before is not None and before.knowledge is knowledge:
            self._take_over(before)

    def _take_over(self, before: Log) -> None:
        same = self.history.shared_rows(before.history)
        self.sessions = {key: found for key, found in before.sessions.items() if key[0] < same}
        changed = min((*self.day[same:], *before.day[same:]), default=None)
        if changed is None:
            self.weeks, self.courses = before.weeks, before.courses
        else:
            self.weeks = {first: week for first, week in before.weeks.items() if first + 7 <= changed}
            self.courses = {key: course for key, course in before.courses.items() if key[0] <= changed}

    def __len__(self) -> int:
        return len(self.day)

    @property
    def tagged(self) -> dict[Tag, list[int]]:
        """Indices of sessions by tag, oldest first."""
        if self._tagged is None:
            self._tagged = {}
            for i, tags in enumerate(self.history.tags):
                for tag in tags:
                    self._tagged.setdefault(tag, []).append(i)
        return self._tagged

    @property
    def worn(self) -> dict[str, list[int]]:
        """Indices of sessions by shoe id, oldest first."""
        if self._worn is None:
            self._worn = {}
            for i, shoe in enumerate(self.history.shoe):
                if shoe is not None:
                    self._worn.setdefault(shoe, []).append(i)
        return self._worn

    def last_tagged(self, index: int, tags: Iterable[Tag]) -> int | None:
        """The last session before `index` with one of the tags."""
        last = -1
        for tag in tags:
            rows = self.tagged.get(tag, [])
            at = bisect_left(rows, index)
            if at:
                last = max(last, rows[at - 1])
        return None if last < 0 else last

    def sessions_on(self, first: int, last: int) -> range:
        """Indices of sessions on days first to last (ordinals, both included)."""
        lo = bisect_left(self.day, first)
        return range(lo, bisect_left(self.day, last + 1, lo))

    def runs_on(self, first: int, last: int) -> slice:
        """Places of the runs on days first to last (ordinals, both included)."""
        lo = bisect_left(self.run_day, first)
        return slice(lo, bisect_left(self.run_day, last + 1, lo))

    def runs_before(self, index: int, days: float) -> slice:
        """Places of the runs that started in the `days` before session `index`, itself excluded."""
        end = bisect_left(self.runs, index)
        began_s = float(self.history.start_s[index])
        return slice(bisect_left(self.run_start_s, began_s - days * 86400.0, 0, end), end)

    def distance_of(self, part: slice) -> float:
        return float(np.add.reduce(self._known_m[part]))

    def time_of(self, part: slice) -> float:
        return float(np.add.reduce(self._known_s[part]))


class Kept:
    """The log of the last question, for a caller who asks day after day of one runner. It changes nothing but time."""

    def __init__(self) -> None:
        self._log: Log | None = None

    def log(self, history: History, knowledge: Knowledge) -> Log:
        if self._log is None or self._log.history is not history or self._log.knowledge is not knowledge:
            self._log = Log(history, knowledge, self._log)
        return self._log


def greatest(values: Iterable[float]) -> float | None:
    """The largest known value, None where nothing is known."""
    return max(filter(isfinite, values), default=None)


def middle(values: Iterable[float]) -> float:
    """Median of the known values, NaN where nothing is known."""
    known = sorted(filter(isfinite, values))
    if not known:
        return nan
    half = len(known) // 2
    return known[half] if len(known) % 2 else (known[half - 1] + known[half]) / 2


def total(values: list[float]) -> float:
    """Sum of the known values. By numpy, as the other sums: Pythons differ in how they round."""
    return float(np.add.reduce([0.0 if isnan(v) else v for v in values]))
