"""From everything known of a runner to the days of one plan, in one pass over check-ins, log and facts."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from statistics import median
from typing import Any, Final

import numpy as np

from niggle.core.gates import LEAD_DAYS, DayFacts, Days, RunDay
from niggle.core.history import FEATURES, SPORTS, History, Tag
from niggle.core.plan import Absence, DoneItem, PlanStart
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


class Ledger:
    """What of a plan's days was worked out before: done items by day, and the rows themselves where nothing changed."""

    def __init__(self) -> None:
        self.done: tuple[DoneItem, ...] = ()
        self.done_on: dict[date, tuple[DoneItem, ...]] = {}
        self.rows: tuple[DayFacts, ...] = ()

    def done_by_day(self, done: tuple[DoneItem, ...], plan: str, first: date, last: date) -> dict[date, Any]:
        """Only what is new is sorted in, while the old part is as it was."""
        had = len(self.done)
        if done[:had] != self.done or (self.done and self.done[-1].on > last):
            self.done_on, had = {}, 0
        fresh: dict[date, list[DoneItem]] = {}
        for item in done[had:]:
            if item.plan == plan and first <= item.on <= last:
                fresh.setdefault(item.on, []).append(item)
        for on, items in fresh.items():
            self.done_on[on] = (*self.done_on.get(on, ()), *items)
        self.done = done
        return self.done_on


def days_of(
    plan: PlanStart, life: Life, book: Book, memory: Memory | None = None, ledger: Ledger | None = None
) -> Days:
    """The plan's days from LEAD_DAYS before it began to `life.on`. memory, ledger: only time depends on them."""
    first = plan.on - timedelta(days=LEAD_DAYS)
    count = (life.on - first).days + 1
    ledger = ledger or Ledger()
    marks = {
        m.on: m
        for m in marks_of(
            life.checkins, life.on, life.profile, life.sessions, book.knowledge, book.sites, plan.side, first, memory
        )
    }
    runs, cross = runs_by_day(life.history, first, life.on)
    facts = life.facts
    done = ledger.done_by_day(tuple(d for d in facts.done if d.on <= life.on), plan.id, first, life.on)
    tests = _by_day(facts.tests, first, life.on)
    answers = _by_day(facts.answers, first, life.on)
    away = _absences(facts.absences, life.on)
    clear = Clear(plan, life.profile)
    old, had = ledger.rows, len(ledger.rows)
    rows = []
    none: tuple[Any, ...] = ()
    for n in range(count):
        on = first + timedelta(days=n)
        mark, run = marks.get(on), runs.get(on)
        if run is None and mark is not None and mark.session:
            run = _TOLD
        row = DayFacts(
            on, mark, run, done.get(on, none), tests.get(on, none), answers.get(on, none), away.get(on),
            clear.cleared_on(on), clear.restricted(on), cross.get(on, 0.0),
        )  # fmt: skip
        rows.append(old[n] if n < had and old[n] == row else row)
    ledger.rows = tuple(rows)
    return Days(plan, ledger.rows, usual_week_m(plan, life.history), life.profile.age_years(life.on))


_TOLD: Final = RunDay(None, None, None, None, told=True)


def _by_day(items: Iterable[Any], first: date, last: date) -> Mapping[date, tuple[Any, ...]]:
    found: dict[date, list[Any]] = {}
    for item in items:
        if first <= item.on <= last:
            found.setdefault(item.on, []).append(item)
    return {on: tuple(many) for on, many in found.items()}


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
