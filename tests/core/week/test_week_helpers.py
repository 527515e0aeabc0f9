"""Her times tidied, wishes, two calendars compared, visits, one gym visit, the days after yellow and red."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.week.sample import (
    BIKE,
    EASY,
    FRI,
    LONG,
    MON,
    QUIET,
    STRIDES,
    SUN,
    THU,
    TUE,
    WED,
    WEEK,
    WITH_STRIDES,
    A,
    B,
    K,
    at,
    changed,
    item,
)
from tests.healthy.build import knowledge
from tests.scheduler.requests import surroundings, week_items

from niggle.core.outcomes import Light
from niggle.core.plan import Availability, DayWindow, WeekPlan, Wish, WishKind
from niggle.core.week import (
    Distance,
    blocks,
    check,
    default_availability,
    distance,
    ease,
    merge_for_gym,
    sessions_of,
    windows_of,
    wishes_broken,
)

W = WishKind


def hers(*wishes: Wish) -> Availability:
    return Availability(wishes=wishes)


def broken(*wishes: Wish, week: tuple = WEEK, around=QUIET) -> list[tuple[str, ...]]:  # type: ignore[type-arg, no-untyped-def]
    return [b.items for b in wishes_broken(week, around, hers(*wishes))]


# ---- times


def test_without_windows_every_day_has_time_and_no_gym() -> None:
    usual = windows_of(Availability())
    assert usual == windows_of(default_availability())
    assert {w.weekday for w in usual} == set(range(7))
    assert not any(w.gym for w in usual)
    assert all(w.gym for w in windows_of(Availability(gym_visits=2)))
    assert all(w.minutes >= 90 for w in usual)  # room for a long run


def test_windows_that_touch_or_overlap_are_one() -> None:
    told = Availability(
        windows=(DayWindow(0, 600, 60), DayWindow(0, 630, 60), DayWindow(0, 690, 30), DayWindow(2, 0, 0))
    )
    assert windows_of(told) == (DayWindow(0, 600, 120),)


def test_a_gym_window_counts_where_it_overlaps() -> None:
    told = Availability(windows=(DayWindow(0, 600, 120), DayWindow(0, 660, 60, gym=True)), gym_visits=1)
    assert windows_of(told) == (DayWindow(0, 600, 60), DayWindow(0, 660, 60, gym=True))


def test_a_gym_without_a_marked_window_is_everywhere() -> None:
    assert windows_of(Availability(windows=(DayWindow(0, 600, 60),), gym_visits=1))[0].gym
    assert not windows_of(Availability(windows=(DayWindow(0, 600, 60),)))[0].gym


def test_windows_without_minutes_are_no_time_at_all() -> None:
    assert windows_of(Availability(windows=(DayWindow(0, 600, 0),))) == ()


def test_a_window_ends_with_the_day() -> None:
    assert windows_of(Availability(windows=(DayWindow(0, 1400, 120),))) == (DayWindow(0, 1400, 40),)


# ---- wishes


def test_wishes_that_the_sample_week_meets() -> None:
    wishes = [Wish(W.LONG_RUN_ON, 5), Wish(W.STRENGTH_ON, 0), Wish(W.STRENGTH_ON, 3), Wish(W.RUN_ON, 2)]
    wishes += [Wish(W.CROSS_TRAINING_ON, 1), Wish(W.NOTHING_BEFORE, None, 9 * 60), Wish(W.RUNS_PER_WEEK, None, 4)]
    assert broken(*wishes) == []


def test_wishes_that_it_does_not_meet() -> None:
    assert broken(Wish(W.LONG_RUN_ON, 6)) == [("run_long",)]
    assert broken(Wish(W.STRENGTH_ON, 1)) == [("strength_a", "strength_b")]
    assert broken(Wish(W.REST_ON, 4)) == [("run_easy_friday",)]
    assert broken(Wish(W.RUN_ON, 1)) == [("run_easy", "run_medium", "run_easy_friday", "run_long")]
    assert broken(Wish(W.CROSS_TRAINING_ON, 0)) == [("cross_training", "cross_training_sunday")]
    assert broken(Wish(W.NOTHING_BEFORE, None, 9 * 60 + 1)) == [("run_long",)]
    assert broken(Wish(W.NOTHING_BEFORE, 6, 9 * 60 + 1)) == []  # on Sundays only
    assert broken(Wish(W.RUNS_PER_WEEK, None, 3)) != []


def test_a_wish_about_nothing_in_the_week_or_about_a_past_day_is_not_unmet() -> None:
    assert broken(Wish(W.LONG_RUN_ON, 6), week=(at(EASY, MON),)) == []
    assert broken(Wish(W.STRENGTH_ON, 1), around=replace(QUIET, today=WED)) == []
    assert broken(Wish(W.REST_ON, 9), Wish(W.REST_ON), Wish(W.NOTHING_BEFORE)) == []


def test_low_load_at_home_fits_a_day_of_rest() -> None:
    assert broken(Wish(W.REST_ON, 4), week=(at(item(K.HOME_SET, 15), FRI), at(item(K.MOBILITY, 15), FRI))) == []


def test_runs_done_count_for_the_week() -> None:
    around = replace(QUIET, today=WED, before=(at(item(K.RUN_EASY, 30, "log"), MON, done=True),))
    assert broken(Wish(W.RUNS_PER_WEEK, None, 2), week=(at(EASY, THU),), around=around) == []
    assert broken(Wish(W.RUNS_PER_WEEK, None, 1), week=(at(EASY, THU),), around=around) == [("run_easy",)]


# ---- calendars


def plan(*placed, start=MON) -> WeekPlan:  # type: ignore[no-untyped-def]
    return WeekPlan(start, start, tuple(placed))


def test_distance_counts_each_kind_of_change() -> None:
    old = plan(*WEEK)
    assert distance(old, old) == Distance(0, 0, 0, 0)
    assert distance(old, plan(*changed(WEEK, "strength_b", FRI))).days == 1
    assert distance(old, plan(*changed(WEEK, "strength_b", THU, 18.49))).changes == 0
    assert distance(old, plan(*changed(WEEK, "strength_b", THU, 18.5))) == Distance(0, 1, 0, 0)
    assert distance(old, plan(*WITH_STRIDES)) == Distance(0, 0, 0, 1)
    assert distance(plan(*WITH_STRIDES), old) == Distance(0, 0, 1, 0)


def test_distance_goes_by_weekday_and_by_kind_where_names_differ() -> None:
    week = timedelta(days=7)
    later = tuple(replace(p, on=p.on + week, item=replace(p.item, id=f"new-{p.item.id}")) for p in WEEK)
    assert distance(plan(*WEEK), plan(*later, start=MON + week)).changes == 0


@given(st.data())
def test_distance_is_symmetric(data: st.DataObject) -> None:
    items = data.draw(week_items())
    days = st.integers(0, 6)
    one = plan(*(at(i, MON + timedelta(days=data.draw(days))) for i in items if data.draw(st.booleans())))
    two = plan(*(at(i, MON + timedelta(days=data.draw(days))) for i in items if data.draw(st.booleans())))
    there, back = distance(one, two), distance(two, one)
    assert (there.gone, there.new) == (back.new, back.gone)
    assert distance(one, one).changes == 0


def test_sessions_follow_each_other_within_a_quarter_of_an_hour() -> None:
    visits = sessions_of([at(EASY, MON, 17.5), at(A, MON, 18.5), at(STRIDES, MON, 19.6), at(BIKE, TUE, 18)])
    assert [(v.on, v.start_min, v.end_min, len(v.items)) for v in visits] == [
        (MON, 1050, 1095 + 65, 2),
        (MON, 1176, 1186, 1),
        (TUE, 1080, 1140, 1),
    ]


# ---- one gym visit (RP-R08)

FULL_A = replace(A, exercises=(("p", "raise"), ("p", "soleus"), ("p", "split")), plans=("p",))
FULL_B = replace(B, exercises=(("p", "rdl"), ("p", "step"), ("p", "core")), plans=("p",))


@pytest.mark.parametrize("visits", [None, 2, 3])
def test_two_visits_leave_a_and_b(visits: int | None) -> None:
    assert merge_for_gym((FULL_A, FULL_B, EASY), visits) == (FULL_A, FULL_B, EASY)


def test_one_visit_merges_the_essentials_and_leaves_the_rest_for_home() -> None:
    essential = {("p", "raise"), ("p", "soleus"), ("p", "rdl")}
    merged, easy, home = merge_for_gym((FULL_A, EASY, FULL_B), 1, essential)
    assert merged.kind is home.kind is K.STRENGTH
    assert easy is EASY
    assert set(merged.exercises) == essential
    assert set(home.exercises) == {("p", "split"), ("p", "step"), ("p", "core")}
    assert (merged.gym, merged.heavy, merged.heavy_calf) == (True, True, True)
    assert (home.gym, home.heavy, home.heavy_calf) == (False, False, False)
    assert merged.minutes <= 60


def test_one_visit_without_marked_essentials_takes_the_first_two_of_each() -> None:
    merged, _ = merge_for_gym((FULL_A, FULL_B), 1)
    assert merged.exercises == (("p", "raise"), ("p", "soleus"), ("p", "rdl"), ("p", "step"))


def test_no_visit_means_home() -> None:
    home = merge_for_gym((FULL_A, FULL_B, BIKE), 0)
    assert [i.gym for i in home] == [False, False, False]
    assert home[0].heavy_calf  # a loaded backpack is still heavy for a calf


@given(st.sampled_from([None, 0, 1, 2, 3]), st.sets(st.sampled_from([*FULL_A.exercises, *FULL_B.exercises])))
def test_no_exercise_is_lost_or_doubled(visits: int | None, essential: set[tuple[str, str]]) -> None:
    items = merge_for_gym((FULL_A, FULL_B), visits, essential)
    assert sorted(e for i in items for e in i.exercises) == sorted([*FULL_A.exercises, *FULL_B.exercises])
    assert len({i.id for i in items}) == len(items)


# ---- after yellow and red (RP-R07)


def test_green_and_cannot_say_change_nothing() -> None:
    items = tuple(p.item for p in WITH_STRIDES)
    assert ease(items, Light.GREEN) == ease(items, Light.CANNOT_SAY) == items


def test_yellow_takes_the_extras_and_shortens_two_runs() -> None:
    items = tuple(p.item for p in WITH_STRIDES)
    eased = {i.id: i for i in ease(items, Light.YELLOW)}
    assert "strides" not in eased
    assert not any(i.plyometric or i.steady_block or i.descent for i in eased.values())
    assert eased["run_easy"].minutes == pytest.approx(45 * 0.85, abs=0.06)
    assert eased["run_medium"].minutes == pytest.approx(60 * 0.85, abs=0.06)
    assert eased["run_long"].minutes == 90  # the third
    ladder = item(K.RUN_WALK, 30, step=("tendon", "s2"))
    assert ease((ladder,), Light.YELLOW) == (ladder,)


def test_red_makes_cross_training_of_runs_and_keeps_a_race_to_be_told() -> None:
    race = item(K.RACE, 60, on=SUN)
    eased = ease((EASY, replace(LONG, descent=True, new_stressor="long"), STRIDES, A, race), Light.RED)
    assert [i.kind for i in eased] == [K.CROSS_TRAINING, K.CROSS_TRAINING, K.STRENGTH_A, K.RACE]
    assert [i.minutes for i in eased[:2]] == [45, 90]
    assert eased[1].new_stressor is None


@given(week_items(), surroundings(), st.sampled_from(list(Light)))
def test_eased_items_break_no_rule_of_that_light(items, around, light) -> None:  # type: ignore[no-untyped-def]
    around = replace(around, light=light, careful_sessions=None, running=True, runs_from=None, today=None)
    eased = [i for i in ease(items, light) if i.kind is not K.RACE and not i.kind.value.startswith(("strides", "plyo"))]
    for n, one in enumerate(eased):
        placed = (at(one, MON + timedelta(days=n % 7)),)
        assert "RP-R07" not in {v.rule for v in blocks(check(placed, around, knowledge(), suggest=False))}
