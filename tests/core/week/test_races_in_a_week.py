"""A race among the week's rules: its own day, the days before it, also where it stands just after the week."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.core.week.sample import EASY, FRI, MON, QUIET, SAT, SUN, THU, TUE, WED, B, K, at, item
from tests.healthy.build import knowledge

from niggle.core.plan import Availability, DayWindow, Placed
from niggle.core.week import Severity, Surroundings, check
from niggle.scheduler import solve
from niggle.wording.units import METRIC
from niggle.wording.week import violation_line

BLOCK, WARN = Severity.BLOCK, Severity.WARN
HEAVY_CALF = item(K.STRENGTH_A, 60, "calves", heavy=True, heavy_calf=True)
HEAVY = replace(B, heavy=True)
NEXT_MONDAY = MON + timedelta(days=7)


def race(on, hour: float = 9.0) -> Placed:
    return at(item(K.RACE, 60, "race-r", on=on), on, hour)


def one(rule: str, *placed: Placed, around: Surroundings = QUIET) -> Severity | None:
    return next((v.severity for v in check(placed, around, knowledge()) if v.rule == rule), None)


@pytest.mark.parametrize(("on", "says"), [(FRI, BLOCK), (SAT, None), (SUN, BLOCK)])
def test_a_race_stands_on_its_own_day(on, says) -> None:
    moved = replace(race(SAT), on=on)
    assert one("PLAN-W09", moved) is says


def test_a_race_that_is_refused_has_no_place() -> None:
    around = replace(QUIET, no_race=frozenset({SAT}))
    assert one("PLAN-W10", race(SAT), around=around) is BLOCK
    assert one("PLAN-W10", race(SAT)) is None
    assert one("PLAN-W10", at(EASY, SAT, 9), around=around) is None


@pytest.mark.parametrize(("day", "hour", "says"), [(FRI, 8.1, BLOCK), (FRI, 7.9, None), (THU, 18, None)])
def test_heavy_strength_before_a_race(day, hour, says) -> None:  # 24 h from its end, RP-C03
    assert one("RP-C03", at(replace(HEAVY, minutes=60), day, hour), race(SAT)) is says


@pytest.mark.parametrize(("on", "says"), [(SUN, BLOCK), (SUN - timedelta(days=1), None)])
def test_the_week_s_end_looks_to_a_race_after_it(on, says) -> None:
    around = replace(QUIET, after=(race(NEXT_MONDAY),))
    assert one("RP-C03", at(HEAVY, on, 18), around=around) is says
    assert one("RP-C04", at(item(K.RUN_MEDIUM, 60), on, 9), around=around) is says


@pytest.mark.parametrize(("on", "says"), [(SUN, BLOCK), (WED, BLOCK), (TUE, BLOCK), (MON, None)])
def test_nothing_new_in_the_six_days_before_a_race(on, says) -> None:
    strides = item(K.STRIDES, 10, new_stressor="strides")
    around = replace(QUIET, after=(race(NEXT_MONDAY),))
    assert one("RP-C12", at(strides, on, 18), around=around) is says
    assert one("RP-C12", at(replace(strides, new_stressor=None), on, 18), around=around) is None
    healthy = replace(around, plan_open=False)
    assert one("RP-C12", at(strides, on, 18), around=healthy) is (None if says is None else WARN)


def test_what_comes_after_a_race_may_be_new() -> None:
    later = at(item(K.STRIDES, 10, new_stressor="strides"), FRI, 18)
    assert one("RP-C12", race(TUE), later) is None


def test_a_race_after_the_week_counts_in_none_of_its_totals() -> None:
    around = replace(QUIET, after=(race(NEXT_MONDAY), race(NEXT_MONDAY + timedelta(days=3))))
    assert check((at(EASY, MON), at(EASY.__class__("again", K.RUN_EASY, 40), THU)), around, knowledge()) == ()


def test_in_words() -> None:
    around = replace(QUIET, after=(race(NEXT_MONDAY),))
    strides = at(item(K.STRIDES, 10, new_stressor="strides"), FRI, 18)
    (found,) = [v for v in check((strides,), around, knowledge()) if v.rule == "RP-C12"]
    assert violation_line(found, None, knowledge(), METRIC) == (
        "Nothing new in the days before a race: strides can wait until it is over."
    )


EVENINGS = Availability(windows=tuple(DayWindow(day, 18 * 60, 120, gym=True) for day in range(7)), gym_visits=3)


@pytest.mark.parametrize("after", [False, True])
def test_the_search_keeps_the_days_before_a_race(after: bool) -> None:
    items = (HEAVY_CALF, HEAVY, item(K.RUN_MEDIUM, 60), item(K.STRIDES, 10, new_stressor="strides", optional=True))
    on = NEXT_MONDAY if after else SUN
    around = replace(QUIET, after=(race(on),) if after else ())
    fixed = () if after else (race(on),)
    found = solve(items, EVENINGS, around, knowledge(), fixed=fixed)
    assert not [v for v in found.violations if v.severity is BLOCK]
    days = {p.item.id: p.on for p in found.week.placed}
    assert days.get("race-r") == (None if after else on)
    assert {"calves", B.id, "run_medium"} <= set(days)
    assert max(days["calves"], days[B.id]) <= on - timedelta(days=2)
    assert days["run_medium"] < on - timedelta(days=1)
    assert days.get("strides", on - timedelta(days=7)) <= on - timedelta(days=7)  # none of this week is early enough
    (out,) = [x for x in found.left_out if x.item.id == "strides"] or [None]
    assert (out is None) == ("strides" in days)


@pytest.mark.parametrize(("heavy", "says"), [(1, None), (2, WARN)])
def test_one_heavy_session_in_the_week_of_a_race(heavy: int, says: Severity | None) -> None:
    week = [at(HEAVY_CALF, MON, 18), at(replace(HEAVY, heavy=heavy > 1), WED, 19)]
    assert one("RP-C15", *week, race(SUN)) is says
    assert one("RP-C15", *week) is None
    around = replace(QUIET, after=(race(NEXT_MONDAY),))
    assert one("RP-C15", *week, around=around) is None, "the week of a race is the one that holds it"
