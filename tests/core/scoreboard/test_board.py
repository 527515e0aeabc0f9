"""The scoreboard: the sheet's examples, both sides of each threshold, and results that cannot be believed."""

from datetime import date, timedelta
from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niggle import knowledge
from niggle.core.body import Side
from niggle.core.plan import Measured
from niggle.core.protocol import Phase
from niggle.core.scoreboard import Band, board, check_result, points

K = knowledge.load()
DAY = date(2026, 3, 2)


def measured(test, left=None, right=None, value=None, pain=0.0, ago=0):
    return Measured(f"{test}{ago}", test, DAY - timedelta(days=ago), left, right, value, pain)


def of(*results, side=Side.RIGHT, wanted=(), **more):
    names = wanted or tuple(dict.fromkeys(r.test for r in results))
    return board(results, DAY, side, names, K, **more)


def test_asb_e01_thirty_left_eighteen_right():
    found = of(measured("calf_raise", 30, 18), measured("calf_hold", 50, 50))
    state = found.test("calf_raise")
    assert state.gap == pytest.approx(0.4)
    assert (found.limiter.test, found.limiter.side, found.limiter.against) == ("calf_raise", Side.RIGHT, "other_side")
    assert found.calf_gate is False
    assert state.lsi == pytest.approx(0.6)
    assert state.met is False


@pytest.mark.parametrize(
    ("raises", "holds", "pain", "gate"),
    [
        ((26, 25), (50, 46), 1, True),  # ASB-E02
        ((27, 26), (60, 44), 0, False),  # ASB-E03
        ((25, 25), (45, 45), 3, True),
        ((25, 24), (45, 45), 0, False),
        ((26, 25), (50, 46), 4, None),  # pain above 3 voids it: nothing is known
    ],
)
def test_calf_gate(raises, holds, pain, gate):
    found = of(measured("calf_raise", *raises, pain=pain), measured("calf_hold", *holds, pain=pain))
    assert found.calf_gate is gate


def test_the_calf_gate_is_closed_by_one_test_and_opened_only_by_both():
    assert of(measured("calf_raise", 20, 30)).calf_gate is False
    assert of(measured("calf_raise", 30, 30)).calf_gate is None


@pytest.mark.parametrize(
    ("right", "gap", "band", "blocked"),
    [
        (4.6, 0.08, Band.EVEN, False),  # ASB-E04
        (4.5, 0.10, Band.ATTENTION, False),  # ASB-E05
        (4.01, 0.198, Band.ATTENTION, False),
        (4.0, 0.20, Band.BLOCK, True),  # ASB-E06
    ],
)
def test_hop_gap(right, gap, band, blocked):
    found = of(measured("hop_distance", 5.0, right))
    assert found.test("hop_distance").gap == pytest.approx(gap)
    assert found.test("hop_distance").band is band
    assert found.speed_blocked is blocked


def test_a_gap_in_calf_raises_is_attention_however_large():
    assert of(measured("calf_raise", 30, 10)).test("calf_raise").band is Band.ATTENTION


@pytest.mark.parametrize(("ago", "stale"), [(14, False), (15, True)])
def test_stale_after_fourteen_days(ago, stale):
    found = of(measured("calf_raise", 30, 30, ago=ago), measured("calf_hold", 60, 60, ago=ago))
    assert found.test("calf_raise").stale is stale
    assert found.calf_gate is (None if stale else True)


@pytest.mark.parametrize(
    ("phase", "ago", "due"),
    [(Phase.SETTLE, 6, False), (Phase.SETTLE, 7, True), (Phase.INTEGRATE, 13, False), (Phase.INTEGRATE, 14, True)],
)
def test_when_to_test_again(phase, ago, due):
    assert (of(measured("calf_raise", 30, 30, ago=ago), phase=phase).due == ("calf_raise",)) is due


def test_never_on_red_and_no_hops_on_a_suspected_bone():
    wanted = ("calf_raise", "hop_in_place")
    assert of(wanted=wanted).due == wanted
    assert of(wanted=wanted, red=True).due == ()
    assert of(wanted=wanted, bone=True).due == ("calf_raise",)
    assert of(wanted=wanted, bone=True).test("hop_in_place").not_now == "bone"


def test_totals_of_questionnaires_are_never_due():
    assert of(wanted=("visa_a", "lefs")).due == ()


def test_pain_tests_are_met_by_zero_only():
    assert of(measured("hop_in_place", value=0)).test("hop_in_place").met is True
    assert of(measured("hop_in_place", value=1)).test("hop_in_place").met is False


def test_one_side_alone_opens_nothing():
    state = of(measured("calf_raise", left=30)).test("calf_raise")
    assert (state.worse, state.gap, state.met) == (None, None, None)


@pytest.mark.parametrize(
    ("test", "given", "field"),
    [
        ("calf_raise", {"left": 400, "right": 30}, "left"),
        ("calf_raise", {"left": 30, "right": -3}, "right"),
        ("calf_raise", {"left": 30}, "right"),
        ("calf_raise", {"right": 30}, "left"),
        ("calf_raise", {"value": 30}, "value"),
        ("calf_raise", {"left": 30.5, "right": 30}, "left"),
        ("calf_raise", {"left": nan, "right": 30}, "left"),
        ("calf_raise", {"left": 30, "right": 30, "pain": 11}, "pain"),
        ("calf_raise", {"left": 30, "right": 30, "pain": nan}, "pain"),
        ("squat_control", {"left": 2, "right": 1}, "left"),
        ("hop_in_place", {}, "value"),
        ("hop_in_place", {"value": float("inf")}, "value"),
        ("calf_rais", {"left": 3, "right": 3}, "test"),
    ],
)
def test_what_cannot_be_is_named(test, given, field):
    problems = check_result(test, K, **given)
    assert field in [p.field for p in problems]


def test_a_mistyped_test_names_the_nearest():
    assert "calf_raise" in check_result("calf-raises", K, 3, 3)[0].suggestion


@pytest.mark.parametrize(
    ("test", "given"),
    [("calf_raise", {"left": 0, "right": 100}), ("hop_in_place", {"value": 0}), ("visa_a", {"value": 55}),
     ("squat_control", {"left": 0, "right": 1})],
)  # fmt: skip
def test_what_can_be_is_taken(test, given):
    assert check_result(test, K, **given) == ()


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
