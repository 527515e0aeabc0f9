"""The most that load alone allows on a day, in numbers, and what to leave out. The light may only lower these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import isfinite
from typing import Final

from niggle.core.history import History, Tag
from niggle.core.knowledge_types import Knowledge
from niggle.core.profile import Mode, Profile
from niggle.core.reasons import Fact, Reason, Weight
from niggle.core.spikes.capacity import (
    ALTERNATE_RUNS,
    Return,
    every_other_day,
    impact_days,
    modifiers,
    ran_yesterday,
    return_reason,
    returning,
)
from niggle.core.spikes.find import Finding, find_in, heavy_end_s, new_families, spikes_of
from niggle.core.spikes.log import Kept, greatest, total
from niggle.core.spikes.sessions import new_longest
from niggle.core.spikes.types import Caps, DayReport, Exposure, LeaveOut, Limit, Told, Week
from niggle.core.spikes.view import View
from niggle.core.spikes.weeks import cutback_due, growth_cap, is_tiny, week_table
from niggle.core.units import M_PER_KM, S_PER_H, S_PER_MIN

_AFTER_SPIKE: Final = {
    "LOAD-S02": (Exposure.LONG,), "LOAD-S03": (Exposure.LONG,), "LOAD-S04": (Exposure.SPEED,),
    "LOAD-S05": (Exposure.SPEED, Exposure.HILLS), "LOAD-S06": (Exposure.SPEED,),
    "LOAD-S07": (Exposure.HILLS,), "LOAD-S08": (Exposure.DOWNHILL,), "LOAD-S15": (Exposure.PLYOMETRIC,),
}  # fmt: skip
_PACE_RUNS: Final = 20  # her own usual speed is that of the last runs
_QUIET_DAYS: Final = 2  # the longest gap between demanding bouts in tissues.yaml, 48 h


def caps(
    history: History,
    on: date,
    knowledge: Knowledge,
    profile: Profile = Profile(),
    reports: Sequence[DayReport] = (),
    told: Sequence[Told] = (),
    *,
    found: Sequence[Finding] | None = None,
    guarded: bool = False,
    week_start: int = 0,
) -> Caps:
    """Limits of a normal day. found: the result of `find` for the same day with days >= 7, to save doing it twice."""
    view = View.of(history, on, knowledge, profile, week_start, reports=reports, told=told)
    return caps_in(view, find_in(view, guarded=guarded) if found is None else found)


def load_of_day(
    history: History,
    on: date,
    knowledge: Knowledge,
    profile: Profile = Profile(),
    reports: Sequence[DayReport] = (),
    told: Sequence[Told] = (),
    *,
    guarded: bool = False,
    week_start: int = 0,
    daily: bool = False,
    kept: Kept | None = None,
) -> tuple[tuple[Finding, ...], Caps]:
    """`find` over seven days and `caps`, in one go: what a decision needs. daily: coming back, and days in a row are
    open again. kept: of the same runner's other days, if the caller has one; it changes nothing but the time."""
    view = View.of(history, on, knowledge, profile, week_start, daily, reports, told, kept)
    found = find_in(view, guarded=guarded)
    return found, caps_in(view, found)


def caps_in(view: View, found: Sequence[Finding]) -> Caps:
    """`caps` on a View."""
    profile = view.profile
    back = returning(view)
    reduced = bool(modifiers(view))
    table = week_table(view, count=8, reduced=reduced)
    reasons: list[Reason] = []
    free = _percentages_free(view, table) and (back is None or not back.walks or profile.mode is Mode.LADDER)
    if free:
        reasons.append(view.reason("LOAD-R15", Weight.INFO, Fact("week_time_s", None, "s"),
                                   Fact("ladder", profile.mode is Mode.LADDER)))  # fmt: skip
    week = _free_week(view, table) if free else _week_total(view, table, back, reduced)
    done_km = _this_week_m(view) / M_PER_KM
    session_km, session_min = (None, None) if free else _longest(view, back, reduced)
    if session_km is None and session_min is None and not free:
        reasons.append(view.reason("SCI-GATE", Weight.INFO, Fact("state", "not_calculable"), Fact("distance_m", None),
                                   Fact("longest_m", None), Fact("ratio", None)))  # fmt: skip
    if back is not None and not free:
        reasons.append(return_reason(view, back, Weight.INFO, None))
    return Caps(
        session_km,
        session_min,
        week,
        None if week is None else Limit(max(0.0, week.value - done_km), week.rule),
        _descent(view),
        tuple(_leave_out(view, found)),
        tuple(reasons),
    )


def _percentages_free(view: View, table: Sequence[Week]) -> bool:
    """LOAD-R15: on a ladder, or with a usual week of less than half an hour, a ladder's steps rule instead."""
    if view.profile.mode is Mode.LADDER:
        return True
    past = [w for w in table if not w.partial and not w.cutback]
    return bool(past) and past[-1].runs > 0 and is_tiny(view, past[-1].time_s)


def _free_week(view: View, table: Sequence[Week]) -> Limit | None:
    """With a plan open, a tiny week does not open the next one without end: up to half an hour of running, or twice
    what it was (heuristic; the percentages of LOAD-R01 mean nothing there). On a ladder its steps rule alone."""
    planned = any(c.plan_active for c in view.profile.conditions)
    past = [w for w in table if not w.partial and not w.cutback]
    if view.profile.mode is Mode.LADDER or not planned or past[-1].by_time:
        return None
    usual_mps = _usual_mps(view)
    if usual_mps is None:
        return Limit(past[-1].distance_m * view.number("doubling_block") / M_PER_KM, "LOAD-R15")
    tiny_m = view.number("tiny_week_min") * S_PER_MIN * usual_mps
    return Limit(max(tiny_m, past[-1].distance_m * view.number("doubling_block")) / M_PER_KM, "LOAD-R15")


def _usual_mps(view: View) -> float | None:
    """Her own speed, of her last runs; None where none has both numbers."""
    recent = zip(view.log.run_m[-_PACE_RUNS:], view.log.run_s[-_PACE_RUNS:], strict=True)
    known = [(metres, seconds) for metres, seconds in recent if isfinite(metres) and isfinite(seconds) and seconds > 0]
    return total([m for m, _ in known]) / total([s for _, s in known]) if known else None


def _walk_run_km(view: View, back: Return) -> tuple[float | None, float | None]:
    """(the longest session, the week) after a break of weeks: a walk-run session at her own speed, four of them on
    alternate days, and never more than a shorter break leaves. None: not known (heuristic)."""
    less = view.knowledge.numbers("break_return")[-2] / M_PER_KM
    speed = _usual_mps(view)
    by_time = None if speed is None else view.number("break_ladder_min") * S_PER_MIN * speed / M_PER_KM
    session = [x for x in (by_time, less * back.old_longest_m or None) if x is not None]
    week = [x for x in (None if by_time is None else by_time * ALTERNATE_RUNS, less * back.old_week_m or None)
            if x is not None]  # fmt: skip
    return min(session, default=None), min(week, default=None)


def _this_week_m(view: View) -> float:
    return view.distance_on(view.week_begins.toordinal(), view.today)


def _week_total(view: View, table: Sequence[Week], back: Return | None, reduced: bool) -> Limit | None:
    """The smallest of growth (R01, R13), a due cutback (R02) and the way back from a break (S22), in km."""
    limits: list[Limit] = []
    past = [w for w in table if w.start < view.week_begins]
    kept = [w for w in past if not w.cutback and w.amount > 0]
    walks = back is not None and back.walks  # then its sessions say how the weeks grow (LOAD-R15)
    if kept and not kept[-1].by_time and not walks:
        reference_km = kept[-1].amount / M_PER_KM
        if past[-1] is not kept[-1]:  # after a lighter week, or one without a run, back to what was and no higher
            limits.append(Limit(reference_km, "LOAD-R01"))
        else:
            limits.append(Limit(reference_km * (1 + growth_cap(view, reduced)), "LOAD-R13" if reduced else "LOAD-R01"))
    due = cutback_due(view, past)
    if due is not None and due.climbing and not past[-1].by_time:
        limits.append(Limit(due.limit / M_PER_KM, "LOAD-R02"))
    if back is not None:
        week_km = _walk_run_km(view, back)[1] if back.walks else back.week_m / M_PER_KM
        limits += [] if week_km is None else [Limit(week_km, "LOAD-S22")]
    return min(limits, key=lambda x: x.value, default=None)


def _longest(view: View, back: Return | None, reduced: bool) -> tuple[Limit | None, Limit | None]:
    """Longest session in km and in minutes; the minutes use the same step, which nobody measured (heuristic)."""
    if back is not None and back.walks:
        km_most = _walk_run_km(view, back)[0]
        return (
            None if km_most is None else Limit(km_most, "LOAD-S22"),
            Limit(view.number("break_ladder_min"), "LOAD-S22"),
        )
    if back is not None:
        km = Limit(back.share * back.old_longest_m / M_PER_KM, "LOAD-S22")
        return km, None
    days = int(view.number("gate_days"))
    log = view.log
    part = log.runs_on(view.today - days, view.today)
    longest_m, longest_s = greatest(log.run_m[part]), greatest(log.run_s[part])
    if longest_m is None and longest_s is None:
        return None, None
    recent = log.runs[view.runs_in_last(int(view.number("new_longest_days")))]
    if any(new_longest(view, i) for i in recent):
        step, rule = 0.0, "SCI-LONGEST"
    elif reduced:
        step, rule = view.number("capacity_reduced_growth"), "LOAD-R13"
    else:
        step, rule = view.number("long_run_jump"), "LOAD-R09"
    return (
        None if longest_m is None else Limit(longest_m * (1 + step) / M_PER_KM, rule),
        None if longest_s is None else Limit(longest_s * (1 + step) / S_PER_MIN, rule),
    )


def _descent(view: View) -> Limit | None:
    """LOAD-R06 turned into a limit: 1.3 times the largest descent of 28 days, at least 100 m, at most 610 m unless she
    is used to more. None without any known descent."""
    lately = view.log.runs[view.runs_in_last(int(view.number("baseline_days")))]
    largest = greatest(view.log.descent_m[i] for i in lately)
    if largest is None:
        return None
    limit = max(view.number("climb_floor_m"), largest * view.number("climb_ratio"))
    top = view.number("descent_spike_m")
    return Limit(limit if largest >= top else min(limit, top), "LOAD-R06")


def _leave_out(view: View, found: Sequence[Finding]) -> list[LeaveOut]:
    """What load asks to leave out today, each exposure once per rule."""
    left: list[LeaveOut] = []
    tomorrow = view.on + timedelta(days=1)
    window = int(view.number("rest_window_days"))
    rest_due = impact_days(view, view.today - window + 1, view.today - 1) == window - 1
    if not view.ran_on(view.today) and (rest_due or (every_other_day(view) and ran_yesterday(view))):
        left.append(LeaveOut(Exposure.RUN, "LOAD-R11", tomorrow))
    left += _after_heavy_calf(view)
    for spike in spikes_of(found):
        until = spike.on + timedelta(days=_QUIET_DAYS)
        if spike.reason.weight is not Weight.INFO and spike.on <= view.on < until:
            left += [LeaveOut(e, spike.reason.rule, until) for e in _AFTER_SPIKE.get(spike.type, ())]
    families = new_families(view, found)
    if families:
        first = min(s.on for s in families.values())
        left.append(LeaveOut(Exposure.NEW_STRESSOR, "LOAD-R03", first + timedelta(days=7)))
    seen: set[tuple[Exposure, str]] = set()
    unique = []
    for item in left:
        if (item.exposure, item.rule) not in seen:
            seen.add((item.exposure, item.rule))
            unique.append(item)
    return unique


def _after_heavy_calf(view: View) -> list[LeaveOut]:
    """LOAD-R05 looking ahead. Whole days without a clock: left out on every day that begins inside the 36 hours."""
    heavy = view.log.last_tagged(len(view.log), (Tag.HEAVY_CALF,))
    if heavy is None:
        return []
    days = view.today - view.log.day[heavy]
    block_h = view.number("heavy_calf_block_h")
    if days * 24.0 > block_h:
        return []
    open_s = heavy_end_s(view, heavy) + block_h * S_PER_H
    until = view.day_of(heavy) + timedelta(days=2)
    kinds = (Exposure.SPEED, Exposure.HILLS, Exposure.PLYOMETRIC)
    return [LeaveOut(kind, "LOAD-R05", until, open_s) for kind in kinds]


def on_yellow(normal: Caps, knowledge: Knowledge) -> Caps:
    """LOAD-R12: the caps of a yellow day: the larger drop for the session, the smaller for the week, and no downhill or
    track. How many sessions this lasts (`yellow_sessions`) is the light's to count."""
    low, high = knowledge.numbers("yellow_volume_drop")

    def drop(limit: Limit | None, share: float) -> Limit | None:
        return None if limit is None else Limit(limit.value * (1 - share), "LOAD-R12")

    # What she ran already was not run at the lower cap: the drop of the whole week comes off what is left of it.
    week, left = normal.week_total_km, normal.week_left_km
    if week is not None and left is not None:
        left = Limit(max(0.0, left.value - low * week.value), "LOAD-R12")
    extra = tuple(LeaveOut(e, "LOAD-R12") for e in (Exposure.DOWNHILL, Exposure.TRACK))
    return replace(
        normal,
        longest_session_km=drop(normal.longest_session_km, high),
        longest_session_min=drop(normal.longest_session_min, high),
        week_total_km=drop(normal.week_total_km, low),
        week_left_km=left,
        leave_out=normal.leave_out + extra,
    )
