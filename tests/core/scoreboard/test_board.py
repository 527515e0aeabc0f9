"""The scoreboard: what holds for all results. Examples, thresholds and slips: tests/cases/scoreboard."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from niggle import knowledge
from niggle.core.body import Side
from niggle.core.plan import Measured
from niggle.core.scoreboard import board, points

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
