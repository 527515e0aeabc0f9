"""Days of a calendar that are over: what was done is marked, what the log holds beside it is there, nothing twice."""

from dataclasses import replace

import pytest
from tests.core.week.sample import BIKE, EASY, FRI, LONG, MON, TUE, WED, K, at, item

from niggle.core.plan import Measured
from niggle.core.week import beside, with_done

HOME = item(K.HOME_SET, 10, exercises=(("p", "hold"), ("p", "pumps")))
TESTS = item(K.TEST, 20, "tests", tests=("calf_raise", "calf_hold"))
A = item(K.STRENGTH_A, 40, exercises=(("p", "raises"),))


def log(kind, on, minutes=40, hour=7.0):
    return at(item(kind, minutes, f"log-{kind}-{on}"), on, hour, done=True)


def ticked(on, *pairs):
    return at(item(K.HOME_SET, 30, f"done-{on}", exercises=pairs), on, 20, done=True)


def done(placed, before=(), tests=(), today=WED):
    return [p.done for p in with_done(placed, before, tests, today)]


def test_a_logged_run_stands_for_one_planned_run_whatever_its_kind():
    placed = (at(EASY, MON), at(LONG, MON, 9), at(EASY, TUE))
    assert done(placed, [log(K.RUN_MEDIUM, MON)]) == [True, False, False]
    assert done(placed, [log(K.RUN_EASY, MON), log(K.RUN_EASY, MON, hour=18)]) == [True, True, False]


def test_other_sessions_are_told_by_their_kind():
    assert done((at(BIKE, MON),), [log(K.CROSS_TRAINING, MON)]) == [True]
    assert done((at(BIKE, MON),), [log(K.WALK, MON), log(K.RUN_EASY, MON)]) == [False]


def test_exercises_count_with_the_first_once_the_day_is_over_and_today_with_all():
    some = [ticked(MON, ("p", "hold")), ticked(WED, ("p", "hold"))]
    assert done((at(HOME, MON), at(HOME, WED)), some) == [True, False]
    every = [ticked(WED, ("p", "hold"), ("p", "pumps"))]
    assert done((at(HOME, WED),), every) == [True]
    assert done((at(HOME, WED),), [ticked(TUE, *HOME.exercises)]) == [False], "another day's ticks"


@pytest.mark.parametrize(("tested", "is_done"), [(("calf_raise", "calf_hold"), True), (("calf_raise",), False)])
def test_tests_are_done_when_each_of_them_was(tested, is_done):
    results = [Measured(t, t, MON, 10, 10) for t in tested]
    assert done((at(TESTS, MON),), tests=results) == [is_done]
    assert done((at(TESTS, TUE),), tests=results) == [False]


def test_days_to_come_are_left_alone():
    placed = (at(EASY, FRI),)
    assert with_done(placed, [log(K.RUN_EASY, FRI)], (), WED) == placed


def test_what_stands_beside_is_told_once():
    placed = with_done((at(EASY, MON), at(A, TUE)), [log(K.RUN_LONG, MON), ticked(TUE, ("p", "raises"))], (), WED)
    assert [p.done for p in placed] == [True, True]
    before = [log(K.RUN_LONG, MON), log(K.RUN_EASY, MON, hour=19), log(K.STRENGTH, TUE), log(K.WALK, TUE)]
    found = beside(placed, [*before, ticked(TUE, ("p", "raises"))], MON, WED)
    assert [(p.item.kind, p.on) for p in found] == [(K.RUN_EASY, MON), (K.WALK, TUE)]
    assert beside((), [log(K.RUN_EASY, FRI)], MON, WED) == (), "not done yet"
    assert beside((), [log(K.RUN_EASY, MON)], TUE, WED) == (), "another week's"


def test_what_was_marked_stays_marked():
    placed = (replace(at(EASY, MON), done=True),)
    assert with_done(placed, (), (), WED) == placed
