"""From everything known of a runner to the days of one plan, in one pass over check-ins, log and facts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median
from typing import Any, Final

import numpy as np

from niggle.core.gates import LEAD_DAYS, DayFacts, Days, RunDay
from niggle.core.history import FEATURES, SPORTS, History, Tag
from niggle.core.plan import Absence, PlanStart
from niggle.core.profile import Clearance, Profile
from niggle.core.red_flags.known import covers
from niggle.core.rehab.book import Book
from niggle.core.rehab.types import Life
from niggle.core.session.types import Sport
from niggle.core.traffic_light import Memory, marks_of
from niggle.core.units import S_PER_MIN

_RUN_S: Final = FEATURES.index("run_s")
_WALK_S: Final = FEATURES.index("walk_s")
_CROSS: Final = frozenset(
    SPORTS.index(s) for s in SPORTS if s in {Sport.RIDE, Sport.SWIM, Sport.ROW, Sport.ELLIPTICAL}
)  # fmt: skip
_WALKED_S: Final = 60.0  # more walking than this and a run was not continuous
_USUAL_WEEKS: Final = 4
_CLEARED_BEFORE: Final = timedelta(days=56)  # a clearance may be this much older than a plan that names no first day


@dataclass(slots=True)
class Grouped:
    """Facts by their day; while the old ones stay as they are only new ones are sorted in."""

    items: tuple[Any, ...] = ()
    by_day: dict[date, tuple[Any, ...]] = field(default_factory=dict)

    def of(self, items: tuple[Any, ...], first: date, last: date) -> dict[date, tuple[Any, ...]]:
        had = len(self.items)
        if items[:had] != self.items or (self.items and self.items[-1].on > last):
            self.by_day, had = {}, 0
        fresh: dict[date, list[Any]] = {}
        for item in items[had:]:
            if first <= item.on <= last:
                fresh.setdefault(item.on, []).append(item)
        for on, some in fresh.items():
            self.by_day[on] = (*self.by_day.get(on, ()), *some)
        self.items = items
        return self.by_day


@dataclass(slots=True)
class Ledger:
    """What of a plan's days was worked out before. It changes nothing but the time."""

    done: Grouped = field(default_factory=Grouped)
    tests: Grouped = field(default_factory=Grouped)
    answers: Grouped = field(default_factory=Grouped)
    log: tuple[Any, ...] = ()
    runs: dict[date, RunDay] = field(default_factory=dict)
    cross: dict[date, float] = field(default_factory=dict)
    rows: tuple[DayFacts, ...] = ()

    def running(self, history: History, first: date, last: date) -> tuple[dict[date, RunDay], dict[date, float]]:
        """As runs_by_day; days whose sessions did not change keep their values."""
        lo, hi = (int(n) for n in np.searchsorted(history.day, [first.toordinal(), last.toordinal() + 1]))
        log = (
            history.day[lo:hi].tobytes(), history.sport[lo:hi].tobytes(), history.distance_m[lo:hi].tobytes(),
            history.moving_s[lo:hi].tobytes(), history.timer_s[lo:hi].tobytes(), history.descent_m[lo:hi].tobytes(),
            history.features[lo:hi].tobytes(), history.tags[lo:hi],
        )  # fmt: skip
        if log != self.log:
            runs, self.cross = runs_by_day(history, first, last)
            self.runs = {on: old if (old := self.runs.get(on)) == run else run for on, run in runs.items()}
            self.log = log
        return self.runs, self.cross


def days_of(
    plan: PlanStart, life: Life, book: Book, memory: Memory | None = None, ledger: Ledger | None = None
) -> Days:
    """The plan's days from LEAD_DAYS before it began to `life.on`. memory, ledger: only time depends on them."""
    first = plan.on - timedelta(days=LEAD_DAYS)
    ledger = ledger or Ledger()
    marks = {
        m.on: m
        for m in marks_of(
            life.checkins, life.on, life.profile, life.sessions, book.knowledge, book.sites, plan.side, first, memory
        )
    }
    runs, cross = ledger.running(life.history, first, life.on)
    facts, last = life.facts, life.on
    done = ledger.done.of(tuple(d for d in facts.done if d.plan == plan.id and d.on <= last), first, last)
    tests = ledger.tests.of(tuple(t for t in facts.tests if t.on <= last), first, last)
    answers = ledger.answers.of(tuple(a for a in facts.answers if a.on <= last), first, last)
    away = _absences(facts.absences, last)
    clear = Clear(plan, life.profile)
    rows: list[DayFacts] = []
    none: tuple[Any, ...] = ()
    for n in range((last - first).days + 1):
        old = ledger.rows[n] if n < len(ledger.rows) else None
        on = first + timedelta(days=n) if old is None else old.on
        mark, run = marks.get(on), runs.get(on)
        if run is None and mark is not None and mark.session:
            run = _TOLD
        did, tested, answered = done.get(on, none), tests.get(on, none), answers.get(on, none)
        absent, word, shut = away.get(on), clear.cleared_on(on), clear.restricted(on)
        minutes = cross.get(on, 0.0)
        if (
            old is not None and old.mark is mark and old.run is run and old.done is did and old.tests is tested
            and old.answers is answered and old.away is absent and old.cleared_on == word and old.restricted == shut
            and old.cross_minutes == minutes
        ):  # fmt: skip
            rows.append(old)
            continue
        row = DayFacts(on, mark, run, did, tested, answered, absent, word, shut, minutes)
        rows.append(old if old is not None and old == row else row)
    ledger.rows = tuple(rows)
    return Days(plan, ledger.rows, usual_week_m(plan, life.history), life.profile.age_years(last))


_TOLD: Final = RunDay(None, None, None, None, told=True)


def _absences(absences: Sequence[Absence], last: date) -> dict[date, Absence]:
    found: dict[date, Absence] = {}
    for a in absences:
        if a.taken_back:
            continue
        for n in range((min(a.last, last) - a.first).days + 1):
            found.setdefault(a.first + timedelta(days=n), a)
    return found


class Clear:
    """The clinicians' words about the place of a plan: the newest one of a day counts."""

    def __init__(self, plan: PlanStart, profile: Profile) -> None:
        since = plan.hurts_since or plan.on - _CLEARED_BEFORE
        self.words: list[Clearance] = sorted(
            (c for c in profile.clearances if covers(c, plan.site, plan.side) and (c.restricts or c.on >= since)),
            key=lambda c: c.on,
        )

    def _newest(self, on: date) -> Clearance | None:
        known = [c for c in self.words if c.on <= on]
        return known[-1] if known else None

    def cleared_on(self, on: date) -> date | None:
        if not self.words:
            return None
        word = self._newest(on)
        if word is None or word.restricts or (word.until is not None and word.until < on):
            return None
        return word.on

    def restricted(self, on: date) -> bool:
        if not self.words:
            return False
        word = self._newest(on)
        return word is not None and word.restricts and (word.until is None or word.until >= on)


def runs_by_day(history: History, first: date, last: date) -> tuple[dict[date, RunDay], dict[date, float]]:
    """(running, minutes of cross-training) of the days that had any."""
    lo, hi = np.searchsorted(history.day, [first.toordinal(), last.toordinal() + 1])
    is_run = history.is_run[lo:hi]
    runs: dict[date, RunDay] = {}
    cross: dict[date, float] = {}
    for n in range(int(hi - lo)):
        i = int(lo) + n
        on = date.fromordinal(int(history.day[i]))
        minutes = _minutes(history, i)
        if is_run[n]:
            run = _run(history, i, minutes)
            runs[on] = run if on not in runs else _together(runs[on], run)
        elif int(history.sport[i]) in _CROSS and minutes is not None:
            cross[on] = cross.get(on, 0.0) + minutes
    return runs, cross


def _number(value: Any) -> float | None:
    number = float(value)
    return None if math.isnan(number) else number


def _minutes(history: History, i: int) -> float | None:
    moving = _number(history.moving_s[i])
    seconds = moving if moving is not None else _number(history.timer_s[i])
    return None if seconds is None else seconds / S_PER_MIN


def _run(history: History, i: int, minutes: float | None) -> RunDay:
    ran_s, walked_s = _number(history.features[i, _RUN_S]), _number(history.features[i, _WALK_S])
    tags = history.tags[i]
    broken = Tag.RUN_WALK in tags or (walked_s is not None and walked_s > _WALKED_S)
    return RunDay(
        _number(history.distance_m[i]),
        minutes,
        None if ran_s is None else ran_s / S_PER_MIN,
        None if broken else minutes,
        tags,
        False,
        _number(history.descent_m[i]),
    )


def _together(a: RunDay, b: RunDay) -> RunDay:
    return RunDay(
        _sum(a.metres, b.metres), _sum(a.minutes, b.minutes), _sum(a.run_minutes, b.run_minutes),
        max((v for v in (a.longest_min, b.longest_min) if v is not None), default=None),
        a.tags | b.tags, False, _sum(a.descent_m, b.descent_m),
    )  # fmt: skip


def _sum(a: float | None, b: float | None) -> float | None:
    return b if a is None else a if b is None else a + b


def usual_week_m(plan: PlanStart, history: History) -> float | None:
    """A usual week before it hurt: hers to say, else the middle of the four weeks before; None where there are none."""
    if plan.before_week_m is not None:
        return plan.before_week_m
    end = (plan.hurts_since or plan.on).toordinal()
    weeks = []
    is_run = history.is_run
    for back in range(_USUAL_WEEKS):
        lo, hi = np.searchsorted(history.day, [end - 7 * (back + 1), end - 7 * back])
        weeks.append(float(np.nansum(history.distance_m[lo:hi][is_run[lo:hi]])))
    ran = [w for w in weeks if w > 0]
    return float(median(ran)) if len(ran) >= _USUAL_WEEKS // 2 else None
