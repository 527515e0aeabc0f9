"""The scoreboard: what holds for all results. Examples, thresholds and slips: tests/cases/scoreboard."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niggle import knowledge
from niggle.core.body import Side
from niggle.core.plan import Measured
from niggle.core.protocol import Better, Phase
from niggle.core.scoreboard import Band, board, check_result, due_tests, points

K = knowledge.load()
DAY = date(2026, 3, 2)


def measured(test, left=None, right=None, value=None, pain=0.0, ago=0):
    return Measured(f"{test}{ago}", test, DAY - timedelta(days=ago), left, right, value, pain)


def of(*results, side=Side.RIGHT, wanted=(), **more):
    names = wanted or tuple(dict.fromkeys(r.test for r in results))
    return board(results, DAY, side, names, K, **more)


def test_points_are_in_order_and_later_results_do_not_count():
    results = (measured("calf_raise", 20, 20, ago=2), measured("calf_raise", 10, 10, ago=9))
    assert [p.left for p in points(results, "calf_raise", K)] == [10, 20]
    tomorrow = Measured("x", "calf_raise", DAY + timedelta(days=1), 1, 1)
    assert board((*results, tomorrow), DAY, None, ("calf_raise",), K).test("calf_raise").worse == 20


@given(st.floats(0, 100), st.floats(0, 100))
def test_gap_and_lsi_stay_in_their_bounds(left, right):
    state = of(measured("calf_hold", left, right), side=Side.LEFT).test("calf_hold")
    assert 0 <= state.gap <= 1
    assert state.worse <= state.better
    assert state.lsi is None or state.lsi >= 0


@pytest.mark.parametrize("test", [t for t in K.tests.values() if t.target is not None], ids=lambda t: t.id)
def test_each_target_on_both_sides(test):
    """Met at the target itself, and not a little beside it."""
    worse = {Better.HIGHER: -0.5, Better.PASSED: -1, Better.LOWER: 0.5, Better.PAIN_FREE: 0.5}[test.better]

    def met(number):
        value = {"left": number, "right": number} if test.sided else {"value": number}
        return of(measured(test.id, **value)).test(test.id).met

    assert met(test.target) is True
    assert met(test.target + worse) is False


@pytest.mark.parametrize("test", [t for t in K.tests.values() if t.attention_gap is not None], ids=lambda t: t.id)
def test_each_gap_between_the_sides_on_both_sides(test):
    def band(gap):
        return of(measured(test.id, 10.0, 10.0 * (1 - gap))).test(test.id).band

    assert band(test.attention_gap) is Band.ATTENTION
    assert band(test.attention_gap - 0.001) is Band.EVEN
    if test.block_gap is not None:
        assert band(test.block_gap) is Band.BLOCK
        assert band(test.block_gap - 0.001) is Band.ATTENTION


@pytest.mark.parametrize("test", list(K.tests.values()), ids=lambda t: t.id)
def test_each_range_of_age_and_of_pain_on_both_sides(test):
    value = {"left": test.minimum, "right": test.maximum} if test.sided else {"value": test.maximum}
    assert check_result(test.id, K, **value) == ()
    step = 1 if test.unit in ("count", "yes_no") else 0.1
    for number in (test.minimum - step, test.maximum + step):
        beyond = {"left": number, "right": number} if test.sided else {"value": number}
        assert check_result(test.id, K, **beyond) != ()
    assert not of(measured(test.id, **value, ago=test.stale_days)).test(test.id).stale
    assert of(measured(test.id, **value, ago=test.stale_days + 1)).test(test.id).stale
    if test.pain_void_above is not None:
        assert not of(measured(test.id, **value, pain=test.pain_void_above)).test(test.id).void
        assert of(measured(test.id, **value, pain=test.pain_void_above + 0.5)).test(test.id).void


@given(
    results=st.lists(
        st.builds(
            Measured, st.uuids().map(str), st.sampled_from(sorted(K.tests)), st.dates(DAY - timedelta(days=40), DAY),
            st.just(5.0), st.just(5.0),
        ),
        max_size=12,
    ),
    wanted=st.lists(st.sampled_from(sorted(K.tests)), max_size=8),
    phase=st.sampled_from([None, *Phase]),
    red=st.booleans(),
    bone=st.booleans(),
    since=st.none() | st.dates(DAY - timedelta(days=40), DAY),
)  # fmt: skip
def test_what_is_due_is_what_the_board_says(results, wanted, phase, red, bone, since):
    whole = board(results, DAY, None, wanted, K, phase=phase, red=red, bone=bone, since=since)
    assert due_tests(results, DAY, wanted, K, phase=phase, red=red, bone=bone, since=since) == whole.due


def test_a_result_of_the_red_day_itself_opens_nothing_and_one_of_the_day_after_does():
    both = (measured("calf_raise", 30, 30, ago=3), measured("calf_hold", 60, 60, ago=3),
            measured("hop_distance", 100, 50, ago=3))  # fmt: skip
    after = of(*both, since=DAY - timedelta(days=4))
    assert after.calf_gate is True
    assert after.speed_blocked is True
    assert after.limiter is not None
    assert after.due == ()
    on_the_day = of(*both, since=DAY - timedelta(days=3))
    assert on_the_day.calf_gate is None
    assert on_the_day.speed_blocked is None
    assert on_the_day.limiter is None
    assert on_the_day.due == ("calf_raise", "calf_hold", "hop_distance")
    state = on_the_day.test("calf_raise")
    assert (state.before_red, state.fresh, state.met, state.left) == (True, False, True, 30)
