"""Weeks: how they grow, which were cutbacks, when the next cutback is due (LOAD-R01, R02, R15)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import isfinite
from typing import Final

from niggle.core.history import History
from niggle.core.knowledge_types import Knowledge
from niggle.core.profile import Mode, Profile
from niggle.core.reasons import Fact, Reason, Weight
from niggle.core.spikes.capacity import walking_back
from niggle.core.spikes.types import Week, WeekVerdict
from niggle.core.spikes.view import View, above, at_least, first_of_week
from niggle.core.units import S_PER_MIN
from niggle.core.values import value

_LEAD: Final = 12  # weeks looked at before the first one asked for, so that its cutback mark does not depend on the ask
_LATE_START: Final = 3  # a log that begins after Thursday does not show its first week

BONE_CONDITIONS: Final = frozenset({
    "bone-stress-injury", "tibial-stress-fracture", "femoral-neck-stress-fracture", "sacral-stress-fracture",
    "navicular-stress-fracture", "metatarsal-stress-fracture", "medial-tibial-stress-syndrome",
})  # fmt: skip


def weeks(
    history: History,
    on: date,
    knowledge: Knowledge,
    profile: Profile = Profile(),
    *,
    count: int = 12,
    week_start: int = 0,
) -> tuple[Week, ...]:
    """The last `count` weeks up to the one of `on`, oldest first; shorter where the log is. week_start 0 = Monday."""
    return week_table(View.of(history, on, knowledge, profile, week_start), count)


def week_table(view: View, count: int = 12, reduced: bool = False) -> tuple[Week, ...]:
    """As `weeks`, on a View. reduced: the smaller growth cap holds (LOAD-R13). Kept with the log: it asks the day only
    for its week, and whether that is over."""
    log, this = view.log, view.week_begins.toordinal()
    key = (this, view.today < this + 6, count, reduced, view.profile.mode)
    if key not in log.tables:
        log.tables[key] = _table_of(view, this, count, reduced)
    found: tuple[Week, ...] = log.tables[key]
    return found


def _table_of(view: View, this: int, count: int, reduced: bool) -> tuple[Week, ...]:
    log = view.log
    if not log.runs:
        return ()
    begun = log.run_day[0]
    first_known = first_of_week(date.fromordinal(begun), view.week_start).toordinal()
    if begun - first_known > _LATE_START and first_known < this:
        first_known += 7
    start = max(first_known, this - 7 * (count + _LEAD - 1))
    own = _sum_of(view, this)
    sums, knows_m, knows_s = _sums_before(view, start, this)
    by_time = not (knows_m and own.knows_m) and knows_s and own.knows_s
    course = _course_of(view, sums, start, this, by_time)
    key = (this, count, by_time, reduced, view.profile.mode)
    if key not in log.courses:  # only this week changes from day to day
        shown = range(max(0, len(sums) + 1 - count), len(sums))
        log.courses[key] = tuple(course.week(view, i, sums[i], reduced) for i in shown)
    return (*log.courses[key], course.week(view, len(sums), own, reduced))


@value(frozen=True, slots=True)
class _Sum:
    """A week's runs added up. knows_m, knows_s: every run of it has a distance, a time."""

    start: date
    distance_m: float
    time_s: float
    runs: int
    longest_m: float
    knows_m: bool
    knows_s: bool


def _sum_of(view: View, first: int) -> _Sum:
    """The seven days from `first`, as far as the log goes; kept with the log."""
    log = view.log
    if first not in log.weeks:
        part = log.runs_on(first, first + 6)
        metres, seconds = log.run_m[part], log.run_s[part]
        known_m = [m for m in metres if isfinite(m)]
        known_s = [s for s in seconds if isfinite(s)]
        log.weeks[first] = _Sum(
            date.fromordinal(first), _one_by_one(known_m), _one_by_one(known_s), len(metres), max(known_m, default=0.0),
            len(known_m) == len(metres), len(known_s) == len(seconds),
        )  # fmt: skip
    found: _Sum = log.weeks[first]
    return found


def _sums_before(view: View, start: int, this: int) -> tuple[list[_Sum], bool, bool]:
    """(the weeks from `start` up to, without, `this`; whether every run has a distance; a time); kept with the log."""
    key = (this, start)
    if key not in view.log.courses:
        sums = [_sum_of(view, first) for first in range(start, this, 7)]
        view.log.courses[key] = (sums, all(s.knows_m for s in sums), all(s.knows_s for s in sums))
    found: tuple[list[_Sum], bool, bool] = view.log.courses[key]
    return found


def _course_of(view: View, sums: Sequence[_Sum], start: int, this: int, by_time: bool) -> _Course:
    """Of those weeks; kept with the log."""
    key = (this, start, by_time)
    if key not in view.log.courses:
        view.log.courses[key] = _Course(view, sums, by_time)
    found: _Course = view.log.courses[key]
    return found


def _one_by_one(values: list[float]) -> float:
    """The plain sum: what `sum` gives differs from one Python to the next in the last digit."""
    whole = 0.0
    for amount in values:
        whole += amount
    return whole


class _Course:
    """Weeks that are over, one after the other, and which of them were cutbacks; each judged by what came before it.

    Low = at most 75 % of the highest of the four weeks before. Two low weeks in a row are a cutback (a taper, a short
    break); a third makes a new level, and from then on the old one no longer counts. The level is the higher of the
    last two: one poor week at their end is not what she is used to.
    """

    def __init__(self, view: View, sums: Sequence[_Sum], by_time: bool) -> None:
        self.sums, self.by_time = sums, by_time
        self.ratio = view.number("cutback_to_peak_ratio")
        self.most = int(view.number("cutback_weeks_in_a_row"))
        self.amounts = [self._amount(own) for own in sums]
        self.cutbacks: list[bool] = []
        self.level_from = 0
        for i, amount in enumerate(self.amounts):
            low = self._is_low(i, amount)
            if low and self._is_tired(i):
                self.level_from = i - 1
                low = self.amounts[i - 1] > amount  # then the week before it is the level
                self.cutbacks[i - 1] = not low
            self.cutbacks.append(low)

    def week(self, view: View, i: int, own: _Sum, reduced: bool) -> Week:
        """Week number `i` of these, or the one after them; what is not over yet is no cutback."""
        partial = own.start.toordinal() + 6 > view.today
        amount = self._amount(own)
        if i < len(self.cutbacks):
            cutback = self.cutbacks[i]
        else:
            cutback = not partial and self._is_low(i, amount) and not self._is_tired(i)
        last = next((j for j in range(i - 1, -1, -1) if not self.cutbacks[j]), None)
        reference = None if last is None else self.amounts[last]
        after_cutback = i > 0 and self.cutbacks[i - 1]
        verdict = WeekVerdict.NOT_APPLICABLE
        begun = own.start.toordinal()
        tiny = last is None or is_tiny(view, self.sums[last].time_s) or walking_back(view, begun, begun + 6)
        if reference is not None and not tiny:
            verdict = verdict_of(view, reference, amount, after_cutback, reduced)
        return Week(
            own.start, own.distance_m, own.time_s, own.runs, own.longest_m, self.by_time, cutback, partial, reference,
            after_cutback, verdict,
        )  # fmt: skip

    def _amount(self, own: _Sum) -> float:
        return own.time_s if self.by_time else own.distance_m

    def _is_low(self, i: int, amount: float) -> bool:
        before = self.amounts[max(self.level_from, i - 4) : i]
        return bool(before) and (peak := max(before)) > 0 and not above(amount, self.ratio * peak)

    def _is_tired(self, i: int) -> bool:
        """Whether the weeks before were as many cutbacks as there may be in a row."""
        return i >= self.most and all(self.cutbacks[i - self.most : i])


def is_tiny(view: View, week_time_s: float) -> bool:
    """LOAD-R15: percentages mean nothing for less than half an hour a week or on a run-walk ladder."""
    return view.profile.mode is Mode.LADDER or week_time_s < view.number("tiny_week_min") * S_PER_MIN


def growth_cap(view: View, reduced: bool) -> float:
    """The growth a week may have over its reference without a caution."""
    return view.number("capacity_reduced_growth" if reduced else "growth_cap_build")


def verdict_of(view: View, reference: float, amount: float, after_cutback: bool, reduced: bool) -> WeekVerdict:
    """LOAD-R01 for one week. After a cutback the reference itself is the limit, within the error of measurement."""
    if reference <= 0:
        return WeekVerdict.NOT_APPLICABLE
    if at_least(amount, reference * view.number("doubling_block")):
        return WeekVerdict.DOUBLING
    if view.profile.mode is Mode.COMEBACK and above(amount, reference * (1 + view.number("growth_cap_comeback_max"))):
        return WeekVerdict.GROWTH_CAP
    allowed = view.number("week_tolerance") if after_cutback else growth_cap(view, reduced)
    return WeekVerdict.GROWTH if above(amount, reference * (1 + allowed)) else WeekVerdict.OK


@dataclass(frozen=True, slots=True)
class CutbackDue:
    """LOAD-R02: this week should be at most `limit` (metres, or seconds)."""

    weeks: int
    highest: float
    limit: float
    climbing: bool


def cutback_due(view: View, table: Sequence[Week]) -> CutbackDue | None:
    """Whether the week after the last complete one has to be a cutback; None if not. `table` from week_table."""
    run: list[float] = []
    for week in reversed([w for w in table if not w.partial]):
        if week.cutback or week.amount <= 0 or is_tiny(view, week.time_s):
            break
        run.append(week.amount)
    bone = any(c.plan_active and c.slug in BONE_CONDITIONS for c in view.profile.conditions)
    after = int(view.number("cutback_after_weeks_bone" if bone else "cutback_after_weeks"))
    if len(run) < after:
        return None
    climbing = at_least(run[0], run[min(after, len(run)) - 1] * view.number("climbing_ratio"))
    if not climbing and len(run) < view.number("cutback_max_interval_weeks"):
        return None
    highest = max(run[: int(view.number("cutback_max_interval_weeks"))])
    return CutbackDue(len(run), highest, highest * view.number("cutback_to_peak_ratio"), climbing)


def week_reasons(
    view: View, amount: float, table: Sequence[Week], *, planned: bool, reduced: bool = False
) -> tuple[Reason, ...]:
    """What R01, R02 and R15 say of an amount for the week of `view.on`. Only a plan can be stopped."""
    current = table[-1] if table and table[-1].start == view.week_begins else None
    past = table[:-1] if current else table
    if current is not None and current.reference is not None:
        reference, after_cutback = current.reference, current.after_cutback
    else:
        kept = [w for w in past if not w.cutback]
        if not kept:
            return ()
        reference, after_cutback = kept[-1].amount, bool(past and past[-1].cutback)
    by_time = table[-1].by_time
    unit = "s" if by_time else "m"
    reference_time = next((w.time_s for w in reversed(past) if not w.cutback), 0.0)
    begun = view.week_begins.toordinal()
    if is_tiny(view, reference_time) or walking_back(view, begun, view.today):
        return (
            view.reason(
                "LOAD-R15",
                Weight.INFO,
                Fact("week_time_s", reference_time, "s"),
                Fact("ladder", view.profile.mode is Mode.LADDER),
            ),
        )
    found: list[Reason] = []
    verdict = verdict_of(view, reference, amount, after_cutback, reduced)
    if verdict not in (WeekVerdict.OK, WeekVerdict.NOT_APPLICABLE):
        stop = planned and verdict in (WeekVerdict.GROWTH_CAP, WeekVerdict.DOUBLING)
        found.append(
            view.reason(
                "LOAD-R01",
                Weight.STOP if stop else Weight.CAUTION,
                Fact("verdict", verdict.value),
                Fact("week", amount, unit),
                Fact("reference", reference, unit),
                Fact("growth", amount / reference - 1, "ratio"),
                Fact("after_cutback", after_cutback),
                Fact("comeback", view.profile.mode is Mode.COMEBACK),
                Fact("planned", planned),
                Fact("by_time", by_time),
            )
        )
    due = cutback_due(view, past)
    if due is not None and (above(amount, due.limit) or not planned):
        caution = due.climbing and above(amount, due.limit)
        found.append(
            view.reason(
                "LOAD-R02",
                Weight.CAUTION if caution else Weight.INFO,
                Fact("build_weeks", due.weeks),
                Fact("highest", due.highest, unit),
                Fact("limit", due.limit, unit),
                Fact("week", amount, unit),
                Fact("climbing", due.climbing),
                Fact("by_time", by_time),
            )
        )
    return tuple(found)


def week_plan(
    history: History,
    on: date,
    week_m: float,
    knowledge: Knowledge,
    profile: Profile = Profile(),
    *,
    reduced: bool = False,
    week_start: int = 0,
) -> tuple[Reason, ...]:
    """What R01, R02 and R15 say of planning `week_m` metres for the runner's week of `on`."""
    start = first_of_week(on, week_start)
    view = View.of(history, start + timedelta(days=6), knowledge, profile, week_start)
    table = week_table(view, reduced=reduced)
    return week_reasons(view, week_m, [w for w in table if w.start < start], planned=True, reduced=reduced)
