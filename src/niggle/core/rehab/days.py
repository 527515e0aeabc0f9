"""From everything known of a runner to the days of one plan, in one pass over check-ins, log and facts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median
from typing import Any, Final

import numpy as np

from niggle.core.checkin.lines import same_beginning
from niggle.core.gates import LEAD_DAYS, DayFacts, Days, RunDay
from niggle.core.history import FEATURES, SPORTS, History, Tag
from niggle.core.plan import Absence, PlanStart
from niggle.core.profile import Clearance, Profile
from niggle.core.red_flags.known import covers
from niggle.core.rehab.book import Book
from niggle.core.rehab.types import Life
from niggle.core.session.types import Sport
from niggle.core.traffic_light import DayMark, Memory, marks_of
from niggle.core.units import S_PER_MIN

_RUN_S: Final = FEATURES.index("run_s")
_WALK_S: Final = FEATURES.index("walk_s")
_CROSS: Final = frozenset(
    SPORTS.index(s) for s in SPORTS if s in {Sport.RIDE, Sport.SWIM, Sport.ROW, Sport.ELLIPTICAL}
)  # fmt: skip
_WALKED_S: Final = 60.0  # more walking than this and a run was not continuous
_USUAL_WEEKS: Final = 4
_DAY: Final = timedelta(days=1)
_CLEARED_BEFORE: Final = timedelta(days=56)  # a clearance may be this much older than a plan that names no first day


@dataclass(slots=True)
class Grouped:
    """Facts by their day; while the old ones stay as they are only new ones are sorted in.

    all_of: what they were sorted from, where nothing of it was later than the day asked for.
    """

    items: tuple[Any, ...] = ()
    by_day: dict[date, tuple[Any, ...]] = field(default_factory=dict)
    all_of: tuple[tuple[Any, ...], date] = ((), date.max)

    def of(self, given: tuple[Any, ...], first: date, last: date, plan: str | None = None) -> date:
        """Sort in what is known on `last`; the first day of which anything new was said, the day after `last` if
        nothing was. plan: of this one only."""
        if given is self.all_of[0] and last >= self.all_of[1]:
            return last + _DAY
        known = tuple([i for i in given if i.on <= last])
        self.all_of = (given, last) if len(known) == len(given) else ((), date.max)
        items = known if plan is None else tuple([i for i in known if i.plan == plan])
        had = len(self.items)
        changed = last + _DAY
        if items[:had] != self.items or (self.items and self.items[-1].on > last):
            self.by_day, had, changed = {}, 0, first
        fresh: dict[date, list[Any]] = {}
        for item in items[had:]:
            if first <= item.on <= last:
                fresh.setdefault(item.on, []).append(item)
        for on, some in fresh.items():
            self.by_day[on] = (*self.by_day.get(on, ()), *some)
            changed = min(changed, on)
        self.items = items
        return changed


@dataclass(slots=True)
class Ledger:
    """What of a plan's days was worked out before. It changes nothing but the time.

    A day is worked out again from the first one of which something new is known: a mark, a run, what was done, tested
    or answered, an absence, a clinician's word.
    """

    done: Grouped = field(default_factory=Grouped)
    tests: Grouped = field(default_factory=Grouped)
    answers: Grouped = field(default_factory=Grouped)
    history: History | None = None
    runs: dict[date, RunDay] = field(default_factory=dict)
    cross: dict[date, float] = field(default_factory=dict)
    usual_week_m: float | None = None
    marks: tuple[DayMark, ...] = ()
    away: tuple[Absence, ...] = ()
    words: tuple[Clearance, ...] = ()
    rows: tuple[DayFacts, ...] = ()
    same: int = 0  # so many of the rows stand as they stood before

    def running(self, plan: PlanStart, history: History, first: date, last: date) -> date:
        """What her log holds of those days and of a usual week before them. The first day that may be another one."""
        before, self.history = self.history, history
        if history is before:
            return last + _DAY
        since = date.min
        if before is not None:
            same = history.shared_rows(before)
            days = [int(h.day[same]) for h in (before, history) if len(h) > same]
            since = date.fromordinal(min(days)) if days else last + _DAY
        runs, cross = runs_by_day(history, max(first, since), last)
        self.runs = {on: run for on, run in self.runs.items() if on < since} | runs
        self.cross = {on: minutes for on, minutes in self.cross.items() if on < since} | cross
        if since < (plan.hurts_since or plan.on):
            self.usual_week_m = usual_week_m(plan, history)
        return max(first, since)

    def marked(self, marks: tuple[DayMark, ...], last: date) -> date:
        """The first day whose mark is another one."""
        before, self.marks = self.marks, marks
        same = same_beginning(before, marks)
        return min((m.on for m in (*before[same : same + 1], *marks[same : same + 1])), default=last + _DAY)


def days_of(
    plan: PlanStart, life: Life, book: Book, memory: Memory | None = None, ledger: Ledger | None = None
) -> Days:
    """The plan's days from LEAD_DAYS before it began to `life.on`. memory, ledger: only time depends on them."""
    first, last = plan.on - timedelta(days=LEAD_DAYS), life.on
    ledger = ledger or Ledger()
    facts = life.facts
    marks = marks_of(life.checkins, last, life.profile, life.sessions, book.knowledge, book.sites, plan.side, first,
                     memory, plan.site)  # fmt: skip
    clear = Clear(plan, life.profile)
    words = tuple(clear.words)
    changed = min(
        ledger.marked(marks, last),
        ledger.running(plan, life.history, first, last),
        ledger.done.of(facts.done, first, last, plan.id),
        ledger.tests.of(facts.tests, first, last),
        ledger.answers.of(facts.answers, first, last),
        last + _DAY if (ledger.away, ledger.words) == (facts.absences, words) else first,
    )
    ledger.away, ledger.words = facts.absences, words
    keep = max(0, min(len(ledger.rows), (changed - first).days, (last - first).days + 1))
    rows, same = list(ledger.rows[:keep]), keep
    by_day = {m.on: m for m in marks[-((last - first).days + 1 - keep) or len(marks) :]}
    away = _absences(facts.absences, last)
    none: tuple[Any, ...] = ()
    for n in range(keep, (last - first).days + 1):
        on = first + timedelta(days=n)
        mark, run = by_day.get(on), ledger.runs.get(on)
        if run is None and mark is not None and mark.session:
            run = _TOLD
        row = DayFacts(
            on, mark, run, ledger.done.by_day.get(on, none), ledger.tests.by_day.get(on, none),
            ledger.answers.by_day.get(on, none), away.get(on), clear.cleared_on(on), clear.restricted(on),
            ledger.cross.get(on, 0.0), clear.weight_only(on),
        )  # fmt: skip
        if n < len(ledger.rows) and ledger.rows[n] == row:
            row = ledger.rows[n]
            if same == n:
                same += 1
        rows.append(row)
    ledger.rows, ledger.same = tuple(rows), same
    return Days(plan, ledger.rows, ledger.usual_week_m, life.profile.age_years(last))


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
        self.since = since = plan.hurts_since or plan.on - _CLEARED_BEFORE
        here = (c for c in profile.clearances if covers(c, plan.site, plan.side))
        # what keeps her from running holds until somebody lifts it; what allows it was said of this episode
        self.words: list[Clearance] = sorted(
            (c for c in here if not c.for_running or c.on >= since), key=lambda c: c.on
        )

    def _newest(self, on: date) -> Clearance | None:
        known = [c for c in self.words if c.on <= on]
        return known[-1] if known else None

    def cleared_on(self, on: date) -> date | None:
        if not self.words:
            return None
        word = self._newest(on)
        if word is None or word.restricts or word.on < self.since or (word.until is not None and word.until < on):
            return None
        return word.on

    def weight_only(self, on: date) -> bool:
        """The newest word that holds allows weight and training, and running not yet."""
        if not self.words:
            return False
        word = self._newest(on)
        return word is not None and word.weight_only and (word.until is None or word.until >= on)

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
