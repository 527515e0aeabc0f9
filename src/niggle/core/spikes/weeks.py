"""Weeks: how they grow, which were cutbacks, when the next cutback is due (LOAD-R01, R02, R15)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np

from niggle.core.history import History
from niggle.core.knowledge_types import Knowledge
from niggle.core.profile import Mode, Profile
from niggle.core.reasons import Fact, Reason, Weight
from niggle.core.session.types import Floats
from niggle.core.spikes.types import Week, WeekVerdict
from niggle.core.spikes.view import View, above, at_least, first_of_week
from niggle.core.units import S_PER_MIN

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
    """As `weeks`, on a View. reduced: the smaller growth cap holds (LOAD-R13). Worked out once a view."""
    key = f"weeks/{count}/{reduced}"
    if key not in view.memo:
        view.memo[key] = _table_of(view, count, reduced)
    found: tuple[Week, ...] = view.memo[key]
    return found


def _table_of(view: View, count: int, reduced: bool) -> tuple[Week, ...]:
    if not len(view.runs):
        return ()
    this = view.first_of_week(view.on).toordinal()
    begun = int(view.run_day[0])
    first_known = view.first_of_week(date.fromordinal(begun)).toordinal()
    if begun - first_known > _LATE_START and first_known < this:
        first_known += 7
    start = max(first_known, this - 7 * (count + _LEAD - 1))
    n = (this - start) // 7 + 1
    lo = int(np.searchsorted(view.run_day, start))
    part = view.runs[lo:]
    week_of = (view.run_day[lo:] - start) // 7
    metres, seconds = view.history.distance_m[part], view.time_s[part]
    distance: Floats = np.bincount(week_of, np.nan_to_num(metres), n).astype(np.float64)
    time: Floats = np.bincount(week_of, np.nan_to_num(seconds), n).astype(np.float64)
    runs = np.bincount(week_of, minlength=n)
    longest = np.zeros(n)
    np.maximum.at(longest, week_of, np.nan_to_num(metres))
    by_time = not bool(np.isfinite(metres).all()) and bool(np.isfinite(seconds).all())
    amounts: Floats = time if by_time else distance
    over = this + 6 <= view.today
    cutbacks = _cutbacks(view, amounts, complete=n if over else n - 1)
    table = []
    for i in range(max(0, n - count), n):
        before = [j for j in range(i - 1, -1, -1) if not cutbacks[j]]
        reference = float(amounts[before[0]]) if before else None
        after_cutback = i > 0 and cutbacks[i - 1]
        tiny = before == [] or is_tiny(view, float(time[before[0]]))
        verdict = WeekVerdict.NOT_APPLICABLE
        if reference is not None and not tiny:
            verdict = verdict_of(view, reference, float(amounts[i]), after_cutback, reduced)
        table.append(
            Week(
                date.fromordinal(start + 7 * i),
                float(distance[i]),
                float(time[i]),
                int(runs[i]),
                float(longest[i]),
                by_time,
                cutbacks[i],
                i == n - 1 and not over,
                reference,
                after_cutback,
                verdict,
            )
        )
    return tuple(table)


def _cutbacks(view: View, amounts: Floats, complete: int) -> list[bool]:
    """Which weeks were cutbacks, each judged by what came before it only.

    Low = at most 75 % of the highest of the four weeks before. Two low weeks in a row are a cutback (a taper, a short
    break); a third is the new level, and from then on the old one no longer counts.
    """
    ratio = view.number("cutback_to_peak_ratio")
    most = int(view.number("cutback_weeks_in_a_row"))
    marks: list[bool] = []
    level_from = 0
    for i, amount in enumerate(amounts):
        before = amounts[max(level_from, i - 4) : i]
        peak = float(before.max()) if len(before) else 0.0
        low = i < complete and peak > 0 and not above(float(amount), ratio * peak)
        if low and len(marks) >= most and all(marks[-most:]):
            low, level_from = False, i
        marks.append(low)
    return marks


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
    current = table[-1] if table and table[-1].start == view.first_of_week(view.on) else None
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
    if is_tiny(view, reference_time):
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
