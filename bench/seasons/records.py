"""What niggle has been told so far. The truth happens on one day and may arrive on another."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

import numpy as np

from niggle.core.body import LOAD_TISSUES
from niggle.core.case import Case
from niggle.core.checkin import Entry
from niggle.core.history import FEATURES, SPORTS, History, Tag, empty_history
from niggle.core.plan import DoneItem, PlanFacts, WeekPlan
from niggle.core.profile import Profile
from niggle.core.session.types import RUN_SPORTS, Sport

_EPOCH: Final = date(1970, 1, 1).toordinal()
_NAN: Final = float("nan")


class Ran(NamedTuple):
    """One session as the log has it; they sort by start."""

    start_s: float
    id: str
    day: int
    sport: int
    metres: float
    seconds: float
    run_s: float
    descent_m: float
    tags: frozenset[Tag] = frozenset()


def session(
    id_: str, on: date, start_min: int, sport: Sport, metres: float | None, minutes: float,
    run_minutes: float | None = None, descent_m: float | None = None, tags: frozenset[Tag] = frozenset(),
) -> Ran:  # fmt: skip
    start = (on.toordinal() - _EPOCH) * 86400.0 + start_min * 60.0
    return Ran(start, id_, on.toordinal(), SPORTS.index(sport), _NAN if metres is None else float(metres),
               minutes * 60.0, _NAN if run_minutes is None else run_minutes * 60.0,
               _NAN if descent_m is None else descent_m, tags)  # fmt: skip


class Records:
    """Everything known, in the order in which the store would give it."""

    def __init__(self, profile: Profile, week_starts: str, facts: PlanFacts) -> None:
        self.profile, self.week_starts, self.facts = profile, week_starts, facts
        self.entries: tuple[Entry, ...] = ()
        self.log: list[Ran] = []
        self._history: History | None = None
        self._coming: list[tuple[int, int, Callable[[], None]]] = []
        self._count = 0
        self.late = False  # something of an earlier day has arrived today

    def later(self, day: int, what: Callable[[], None]) -> None:
        """To be told on that day of the season."""
        self._count += 1
        insort(self._coming, (day, self._count, what), key=lambda c: (c[0], c[1]))

    def arrive(self, day: int) -> None:
        self.late = False
        while self._coming and self._coming[0][0] <= day:
            self._coming.pop(0)[2]()
            self.late = True

    def close(self) -> None:
        """Nothing more arrives: what is still to be told knows these records, and would keep them."""
        self._coming.clear()

    def add_run(self, ran: Ran) -> None:
        insort(self.log, ran)
        self._history = None

    def add_entry(self, entry: Entry) -> None:
        self.entries = (*self.entries, entry)

    def add_done(self, done: DoneItem) -> None:
        had = self.facts.done
        at = len(had)
        while at and had[at - 1].on > done.on:
            at -= 1
        self.put(done=(*had[:at], done, *had[at:]))

    def put(self, **more: Any) -> None:
        self.facts = replace(self.facts, **more)

    def add(self, name: str, fact: Any) -> None:
        had = getattr(self.facts, name)
        self.put(**{name: tuple(sorted((*had, fact), key=lambda f: f.on))})

    def keep_week(self, week: WeekPlan) -> None:
        """As the store does: one calendar a week, the last ones only."""
        others = [w for w in self.facts.weeks if w.start != week.start]
        self.put(weeks=(*others, week)[-2:])

    def case(self, on: date) -> Case:
        return Case(on, self.history, self.entries, self.profile, self.week_starts, plan=self.facts)

    @property
    def history(self) -> History:
        if self._history is None:
            self._history = _columns(self.log)
        return self._history


_IS_RUN: Final = np.array([s in RUN_SPORTS for s in SPORTS])
_RUN_S: Final = FEATURES.index("run_s")


def _columns(log: list[Ran]) -> History:
    if not log:
        return empty_history()
    n = len(log)
    start_s, ids, days, sports, metres, seconds, run_s, descent_m, tags = zip(*log, strict=True)
    sport, distance_m = np.array(sports, np.int64), np.array(metres, np.float64)
    timer_s, climb_m = np.array(seconds, np.float64), np.array(descent_m, np.float64)
    km = np.where(_IS_RUN[sport] & np.isfinite(distance_m), distance_m / 1000, 0.0)
    features = np.full((n, len(FEATURES)), np.nan)
    features[:, _RUN_S] = run_s
    none = (None,) * n
    return History(
        ids, np.array(start_s, np.float64), np.array(days, np.int64), sport, distance_m, timer_s, timer_s,
        climb_m, climb_m, km[:, None].repeat(len(LOAD_TISSUES), axis=1), features, tags, none, none, none,
    )  # fmt: skip


def at(on: date, hour: float, zone: Any) -> datetime:
    return datetime(on.year, on.month, on.day, tzinfo=zone) + timedelta(hours=hour)
